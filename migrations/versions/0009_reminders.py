"""Reminders: quiet hours in one's own zone, and fewer pings; turns and waiting rows are found without a search"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("quiet_from", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("quiet_until", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("zone", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("fewer_pings", sa.Boolean(), nullable=False, server_default=sa.false()))

    op.create_index("ix_turn_session_id", "turn", ["session_id", "round_number"])
    op.create_index("ix_waiting_server_id", "waiting", ["server_id"])


def downgrade() -> None:
    op.drop_index("ix_waiting_server_id", "waiting")
    op.drop_index("ix_turn_session_id", "turn")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_column("fewer_pings")
        batch_op.drop_column("zone")
        batch_op.drop_column("quiet_until")
        batch_op.drop_column("quiet_from")

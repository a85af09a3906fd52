"""The one line in a circle's channel that says when it meets next: a newer one takes its place"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("schedule", schema=None) as batch_op:
        batch_op.add_column(sa.Column("line_id", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("line_channel_id", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("schedule", schema=None) as batch_op:
        batch_op.drop_column("line_channel_id")
        batch_op.drop_column("line_id")

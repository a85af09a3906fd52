"""Since when somebody is gone from their server; the pepper a database belongs to"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("gone_since", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("house", schema=None) as batch_op:
        batch_op.add_column(sa.Column("pepper_check", sa.LargeBinary(length=32), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("house", schema=None) as batch_op:
        batch_op.drop_column("pepper_check")

    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_column("gone_since")

"""When circles meet, and who is reminded of it"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("circle", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reminders", sa.Boolean(), nullable=False, server_default=sa.true()))

    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reminded", sa.Boolean(), nullable=False, server_default=sa.false()))

    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.add_column(sa.Column("begins_at", sa.DateTime(timezone=True), nullable=True))

    op.create_table(
        "schedule",
        sa.Column("circle_id", sa.String(length=22), nullable=False),
        sa.Column("token", sa.String(length=22), nullable=False),
        sa.Column("first", sa.DateTime(), nullable=False),
        sa.Column("every", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("told", sa.String(length=20), nullable=True),
        sa.Column("moment", sa.String(length=22), nullable=True),
        sa.Column("said", sa.String(length=22), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["circle_id"], ["circle.id"], name=op.f("fk_schedule_circle_id_circle")),
        sa.PrimaryKeyConstraint("circle_id", name=op.f("pk_schedule")),
        sa.UniqueConstraint("token", name=op.f("uq_schedule_token")),
    )


def downgrade() -> None:
    op.drop_table("schedule")
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.drop_column("begins_at")

    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_column("reminded")

    with op.batch_alter_table("circle", schema=None) as batch_op:
        batch_op.drop_column("reminders")

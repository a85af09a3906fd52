"""Answers are sealed; a check-in that nobody opens is for all, and when its result is told can be moved"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _answers_with(sa.LargeBinary(length=30))
    with op.batch_alter_table("wave", schema=None) as batch_op:
        batch_op.add_column(sa.Column("for_all", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("tells_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("moment", sa.String(length=22), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("wave", schema=None) as batch_op:
        batch_op.drop_column("moment")
        batch_op.drop_column("tells_at")
        batch_op.drop_column("for_all")
    _answers_with(sa.String(length=1))


def _answers_with(tap: sa.LargeBinary | sa.String) -> None:
    """What was answered in the clear isn't taken over: a check-in that is open meanwhile ends without a result."""
    op.drop_table("answer")
    op.create_table(
        "answer",
        sa.Column("key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("wave_id", sa.String(length=22), nullable=False),
        sa.Column("item", sa.String(length=20), nullable=False),
        sa.Column("tap", tap, nullable=False),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name=op.f("fk_answer_wave_id_wave")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_answer")),
        sqlite_with_rowid=False,
    )

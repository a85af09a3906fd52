"""Debriefs, a circle's own prompts, and how far a share may travel"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

OF_CIRCLE = {"debrief_days": "3", "debriefs": "0", "debriefs_held": "0", "debriefs_counted": "0"}


def _word(name: str, *, nullable: bool, default: str | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=20), nullable=nullable, server_default=default)


def upgrade() -> None:
    with op.batch_alter_table("circle", schema=None) as batch_op:
        for name, default in OF_CIRCLE.items():
            batch_op.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default=default))
        batch_op.add_column(sa.Column("debriefs_count", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.add_column(_word("debrief", nullable=True))
        batch_op.add_column(sa.Column("prompts", sa.String(length=1000), nullable=True))
        batch_op.add_column(sa.Column("clears_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.drop_constraint("uq_session_circle_id_number", type_="unique")
    with op.batch_alter_table("round", schema=None) as batch_op:
        batch_op.alter_column("prompt", type_=sa.String(length=200), existing_nullable=False)
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.add_column(_word("travel", nullable=False, default="stays"))
    op.create_table(
        "debrief_plan",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("token", sa.String(length=22), nullable=False),
        sa.Column("circle_id", sa.String(length=22), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hot", sa.DateTime(), nullable=False),
        sa.Column("holder_id", sa.String(length=22), nullable=True),
        sa.Column("days", sa.Integer(), nullable=False),
        _word("following", nullable=True),
        _word("told", nullable=True),
        sa.Column("moment", sa.String(length=22), nullable=True),
        sa.Column("said", sa.String(length=22), nullable=True),
        sa.Column("line_id", sa.BigInteger(), nullable=True),
        sa.Column("line_channel_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["circle_id"], ["circle.id"], name=op.f("fk_debrief_plan_circle_id_circle")),
        sa.ForeignKeyConstraint(["holder_id"], ["person.id"], name=op.f("fk_debrief_plan_holder_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_debrief_plan")),
        sa.UniqueConstraint("circle_id", "number", name=op.f("uq_debrief_plan_circle_id_number")),
        sa.UniqueConstraint("token", name=op.f("uq_debrief_plan_token")),
    )
    op.create_table(
        "listed_prompt",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("circle_id", sa.String(length=22), nullable=False),
        _word("part", nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=True),
        sa.Column("words_id", sa.String(length=22), nullable=True),
        sa.Column("hidden", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.ForeignKeyConstraint(["circle_id"], ["circle.id"], name=op.f("fk_listed_prompt_circle_id_circle")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listed_prompt")),
    )
    with op.batch_alter_table("listed_prompt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_listed_prompt_circle_id"), ["circle_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("listed_prompt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_listed_prompt_circle_id"))
    op.drop_table("listed_prompt")
    op.drop_table("debrief_plan")
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.drop_column("travel")
    with op.batch_alter_table("round", schema=None) as batch_op:
        batch_op.alter_column("prompt", type_=sa.String(length=60), existing_nullable=False)
    op.execute("DELETE FROM session WHERE debrief IS NOT NULL")
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.create_unique_constraint("uq_session_circle_id_number", ["circle_id", "number"])
        batch_op.drop_column("clears_at")
        batch_op.drop_column("prompts")
        batch_op.drop_column("debrief")
    with op.batch_alter_table("circle", schema=None) as batch_op:
        batch_op.drop_column("debriefs_count")
        for name in OF_CIRCLE:
            batch_op.drop_column(name)

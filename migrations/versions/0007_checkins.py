"""Relational check-ins: waves, answers without an order, who is asked from when on, what we'll do differently"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("circle", schema=None) as batch_op:
        batch_op.add_column(sa.Column("threshold", sa.Integer(), nullable=False, server_default="5"))
        batch_op.add_column(sa.Column("waves", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("one_thing_id", sa.String(length=22), nullable=True))

    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.add_column(sa.Column("checks_in_from", sa.Integer(), nullable=True))

    op.create_table(
        "wave",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("token", sa.String(length=22), nullable=False),
        sa.Column("circle_id", sa.String(length=22), nullable=False),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("threshold", sa.Integer(), nullable=False),
        sa.Column(
            "phase",
            sa.Enum("due", "open", "closed", "told", "void", name="phase", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("line_id", sa.BigInteger(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("bands_id", sa.String(length=22), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["circle_id"], ["circle.id"], name=op.f("fk_wave_circle_id_circle")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wave")),
        sa.UniqueConstraint("token", name=op.f("uq_wave_token")),
    )
    op.create_index(op.f("ix_wave_circle_id"), "wave", ["circle_id"], unique=False)

    op.create_table(
        "answer",
        sa.Column("key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("wave_id", sa.String(length=22), nullable=False),
        sa.Column("item", sa.String(length=20), nullable=False),
        sa.Column("tap", sa.String(length=1), nullable=False),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name=op.f("fk_answer_wave_id_wave")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_answer")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("answer")
    op.drop_table("wave")
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_column("checks_in_from")

    with op.batch_alter_table("circle", schema=None) as batch_op:
        batch_op.drop_column("one_thing_id")
        batch_op.drop_column("waves")
        batch_op.drop_column("threshold")

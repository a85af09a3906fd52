"""The agreement"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agreement",
        sa.Column("circle_id", sa.String(length=22), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("remind_at_opening", sa.String(length=22), nullable=True),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["circle_id"], ["circle.id"], name=op.f("fk_agreement_circle_id_circle")),
        sa.PrimaryKeyConstraint("circle_id", name=op.f("pk_agreement")),
    )
    op.create_table(
        "line",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("circle_id", sa.String(length=22), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("starter", sa.String(length=20), nullable=True),
        sa.Column("words_id", sa.String(length=22), nullable=True),
        sa.Column("author_id", sa.String(length=22), nullable=True),
        sa.Column("adopted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_line_author_id_person")),
        sa.ForeignKeyConstraint(
            ["circle_id"], ["agreement.circle_id"], name=op.f("fk_line_circle_id_agreement"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_line")),
    )
    with op.batch_alter_table("line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_line_circle_id"), ["circle_id"], unique=False)

    op.create_table(
        "objection",
        sa.Column("line_id", sa.String(length=22), nullable=False),
        sa.Column("person_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["line_id"], ["line.id"], name=op.f("fk_objection_line_id_line"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_objection_person_id_person")),
        sa.PrimaryKeyConstraint("line_id", "person_id", name=op.f("pk_objection")),
    )
    op.create_table(
        "assent",
        sa.Column("circle_id", sa.String(length=22), nullable=False),
        sa.Column("person_id", sa.String(length=22), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["circle_id"], ["circle.id"], name=op.f("fk_assent_circle_id_circle")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_assent_person_id_person")),
        sa.PrimaryKeyConstraint("circle_id", "person_id", name=op.f("pk_assent")),
    )
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.add_column(sa.Column("list_message_id", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("reminding_id", sa.String(length=22), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.drop_column("reminding_id")
        batch_op.drop_column("list_message_id")

    op.drop_table("assent")
    op.drop_table("objection")
    with op.batch_alter_table("line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_line_circle_id"))

    op.drop_table("line")
    op.drop_table("agreement")

"""The rota: calling for somebody who holds, marks nobody can read, members who are away from the server"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

PEOPLE = ("called_id", "holder_id", "first_id", "swap_by", "swap_with")


def upgrade() -> None:
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.add_column(sa.Column("away", sa.Boolean(), nullable=False, server_default=sa.false()))

    op.create_table(
        "calling",
        sa.Column("circle_id", sa.String(length=22), nullable=False),
        sa.Column("token", sa.String(length=22), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("known_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("called_id", sa.String(length=22), nullable=True),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("holder_id", sa.String(length=22), nullable=True),
        sa.Column("first_id", sa.String(length=22), nullable=True),
        sa.Column("care_asked", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("line_said", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("looked", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("line_id", sa.BigInteger(), nullable=True),
        sa.Column("swap_by", sa.String(length=22), nullable=True),
        sa.Column("swap_with", sa.String(length=22), nullable=True),
        sa.Column("moment", sa.String(length=22), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["circle_id"], ["circle.id"], name=op.f("fk_calling_circle_id_circle")),
        *(
            sa.ForeignKeyConstraint([person], ["person.id"], name=op.f(f"fk_calling_{person}_person"))
            for person in PEOPLE
        ),
        sa.PrimaryKeyConstraint("circle_id", name=op.f("pk_calling")),
        sa.UniqueConstraint("token", name=op.f("uq_calling_token")),
    )
    op.create_table(
        "past",
        sa.Column("circle_id", sa.String(length=22), nullable=False),
        sa.Column("person_id", sa.String(length=22), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["circle_id"], ["calling.circle_id"], name=op.f("fk_past_circle_id_calling"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_past_person_id_person")),
        sa.PrimaryKeyConstraint("circle_id", "person_id", name=op.f("pk_past")),
    )
    op.create_table(
        "mark",
        sa.Column("blind", sa.LargeBinary(length=32), nullable=False),
        sa.Column("about", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("blind", name=op.f("pk_mark")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_mark_about"), "mark", ["about"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_mark_about"), table_name="mark")
    op.drop_table("mark")
    op.drop_table("past")
    op.drop_table("calling")
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_column("away")

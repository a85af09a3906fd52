"""The weave of a circle, and buddies"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("circle", schema=None) as batch_op:
        batch_op.add_column(sa.Column("weaves", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("draw", sa.String(length=22), nullable=True))

    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.add_column(sa.Column("weaves", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("wish", sa.String(length=20), nullable=True))

    op.create_table(
        "pair",
        sa.Column("token", sa.String(length=22), nullable=False),
        sa.Column("circle_id", sa.String(length=22), nullable=False),
        sa.Column("joins", sa.String(length=22), nullable=True),
        sa.Column("met_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["circle_id"], ["circle.id"], name=op.f("fk_pair_circle_id_circle")),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_pair")),
    )
    with op.batch_alter_table("pair", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pair_circle_id"), ["circle_id"], unique=False)

    op.create_table(
        "partner",
        sa.Column("pair_token", sa.String(length=22), nullable=False),
        sa.Column("person_id", sa.String(length=22), nullable=False),
        sa.Column("yes", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pair_token"], ["pair.token"], name=op.f("fk_partner_pair_token_pair"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_partner_person_id_person")),
        sa.PrimaryKeyConstraint("pair_token", "person_id", name=op.f("pk_partner")),
    )
    op.create_table(
        "never",
        sa.Column("mark", sa.LargeBinary(length=32), nullable=False),
        sa.Column("box", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_never")),
    )
    with op.batch_alter_table("never", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_never_box"), ["box"], unique=False)


def downgrade() -> None:
    op.drop_table("never")
    op.drop_table("partner")
    op.drop_table("pair")
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_column("wish")
        batch_op.drop_column("weaves")

    with op.batch_alter_table("circle", schema=None) as batch_op:
        batch_op.drop_column("draw")
        batch_op.drop_column("weaves")

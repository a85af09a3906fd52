"""Members: paused, willing to hold, since when in the server; what a circle set; a farewell"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("circle", schema=None) as batch_op:
        batch_op.add_column(sa.Column("thread_days", sa.Integer(), nullable=False, server_default="7"))
        batch_op.add_column(sa.Column("farewell_id", sa.String(length=22), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_circle_farewell_id_person"), "person", ["farewell_id"], ["id"])

    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.add_column(sa.Column("paused", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("willing", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("came_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("request", schema=None) as batch_op:
        batch_op.add_column(sa.Column("came_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("offer", schema=None) as batch_op:
        batch_op.add_column(sa.Column("to_all", sa.Boolean(), nullable=False, server_default=sa.false()))

    op.create_table(
        "kept_pause",
        sa.Column("circle_id", sa.String(length=22), nullable=False),
        sa.Column("person_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["circle_id"], ["circle.id"], name=op.f("fk_kept_pause_circle_id_circle")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_kept_pause_person_id_person")),
        sa.PrimaryKeyConstraint("circle_id", "person_id", name=op.f("pk_kept_pause")),
    )


def downgrade() -> None:
    op.drop_table("kept_pause")
    with op.batch_alter_table("offer", schema=None) as batch_op:
        batch_op.drop_column("to_all")

    with op.batch_alter_table("request", schema=None) as batch_op:
        batch_op.drop_column("came_at")

    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_column("came_at")
        batch_op.drop_column("willing")
        batch_op.drop_column("paused")

    with op.batch_alter_table("circle", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_circle_farewell_id_person"), type_="foreignkey")
        batch_op.drop_column("farewell_id")
        batch_op.drop_column("thread_days")

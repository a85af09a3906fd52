"""The whole session: pauses, time, holding, slow rounds, and the messages whose time is over."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what a session knows of time and of who holds it; a turn's message becomes a notice."""
    op.create_table(
        "notice",
        sa.Column("token", sa.String(length=22), nullable=False),
        sa.Column("session_id", sa.String(length=22), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_notice_session_id_session"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_notice")),
    )
    op.create_index(op.f("ix_notice_session_id"), "notice", ["session_id"])
    op.execute(
        "INSERT INTO notice (token, session_id, kind, message_id) "
        "SELECT token, session_id, 'round.turn', message_id FROM turn WHERE message_id IS NOT NULL AND NOT over"
    )
    no, none = sa.false(), sa.text("0")
    with op.batch_alter_table("session") as session:
        session.add_column(sa.Column("days", sa.Integer(), nullable=True))
        session.add_column(sa.Column("prompt_set", sa.String(length=20), nullable=True))
        session.add_column(sa.Column("chapter", sa.Integer(), nullable=True))
        session.add_column(sa.Column("paused", sa.Boolean(), server_default=no, nullable=False))
        session.add_column(sa.Column("since", sa.DateTime(timezone=True), nullable=True))
        session.add_column(sa.Column("more_time", sa.Integer(), server_default=none, nullable=False))
        session.add_column(sa.Column("told_time", sa.Boolean(), server_default=no, nullable=False))
        session.add_column(sa.Column("awaited_since", sa.DateTime(timezone=True), nullable=True))
        session.add_column(sa.Column("hold_offered", sa.Boolean(), server_default=no, nullable=False))
        session.add_column(sa.Column("former_holder_id", sa.String(length=22), nullable=True))
        session.add_column(sa.Column("guardian_id", sa.String(length=22), nullable=True))
        session.add_column(sa.Column("thread_lost", sa.Boolean(), server_default=no, nullable=False))
        session.add_column(sa.Column("moment", sa.String(length=22), nullable=True))
        session.add_column(sa.Column("whisper", sa.String(length=22), nullable=True))
        for column in ("former_holder_id", "guardian_id"):
            session.create_foreign_key(op.f(f"fk_session_{column}_person"), "person", [column], ["id"])
    with op.batch_alter_table("seat") as seat:
        seat.add_column(sa.Column("out", sa.Boolean(), server_default=no, nullable=False))
        seat.add_column(sa.Column("pauses", sa.Integer(), server_default=none, nullable=False))
    with op.batch_alter_table("round") as round_:
        round_.add_column(sa.Column("last", sa.String(length=22), nullable=True))
    with op.batch_alter_table("turn") as turn:
        turn.add_column(sa.Column("later", sa.Boolean(), server_default=no, nullable=False))
        turn.add_column(sa.Column("again", sa.Boolean(), server_default=no, nullable=False))
        turn.drop_column("message_id")

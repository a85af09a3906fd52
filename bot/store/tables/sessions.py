"""Sessions, who sits in them, and their rounds."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    false,
)

from bot.practice.debrief import Debrief
from bot.practice.round import Kind
from bot.practice.seat import State
from bot.practice.travel import Travel
from bot.store.tables.base import Moment, id_, metadata, one_of

session = Table(
    "session",
    metadata,
    id_("id", primary_key=True),
    id_("token", nullable=False, unique=True),
    id_("circle_id", ForeignKey("circle.id"), nullable=False, index=True),
    Column("number", Integer, nullable=False),
    id_("holder_id", ForeignKey("person.id"), nullable=False),
    Column("theme_rounds", Integer, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("days", Integer),
    Column("prompt_set", String(20)),
    Column("chapter", Integer),
    Column("debrief", one_of(Debrief)),
    Column("prompts", String(1000)),
    Column("clears_at", Moment),
    Column("state", one_of(State), nullable=False),
    Column("held", Boolean, nullable=False),
    Column("began_at", Moment),
    Column("closed_at", Moment),
    Column("paused", Boolean, nullable=False, server_default=false()),
    Column("since", Moment),
    Column("more_time", Integer, nullable=False, server_default="0"),
    Column("told_time", Boolean, nullable=False, server_default=false()),
    Column("begins_at", Moment),
    Column("awaited_since", Moment),
    Column("hold_offered", Boolean, nullable=False, server_default=false()),
    id_("former_holder_id", ForeignKey("person.id")),
    id_("guardian_id", ForeignKey("person.id")),
    Column("thread_id", BigInteger, unique=True),
    Column("thread_lost", Boolean, nullable=False, server_default=false()),
    Column("waiting_message_id", BigInteger),
    Column("invitation_id", BigInteger),
    id_("moment"),
    id_("whisper"),
    Column("list_message_id", BigInteger),
    id_("reminding_id"),
    Column("version", Integer, nullable=False),
)
seat = Table(
    "seat",
    metadata,
    id_("session_id", ForeignKey("session.id", ondelete="CASCADE"), primary_key=True),
    id_("person_id", ForeignKey("person.id"), primary_key=True),
    Column("listening", Boolean, nullable=False),
    Column("place", Integer),
    Column("out", Boolean, nullable=False, server_default=false()),
    Column("pauses", Integer, nullable=False, server_default="0"),
    Column("travel", one_of(Travel), nullable=False, server_default=Travel.STAYS.value),
)
round_ = Table(
    "round",
    metadata,
    id_("session_id", ForeignKey("session.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", one_of(Kind), nullable=False),
    Column("prompt", String(200), nullable=False),
    id_("last"),
)
turn = Table(
    "turn",
    metadata,
    id_("token", primary_key=True),
    id_("session_id", nullable=False),
    Column("round_number", Integer, nullable=False),
    id_("person_id", ForeignKey("person.id"), nullable=False),
    Column("place", Integer, nullable=False),
    Column("over", Boolean, nullable=False),
    Column("later", Boolean, nullable=False, server_default=false()),
    Column("again", Boolean, nullable=False, server_default=false()),
    ForeignKeyConstraint(["session_id", "round_number"], ["round.session_id", "round.number"], ondelete="CASCADE"),
    Index("ix_turn_session_id", "session_id", "round_number"),
)
notice = Table(
    "notice",
    metadata,
    id_("token", primary_key=True),
    id_("session_id", ForeignKey("session.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("kind", String(40), nullable=False),
    Column("message_id", BigInteger),
)

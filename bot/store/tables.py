"""The schema on one page. How the plain objects of the practice lie in it stands in `mapping.py`.

No Discord user id and no word of a person stands here in the clear (promise 7). Server, channel, thread and message
ids do. Every table knows people only by their random id.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Enum,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    TypeDecorator,
    UniqueConstraint,
    false,
)

from bot.practice.consent import Role
from bot.practice.door import Door
from bot.practice.round import Kind
from bot.practice.seat import State

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC; SQLite forgets the zone, so it is given back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """On the way in."""
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """On the way out."""
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


def _word(of: type) -> Enum:
    return Enum(of, native_enum=False, length=20, values_callable=lambda members: [member.value for member in members])


def _id(name: str, *rest: Any, **more: Any) -> Column[Any]:
    return Column(name, String(22), *rest, **more)


house = Table("house", metadata, Column("id", Integer, primary_key=True), Column("mark", String(64), nullable=False))
server = Table(
    "server",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("language", String(5)),
    Column("zone", String(64)),
    Column("facilitator_role_id", BigInteger),
    _id("help_card_id"),
    Column("help_checked_at", Moment),
)
person = Table(
    "person",
    metadata,
    _id("id", primary_key=True),
    Column("server_id", ForeignKey("server.id"), nullable=False),
    Column("lookup", LargeBinary(32), nullable=False, unique=True),
    Column("discord_id", LargeBinary, nullable=False),
    Column("language", String(5), nullable=False),
    Column("dms", Boolean, nullable=False),
    Column("knocked", Boolean, nullable=False),
)
sealed = Table(
    "sealed",
    metadata,
    _id("id", primary_key=True),
    Column("owner", String(40), nullable=False, index=True),
    Column("words", LargeBinary, nullable=False),
)
waiting = Table(
    "waiting",
    metadata,
    _id("token", primary_key=True),
    Column("server_id", BigInteger, nullable=False),
    Column("box", LargeBinary(32), nullable=False, index=True),
    Column("due_at", Moment, index=True),
    Column("claimed_at", Moment),
    Column("retry_at", Moment),
    Column("attempts", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
)
circle = Table(
    "circle",
    metadata,
    _id("id", primary_key=True),
    _id("token", nullable=False, unique=True),
    Column("server_id", ForeignKey("server.id"), nullable=False, index=True),
    Column("channel_id", BigInteger, nullable=False),
    _id("name_id", nullable=False),
    Column("name_hash", LargeBinary(32), nullable=False, unique=True),
    _id("purpose_id"),
    Column("door", _word(Door), nullable=False),
    Column("language", String(5), nullable=False),
    Column("zone", String(64), nullable=False),
    Column("card_message_id", BigInteger),
    Column("thread_days", Integer, nullable=False),
    _id("farewell_id", ForeignKey("person.id")),
    Column("sessions_opened", Integer, nullable=False),
    Column("sessions_held", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("version", Integer, nullable=False),
)
membership = Table(
    "membership",
    metadata,
    _id("id", primary_key=True),
    _id("circle_id", ForeignKey("circle.id"), nullable=False),
    _id("person_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("joined_at", Moment, nullable=False),
    Column("facilitates", Boolean, nullable=False),
    Column("paused", Boolean, nullable=False),
    Column("willing", Boolean, nullable=False),
    Column("came_at", Moment),
    UniqueConstraint("circle_id", "person_id"),
)
kept_pause = Table(
    "kept_pause",
    metadata,
    _id("circle_id", ForeignKey("circle.id"), primary_key=True),
    _id("person_id", ForeignKey("person.id"), primary_key=True),
)
request = Table(
    "request",
    metadata,
    _id("token", primary_key=True),
    _id("circle_id", ForeignKey("circle.id"), nullable=False, index=True),
    _id("person_id", ForeignKey("person.id"), nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("came_at", Moment),
    Column("version", Integer, nullable=False),
    UniqueConstraint("circle_id", "person_id"),
)
offer = Table(
    "offer",
    metadata,
    _id("token", primary_key=True),
    Column("server_id", ForeignKey("server.id"), nullable=False),
    _id("person_id", ForeignKey("person.id"), nullable=False),
    Column("role", _word(Role), nullable=False),
    _id("circle_id", ForeignKey("circle.id")),
    Column("to_all", Boolean, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("version", Integer, nullable=False),
)
care_contact = Table(
    "care_contact",
    metadata,
    Column("server_id", ForeignKey("server.id"), primary_key=True),
    _id("person_id", ForeignKey("person.id"), primary_key=True),
)
session = Table(
    "session",
    metadata,
    _id("id", primary_key=True),
    _id("token", nullable=False, unique=True),
    _id("circle_id", ForeignKey("circle.id"), nullable=False, index=True),
    Column("number", Integer, nullable=False),
    _id("holder_id", ForeignKey("person.id"), nullable=False),
    Column("theme_rounds", Integer, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("days", Integer),
    Column("prompt_set", String(20)),
    Column("chapter", Integer),
    Column("state", _word(State), nullable=False),
    Column("held", Boolean, nullable=False),
    Column("began_at", Moment),
    Column("closed_at", Moment),
    Column("paused", Boolean, nullable=False, server_default=false()),
    Column("since", Moment),
    Column("more_time", Integer, nullable=False, server_default="0"),
    Column("told_time", Boolean, nullable=False, server_default=false()),
    Column("awaited_since", Moment),
    Column("hold_offered", Boolean, nullable=False, server_default=false()),
    _id("former_holder_id", ForeignKey("person.id")),
    _id("guardian_id", ForeignKey("person.id")),
    Column("thread_id", BigInteger, unique=True),
    Column("thread_lost", Boolean, nullable=False, server_default=false()),
    Column("waiting_message_id", BigInteger),
    Column("invitation_id", BigInteger),
    _id("moment"),
    _id("whisper"),
    Column("list_message_id", BigInteger),
    _id("reminding_id"),
    Column("version", Integer, nullable=False),
    UniqueConstraint("circle_id", "number"),
)
seat = Table(
    "seat",
    metadata,
    _id("session_id", ForeignKey("session.id", ondelete="CASCADE"), primary_key=True),
    _id("person_id", ForeignKey("person.id"), primary_key=True),
    Column("listening", Boolean, nullable=False),
    Column("place", Integer),
    Column("out", Boolean, nullable=False, server_default=false()),
    Column("pauses", Integer, nullable=False, server_default="0"),
)
round_ = Table(
    "round",
    metadata,
    _id("session_id", ForeignKey("session.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", _word(Kind), nullable=False),
    Column("prompt", String(60), nullable=False),
    _id("last"),
)
turn = Table(
    "turn",
    metadata,
    _id("token", primary_key=True),
    _id("session_id", nullable=False),
    Column("round_number", Integer, nullable=False),
    _id("person_id", ForeignKey("person.id"), nullable=False),
    Column("place", Integer, nullable=False),
    Column("over", Boolean, nullable=False),
    Column("later", Boolean, nullable=False, server_default=false()),
    Column("again", Boolean, nullable=False, server_default=false()),
    ForeignKeyConstraint(["session_id", "round_number"], ["round.session_id", "round.number"], ondelete="CASCADE"),
)
notice = Table(
    "notice",
    metadata,
    _id("token", primary_key=True),
    _id("session_id", ForeignKey("session.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("kind", String(40), nullable=False),
    Column("message_id", BigInteger),
)
agreement = Table(
    "agreement",
    metadata,
    _id("circle_id", ForeignKey("circle.id"), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("agreed_at", Moment),
    _id("remind_at_opening"),
    Column("changes", Integer, nullable=False),
)
line = Table(
    "line",
    metadata,
    _id("id", primary_key=True),
    _id("circle_id", ForeignKey("agreement.circle_id", ondelete="CASCADE"), nullable=False, index=True),
    Column("place", Integer, nullable=False),
    Column("starter", String(20)),
    _id("words_id"),
    _id("author_id", ForeignKey("person.id")),
    Column("adopted", Boolean, nullable=False),
)
objection = Table(
    "objection",
    metadata,
    _id("line_id", ForeignKey("line.id", ondelete="CASCADE"), primary_key=True),
    _id("person_id", ForeignKey("person.id"), primary_key=True),
)
assent = Table(
    "assent",
    metadata,
    _id("circle_id", ForeignKey("circle.id"), primary_key=True),
    _id("person_id", ForeignKey("person.id"), primary_key=True),
    Column("version", Integer, nullable=False),
)

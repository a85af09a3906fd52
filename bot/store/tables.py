"""The schema on one page, and how the plain objects of the practice lie in it.

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
)
from sqlalchemy.orm import registry, relationship

from bot.practice.circle import Circle, Membership
from bot.practice.consent import Offer, Role
from bot.practice.door import Door, Request
from bot.practice.pausing import KeptPause
from bot.practice.round import Kind, Round, Turn
from bot.practice.session import Seat, Session, State
from bot.store.rows import CareContact, House, Person, Sealed, Server, Waiting

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)
mapper = registry(metadata=metadata)


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
    Column("state", _word(State), nullable=False),
    Column("held", Boolean, nullable=False),
    Column("began_at", Moment),
    Column("closed_at", Moment),
    Column("thread_id", BigInteger, unique=True),
    Column("waiting_message_id", BigInteger),
    Column("invitation_id", BigInteger),
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
)
round_ = Table(
    "round",
    metadata,
    _id("session_id", ForeignKey("session.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", _word(Kind), nullable=False),
    Column("prompt", String(60), nullable=False),
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
    Column("message_id", BigInteger),
    ForeignKeyConstraint(["session_id", "round_number"], ["round.session_id", "round.number"], ondelete="CASCADE"),
)


def _whole(of: type, order: Column[Any]) -> Any:
    return relationship(of, lazy="selectin", cascade="all, delete-orphan", order_by=order, passive_deletes=True)


for kind, table in (
    (House, house),
    (Server, server),
    (Person, person),
    (Sealed, sealed),
    (Waiting, waiting),
    (Membership, membership),
    (KeptPause, kept_pause),
    (CareContact, care_contact),
    (Seat, seat),
    (Turn, turn),
):
    mapper.map_imperatively(kind, table)
mapper.map_imperatively(Circle, circle, version_id_col=circle.c.version)
mapper.map_imperatively(Request, request, version_id_col=request.c.version)
mapper.map_imperatively(Offer, offer, version_id_col=offer.c.version)
mapper.map_imperatively(Round, round_, properties={"turns": _whole(Turn, turn.c.place)})
mapper.map_imperatively(
    Session,
    session,
    version_id_col=session.c.version,
    properties={"seats": _whole(Seat, seat.c.session_id), "rounds": _whole(Round, round_.c.number)},
)

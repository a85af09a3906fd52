"""Circles, who is in them, and what is asked of people there."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
    false,
)

from bot.practice.buddies import Wish
from bot.practice.consent import Role
from bot.practice.door import Door
from bot.store.tables.base import Moment, id_, metadata, one_of

circle = Table(
    "circle",
    metadata,
    id_("id", primary_key=True),
    id_("token", nullable=False, unique=True),
    Column("server_id", ForeignKey("server.id"), nullable=False, index=True),
    Column("channel_id", BigInteger, nullable=False),
    id_("name_id", nullable=False),
    Column("name_hash", LargeBinary(32), nullable=False, unique=True),
    id_("purpose_id"),
    Column("door", one_of(Door), nullable=False),
    Column("language", String(5), nullable=False),
    Column("zone", String(64), nullable=False),
    Column("card_message_id", BigInteger),
    Column("thread_days", Integer, nullable=False),
    id_("farewell_id", ForeignKey("person.id")),
    Column("reminders", Boolean, nullable=False),
    Column("weaves", Boolean, nullable=False, server_default=false()),
    id_("draw"),
    Column("sessions_opened", Integer, nullable=False),
    Column("sessions_held", Integer, nullable=False),
    Column("threshold", Integer, nullable=False, server_default="5"),
    Column("waves", Integer, nullable=False, server_default="0"),
    id_("one_thing_id"),
    Column("debrief_days", Integer, nullable=False, server_default="3"),
    Column("debriefs_count", Boolean, nullable=False, server_default=false()),
    Column("debriefs", Integer, nullable=False, server_default="0"),
    Column("debriefs_held", Integer, nullable=False, server_default="0"),
    Column("debriefs_counted", Integer, nullable=False, server_default="0"),
    Column("created_at", Moment, nullable=False),
    Column("version", Integer, nullable=False),
)
membership = Table(
    "membership",
    metadata,
    id_("id", primary_key=True),
    id_("circle_id", ForeignKey("circle.id"), nullable=False),
    id_("person_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("joined_at", Moment, nullable=False),
    Column("facilitates", Boolean, nullable=False),
    Column("paused", Boolean, nullable=False),
    Column("willing", Boolean, nullable=False),
    Column("reminded", Boolean, nullable=False),
    Column("came_at", Moment),
    Column("away", Boolean, nullable=False, server_default=false()),
    Column("weaves", Boolean, nullable=False, server_default=false()),
    Column("weaves_from", Integer, nullable=False, server_default="0"),
    Column("wish", one_of(Wish)),
    Column("checks_in_from", Integer),
    UniqueConstraint("circle_id", "person_id"),
)
kept_pause = Table(
    "kept_pause",
    metadata,
    id_("circle_id", ForeignKey("circle.id"), primary_key=True),
    id_("person_id", ForeignKey("person.id"), primary_key=True),
)
request = Table(
    "request",
    metadata,
    id_("token", primary_key=True),
    id_("circle_id", ForeignKey("circle.id"), nullable=False, index=True),
    id_("person_id", ForeignKey("person.id"), nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("came_at", Moment),
    Column("version", Integer, nullable=False),
    UniqueConstraint("circle_id", "person_id"),
)
offer = Table(
    "offer",
    metadata,
    id_("token", primary_key=True),
    Column("server_id", ForeignKey("server.id"), nullable=False),
    id_("person_id", ForeignKey("person.id"), nullable=False),
    Column("role", one_of(Role), nullable=False),
    id_("circle_id", ForeignKey("circle.id")),
    Column("to_all", Boolean, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("version", Integer, nullable=False),
)

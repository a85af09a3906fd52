"""People, what is sealed, and what waits."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Integer, LargeBinary, String, Table, false

from bot.store.tables.base import Moment, id_, metadata

house = Table(
    "house",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("mark", String(64), nullable=False),
    Column("pepper_check", LargeBinary(32)),
)
server = Table(
    "server",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("language", String(5)),
    Column("zone", String(64)),
    Column("facilitator_role_id", BigInteger),
    id_("help_card_id"),
    Column("help_checked_at", Moment),
)
person = Table(
    "person",
    metadata,
    id_("id", primary_key=True),
    Column("server_id", ForeignKey("server.id"), nullable=False),
    Column("lookup", LargeBinary(32), nullable=False, unique=True),
    Column("discord_id", LargeBinary, nullable=False),
    Column("language", String(5), nullable=False),
    Column("dms", Boolean, nullable=False),
    Column("knocked", Boolean, nullable=False),
    Column("quiet_from", Integer),
    Column("quiet_until", Integer),
    Column("zone", String(64)),
    Column("fewer_pings", Boolean, nullable=False, server_default=false()),
    Column("gone_since", Moment),
)
sealed = Table(
    "sealed",
    metadata,
    id_("id", primary_key=True),
    Column("owner", String(40), nullable=False, index=True),
    Column("words", LargeBinary, nullable=False),
)
waiting = Table(
    "waiting",
    metadata,
    id_("token", primary_key=True),
    Column("server_id", BigInteger, nullable=False, index=True),
    Column("box", LargeBinary(32), nullable=False, index=True),
    Column("due_at", Moment, index=True),
    Column("claimed_at", Moment),
    Column("retry_at", Moment),
    Column("attempts", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
)
care_contact = Table(
    "care_contact",
    metadata,
    Column("server_id", ForeignKey("server.id"), primary_key=True),
    id_("person_id", ForeignKey("person.id"), primary_key=True),
)

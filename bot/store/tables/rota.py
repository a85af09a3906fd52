"""Who holds a circle's coming session, whom its calling has gone past, and marks nobody can read."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Integer, LargeBinary, Table, false

from bot.store.tables.base import Moment, id_, metadata

calling = Table(
    "calling",
    metadata,
    id_("circle_id", ForeignKey("circle.id"), primary_key=True),
    id_("token", nullable=False, unique=True),
    Column("number", Integer, nullable=False),
    Column("at", Moment),
    Column("known_since", Moment),
    id_("called_id", ForeignKey("person.id")),
    Column("calls", Integer, nullable=False),
    Column("until", Moment),
    id_("holder_id", ForeignKey("person.id")),
    id_("first_id", ForeignKey("person.id")),
    Column("care_asked", Boolean, nullable=False, server_default=false()),
    Column("line_said", Boolean, nullable=False, server_default=false()),
    Column("looked", Boolean, nullable=False, server_default=false()),
    Column("line_id", BigInteger),
    id_("swap_by", ForeignKey("person.id")),
    id_("swap_with", ForeignKey("person.id")),
    id_("moment"),
    Column("version", Integer, nullable=False),
)
past = Table(
    "past",
    metadata,
    id_("circle_id", ForeignKey("calling.circle_id", ondelete="CASCADE"), primary_key=True),
    id_("person_id", ForeignKey("person.id"), primary_key=True),
    Column("place", Integer, nullable=False),
)
mark = Table(
    "mark",
    metadata,
    Column("blind", LargeBinary(32), primary_key=True),
    Column("about", LargeBinary(32), nullable=False, index=True),
    sqlite_with_rowid=False,  # a hidden row number would keep the order of pressing
)

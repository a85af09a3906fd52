"""When circles meet."""

from sqlalchemy import BigInteger, Column, DateTime, ForeignKey, Integer, Table

from bot.practice.rhythm import Every
from bot.practice.timetable import Coming
from bot.store.tables.base import id_, metadata, one_of

schedule = Table(
    "schedule",
    metadata,
    id_("circle_id", ForeignKey("circle.id"), primary_key=True),
    id_("token", nullable=False, unique=True),
    Column("first", DateTime, nullable=False),  # wall time: in which zone, the circle's row says
    Column("every", one_of(Every), nullable=False),
    Column("number", Integer, nullable=False),
    Column("told", one_of(Coming)),
    id_("moment"),
    id_("said"),
    Column("line_id", BigInteger),
    Column("line_channel_id", BigInteger),
    Column("version", Integer, nullable=False),
)

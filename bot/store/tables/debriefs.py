"""When circles meet after something they did. Of that itself there is no column, and must never be one (D2.4)."""

from sqlalchemy import BigInteger, Column, DateTime, ForeignKey, Integer, Table, UniqueConstraint

from bot.practice.debrief import Debrief
from bot.practice.timetable import Coming
from bot.store.tables.base import id_, metadata, one_of

debrief_plan = Table(
    "debrief_plan",
    metadata,
    id_("id", primary_key=True),
    id_("token", nullable=False, unique=True),
    id_("circle_id", ForeignKey("circle.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("hot", DateTime, nullable=False),  # wall time: in which zone, the circle's row says
    id_("holder_id", ForeignKey("person.id")),
    Column("days", Integer, nullable=False),
    Column("following", one_of(Debrief)),
    Column("told", one_of(Coming)),
    id_("moment"),
    id_("said"),
    Column("line_id", BigInteger),
    Column("line_channel_id", BigInteger),
    Column("version", Integer, nullable=False),
    UniqueConstraint("circle_id", "number"),
)

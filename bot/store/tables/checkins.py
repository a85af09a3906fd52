"""Relational check-ins: one asking of a circle, and the answers while it is open."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Integer, LargeBinary, String, Table, false

from bot.practice.wave import Phase
from bot.store.tables.base import Moment, id_, metadata, one_of

wave = Table(
    "wave",
    metadata,
    id_("id", primary_key=True),
    id_("token", nullable=False, unique=True),
    id_("circle_id", ForeignKey("circle.id"), nullable=False, index=True),
    Column("held", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("threshold", Integer, nullable=False),
    Column("phase", one_of(Phase), nullable=False),
    Column("opened_at", Moment),
    Column("closes_at", Moment),
    Column("line_id", BigInteger),
    Column("message_id", BigInteger),
    id_("bands_id"),
    Column("for_all", Boolean, nullable=False, server_default=false()),
    Column("tells_at", Moment),
    id_("moment"),
    Column("version", Integer, nullable=False),
)
# Without a rowid, which would keep an order. Every row has the same length, and what it says is sealed with the key of
# the wave.
answer = Table(
    "answer",
    metadata,
    Column("key", LargeBinary(32), primary_key=True),
    id_("wave_id", ForeignKey("wave.id"), nullable=False),
    Column("item", String(20), nullable=False),
    Column("tap", LargeBinary(30), nullable=False),
    sqlite_with_rowid=False,
)

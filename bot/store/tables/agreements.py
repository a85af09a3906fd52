"""Agreements and their lines."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table

from bot.store.tables.base import Moment, id_, metadata

agreement = Table(
    "agreement",
    metadata,
    id_("circle_id", ForeignKey("circle.id"), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("agreed_at", Moment),
    id_("remind_at_opening"),
    Column("changes", Integer, nullable=False),
)
line = Table(
    "line",
    metadata,
    id_("id", primary_key=True),
    id_("circle_id", ForeignKey("agreement.circle_id", ondelete="CASCADE"), nullable=False, index=True),
    Column("place", Integer, nullable=False),
    Column("starter", String(20)),
    id_("words_id"),
    id_("author_id", ForeignKey("person.id")),
    Column("adopted", Boolean, nullable=False),
)
objection = Table(
    "objection",
    metadata,
    id_("line_id", ForeignKey("line.id", ondelete="CASCADE"), primary_key=True),
    id_("person_id", ForeignKey("person.id"), primary_key=True),
)
assent = Table(
    "assent",
    metadata,
    id_("circle_id", ForeignKey("circle.id"), primary_key=True),
    id_("person_id", ForeignKey("person.id"), primary_key=True),
    Column("version", Integer, nullable=False),
)

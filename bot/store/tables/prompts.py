"""The prompts of a circle that changed ours, in its own order."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table, false

from bot.practice.prompts import Part
from bot.store.tables.base import id_, metadata, one_of

listed_prompt = Table(
    "listed_prompt",
    metadata,
    id_("id", primary_key=True),
    id_("circle_id", ForeignKey("circle.id"), nullable=False, index=True),
    Column("part", one_of(Part), nullable=False),
    Column("place", Integer, nullable=False),
    Column("key", String(60)),
    id_("words_id"),
    Column("hidden", Boolean, nullable=False, server_default=false()),
)

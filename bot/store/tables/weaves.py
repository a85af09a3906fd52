"""What the relationship is spread with: pairs of buddies, and with whom somebody would never be paired (D5.5)."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, LargeBinary, Table

from bot.store.tables.base import Moment, id_, metadata

pair = Table(
    "pair",
    metadata,
    id_("token", primary_key=True),
    id_("circle_id", ForeignKey("circle.id"), nullable=False, index=True),
    id_("joins"),
    Column("met_at", Moment),
    Column("version", Integer, nullable=False),
)
partner = Table(
    "partner",
    metadata,
    id_("pair_token", ForeignKey("pair.token", ondelete="CASCADE"), primary_key=True),
    id_("person_id", ForeignKey("person.id"), primary_key=True),
    Column("yes", Boolean, nullable=False),
)
never = Table(
    "never",
    metadata,
    Column("mark", LargeBinary(32), primary_key=True),
    Column("box", LargeBinary(32), nullable=False, index=True),
)

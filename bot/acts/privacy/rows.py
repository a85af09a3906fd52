"""A row as its person may read it."""

from typing import Any

from bot.practice.circle import Circle
from bot.store.rows import Person
from bot.store.unit import Unit

OURS = frozenset(
    {"id", "circle_id", "person_id", "session_id", "server_id", "version", "token", "lookup", "round_number"}
)


def of(row: object, **more: Any) -> dict[str, Any]:
    """Every value of a row but the ids by which rows know each other, so that no new column is left out.

    In an order of its own: that in which they were loaded differs from start to start.
    """
    return {**more, **{name: value for name, value in sorted(vars(row).items()) if name[0] != "_" and name not in OURS}}


async def circle_name(unit: Unit, circle_id: str) -> str:
    """What the circle is called; it was told to everybody who is or was in it."""
    circle = await unit.one(Circle, id=circle_id)
    return await unit.words.read(circle.name_id) if isinstance(circle, Circle) else ""


async def drop_notes_about(unit: Unit, person: Person, kinds: tuple[str, ...]) -> None:
    """Notes of these kinds that tell others of this person go."""
    for due in await unit.waiting.here():
        about = due.deed == "note" and str(due.facts.get("kind")).startswith(kinds)
        if about and person.id in due.facts.get("people", []):
            await unit.waiting.done(due.token)

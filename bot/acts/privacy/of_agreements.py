"""What agreements keep of a person: their yes, what they asked to change, and lines that aren't adopted yet."""

from typing import Any

from bot.acts import agreement as agreements
from bot.acts.lines import kept
from bot.acts.privacy.rows import circle_name
from bot.practice.agreement import Assent, Line, Objection
from bot.practice.circle import Circle
from bot.store.rows import Person
from bot.store.unit import Unit


async def kept_of(unit: Unit, person: Person) -> dict[str, list[dict[str, Any]]]:
    """Lines in their words, each yes, and which lines they asked to change, by place: the words may be another's."""
    proposed: list[Line] = await unit.all(Line, author_id=person.id)
    return {
        "lines": [
            {"circle": await circle_name(unit, line.circle_id), "words": await unit.words.read(line.words_id or "")}
            for line in proposed
        ],
        "assents": [
            {"circle": await circle_name(unit, said.circle_id), "agreement": said.version}
            for said in await unit.all(Assent, person_id=person.id)
        ],
        "objections": [await _place(unit, one) for one in await unit.all(Objection, person_id=person.id)],
    }


async def let_go(unit: Unit, person: Person) -> None:
    """All of it goes; adopted lines are the circle's."""
    for circle in await unit.all(Circle, server_id=unit.server_id):
        await agreements.let_go(unit, circle, person.id)


async def _place(unit: Unit, objection: Objection) -> dict[str, Any]:
    line = await unit.one(Line, id=objection.line_id)
    assert isinstance(line, Line)
    places = [one.id for one in (await kept(unit, line.circle_id)).lines]
    return {"circle": await circle_name(unit, line.circle_id), "line": places.index(line.id) + 1}

"""What check-ins keep of a person: answers, while one is open. That they want to be asked stands with their circles."""

from typing import Any

from bot.acts.privacy.rows import drop_notes_about
from bot.practice.checkin import Tap
from bot.practice.circle import Circle
from bot.practice.wave import Phase, Wave
from bot.store.keyring import KeyGone
from bot.store.rows import Person
from bot.store.unit import Unit


async def kept_of(unit: Unit, person: Person) -> dict[str, list[dict[str, Any]]]:
    """Nothing: whoever has an export file could be made to show it, and then an answer would be known."""
    del unit, person
    return {}


async def let_go(unit: Unit, person: Person) -> None:
    """What they tapped becomes *rather not say*, where it stands; who asks whom to open one forgets that they were."""
    for circle in await unit.all(Circle, server_id=unit.server_id):
        for wave in await unit.all(Wave, circle_id=circle.id, phase=Phase.OPEN):
            await _take_back(unit, wave, person.id)
    for due in await unit.waiting.here():
        asked = due.facts.get("asked", []) if due.deed == "checkin" else []
        if due.due_at and person.id in asked:
            facts = {**due.facts, "asked": [one for one in asked if one != person.id]}
            await unit.waiting.done(due.token)
            await unit.waiting.write(due.deed, due.lane, after=due.due_at - unit.now, **facts)
    await drop_notes_about(unit, person, ("checkin.",))


async def _take_back(unit: Unit, wave: Wave, person_id: str) -> None:
    try:
        for item in wave.items:
            await unit.answers.put(wave.id, person_id, item, Tap.SKIP)
    except KeyGone:  # then nobody can tell whose an answer was
        return
    unit.keep_no_order()

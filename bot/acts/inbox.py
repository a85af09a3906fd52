"""What waits for one person, and how they want to be told of it."""

from bot.acts import Presser
from bot.acts.due import Errand, claim
from bot.store.unit import Unit

MOST_AT_ONCE = 5
ASKS_FOR_AN_ANSWER = frozenset({"door.request", "offer.facilitator"})


async def look(unit: Unit, by: Presser) -> list[Errand]:
    """What waits for this person, five at most. What only informs is shown once; questions stay until answered."""
    person = await unit.people.find(by.discord_id)
    if person is None:
        return []
    person.knocked = False
    person.language = by.language
    shown = []
    # Questions nobody has answered yet must not hide what came after them.
    waiting = sorted(await unit.waiting.of_person(person.id), key=lambda due: due.shown)
    for due in waiting[:MOST_AT_ONCE]:
        errand = await open_note(unit, due.token)
        if errand:
            shown.append(errand)
    return shown


async def open_note(unit: Unit, token: str) -> Errand | None:
    """One note, opened for its person: gone when it only informs, resting when it asks for an answer."""
    due = await unit.waiting.get(token)
    if due is None:
        return None
    if due.due_at is None:
        await unit.waiting.wake(token)
    errand = await claim(unit, token)
    if due.facts.get("kind") in ASKS_FOR_AN_ANSWER:
        await unit.waiting.rest(token, shown=True)
    else:
        await unit.waiting.done(token)
    return errand


async def set_dms(unit: Unit, by: Presser, *, wanted: bool) -> None:
    """Turn DMs on or off for oneself (promise 3)."""
    person = await unit.people.meet(by.discord_id, by.language)
    person.dms = wanted
    person.knocked = False

"""What waits for one person, and how they want to be told of it."""

from bot.acts import Presser
from bot.acts.due import Errand, errand_of, is_there
from bot.practice.circle import Membership
from bot.store.unit import Unit

MOST_AT_ONCE = 5
ASKS_FOR_AN_ANSWER = frozenset(
    {
        "door.request",
        "offer.facilitator",
        "pausing.question",
        "session.thread_gone",
        "session.needs",
        "calling.call",
        "calling.moved",
        "swap.question",
        "swap.not",
        "rota.guarded",
        "buddy.question",
        "buddy.third",
    }
)


async def look(unit: Unit, by: Presser) -> list[Errand]:
    """What waits for this person, five at most; it stays until `seen` says that it arrived.

    What waited of a circle goes when they were away from the server since they joined it: they aren't a member.
    """
    person = await unit.people.find(by.discord_id)
    if person is None:
        return []
    person.knocked = False
    person.language = by.language
    for membership in await unit.all(Membership, person_id=person.id):
        if by.came_anew(membership.came_at):
            await unit.waiting.drop_of(person.id, circle=membership.circle_id)
    # Questions nobody has answered yet must not hide what came after them.
    notes = [due for due in await unit.waiting.of_person(person.id) if is_there(unit, due)]
    waiting = sorted(notes, key=lambda due: due.shown)
    return [await errand_of(unit, due) for due in waiting[:MOST_AT_ONCE]]


async def seen(unit: Unit, by: Presser, tokens: list[str]) -> None:
    """These notes have arrived with `by`."""
    person = await unit.people.find(by.discord_id)
    for token in tokens:
        due = await unit.waiting.get(token)
        if due and person and due.person_id == person.id:
            await delivered(unit, token)


async def delivered(unit: Unit, token: str) -> None:
    """Its person has it before their eyes: it goes if it only informs, and rests if it asks for an answer."""
    due = await unit.waiting.get(token)
    if due and (due.facts.get("kind") in ASKS_FOR_AN_ANSWER or due.facts.get("asks")):
        await unit.waiting.rest(token, shown=True)
    else:
        await unit.waiting.done(token)


async def set_dms(unit: Unit, by: Presser, *, wanted: bool) -> None:
    """Turn DMs on or off for oneself (promise 3)."""
    person = await unit.people.meet(by.discord_id, by.language)
    person.dms = wanted
    person.knocked = False

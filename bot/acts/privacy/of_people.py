"""What is kept of a person in the server itself: how to tell them, being a care contact, what waits for them."""

from typing import Any

from bot.acts.privacy.rows import circle_name, of
from bot.acts.server import announce
from bot.practice.consent import Offer, Role
from bot.practice.quiet import wall_time
from bot.store.rows import CareContact, Person
from bot.store.unit import Unit

# Only these are exported: of another kind it might be told too early, or at all, that somebody entrusted something.
EXPORTED = (
    "door.", "offer.", "pausing.", "session.", "handover.", "rota.", "schedule.", "calling.", "swap.", "reminder.",
    "checkin.", "buddy.", "debrief.",
)  # fmt: skip


async def kept_of(unit: Unit, person: Person) -> dict[str, list[dict[str, Any]]]:
    """Their own row with their Discord id opened, care, and which kinds of notes wait for them.

    Not what is in those: it is about others, and /inbox shows it.
    """
    me = {name: value for name, value in of(person).items() if name != "discord_id"}
    if hours := person.quiet_hours:
        me |= {"quiet_from": wall_time(hours.start), "quiet_until": wall_time(hours.end)}
    cares = await unit.all(CareContact, person_id=person.id)
    asked = await unit.all(Offer, person_id=person.id, role=Role.CARE_CONTACT)
    waiting = [
        {"kind": due.facts["kind"], "circle": await circle_name(unit, str(due.facts.get("circle")))}
        for due in await unit.waiting.of_person(person.id)
        if str(due.facts.get("kind")).startswith(EXPORTED)
    ]
    return {
        "about": [{"id": person.id, "discord_id": str(await unit.people.address(person.id)), **me}],
        "care": [{"accepted": True} for _ in cares] + [of(offer) for offer in asked],
        "waiting": waiting,
    }


async def let_go(unit: Unit, person: Person) -> None:
    """They are a care contact no more, which each circle reads without a name; what waits for them goes."""
    for offer in await unit.all(Offer, person_id=person.id):
        for due in await unit.waiting.here():
            if due.lane == offer.token:  # the question to them is still on its way
                await unit.waiting.done(due.token)
        await unit.delete(offer)
    contact = await unit.one(CareContact, server_id=unit.server_id, person_id=person.id)
    if contact:
        await unit.delete(contact)
        await announce(unit, "care")
    for due in await unit.waiting.of_person(person.id):
        await unit.waiting.done(due.token)
    await unit.words.drop_all_of(person.id)

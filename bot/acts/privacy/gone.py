"""Who left the server without a word is looked for once a week, and forgotten a month after that was first seen.

Without the members intent nobody tells the bot who leaves. Nothing of this is shown to anybody.
"""

from datetime import timedelta

from bot import vault
from bot.acts import Presser
from bot.acts.privacy.forgetting import LET_GO
from bot.acts.rupture.passing import stand_down
from bot.practice.gone import AT_ONCE, FORGOTTEN_AFTER, LOOK_EVERY, NEXT_GO
from bot.store.rows import Person
from bot.store.unit import Unit

LOOK = "look_around"  # the deed of the one row a server has for this


async def begin(unit: Unit) -> None:
    """Let the first look wait, if none does yet in this server."""
    if not any(due.deed == LOOK for due in await unit.waiting.here()):
        await _wait(unit, LOOK_EVERY)


async def next_few(unit: Unit, token: str) -> dict[str, int | None]:
    """Whom to look up now: Discord ids by our random ids, in order; None for who has no key any more."""
    due = await unit.waiting.get(token)
    people = await unit.people.here(due.facts["begin_after"], AT_ONCE) if due else []
    return {person.id: await unit.people.known_address(person.id) for person in people}


async def note_down(unit: Unit, token: str, here: dict[str, bool]) -> None:
    """Keep who is gone, by our random ids, and let the next look wait: soon, or in a week when all have been looked up.

    The row of this look goes in the same transaction, so that there is always one.
    """
    if await unit.waiting.get(token) is None:
        return
    await unit.waiting.done(token)
    for person_id, is_here in here.items():
        person = await unit.one(Person, id=person_id)
        if isinstance(person, Person):
            await _mark(unit, person, is_here)
    all_seen = len(here) < AT_ONCE
    await (_wait(unit, LOOK_EVERY) if all_seen else _wait(unit, NEXT_GO, begin_after=list(here)[-1]))


async def seen(unit: Unit, by: Presser) -> None:
    """Somebody pressed something in the server: they aren't gone."""
    person = await unit.people.find(by.discord_id) if by.joined_at else None
    if person and person.gone_since:
        person.gone_since = None


async def to_look_up(unit: Unit, person_id: str) -> int | None:
    """The Discord id of somebody who has been gone for a month, to look once more; None when that isn't so."""
    person = await unit.one(Person, id=person_id)
    if not isinstance(person, Person) or person.gone_since is None:
        return None
    if unit.now < person.gone_since + FORGOTTEN_AFTER:
        return None
    return await unit.people.known_address(person_id)


async def is_here(unit: Unit, person_id: str) -> None:
    """They are back."""
    person = await unit.one(Person, id=person_id)
    if isinstance(person, Person):
        person.gone_since = None


async def _mark(unit: Unit, person: Person, here: bool) -> None:
    if here:
        person.gone_since = None
    elif person.gone_since is None:
        person.gone_since = unit.now
        await stand_down(unit, person.id)
        await unit.waiting.write(LET_GO, vault.new_token(), after=FORGOTTEN_AFTER, of=person.id, gone=True)


async def _wait(unit: Unit, time: timedelta, begin_after: str = "") -> None:
    await unit.waiting.write(LOOK, vault.new_token(), after=time, begin_after=begin_after)

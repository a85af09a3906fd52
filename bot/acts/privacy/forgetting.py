"""Being forgotten: the key first, then every row, so that no older copy of the database opens (promise 8)."""

from dataclasses import dataclass

from bot import vault
from bot.acts import Presser
from bot.acts.circle import facilitating, running
from bot.acts.handover import who_is_asked
from bot.acts.privacy.rooms import ROOMS
from bot.acts.rupture.passing import end_all_of
from bot.practice.circle import Circle, Membership
from bot.practice.refusals import Refusal
from bot.practice.session import Session
from bot.store.rows import CareContact, Person
from bot.store.unit import Unit

LET_GO = "let_go"  # the deed of a row that waits for somebody to be forgotten


@dataclass(frozen=True)
class Farewell:
    """What somebody is told before they are forgotten.

    `threads`: Discord ids of the threads of their circles, where their own words are still theirs to delete. `alone`,
    `unheld`: names of circles that nobody else facilitates, with members who are asked, or without. `holding`: names of
    circles whose open session they hold.
    """

    circles: list[str]
    threads: list[int]
    alone: list[str]
    unheld: list[str]
    holding: list[str]
    cares: bool


async def before(unit: Unit, by: Presser) -> Farewell:
    """What would happen; nothing happens yet. Raises Refusal when nothing is kept of `by`."""
    person = await _expect_known(unit, by)
    told = Farewell([], [], [], [], [], await _cares(unit, person))
    for membership in await unit.all(Membership, person_id=person.id):
        circle = await unit.one(Circle, id=membership.circle_id)
        assert isinstance(circle, Circle)
        name = await unit.words.read(circle.name_id)
        told.circles.append(name)
        sessions: list[Session] = await unit.all(Session, circle_id=circle.id)
        told.threads.extend(session.thread_id for session in sessions if session.thread_id)
        if any(session.holder_id == person.id for session in await running(unit, circle)):
            told.holding.append(name)
        if [one.person_id for one in await facilitating(unit, circle)] == [person.id]:
            asked = await who_is_asked(unit, circle, person.id)
            (told.alone if asked else told.unheld).append(name)
    return told


async def ask(unit: Unit, by: Presser) -> None:
    """Be forgotten, for good: from this transaction on a row sees to it, whatever happens to the process.

    Raises Refusal when nothing is kept of `by`.
    """
    person = await _expect_known(unit, by)
    await take_leave(unit, person.id)
    await unit.waiting.write(LET_GO, vault.new_token(), of=person.id)


async def take_leave(unit: Unit, person_id: str) -> None:
    """What others must still hear, and only this person's key can tell to whom: in a transaction before `forget`."""
    if await unit.one(Person, id=person_id, server_id=unit.server_id):
        await end_all_of(unit, person_id)


async def forget(unit: Unit, person_id: str) -> None:
    """Destroy this person's key, then let go of every row of theirs. To do it again, after a crash, does no harm.

    `take_leave` was committed before: this may be cut short once the key is gone.
    """
    person = await unit.one(Person, id=person_id, server_id=unit.server_id)
    if not isinstance(person, Person) or person.is_nobody:
        return
    await take_leave(unit, person_id)  # what came since
    await unit.flush()
    await unit.keyring.destroy(person_id)
    await unit.waiting.sweep()
    for room in ROOMS:
        await room.let_go(unit, person)
        await unit.flush()
    await unit.delete(person)


async def finish(unit: Unit) -> None:
    """Let go of whoever has no key any more: a copy of the database that was put back still has their rows."""
    known = unit.keyring.owners()
    for person in await unit.people.here():
        if person.id not in known:
            await forget(unit, person.id)


async def _expect_known(unit: Unit, by: Presser) -> Person:
    person = await unit.people.find(by.discord_id)
    if person is None:
        raise Refusal("privacy.nothing_kept")
    return person


async def _cares(unit: Unit, person: Person) -> bool:
    return await unit.one(CareContact, server_id=unit.server_id, person_id=person.id) is not None

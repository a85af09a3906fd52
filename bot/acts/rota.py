"""Who would like to hold a session, and who is next (P9)."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.acts import Presser, calling, mark
from bot.acts.calling import in_turn as in_turn
from bot.acts.circle import by_token, find, membership_of
from bot.practice import rota
from bot.practice.calling import Calling
from bot.practice.circle import Circle, Membership
from bot.practice.refusals import Refusal
from bot.practice.rota import Limit
from bot.store.unit import Unit

SOONEST, LATEST = timedelta(minutes=20), timedelta(hours=3)  # until somebody is passed over


@dataclass(frozen=True)
class Share:
    """How much of the holding is with one person lately, for that person alone: computed when asked, kept nowhere.

    They held `held` of the last `of` sessions (D5.2). `limits`: what holding the next one would go beyond (D5.3).
    """

    held: int
    of: int
    limits: list[Limit] = field(default_factory=list)


@dataclass(frozen=True)
class Mine:
    """The coming session is with the reader: its calling, whether they have said yes, and their share of late."""

    calling: str
    said_yes: bool
    share: Share


@dataclass(frozen=True)
class Rota:
    """Who said yes to the next session (a Discord id; None: nobody has), and whether the reader is willing.

    Nobody else is named: whoever looked twice would read who said no, didn't answer, or is paused (promise 4). `at` is
    when the coming session is planned (UTC; None: it isn't); `mine` is set when it is the reader's to hold.
    """

    token: str
    name: str
    holder: int | None
    willing: bool
    at: datetime | None = None
    mine: Mine | None = None


async def look(unit: Unit, by: Presser, *, named: str | None) -> Rota:
    """Who has said that they hold next, for members; and what is with the reader, for them alone."""
    return await _rota(unit, by, await find(unit, by, named))


async def set_willing(unit: Unit, by: Presser, token: str, *, willing: bool) -> Rota:
    """Say that one would like to hold a session, or not for now. Nobody is told (promise 3).

    If the coming session was with them and they would rather not for now, it goes on to the next.
    """
    circle = await by_token(unit, token)
    membership = await membership_of(unit, by, circle)
    membership.willing = willing
    await unit.flush()
    if willing:
        await calling.look_again(unit, circle)
    else:
        await calling.give_up(unit, circle, membership.person_id)
    return await _rota(unit, by, circle)


async def next_holder(unit: Unit, circle: Circle) -> str | None:
    """Who holds the coming session as it opens: who said yes to it, else who was called last and hasn't said no, else
    whose turn it is among the willing, and if it has a time, among those who facilitate. None when there is nobody.

    Two marks have their effect now (D3.9). Whoever only looks, looks at `expected`.
    """
    return await _settled(unit, circle, await calling.known(unit, circle))


async def expected(unit: Unit, circle: Circle) -> str | None:
    """Whom the coming session is with as it stands; nothing changes by looking. Not to be told to anybody else."""
    return await calling.following(unit, circle, await calling.known(unit, circle))


async def holder_now(unit: Unit, circle: Circle) -> str | None:
    """Who holds a session that somebody opens now: as `next_holder`, unless the coming one is still far away.

    Who said yes to another day isn't surprised by a session of today.
    """
    found = await calling.known(unit, circle)
    return await _settled(unit, circle, found if found and found.is_soon(unit.now) else None)


async def look_ahead(unit: Unit, circle: Circle, at: datetime | None) -> None:
    """The circle's next session is scheduled at this time (UTC); None: nothing is. Said as often as one likes.

    In good time before it somebody is asked in private whether they would hold it (`practice/calling.py`).
    """
    await calling.schedule(unit, circle, at)


async def ask_for_another(unit: Unit, by: Presser, token: str) -> Rota:
    """**Another holder next time**: when two members have asked, whoever would hold next is passed over once (D3.9).

    Nobody learns who asked, that anybody did, or whom it is with: the answer is always the same, also where there is
    nobody to pass over, and what comes of it comes somewhat later. Raises Refusal when `by` has been asked themselves.
    """
    circle = await by_token(unit, token)
    asker = (await membership_of(unit, by, circle)).person_id
    found = await calling.known(unit, circle)
    holder = await calling.following(unit, circle, found)
    if holder == asker and _knows(found, asker):
        raise Refusal("rota.you_are_next")
    if holder not in {None, asker} and await mark.leave(
        unit, circle, circle.sessions_opened + 1, by=asker, about=str(holder)
    ):
        await unit.waiting.write(
            "pass-over", f"calling {circle.id}", after=await _some_time(unit, circle), circle=circle.id, about=holder
        )
    return await _rota(unit, by, circle)


async def pass_over(unit: Unit, row: str, circle_id: str, person_id: str) -> None:
    """Pass somebody over for the coming session, if two still ask for it and it would still be theirs.

    The waiting `row` (its token) that brings this is over in the same transaction: it has its effect once.
    """
    if await unit.waiting.get(row) is None:
        return
    await unit.waiting.done(row)
    circle = await unit.one(Circle, id=circle_id, server_id=unit.server_id)
    if isinstance(circle, Circle) and await mark.enough(unit, circle, circle.sessions_opened + 1, about=person_id):
        holder = await calling.following(unit, circle, await calling.known(unit, circle))
        if holder == person_id:
            await _pass_over(unit, circle, person_id)


async def closed(unit: Unit, circle: Circle, number: int, *, held: bool) -> None:
    """The session of this number is over: so are the marks about it. If it wasn't `held`, they stand for the next one:
    nobody undoes them by opening a session and closing it (D3.9).
    """
    if held:
        await mark.forget(unit, circle, number)
        return
    await mark.carry_on(unit, circle, number)
    found = await calling.known(unit, circle)
    over = await mark.passed_over(unit, circle, circle.sessions_opened + 1)
    if found and over and found.with_whom == over:
        await calling.pass_on(unit, circle, found, over, telling=True)


async def share(unit: Unit, circle: Circle, person_id: str) -> Share:
    """How much of the holding is with this person lately; to be told to nobody else (D5.2, D5.3)."""
    held = await calling.holders(unit, circle.id)
    others = 0
    for membership in await unit.all(Membership, person_id=person_id):
        if membership.circle_id != circle.id:
            last = (await calling.holders(unit, membership.circle_id))[-1:]
            others += last == [person_id]
    return Share(*rota.share(person_id, held), rota.limits(person_id, held, others))


async def _settled(unit: Unit, circle: Circle, found: Calling | None) -> str | None:
    """Who holds it; if two have asked for another and it would be too late to wait, that has its effect now."""
    holder = await calling.following(unit, circle, found)
    number = circle.sessions_opened + 1
    if holder and not unit.reads_only and await mark.enough(unit, circle, number, about=holder):
        await _pass_over(unit, circle, holder)
        holder = await calling.following(unit, circle, found)
    return holder


async def _pass_over(unit: Unit, circle: Circle, person_id: str) -> None:
    found = await calling.coming(unit, circle)
    await mark.pass_over(unit, circle, circle.sessions_opened + 1, person_id)
    await calling.pass_on(unit, circle, found, person_id, telling=True)


async def _some_time(unit: Unit, circle: Circle) -> timedelta:
    """By chance, so that whoever asks second doesn't see that they were; sooner when the session is near."""
    found = await calling.known(unit, circle)
    latest = min(LATEST, max((found.at - unit.now) / 2, timedelta())) if found and found.at else LATEST
    soonest = min(SOONEST, latest)
    return soonest + (latest - soonest) * secrets.randbelow(1000) / 1000


async def _rota(unit: Unit, by: Presser, circle: Circle) -> Rota:
    membership = await membership_of(unit, by, circle)
    found = await calling.known(unit, circle)
    person_id, said_yes = membership.person_id, found.holder_id if found else None
    is_mine = _knows(found, person_id) and person_id == await calling.following(unit, circle, found)
    mine = await _mine(unit, circle, person_id) if is_mine else None
    name = await unit.words.read(circle.name_id)
    return Rota(
        circle.token,
        name,
        await unit.people.address(said_yes) if said_yes else None,
        membership.willing,
        found.at if found else None,
        mine,
    )


def _knows(found: Calling | None, person_id: str) -> bool:
    """Whether this person may know that it is with them: once asked, or where nobody will be, as it has no time.

    Whoever read it before being asked could read by looking again that they were passed over.
    """
    return found is None or found.at is None or found.with_whom == person_id


async def _mine(unit: Unit, circle: Circle, person_id: str) -> Mine:
    found: Calling = await calling.coming(unit, circle)
    return Mine(found.token, found.holder_id == person_id, await share(unit, circle, person_id))

"""Calling for somebody who holds the coming session: who is asked, what they answer, what time brings (P9, D5.6)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot import vault
from bot.acts import Presser, mark, openly
from bot.acts.circle import membership_of
from bot.practice import rota
from bot.practice.calling import Called, Calling, CareAsked, OpenlyCalled
from bot.practice.circle import Circle, Membership
from bot.practice.refusals import Refusal
from bot.practice.session import Session
from bot.store.rows import CareContact
from bot.store.unit import Unit

IN_OTHER_HANDS = "calling.in_other_hands"  # told alike after a swap, when somebody else said yes, and after two marks


@dataclass(frozen=True)
class Answered:
    """What an answer was about: the circle's name, when the session is (UTC; None: not scheduled), its calling."""

    token: str
    name: str
    at: datetime | None


async def hold(unit: Unit, by: Presser, token: str) -> Answered:
    """**I'll hold it**, by whoever was called or read the open line; the first yes ends the asking.

    Raises Refusal when the session is open or over, somebody said yes already, or `by` is paused or no member. Whoever
    was passed over is told the same, unless everybody has been asked: the line stands for all (D3.9).
    """
    calling, circle, person_id = await expect_called_for(unit, by, token)
    if not calling.line_said and person_id == await mark.passed_over(unit, circle, calling.number):
        raise Refusal("calling.somebody_else")
    await take(unit, circle, calling, person_id)
    return await answered(unit, circle, calling)


async def decline(unit: Unit, by: Presser, token: str) -> Answered:
    """**Not this time**: it goes on to the next; also of somebody who said yes. Nobody is told who it was.

    Raises Refusal when the session is open or over, or it isn't with `by`.
    """
    calling, circle, person_id = await expect_called_for(unit, by, token)
    if person_id != await following(unit, circle, calling):
        raise Refusal("calling.not_with_you")
    await pass_on(unit, circle, calling, person_id)
    return await answered(unit, circle, calling)


async def coming(unit: Unit, circle: Circle) -> Calling:
    """The calling for the circle's coming session, made when it is first needed."""
    found = await unit.one(Calling, circle_id=circle.id)
    if isinstance(found, Calling):
        if found.number > circle.sessions_opened:
            return found
        await end(unit, circle, found)
    made = Calling(circle.id, vault.new_token(), circle.sessions_opened + 1)
    unit.add(made)
    await unit.flush()
    return made


async def known(unit: Unit, circle: Circle) -> Calling | None:
    """The calling for the circle's coming session, if there is one."""
    found = await unit.one(Calling, circle_id=circle.id)
    return found if isinstance(found, Calling) and found.number > circle.sessions_opened else None


async def following(unit: Unit, circle: Circle, calling: Calling | None) -> str | None:
    """Who holds the coming session as it stands: whom it is with, else whose turn it is among the willing.

    When it has a time, whoever facilitates comes after them; when it has none, whoever opens it holds it.
    """
    if calling and calling.with_whom:
        return calling.with_whom
    gone_past = calling.gone_past if calling else []
    line = await in_line(unit, circle, calling, facilitators=bool(calling and calling.at))
    return next((person for person in line if person not in gone_past), None)


async def fallback(unit: Unit, circle: Circle) -> str | None:
    """Who facilitates and could still be asked, as nobody willing is left: nobody who said no is given it anyway."""
    calling = await known(unit, circle)
    gone_past = calling.gone_past if calling else []
    return next((one for one in await in_line(unit, circle, calling) if one not in gone_past), None)


async def in_line(unit: Unit, circle: Circle, calling: Calling | None, *, facilitators: bool = True) -> list[str]:
    """Who can be called, in order: who is first in line, the willing, then whoever facilitates; least recent first."""
    members: list[Membership] = await unit.all(Membership, circle_id=circle.id, paused=False, away=False)
    first = [one.person_id for one in members if calling and one.person_id == calling.first_id]
    willing = await in_turn(unit, circle, [one for one in members if one.willing])
    others = await in_turn(unit, circle, [one for one in members if one.facilitates]) if facilitators else []
    over = await mark.passed_over(unit, circle, calling.number if calling else circle.sessions_opened + 1)
    return [person for person in dict.fromkeys([*first, *willing, *others]) if person != over]


async def in_turn(unit: Unit, circle: Circle, people: list[Membership]) -> list[str]:
    """These members of the circle (random ids) in the order in which it is their turn to hold: least recent first."""
    people = sorted(people, key=lambda membership: (membership.joined_at, membership.id))
    return rota.in_turn([one.person_id for one in people], await holders(unit, circle.id))


async def holders(unit: Unit, circle_id: str) -> list[str]:
    """Who held the circle's sessions that were held, oldest first."""
    held: list[Session] = await unit.all(Session, circle_id=circle_id, held=True)
    return [session.holder_id for session in sorted(held, key=lambda session: session.number)]


async def schedule(unit: Unit, circle: Circle, at: datetime | None) -> None:
    """The coming session is at this time (UTC), or at none. Whoever said yes to another time is told, in private."""
    calling = await coming(unit, circle) if at else await known(unit, circle)
    if calling is None:
        return
    asked = _asked(calling)
    if calling.schedule(at, unit.now, vault.new_token()):
        await _drop_notes(unit, circle, asked, contacts=True)
        await openly.take_back(unit, circle, calling)
        if calling.holder_id:
            await tell(unit, circle, calling, calling.holder_id, "calling.moved")
    await arm(unit, calling)


async def whom_to_reach(unit: Unit, circle_id: str) -> int | None:
    """Whom (a Discord id) the calling is about to reach: they are looked up first, as they may have left the server."""
    circle, calling = await _of_circle(unit, circle_id)
    if circle is None or calling is None:
        return None
    person_id = calling.about_to_reach(unit.now, await in_line(unit, circle, calling))
    return await unit.people.address(person_id) if person_id else None


async def meet(unit: Unit, circle_id: str) -> None:
    """What time has brought to the calling by now. The row that waited for it is over in the same transaction."""
    circle, calling = await _of_circle(unit, circle_id)
    if circle is None or calling is None:
        return
    for event in calling.time_has_come(unit.now, await in_line(unit, circle, calling)):
        match event:
            case Called(person, again):
                await _drop_notes(unit, circle, [person])
                await tell(unit, circle, calling, person, "calling.call", again=again)
            case CareAsked():
                for contact in await _care_contacts(unit):
                    await tell(unit, circle, calling, contact, "calling.care")
            case OpenlyCalled():
                await openly.say(unit, circle, calling, circle.id)
    await arm(unit, calling)


async def arm(unit: Unit, calling: Calling) -> None:
    """Let the calling's one next moment wait; the one that waited before is over. In a lane of its own."""
    if calling.moment:
        await unit.waiting.done(calling.moment)
    due = calling.next_moment(unit.now)
    calling.moment = None
    if due:
        wait, lane = max(due - unit.now, timedelta()), f"calling {calling.circle_id}"
        calling.moment = await unit.waiting.write("calling", lane, after=wait, circle=calling.circle_id)


async def take(unit: Unit, circle: Circle, calling: Calling, person_id: str, *, instead_of: str | None = None) -> None:
    """This person holds the coming session. Whom it was with is told only that it isn't with them."""
    asked = _asked(calling)
    before = calling.hold(person_id, instead_of=instead_of)
    calling.swap_by = calling.swap_with = None
    await _drop_notes(unit, circle, asked, contacts=True)
    await openly.take_back(unit, circle, calling)
    if before and before != person_id:
        await tell(unit, circle, calling, before, IN_OTHER_HANDS)
    await arm(unit, calling)


async def pass_on(unit: Unit, circle: Circle, calling: Calling, person_id: str, *, telling: bool = False) -> None:
    """It goes on from this person to the next. `telling`: they didn't say so themselves, and had been asked."""
    was_asked = calling.with_whom == person_id
    withdrawn = calling.swap_with if calling.swap_by == person_id else None
    await _drop_notes(unit, circle, [person_id, *([withdrawn] if withdrawn else [])])
    calling.pass_on(person_id, unit.now)
    if telling and was_asked:
        await tell(unit, circle, calling, person_id, IN_OTHER_HANDS)
    await arm(unit, calling)


async def give_up(unit: Unit, circle: Circle, person_id: str) -> None:
    """This person can't or won't hold for now: if it is with them it goes on, and nothing of it waits for them."""
    calling = await known(unit, circle)
    if calling is None:
        return
    if person_id == calling.swap_with:
        await refuse_swap(unit, circle, calling)
    if person_id == calling.first_id:
        calling.first_id = None
    if person_id in {calling.with_whom, calling.swap_by}:
        await pass_on(unit, circle, calling, person_id)
    await _drop_notes(unit, circle, [person_id])


async def refuse_swap(unit: Unit, circle: Circle, calling: Calling) -> None:
    """It stays with whoever asked for the swap; they are told so, neutrally."""
    asker, asked = calling.swap_by, calling.swap_with
    calling.swap_by = calling.swap_with = None
    await _drop_notes(unit, circle, [asked] if asked else [])
    if asker and asker == await following(unit, circle, calling):
        await tell(unit, circle, calling, asker, "swap.not")


async def look_again(unit: Unit, circle: Circle) -> None:
    """Somebody more would hold: they are asked now, if nobody was left to ask."""
    calling = await known(unit, circle)
    if calling:
        calling.look_again(unit.now)
        await arm(unit, calling)


async def opened(unit: Unit, circle: Circle) -> None:
    """A session has been opened: the calling for it is over, and if it was planned, the marks about it are.

    One for a time that is still far goes on for the next, and so do the marks: nobody undoes them (D3.9).
    """
    calling = await unit.one(Calling, circle_id=circle.id)
    if not isinstance(calling, Calling) or calling.number > circle.sessions_opened:
        return
    if not calling.is_soon(unit.now):
        calling.number = circle.sessions_opened + 1
        await mark.carry_on(unit, circle, circle.sessions_opened)
        return
    if calling.at:
        await mark.forget(unit, circle, circle.sessions_opened)
    await end(unit, circle, calling)


async def end(unit: Unit, circle: Circle, calling: Calling) -> None:
    """The calling is over, with all that waited for it."""
    await _drop_notes(unit, circle, _asked(calling), contacts=True)
    await openly.take_back(unit, circle, calling)
    await mark.forget_swaps(unit, circle)
    if calling.moment:
        await unit.waiting.done(calling.moment)
    await unit.delete(calling)
    await unit.flush()


async def expect_called_for(
    unit: Unit, by: Presser, token: str, *, also_paused: bool = False
) -> tuple[Calling, Circle, str]:
    """The calling, its circle, and the id of `by`. Raises Refusal when it is over, or `by` can't hold there."""
    calling = await unit.one(Calling, token=token)
    circle = isinstance(calling, Calling) and await unit.one(Circle, id=calling.circle_id, server_id=unit.server_id)
    if not isinstance(calling, Calling) or not isinstance(circle, Circle) or calling.number <= circle.sessions_opened:
        raise Refusal("calling.over")
    membership = await membership_of(unit, by, circle)
    if membership.paused and not also_paused:
        raise Refusal("circle.paused")
    calling.expect_ahead(unit.now)
    return calling, circle, membership.person_id


async def answered(unit: Unit, circle: Circle, calling: Calling) -> Answered:
    """What an answer was about."""
    return Answered(calling.token, await unit.words.read(circle.name_id), calling.at)


async def tell(unit: Unit, circle: Circle, calling: Calling, person_id: str, kind: str, **facts: Any) -> None:
    """Let one person know something about the coming session, in private."""
    await unit.waiting.write(
        "note", person_id, person=person_id, kind=kind, circle=circle.id, calling=calling.token, at=calling.stamp,
        asks=kind != IN_OTHER_HANDS, **facts,
    )  # fmt: skip


async def _of_circle(unit: Unit, circle_id: str) -> tuple[Circle | None, Calling | None]:
    circle = await unit.one(Circle, id=circle_id, server_id=unit.server_id)
    return (circle, await known(unit, circle)) if isinstance(circle, Circle) else (None, None)


def _asked(calling: Calling) -> list[str]:
    people = (calling.holder_id, calling.called_id, calling.swap_by, calling.swap_with, *calling.gone_past)
    return [person for person in people if person]


async def _care_contacts(unit: Unit) -> list[str]:
    return [contact.person_id for contact in await unit.all(CareContact, server_id=unit.server_id)]


async def _drop_notes(unit: Unit, circle: Circle, people: list[str], *, contacts: bool = False) -> None:
    for person_id in dict.fromkeys([*people, *(await _care_contacts(unit) if contacts else [])]):
        await unit.waiting.drop_of(person_id, circle=circle.id, asks=True)

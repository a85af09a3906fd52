"""Holding a session: going on, taking over, pausing, guarding, and what time brings."""

from bot import vault
from bot.acts import Presser
from bot.acts.session import by_token, expect_member
from bot.acts.telling import WRITE_TO, arm, common, tell
from bot.practice import holding
from bot.practice.moments import time_has_come
from bot.practice.refusals import Refusal
from bot.practice.seat import State
from bot.practice.session import Session
from bot.store.unit import Unit


async def go_on(unit: Unit, by: Presser, token: str) -> bool:
    """The holder goes on, after a pause or a round. False when that closed the session."""
    session, person_id = await _here(unit, by, token)
    await tell(unit, session, holding.go_on(session, person_id, unit.now, vault.new_token))
    return session.state is not State.CLOSED


async def take_hold(unit: Unit, by: Presser, token: str) -> None:
    """**I'll hold the circle**, when its holder has been awaited long enough (P9)."""
    session, person_id = await _here(unit, by, token)
    await tell(unit, session, holding.take_hold(session, person_id, unit.now))


async def take_hold_back(unit: Unit, by: Presser, token: str) -> None:
    """The former holder holds it again, before the next turn."""
    session, person_id = await _here(unit, by, token)
    await tell(unit, session, holding.take_hold_back(session, person_id, unit.now))


async def pause(unit: Unit, by: Presser, token: str) -> None:
    """**Pause, please**: the circle is told that somebody asked, not who (D1.7)."""
    session, person_id = await _here(unit, by, token)
    await tell(unit, session, holding.pause(session, person_id, unit.now))


async def guard(unit: Unit, by: Presser, token: str, *, wanted: bool) -> None:
    """**I'll guard tonight**, or not any more (D1.9)."""
    session, person_id = await _here(unit, by, token)
    await tell(unit, session, holding.guard(session, person_id, wanted=wanted))


async def may_write(unit: Unit, by: Presser, token: str) -> list[int]:
    """Whom somebody can ask to write to them (Discord ids): who guards first, then the holder, then all present."""
    session, person_id = await _here(unit, by, token)
    _expect_seated(session, person_id)
    first = [session.guardian_id, session.holder_id]
    people = [person for person in first if person] + sorted(seat.person_id for seat in session.seats)
    known = [await unit.people.known_address(person) for person in dict.fromkeys(people) if person != person_id]
    return [person for person in known if person]


async def ask_to_write(unit: Unit, by: Presser, token: str, *, member: int) -> None:
    """Ask one person who is present (a Discord id) to write to me; only they are told.

    Raises Refusal when that person isn't here any more.
    """
    session, person_id = await _here(unit, by, token)
    _expect_seated(session, person_id)
    asked = await unit.people.find(member)
    if asked is None or (asked.id != session.holder_id and not session.seat_of(asked.id)):
        raise Refusal("session.person_not_here")
    wish = {"kind": WRITE_TO, "people": [person_id], "session": session.id}
    if not any(wish.items() <= due.facts.items() for due in await unit.waiting.of_person(asked.id)):
        await unit.waiting.write("note", asked.id, person=asked.id, **{**common(session), **wish})


async def meet_moment(unit: Unit, session_id: str) -> None:
    """What time has brought to a session by now."""
    session = await unit.one(Session, id=session_id)
    if isinstance(session, Session):
        events = time_has_come(session, unit.now, vault.new_token)
        if events:
            await tell(unit, session, events)
        else:
            await arm(unit, session)


def _expect_seated(session: Session, person_id: str) -> None:
    if session.seat_of(person_id) is None:
        raise Refusal("session.come_in_first")


async def _here(unit: Unit, by: Presser, token: str) -> tuple[Session, str]:
    session = await by_token(unit, token)
    return session, await expect_member(unit, by, session)

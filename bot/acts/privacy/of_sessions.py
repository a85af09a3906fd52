"""What sessions keep of a person: a seat in the last held ones, holding, guarding, a turn in one that is open."""

from typing import Any

from bot.acts.privacy.rows import circle_name, of
from bot.acts.telling import invite_anew, tell
from bot.acts.travel import take_back
from bot.practice.circle import Circle
from bot.practice.forgetting import take_out
from bot.practice.round import Turn
from bot.practice.seat import Seat
from bot.practice.session import Session
from bot.store.rows import Person
from bot.store.unit import Unit


async def kept_of(unit: Unit, person: Person) -> dict[str, list[dict[str, Any]]]:
    """Seats, turns, and the sessions they held, hold or guard, each by its circle and number."""

    async def named(session_id: str) -> dict[str, Any]:
        session = await unit.one(Session, id=session_id)
        assert isinstance(session, Session)
        gathering = "debrief" if session.debrief else "session"
        return {"circle": await circle_name(unit, session.circle_id), gathering: session.number}

    async def sessions(**where: str) -> list[dict[str, Any]]:
        return [await named(session.id) for session in await unit.all(Session, **where)]

    return {
        "seats": [of(seat, **await named(seat.session_id)) for seat in await unit.all(Seat, person_id=person.id)],
        "turns": [
            of(turn, **await named(turn.session_id), round=turn.round_number)
            for turn in await unit.all(Turn, person_id=person.id)
        ],
        "held": await sessions(holder_id=person.id),
        "held_before": await sessions(former_holder_id=person.id),
        "guarding": await sessions(guardian_id=person.id),
    }


async def let_go(unit: Unit, person: Person) -> None:
    """Seats and turns go. A session they hold goes on with the others; who held earlier ones is nobody in each circle.

    It comes after the circles: they have stepped out of what is open.
    """
    await take_back(unit, person.id)
    for circle in await unit.all(Circle, server_id=unit.server_id):
        nobody: Person | None = None
        for session in await unit.all(Session, circle_id=circle.id):
            if nobody is None and _leaves_a_gap(session, person.id):
                nobody = await unit.people.nobody()
            events = take_out(session, person.id, nobody.id if nobody else "", unit.now)
            if events:
                await invite_anew(unit, session)
                await tell(unit, session, events)


def _leaves_a_gap(session: Session, person_id: str) -> bool:
    turns = {turn.person_id for opened in session.rounds for turn in opened.turns}
    return person_id in {session.holder_id, *turns}

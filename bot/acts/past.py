"""What is kept of sessions that are over: who was at the last twelve held, and nothing of any before (promise 12)."""

from bot.practice.circle import Circle
from bot.practice.debrief import Debrief, DebriefPlan
from bot.practice.seat import SEATS_KEPT, State
from bot.practice.session import Session
from bot.store.rows import Person
from bot.store.unit import Unit


async def held_lately(unit: Unit, circle_id: str) -> list[Session]:
    """The last sessions of a circle that were held, oldest first: twelve at most."""
    return _last_held(await _closed(unit, circle_id))


async def orders(unit: Unit, circle_id: str) -> list[list[str]]:
    """Who sat beside whom in the last held sessions, oldest first; of slow ones nobody did."""
    held = await held_lately(unit, circle_id)
    return [one.speakers for one in held if len(one.speakers) > 1 and not one.slow]


async def forget(unit: Unit, circle: Circle) -> None:
    """A session has closed: who was there is known of the last ones that were held, and of no other."""
    closed = await _closed(unit, circle.id)
    for session in closed:
        if session not in _last_held(closed):
            session.seats.clear()
            if session.held and session.thread_id is None and session.invitation_id is None:
                await unit.delete(session)  # who held it stands in it


async def lose_its_place(unit: Unit, session: Session) -> None:
    """The thread of a closed session has been deleted in its time; the row goes with it, unless it is still needed."""
    session.thread_id = session.waiting_message_id = session.invitation_id = session.list_message_id = None
    if session.debrief is Debrief.COLD:
        plan = await unit.one(DebriefPlan, circle_id=session.circle_id, number=session.number)
        if plan:
            await unit.delete(plan)
    if session not in await held_lately(unit, session.circle_id):
        await unit.delete(session)
    if session.debrief:  # whoever held it is nobody since it closed, and nobody isn't needed any more
        await unit.flush()
        await unit.delete(await unit.one(Person, id=session.holder_id))


async def _closed(unit: Unit, circle_id: str) -> list[Session]:
    found: list[Session] = await unit.all(Session, circle_id=circle_id, state=State.CLOSED)
    return sorted((session for session in found if not session.debrief), key=lambda session: session.number)


def _last_held(closed: list[Session]) -> list[Session]:
    return [session for session in closed if session.held][-SEATS_KEPT:]

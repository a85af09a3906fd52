"""What is left of a debrief: nothing but that it was held, and a thread that goes soon (D2.7)."""

from datetime import timedelta
from typing import Any

from bot.practice.circle import Circle
from bot.practice.debrief import Debrief, DebriefPlan
from bot.practice.seat import State
from bot.practice.session import Session
from bot.store.unit import Unit


async def keep_nothing(
    unit: Unit, circle: Circle, session: Session, *, held: bool, thread_lasts: timedelta
) -> dict[str, Any]:
    """A debrief has closed: that it was held is counted; who was there, in which order and who held it goes.

    Returns what its last message has to say: when (UTC) the cold sitting is, if one comes.
    """
    circle.debriefs_held += held
    circle.debriefs_counted += held and circle.debriefs_count
    session.held = False
    session.seats.clear()
    session.holder_id = (await unit.people.nobody()).id
    session.clears_at = unit.now + thread_lasts
    plan = await unit.one(DebriefPlan, circle_id=circle.id, number=session.number)
    if not isinstance(plan, DebriefPlan) or session.debrief is Debrief.COLD or plan.over:
        return {"cold_at": None}
    return {"cold_at": plan.at(Debrief.COLD, circle.zone).at.timestamp()}


async def say_it_goes(unit: Unit, session: Session, facts: dict[str, Any]) -> None:
    """Let the thread read when it is deleted, so that everybody can copy their own words."""
    circle = await unit.one(Circle, id=session.circle_id)
    assert isinstance(circle, Circle)
    assert session.clears_at is not None
    await unit.waiting.write(
        "post", session.id, kind="debrief.goes", at=session.clears_at.timestamp(), language=circle.language, **facts
    )


async def closed_debriefs(unit: Unit, circle: Circle) -> list[Session]:
    """The closed debriefs of a circle whose threads still stand."""
    found: list[Session] = await unit.all(Session, circle_id=circle.id, state=State.CLOSED)
    return [session for session in found if session.debrief and session.clears_at]

"""What somebody can ask for at the end of a debrief, for themselves alone: company now, and one note later (D2.1)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.acts import Presser, buddy
from bot.acts.session import by_token, expect_member
from bot.practice.buddies import DRAWN_SOON
from bot.practice.circle import Circle
from bot.practice.debrief import USUAL_COLD, WRITTEN_TO, Debrief, DebriefPlan
from bot.practice.session import Session
from bot.store.unit import Unit

NOTE = "debrief.day28"
AT_LEAST = timedelta(days=1)  # from the press on


@dataclass(frozen=True)
class Later:
    """When (UTC) somebody is written to."""

    at: datetime


async def write_later(unit: Unit, by: Presser, token: str) -> Later:
    """**Write to me in two weeks**: one note, 28 days after the hot sitting. `token` is the session's.

    Nobody is told. Pressed again it changes nothing. Raises Refusal when the thread is gone, or `by` is no member.
    """
    session = await by_token(unit, token)
    person_id = await expect_member(unit, by, session)
    at = max(await _day_28(unit, session), unit.now + AT_LEAST)
    for due in await unit.waiting.of_person(person_id):
        if due.facts.get("kind") == NOTE and due.facts.get("of") == token:
            return Later(due.due_at or unit.now)
    await unit.waiting.write(
        "note", person_id, person=person_id, kind=NOTE, after=at - unit.now, of=token, not_before=at.timestamp()
    )
    return Later(at)


async def write_not(unit: Unit, by: Presser, token: str) -> None:
    """**Don't write to me**: that note doesn't come. Also once the thread and all that was kept of it are gone."""
    person = await unit.people.find(by.discord_id)
    if person:
        await unit.waiting.drop_of(person.id, kind=NOTE, of=token)


async def ask_for_company(unit: Unit, by: Presser, token: str) -> buddy.Panel:
    """**I'd like a buddy**, at the end of a debrief: the draw is soon, so that two can look after each other tonight.

    Raises Refusal as `buddy.ask` does.
    """
    session = await by_token(unit, token)
    await expect_member(unit, by, session)
    circle = await unit.one(Circle, id=session.circle_id)
    assert isinstance(circle, Circle)
    return await buddy.ask(unit, by, circle.token, within=DRAWN_SOON)


async def _day_28(unit: Unit, session: Session) -> datetime:
    plan = await unit.one(DebriefPlan, circle_id=session.circle_id, number=session.number)
    circle = await unit.one(Circle, id=session.circle_id)
    if isinstance(plan, DebriefPlan) and isinstance(circle, Circle):
        return plan.at(Debrief.HOT, circle.zone).at + WRITTEN_TO
    return (session.closed_at or unit.now) + WRITTEN_TO - timedelta(days=USUAL_COLD)

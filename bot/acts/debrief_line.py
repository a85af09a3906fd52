"""The one line in which a circle's channel reads when a debrief is, without a name; and reminders of it (D2.4)."""

from datetime import timedelta
from typing import Any

from bot import vault
from bot.practice.circle import Circle, Membership
from bot.practice.debrief import Debrief, DebriefPlan
from bot.store.unit import Unit
from bot.store.waiting import Due

LINE = "debrief"  # the mark of such a line
PRIVATE = "debrief.reminder"


async def say_line(unit: Unit, circle: Circle, plan: DebriefPlan, kind: str) -> None:
    """Let the channel read when it is; the line that stood before goes, and what was said in private of it."""
    await _let_go(unit, circle, plan)
    plan.said = await unit.waiting.write(
        "post", circle.id, channel=circle.channel_id, mark=[LINE, plan.id], **_facts(circle, plan, kind)
    )
    await _take_down(unit, circle, plan)


async def change_line(unit: Unit, circle: Circle, plan: DebriefPlan) -> None:
    """Let the line that stands say what comes now."""
    await _let_go_of_reminders(unit, circle, plan)
    if plan.line_id is None:
        await say_line(unit, circle, plan, "debrief.planned")
    else:
        await unit.waiting.write(
            "edit", circle.id, channel=plan.line_channel_id, message=plan.line_id,
            **_facts(circle, plan, "debrief.planned"),
        )  # fmt: skip


async def unsay_line(unit: Unit, circle: Circle, plan: DebriefPlan) -> None:
    """There is nothing to read any more."""
    await _let_go(unit, circle, plan)
    await _take_down(unit, circle, plan)


async def stands(unit: Unit, due: Due, plan_id: str, message_id: int) -> None:
    """The line has been posted: kept, to be changed and taken down in its time."""
    plan = await unit.one(DebriefPlan, id=plan_id)
    if plan and plan.said == due.token:
        plan.said, plan.line_id, plan.line_channel_id = None, message_id, due.facts["channel"]
    else:  # it was over while it was on its way
        await unit.waiting.write("unsay", due.lane, channel=due.facts["channel"], message=message_id)


async def move(unit: Unit, circle: Circle, *, old_is_gone: bool) -> None:
    """The circle meets in another channel: what is planned is read there."""
    for plan in await unit.all(DebriefPlan, circle_id=circle.id):
        if old_is_gone:
            plan.line_id = plan.line_channel_id = None
        if not plan.over:
            await say_line(unit, circle, plan, "debrief.planned")


async def say(unit: Unit, circle: Circle, kind: str, **facts: Any) -> None:
    """One line in the channel that stays."""
    await unit.waiting.write(
        "post", circle.id, kind=kind, channel=circle.channel_id, language=circle.language, circle=circle.id,
        token=circle.token, **facts,
    )  # fmt: skip


async def remind(unit: Unit, circle: Circle, plan: DebriefPlan) -> None:
    """Tell those who asked to be reminded of the circle's sessions, in private; it is the only one (D1.11)."""
    coming = plan.coming(circle.zone)
    assert coming is not None
    await _let_go_of_reminders(unit, circle, plan)
    for member in await unit.all(Membership, circle_id=circle.id, reminded=True, paused=False, away=False):
        await unit.waiting.write(
            "note", member.person_id, person=member.person_id, kind=PRIVATE, circle=circle.id, plan=plan.id,
            number=plan.number, at=coming.at.timestamp(), token=circle.token,
        )  # fmt: skip


async def rearm(unit: Unit, circle: Circle) -> None:
    """The circle's reminders have been turned on or off: what is planned knows of it."""
    for plan in await unit.all(DebriefPlan, circle_id=circle.id):
        if not plan.over:
            plan.take_as_said(circle.zone, unit.now)
            await arm(unit, circle, plan)
            await _let_go_of_reminders(unit, circle, plan)


async def arm(unit: Unit, circle: Circle, plan: DebriefPlan) -> None:
    """Let its one next moment wait; the one that waited before is over. In a lane of its own."""
    if plan.moment:
        await unit.waiting.done(plan.moment)
    when = plan.next_moment(circle.zone, reminders=circle.reminders)
    plan.moment = None
    if when:
        wait = max(when - unit.now, timedelta())
        plan.moment = await unit.waiting.write("debrief", f"debrief:{plan.id}", after=wait, plan=plan.id)


async def _take_down(unit: Unit, circle: Circle, plan: DebriefPlan) -> None:
    if plan.line_id:
        # Lanes of their own: a channel that shuts us out holds up nothing in the new one.
        lane = circle.id if plan.line_channel_id == circle.channel_id else vault.new_token()
        await unit.waiting.write("unsay", lane, channel=plan.line_channel_id, message=plan.line_id, circle=circle.id)
    plan.line_id = plan.line_channel_id = None


async def _let_go(unit: Unit, circle: Circle, plan: DebriefPlan) -> None:
    """What still waits to be read of it isn't true any more."""
    due = await unit.waiting.get(plan.said) if plan.said else None
    if due and (due.claimed_at is None or due.attempts):  # else it is on its way, and taken down on arrival
        await unit.waiting.done(due.token)
    plan.said = None
    await _let_go_of_reminders(unit, circle, plan)


async def _let_go_of_reminders(unit: Unit, circle: Circle, plan: DebriefPlan) -> None:
    for member in await unit.all(Membership, circle_id=circle.id, reminded=True):
        await unit.waiting.drop_of(member.person_id, kind=PRIVATE, plan=plan.id)


def _facts(circle: Circle, plan: DebriefPlan, kind: str) -> dict[str, Any]:
    hot = plan.at(Debrief.HOT, circle.zone).at if plan.following is Debrief.HOT else None
    return {
        "kind": kind,
        "circle": circle.id,
        "token": circle.token,
        "language": circle.language,
        "number": plan.number,
        "hot": hot and hot.timestamp(),
        "cold": plan.at(Debrief.COLD, circle.zone).at.timestamp(),
    }

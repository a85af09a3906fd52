"""Reminders of a session that comes: one line in the channel, and in private to those who asked (promise 3)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot import vault
from bot.acts import Presser, debrief_line
from bot.acts.circle import by_token, expect_facilitator, membership_of
from bot.practice.circle import Circle, Membership
from bot.practice.schedule import Schedule
from bot.practice.timetable import Coming
from bot.store.unit import Unit
from bot.store.waiting import Due

PRIVATE = "reminder.private"
LINE = "schedule"  # the mark of a line that says when the circle meets


@dataclass(frozen=True)
class Reminding:
    """The name of a circle, and whether anybody is reminded of its sessions."""

    name: str
    reminders: bool


async def set_reminded(unit: Unit, by: Presser, token: str, *, wanted: bool) -> Reminding:
    """**Remind me privately**, or not any more; nobody else is told.

    Raises Refusal when `by` isn't a member of the circle.
    """
    circle = await by_token(unit, token)
    membership = await membership_of(unit, by, circle)
    membership.reminded = wanted
    if not wanted:
        for kind in (PRIVATE, debrief_line.PRIVATE):
            await unit.waiting.drop_of(membership.person_id, kind=kind, circle=circle.id)
    return Reminding(await unit.words.read(circle.name_id), circle.reminders)


async def set_for_circle(unit: Unit, by: Presser, token: str, *, wanted: bool) -> str:
    """Turn a circle's reminders on or off, the private ones too. Returns its name.

    One whose time is over meanwhile isn't said any more. Raises Refusal when `by` doesn't facilitate the circle.
    """
    circle = await by_token(unit, token)
    await expect_facilitator(unit, by, circle)
    circle.reminders = wanted
    schedule = await unit.one(Schedule, circle_id=circle.id)
    if schedule:
        schedule.take_as_said(circle.zone, unit.now)
        await arm(unit, circle, schedule)
        await let_go(unit, circle)
    await debrief_line.rearm(unit, circle)
    return await unit.words.read(circle.name_id)


async def remind(unit: Unit, circle: Circle, schedule: Schedule, what: Coming, at: datetime) -> None:
    """Say it: what was said before of the same session, and nobody has seen yet, is over."""
    await let_go(unit, circle)
    facts: dict[str, Any] = {"circle": circle.id, "token": circle.token, "at": at.timestamp()}
    schedule.said = await unit.waiting.write(
        "post", circle.id, kind="reminder.all", channel=circle.channel_id, language=circle.language,
        mark=[LINE, circle.id], **facts,
    )  # fmt: skip
    await take_down(unit, circle, schedule)
    for membership in await who_asked(unit, circle, what):
        await unit.waiting.write("note", membership.person_id, person=membership.person_id, kind=PRIVATE, **facts)


async def let_go(unit: Unit, circle: Circle) -> None:
    """What still waits to be read of a session that comes is over: it is open, or comes at another time."""
    schedule = await unit.one(Schedule, circle_id=circle.id)
    if schedule and schedule.said:
        due = await unit.waiting.get(schedule.said)
        if due and (due.claimed_at is None or due.attempts):  # else it is on its way, and taken down on arrival
            await unit.waiting.done(due.token)
        schedule.said = None
    for membership in await unit.all(Membership, circle_id=circle.id, reminded=True):
        await unit.waiting.drop_of(membership.person_id, kind=PRIVATE, circle=circle.id)


async def take_down(unit: Unit, circle: Circle, schedule: Schedule, *, after: str | None = None) -> None:
    """The line that stands isn't true any more: it is deleted once what takes its place stands.

    That is the last row of the lane `after`; else of the circle's own.
    """
    if schedule.line_id is None:
        return
    # Lanes of their own: a channel that shuts us out holds up nothing in the new one.
    lane = (after or circle.id) if schedule.line_channel_id == circle.channel_id else vault.new_token()
    await unit.waiting.write(
        "unsay", lane, channel=schedule.line_channel_id, message=schedule.line_id, circle=circle.id
    )
    schedule.line_id = schedule.line_channel_id = None


async def stands(unit: Unit, due: Due, message_id: int) -> None:
    """A line that says when the circle meets has been posted: kept, to be taken down in its time."""
    schedule = await unit.one(Schedule, circle_id=due.facts["circle"])
    if schedule and schedule.said == due.token:
        schedule.line_id, schedule.line_channel_id = message_id, due.facts["channel"]
    else:  # it was over while it was on its way
        await unit.waiting.write("unsay", due.lane, channel=due.facts["channel"], message=message_id)


async def arm(unit: Unit, circle: Circle, schedule: Schedule) -> None:
    """Let the schedule's one next moment wait; the one that waited before is over."""
    if schedule.moment:
        await unit.waiting.done(schedule.moment)
    when = schedule.next_moment(circle.zone, reminders=circle.reminders)
    # A lane of its own: a channel that shuts us out mustn't hold up the clock.
    schedule.moment = None
    if when:
        wait = max(when - unit.now, timedelta())
        schedule.moment = await unit.waiting.write("schedule", f"schedule:{circle.id}", after=wait, circle=circle.id)


async def who_asked(unit: Unit, circle: Circle, what: Coming) -> list[Membership]:
    """Members who asked to be reminded of this, and can come in; for fewer pings, only shortly before (D1.11)."""
    asked: list[Membership] = await unit.all(Membership, circle_id=circle.id, reminded=True, paused=False, away=False)
    if what is Coming.DAY_BEFORE:
        return [one for one in asked if not (await unit.people.get(one.person_id)).fewer_pings]
    return asked

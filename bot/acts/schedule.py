"""When a circle meets: planned by those who facilitate it, and carried out by time (P2)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.acts import Presser, calling, reminders, rota
from bot.acts.circle import expect_facilitator, find, running_session
from bot.acts.session import gather
from bot.practice.circle import Circle
from bot.practice.refusals import Refusal
from bot.practice.rhythm import Every, Occurrence, a_year, odd
from bot.practice.schedule import Schedule
from bot.practice.timetable import REMINDERS, Come, Coming, expect_ahead
from bot.store.unit import Unit

DRAFT_LASTS = timedelta(hours=1)
SHOWN = 3  # occurrences


@dataclass(frozen=True)
class Draft:
    """A schedule about to be saved. `times` are the next ones; `odd` the first that the clocks of its day change.

    `before` is when the circle meets next as it stands now.
    """

    token: str
    name: str
    channel_id: int
    zone: str
    every: Every
    times: list[Occurrence]
    odd: list[tuple[datetime, Occurrence]]
    before: datetime | None


@dataclass(frozen=True)
class Saved:
    """A schedule as it stands. `holder` (a Discord id) is who said yes to the next session, if anybody has.

    `ahead` is what the next session still brings: of one that is near, less.
    """

    name: str
    channel_id: int
    at: datetime
    every: Every
    reminders: bool
    holder: int | None
    ahead: frozenset[Coming] = frozenset()


@dataclass(frozen=True)
class WallClock:
    """The clock on a circle's wall: its zone, and the hour (since midnight) at which it meets, if that is planned."""

    zone: str
    usual: timedelta | None


async def wall_clock(unit: Unit, by: Presser, *, named: str | None) -> WallClock:
    """By which clock a circle's times are written. Raises Refusal as `circle.find` does."""
    circle = await find(unit, by, named)
    schedule = await unit.one(Schedule, circle_id=circle.id)
    first = schedule.first if schedule else None
    return WallClock(circle.zone, first and timedelta(hours=first.hour, minutes=first.minute))


async def draft(unit: Unit, by: Presser, *, named: str | None, first: datetime, every: Every) -> Draft:
    """Check a first wall time in the circle's zone, and let it wait an hour for a yes. Nothing has changed yet.

    Raises Refusal when `by` doesn't facilitate the circle, or the time is over or more than a year away.
    """
    circle = await find(unit, by, named)
    person = (await expect_facilitator(unit, by, circle)).person_id
    expect_ahead(first, circle.zone, unit.now)
    token = await unit.waiting.write(
        "forget", "plan", under=person, after=DRAFT_LASTS, by=person, circle=circle.id, first=first.isoformat(),
        every=every.value, zone=circle.zone,
    )  # fmt: skip
    year = a_year(first, every, circle.zone)
    return Draft(
        token,
        await unit.words.read(circle.name_id),
        circle.channel_id,
        circle.zone,
        every,
        year[:SHOWN],
        odd(first, every, year),
        await coming(unit, circle),
    )


async def discard(unit: Unit, by: Presser, token: str) -> None:
    """Throw a draft away."""
    await _take_draft(unit, by, token)


async def save(unit: Unit, by: Presser, token: str) -> Saved:
    """From now on the circle meets then: the channel reads it once, and an earlier schedule is over.

    Raises Refusal when that is saved already, the draft is gone, its time is over by now, or the circle's zone isn't
    what it was.
    """
    await _expect_new(unit, by, token)
    facts = await _take_draft(unit, by, token)
    circle = await unit.one(Circle, id=facts["circle"])
    assert isinstance(circle, Circle)
    await expect_facilitator(unit, by, circle)
    first, every = datetime.fromisoformat(facts["first"]), Every(facts["every"])
    expect_ahead(first, circle.zone, unit.now)
    if circle.zone != facts["zone"]:
        raise Refusal("schedule.draft_gone")
    schedule = await unit.one(Schedule, circle_id=circle.id)
    if schedule is None:
        schedule = Schedule(circle.id, token, first, every)
        unit.add(schedule)
    else:
        await reminders.let_go(unit, circle)
        schedule.plan_anew(first, every, token)
    await _announce(unit, circle, schedule)
    return await _saved(unit, circle, schedule)


async def end(unit: Unit, by: Presser, token: str) -> str:
    """**End the schedule**: nothing is planned any more, and the channel reads it. Returns the circle's name.

    Raises Refusal when `by` doesn't facilitate the circle, or that schedule is over or another stands in its place.
    """
    schedule = await unit.one(Schedule, token=token)
    circle = schedule and await unit.one(Circle, id=schedule.circle_id, server_id=unit.server_id)
    if not isinstance(schedule, Schedule) or not isinstance(circle, Circle):
        raise Refusal("schedule.gone")
    await expect_facilitator(unit, by, circle)
    await _say(unit, circle, "schedule.ended")
    await _drop(unit, circle, schedule)
    return await unit.words.read(circle.name_id)


async def coming(unit: Unit, circle: Circle) -> datetime | None:
    """When (UTC) the circle meets next by its schedule; None when nothing is planned."""
    schedule = await unit.one(Schedule, circle_id=circle.id)
    following = schedule and schedule.coming(circle.zone)
    return following.at if following else None


async def keep_wall_time(unit: Unit, circle: Circle) -> datetime | None:
    """The circle's zone is another now: its wall time stays, and the channel reads which moment that is.

    Returns the moment (UTC) of the next session; None when nothing is planned any more.
    """
    schedule = await unit.one(Schedule, circle_id=circle.id)
    if not isinstance(schedule, Schedule):
        return None
    await reminders.let_go(unit, circle)
    schedule.move_to(circle.zone, unit.now)
    await _announce(unit, circle, schedule)
    return await coming(unit, circle)


async def meet_moment(unit: Unit, circle_id: str) -> None:
    """What time has brought to a circle's schedule by now: a reminder, a session, or the word that one was missed."""
    circle = await unit.one(Circle, id=circle_id)
    schedule = await unit.one(Schedule, circle_id=circle_id)
    if not isinstance(circle, Circle) or not isinstance(schedule, Schedule):
        return
    number = schedule.number
    come = schedule.time_has_come(circle.zone, unit.now, reminders=circle.reminders)
    if come:
        await _carry_out(unit, circle, schedule, come)
    if schedule.over:
        await _drop(unit, circle, schedule)
    else:
        await reminders.arm(unit, circle, schedule)
        if schedule.number != number:
            await rota.look_ahead(unit, circle, await coming(unit, circle))


async def _carry_out(unit: Unit, circle: Circle, schedule: Schedule, come: Come) -> None:
    running = await running_session(unit, circle)
    if come.what in REMINDERS:
        if come.what is Coming.DAY_BEFORE or running is None:
            await reminders.remind(unit, circle, schedule, come.what, come.at)
        return
    await reminders.let_go(unit, circle)
    if come.what is Coming.MISSED:
        await _say_missed(unit, circle, schedule, come.at)
    elif running:  # never moved, never closed: whoever holds what is open decides
        await _ask(
            unit, circle, running.holder_id, "schedule.still_open", come.at, number=running.number, session=running.id
        )
    elif holder_id := await rota.next_holder(unit, circle) or await calling.fallback(unit, circle):
        begins_at = max(come.at, unit.now)  # after downtime nobody is late for what they couldn't know
        session = await gather(unit, circle, holder_id, begins_at=begins_at)
        await reminders.take_down(unit, circle, schedule, after=session.id)
        await _ask(unit, circle, holder_id, "schedule.you_hold", begins_at, number=session.number, session=session.id)
    else:
        await _say(unit, circle, "schedule.nobody", at=come.at.timestamp())
    await reminders.take_down(unit, circle, schedule)


async def _say_missed(unit: Unit, circle: Circle, schedule: Schedule, at: datetime) -> None:
    following = schedule.coming(circle.zone)
    await _say(unit, circle, "schedule.missed", at=at.timestamp(), following=following and following.at.timestamp())
    holder_id = await rota.expected(unit, circle) or await calling.fallback(unit, circle)
    if holder_id:
        await _ask(unit, circle, holder_id, "schedule.missed_holder", at)


async def _announce(unit: Unit, circle: Circle, schedule: Schedule) -> None:
    """Let the channel read once when the circle meets next, and time bring it."""
    schedule.take_as_said(circle.zone, unit.now)
    following = schedule.coming(circle.zone)
    if following is None:
        await _say(unit, circle, "schedule.ended")
        await _drop(unit, circle, schedule)
        return
    schedule.said = await _say(
        unit, circle, "schedule.set", at=following.at.timestamp(), every=schedule.every.value,
        mark=[reminders.LINE, circle.id],
    )  # fmt: skip
    await reminders.take_down(unit, circle, schedule)
    await unit.flush()
    await reminders.arm(unit, circle, schedule)
    await rota.look_ahead(unit, circle, following.at)


async def _drop(unit: Unit, circle: Circle, schedule: Schedule) -> None:
    await reminders.let_go(unit, circle)
    await reminders.take_down(unit, circle, schedule)
    if schedule.moment:
        await unit.waiting.done(schedule.moment)
    await unit.delete(schedule)
    await unit.flush()
    await rota.look_ahead(unit, circle, None)


async def _say(unit: Unit, circle: Circle, kind: str, **facts: Any) -> str:
    """One line in the circle's channel, without a name. Returns the token of its waiting row."""
    return await unit.waiting.write(
        "post", circle.id, kind=kind, channel=circle.channel_id, language=circle.language, circle=circle.id,
        token=circle.token, **facts,
    )  # fmt: skip


async def _ask(unit: Unit, circle: Circle, person_id: str, kind: str, at: datetime, **facts: Any) -> None:
    """Tell one person alone, and leave it to them."""
    await unit.waiting.write(
        "note", person_id, person=person_id, kind=kind, circle=circle.id, token=circle.token, at=at.timestamp(), **facts
    )


async def _saved(unit: Unit, circle: Circle, schedule: Schedule) -> Saved:
    following = schedule.coming(circle.zone)
    assert following is not None
    found = await calling.known(unit, circle)  # only a look: what two have asked for doesn't show by saving (D3.9)
    holder_id = found.holder_id if found else None
    return Saved(
        await unit.words.read(circle.name_id),
        circle.channel_id,
        following.at,
        schedule.every,
        circle.reminders,
        await unit.people.address(holder_id) if holder_id else None,
        schedule.ahead(circle.zone, unit.now),
    )


async def _expect_new(unit: Unit, by: Presser, token: str) -> None:
    """What is saved keeps the token of its draft."""
    saved = await unit.one(Schedule, token=token)
    circle = saved and await unit.one(Circle, id=saved.circle_id, server_id=unit.server_id)
    if isinstance(saved, Schedule) and isinstance(circle, Circle):
        await expect_facilitator(unit, by, circle)
        following = saved.coming(circle.zone)
        if following:
            raise Refusal("schedule.saved_already", at=int(following.at.timestamp()))


async def _take_draft(unit: Unit, by: Presser, token: str) -> dict[str, Any]:
    waits = await unit.waiting.get(token)
    person = await unit.people.find(by.discord_id)
    if waits is None or waits.lane != "plan" or person is None or waits.facts["by"] != person.id:
        raise Refusal("schedule.draft_gone")
    await unit.waiting.done(token)
    return waits.facts

"""Debriefs: planned by when to meet, moved, called off, opened, and cleared away (P5, D2.1)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot import vault
from bot.acts import Presser, debrief_line, sitting
from bot.acts.circle import expect_facilitator, find, membership_of
from bot.acts.clearing import closed_debriefs
from bot.acts.telling import tell
from bot.practice import moments
from bot.practice.circle import Circle
from bot.practice.debrief import SAID_BEFORE_DELETION, Debrief, DebriefPlan
from bot.practice.refusals import Refusal
from bot.practice.rhythm import Occurrence, wall_of
from bot.practice.session import Session
from bot.practice.timetable import REMINDERS, Come, Coming, expect_ahead
from bot.store.unit import Unit

NEAR = timedelta(hours=12)  # a hot one planned so soon, or so lately and never held, is the one opened by hand


@dataclass(frozen=True)
class Planned:
    """A debrief as it is planned: its number, and when its sittings are. `following` is the one that comes next."""

    token: str
    name: str
    number: int
    channel_id: int
    zone: str
    hot: Occurrence
    cold: Occurrence
    days: int
    following: Debrief | None


@dataclass(frozen=True)
class Opened:
    """A sitting that is being prepared; `cold` is when the cold one is, if it comes after this."""

    number: int
    channel_id: int
    kind: Debrief
    plan: str | None = None
    cold: datetime | None = None


@dataclass(frozen=True)
class Cleared:
    """The threads (Discord ids) that are deleted, and when (UTC) the last is gone."""

    name: str
    threads: list[int]
    gone_at: datetime


async def plan(unit: Unit, by: Presser, *, named: str | None, first: datetime) -> Planned:
    """Plan a debrief by its first wall time in the circle's zone: the hot sitting then, the cold one ten days later.

    The channel reads it in one line. Raises Refusal when `by` doesn't facilitate the circle, the time is over or more
    than a year away, or a sitting is planned for that day already.
    """
    circle = await find(unit, by, named)
    membership = await expect_facilitator(unit, by, circle)
    hot = expect_ahead(first, circle.zone, unit.now)
    await _expect_free_day(unit, circle, hot)
    made = await _number(unit, circle, first, membership.person_id)
    await _announce(unit, circle, made)
    return await _planned(unit, circle, made)


async def move_cold(unit: Unit, by: Presser, token: str, *, days: int) -> Planned:
    """**Move the cold one**: so many days (7 to 21) after the hot one.

    Raises Refusal as `DebriefPlan.move_cold` does.
    """
    made, circle = await _own(unit, by, token)
    made.move_cold(days, circle.zone, unit.now)
    await _announce(unit, circle, made)
    return await _planned(unit, circle, made)


async def look(unit: Unit, by: Presser, token: str) -> Planned:
    """A debrief as it is planned, for those who facilitate its circle."""
    made, circle = await _own(unit, by, token)
    return await _planned(unit, circle, made)


async def call_off(unit: Unit, by: Presser, token: str) -> Planned:
    """**Call it off**: what hasn't been yet isn't any more, and the line in the channel goes."""
    made, circle = await _own(unit, by, token)
    told = await _planned(unit, circle, made)
    await drop(unit, circle, made)
    return told


async def planned(unit: Unit, by: Presser, *, named: str | None) -> list[Planned]:
    """What is planned, the next first; for members."""
    circle = await find(unit, by, named)
    await membership_of(unit, by, circle)
    found = [await _planned(unit, circle, one) for one in await _plans(unit, circle)]
    return sorted(found, key=lambda one: (one.hot if one.following is Debrief.HOT else one.cold).at)


async def open_now(unit: Unit, by: Presser, *, named: str | None, kind: Debrief) -> Opened:
    """Open a sitting now; whoever opens it holds it, and speaks first.

    A hot one is the one that is planned for these hours, if it wasn't held yet; else it has a number of its own and a
    cold one ten days later. A cold one is that of the debrief whose hot sitting has been. Raises Refusal when `by`
    doesn't facilitate the circle, or a sitting of this kind is open.
    """
    circle = await find(unit, by, named)
    membership = await expect_facilitator(unit, by, circle)
    if await sitting.open_one(unit, circle, kind):
        raise Refusal("debrief.open_already")
    made = await _meant(unit, circle, kind)
    if made is None and kind is Debrief.HOT:
        made = await _number(unit, circle, wall_of(unit.now, circle.zone), membership.person_id)
    if made is None:
        circle.debriefs += 1
        session = await sitting.gather(unit, circle, kind, circle.debriefs, membership.person_id)
        return Opened(session.number, circle.channel_id, kind)
    made.meet(kind)
    session = await sitting.gather(unit, circle, kind, made.number, membership.person_id)
    await _go_on(unit, circle, made)
    coming = made.coming(circle.zone)
    return Opened(
        session.number, circle.channel_id, kind, made.token if coming else None, coming.at if coming else None
    )


async def clear(unit: Unit, by: Presser, *, named: str | None) -> Cleared:
    """Delete the threads of the circle's closed debriefs in an hour, and say so in them at once (D2.7).

    Of one that goes sooner anyway nothing is said again. Raises Refusal when `by` doesn't facilitate the circle, or
    there is no such thread.
    """
    circle = await find(unit, by, named)
    await expect_facilitator(unit, by, circle)
    closed = await closed_debriefs(unit, circle)
    if not closed:
        raise Refusal("debrief.still_open" if await sitting.open_ones(unit, circle) else "debrief.nothing_to_clear")
    at = unit.now + SAID_BEFORE_DELETION
    for session in closed:
        if not (session.told_time and session.clears_at and session.clears_at <= at):
            await tell(unit, session, moments.clear(session, at))
    gone = max(session.clears_at or at for session in closed)
    return Cleared(await unit.words.read(circle.name_id), [one.thread_id for one in closed if one.thread_id], gone)


async def meet_moment(unit: Unit, plan_id: str) -> None:
    """What time has brought to a planned debrief by now: a reminder, a sitting, or the word that one was missed."""
    made = await unit.one(DebriefPlan, id=plan_id)
    circle = made and await unit.one(Circle, id=made.circle_id)
    if not isinstance(made, DebriefPlan) or not isinstance(circle, Circle):
        return
    come = made.time_has_come(circle.zone, unit.now, reminders=circle.reminders)
    if come is None or come.what in REMINDERS:
        if come:
            await debrief_line.say_line(unit, circle, made, "debrief.soon")
            await debrief_line.remind(unit, circle, made)
        await debrief_line.arm(unit, circle, made)
        return
    await _carry_out(unit, circle, made, come)
    await _go_on(unit, circle, made)


async def keep_wall_time(unit: Unit, circle: Circle) -> None:
    """The circle's zone is another now: the wall times stay, and the channel reads which moments these are."""
    for made in await _plans(unit, circle):
        made.move_to(circle.zone, unit.now)
        if made.over:
            await drop(unit, circle, made)
        else:
            await _announce(unit, circle, made)


async def drop(unit: Unit, circle: Circle, made: DebriefPlan) -> None:
    """Nothing of it is planned any more."""
    if made.moment:
        await unit.waiting.done(made.moment)
    await debrief_line.unsay_line(unit, circle, made)
    await unit.delete(made)
    await unit.flush()


async def _carry_out(unit: Unit, circle: Circle, made: DebriefPlan, come: Come) -> None:
    kind = Debrief.COLD if made.over else Debrief.HOT  # a missed one before it isn't spoken of
    if come.what is Coming.MISSED:
        await debrief_line.say(unit, circle, "debrief.missed", number=made.number, at=come.at.timestamp())
    elif running := await sitting.open_one(unit, circle, kind):
        await sitting.tell_still_open(unit, running, come.at)
    elif holder_id := await sitting.who_holds(unit, circle, made):
        session = await sitting.gather(unit, circle, kind, made.number, holder_id, begins_at=max(come.at, unit.now))
        await sitting.tell_holder(unit, session)
    else:
        await debrief_line.say(unit, circle, "debrief.nobody", number=made.number, at=come.at.timestamp())


async def _go_on(unit: Unit, circle: Circle, made: DebriefPlan) -> None:
    """A sitting has been: the line says when the cold one is. After that the plan only knows day 28, then goes."""
    if made.over:
        made.holder_id = None
        await debrief_line.unsay_line(unit, circle, made)
        if not await unit.all(Session, circle_id=circle.id, debrief=Debrief.COLD, number=made.number):
            await drop(unit, circle, made)
            return
    else:
        await debrief_line.change_line(unit, circle, made)
    await debrief_line.arm(unit, circle, made)


async def _announce(unit: Unit, circle: Circle, made: DebriefPlan) -> None:
    made.take_as_said(circle.zone, unit.now)
    await debrief_line.say_line(unit, circle, made, "debrief.planned")
    await unit.flush()
    await debrief_line.arm(unit, circle, made)


async def _number(unit: Unit, circle: Circle, first: datetime, holder_id: str) -> DebriefPlan:
    circle.debriefs += 1
    made = DebriefPlan(
        vault.new_token(), vault.new_token(), circle.id, circle.debriefs, first.replace(tzinfo=None), holder_id
    )
    unit.add(made)
    await unit.flush()
    return made


async def _expect_free_day(unit: Unit, circle: Circle, hot: Occurrence) -> None:
    """Say no to a second one on the same day: whoever planned it first has done so for all."""
    for made in await _plans(unit, circle):
        coming = made.coming(circle.zone)
        if coming and coming.wall.date() == hot.wall.date():
            raise Refusal("debrief.planned_already", number=made.number, at=int(coming.at.timestamp()))


async def _meant(unit: Unit, circle: Circle, kind: Debrief) -> DebriefPlan | None:
    """The plan of which a sitting that is opened by hand is part; None if there is none."""
    plans = sorted(await _plans(unit, circle), key=lambda made: made.hot)
    if kind is Debrief.COLD:
        return next((made for made in plans if made.following is kind), None)
    been = {session.number for session in await unit.all(Session, circle_id=circle.id, debrief=kind)}
    away = [(abs(made.at(kind, circle.zone).at - unit.now), made) for made in plans if made.number not in been]
    return next((made for wait, made in sorted(away, key=lambda one: one[0]) if wait <= NEAR), None)


async def _plans(unit: Unit, circle: Circle) -> list[DebriefPlan]:
    found: list[DebriefPlan] = await unit.all(DebriefPlan, circle_id=circle.id)
    return [made for made in found if not made.over]


async def _own(unit: Unit, by: Presser, token: str) -> tuple[DebriefPlan, Circle]:
    made = await unit.one(DebriefPlan, token=token)
    circle = made and await unit.one(Circle, id=made.circle_id, server_id=unit.server_id)
    if not isinstance(made, DebriefPlan) or not isinstance(circle, Circle):
        raise Refusal("debrief.gone")
    await expect_facilitator(unit, by, circle)
    if made.over:
        raise Refusal("debrief.gone")
    return made, circle


async def _planned(unit: Unit, circle: Circle, made: DebriefPlan) -> Planned:
    return Planned(
        made.token,
        await unit.words.read(circle.name_id),
        made.number,
        circle.channel_id,
        circle.zone,
        made.at(Debrief.HOT, circle.zone),
        made.at(Debrief.COLD, circle.zone),
        made.days,
        made.following,
    )

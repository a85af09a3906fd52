"""What a circle has planned, and what time brings to it (P2): two reminders at most, then the session itself."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.practice.refusals import Refusal
from bot.practice.rhythm import Every, Occurrence, moment_of, occurrence
from bot.practice.wall_time import FARTHEST

OPENS_BEFORE = timedelta(minutes=15)
OPENS_UNTIL = timedelta(hours=1)  # after the set time; later nobody waits there any more


class Coming(StrEnum):
    """What time brings of an occurrence."""

    DAY_BEFORE = "day_before"
    SOON = "soon"
    OPENING = "opening"
    MISSED = "missed"


BEFORE = {Coming.DAY_BEFORE: timedelta(days=1), Coming.SOON: timedelta(minutes=20), Coming.OPENING: OPENS_BEFORE}
REMINDERS = frozenset({Coming.DAY_BEFORE, Coming.SOON})


@dataclass(frozen=True)
class Come:
    """What has come, and the moment (UTC) of the occurrence it is about."""

    what: Coming
    at: datetime


@dataclass(eq=False)
class Schedule:
    """When a circle meets: the first wall time in its zone, and how often from then on.

    `number` is that of the occurrence that comes next, `told` the last reminder of it that is over. `moment` and
    `said` are the waiting rows of what comes next and of what was last said to all of it; `line_id` is the message
    (Discord's id) that says so, in the channel `line_channel_id`.
    """

    circle_id: str
    token: str
    first: datetime
    every: Every
    number: int = 0
    told: Coming | None = None
    moment: str | None = None
    said: str | None = None
    line_id: int | None = None
    line_channel_id: int | None = None
    version: int = 0

    @property
    def over(self) -> bool:
        """Whether nothing comes any more."""
        return self.every is Every.ONCE and self.number > 0

    def coming(self, zone: str) -> Occurrence | None:
        """The occurrence that comes next; None when it is over."""
        return None if self.over else occurrence(self.first, self.every, zone, self.number)

    def next_moment(self, zone: str, *, reminders: bool) -> datetime | None:
        """When (UTC) time brings something next; None when it is over."""
        return min((when for when, _ in self._moments(zone, reminders)), default=None)

    def time_has_come(self, zone: str, now: datetime, *, reminders: bool) -> Come | None:
        """What the time that has come by `now` brings, once; None if it isn't time yet.

        Of several that have come only the last brings something. A session opens until an hour after its set time;
        what is missed longer than that is said once, however often it was.
        """
        missed = None
        while (coming := self.coming(zone)) and now > coming.at + OPENS_UNTIL:
            missed = coming
            self._go_on()
        come = [what for when, what in sorted(self._moments(zone, reminders)) if when <= now]
        if coming and come and come[-1] is Coming.OPENING:
            self._go_on()
            return Come(Coming.OPENING, coming.at)
        if come:
            self.told = come[-1]
        if missed:  # it says when the circle meets next, and so is a reminder as well
            return Come(Coming.MISSED, missed.at)
        return Come(come[-1], coming.at) if coming and come else None

    def ahead(self, zone: str, now: datetime) -> frozenset[Coming]:
        """What the next occurrence still brings, reminders too."""
        return frozenset(what for when, what in self._moments(zone, True) if when > now)

    def plan_anew(self, first: datetime, every: Every, token: str) -> None:
        """Another first time and rhythm in place of these."""
        self.first, self.every, self.token = first, every, token
        self.number, self.told = 0, None

    def take_as_said(self, zone: str, now: datetime) -> None:
        """When it meets next is being said now: no reminder of it whose time has come is needed."""
        come = [what for when, what in sorted(self._moments(zone, True)) if when <= now and what in REMINDERS]
        self.told = come[-1] if come else self.told

    def move_to(self, zone: str, now: datetime) -> None:
        """The zone is another: the wall time stays, and what is over by now in this zone is passed over."""
        self.told = None
        while (coming := self.coming(zone)) and coming.at <= now:
            self._go_on()

    def _go_on(self) -> None:
        self.number, self.told = self.number + 1, None

    def _moments(self, zone: str, reminders: bool) -> list[tuple[datetime, Coming]]:
        """What is still to come of the next occurrence."""
        coming = self.coming(zone)
        if coming is None:
            return []
        kinds = list(BEFORE)
        after = kinds[kinds.index(self.told) + 1 :] if self.told else kinds
        wanted = [what for what in after if reminders or what not in REMINDERS]
        return [(coming.at - BEFORE[what], what) for what in wanted]


def expect_ahead(wall: datetime, zone: str, now: datetime) -> Occurrence:
    """The moment of a first wall time. Raises Refusal when it is over, or more than a year away."""
    if abs(wall.year - now.year) > 1:  # also where no calendar can count in UTC
        raise Refusal("schedule.past" if wall.year < now.year else "schedule.too_far")
    first = moment_of(wall, zone)
    if first.at <= now:
        raise Refusal("schedule.past")
    if first.at > now + FARTHEST:
        raise Refusal("schedule.too_far")
    return first

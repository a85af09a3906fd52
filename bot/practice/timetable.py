"""What time brings to anything planned: reminders, then the session itself, and the word that one was missed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar

from bot.practice.refusals import Refusal
from bot.practice.rhythm import Occurrence, moment_of
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


class Timetable:
    """Something planned, of which one occurrence after the other comes.

    `told` is the last that is over of what the next occurrence `brings`.
    """

    told: Coming | None
    brings: ClassVar[tuple[Coming, ...]] = tuple(BEFORE)

    def coming(self, zone: str) -> Occurrence | None:
        """The occurrence that comes next; None when nothing comes any more."""
        raise NotImplementedError

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
        """The next occurrence is over; the one after it comes."""
        raise NotImplementedError

    def _moments(self, zone: str, reminders: bool) -> list[tuple[datetime, Coming]]:
        """What is still to come of the next occurrence."""
        coming = self.coming(zone)
        if coming is None:
            return []
        after = self.brings[self.brings.index(self.told) + 1 :] if self.told else self.brings
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

"""When a circle meets: wall time in its zone, each occurrence computed anew (P2), so that 19:30 stays 19:30."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.practice.wall_time import FARTHEST


class Every(StrEnum):
    """How often a circle meets."""

    ONCE = "once"
    WEEK = "week"
    TWO_WEEKS = "two-weeks"
    FOUR_WEEKS = "four-weeks"

    @property
    def weeks(self) -> int:
        """The weeks from one occurrence to the next; 0 when there is only one."""
        return WEEKS[self]


WEEKS = {Every.ONCE: 0, Every.WEEK: 1, Every.TWO_WEEKS: 2, Every.FOUR_WEEKS: 4}


class Chosen(StrEnum):
    """Which moment a wall time was taken for, on a day when the clocks are put forward or back."""

    AS_SAID = "as_said"
    MOVED = "moved"
    FIRST = "first"


@dataclass(frozen=True)
class Occurrence:
    """One time the circle meets: the moment in UTC, and what the clock on the wall shows then.

    `chosen` is MOVED when the wall time that was `said` doesn't exist on that day, and FIRST when it comes twice.
    """

    at: datetime
    wall: datetime
    chosen: Chosen = Chosen.AS_SAID
    moved_from: datetime | None = None

    @property
    def said(self) -> datetime:
        """The wall time that was said."""
        return self.moved_from or self.wall


def moment_of(wall: datetime, zone: str) -> Occurrence:
    """The moment at which clocks in `zone` show this wall time.

    One that doesn't exist that day is moved forward by as much as the clocks are; of one that comes twice it is the
    first.
    """
    there = ZoneInfo(zone)
    first, second = (wall.replace(tzinfo=there, fold=fold).utcoffset() for fold in (0, 1))
    assert first is not None
    assert second is not None
    at = (wall - first).replace(tzinfo=UTC)
    shown = at.astimezone(there).replace(tzinfo=None, fold=0)
    if shown != wall:
        return Occurrence(at, shown, Chosen.MOVED, wall)
    return Occurrence(at, wall, Chosen.FIRST if first != second else Chosen.AS_SAID)


def wall_of(at: datetime, zone: str) -> datetime:
    """What clocks in `zone` show at this moment (UTC), to the minute."""
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0, second=0, microsecond=0)


def occurrence(first: datetime, every: Every, zone: str, number: int) -> Occurrence:
    """The occurrence with this number (0 is the first) of a rhythm that begins at the wall time `first`.

    It is counted on the calendar, never in hours: what was moved on one day is itself again the next time.
    """
    return moment_of(first + timedelta(weeks=every.weeks * number), zone)


def a_year(first: datetime, every: Every, zone: str) -> list[Occurrence]:
    """The occurrences of the first twelve months."""
    count = FARTHEST // timedelta(weeks=every.weeks) if every.weeks else 1
    return [occurrence(first, every, zone, number) for number in range(count)]


def odd(first: datetime, every: Every, year: list[Occurrence]) -> list[tuple[datetime, Occurrence]]:
    """Of each kind the first occurrence that isn't as it was said, with the wall time as it was."""
    found: dict[Chosen, tuple[datetime, Occurrence]] = {}
    for number, one in enumerate(year):
        if one.chosen is not Chosen.AS_SAID:
            found.setdefault(one.chosen, (first + timedelta(weeks=every.weeks * number), one))
    return list(found.values())

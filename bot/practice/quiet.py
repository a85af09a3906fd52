"""Quiet hours: when somebody isn't to be woken, by the clock on their own wall (D1.11)."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.practice.refusals import Refusal

DAY = 24 * 60  # minutes
NIGHTS_NEAR = range(-2, 3)  # days from today on which a night may have begun that matters now
_NAMED = {"midnight": 0, "medianoche": 0, "noon": DAY // 2, "mediodia": DAY // 2, "mediodía": DAY // 2}
_WRITTEN = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?\s*h?\s*(am|pm|a\. ?m\.|p\. ?m\.)?")


@dataclass(frozen=True)
class QuietHours:
    """From one minute of the day until another, over midnight if the second comes first, every day, in an IANA zone.

    Where clocks are changed just then, the longer of the two nights is meant: rather an hour more of sleep.
    """

    start: int
    end: int
    zone: str

    def until(self, now: datetime) -> datetime | None:
        """When the quiet that is now ends (UTC); None when it isn't quiet now. `now` knows its zone."""
        last = now
        for begins, ends in self._nights(now):
            if begins <= last < ends:
                last = ends
        return last if last > now else None

    def next(self, now: datetime) -> tuple[datetime, datetime]:
        """From when until when it is quiet next (UTC), or now."""
        return next((begins, ends) for begins, ends in self._nights(now) if ends > now)

    def _nights(self, now: datetime) -> list[tuple[datetime, datetime]]:
        today = now.astimezone(ZoneInfo(self.zone)).date()
        days = [today + timedelta(days=near) for near in NIGHTS_NEAR]
        over_midnight = timedelta(days=int(self.end <= self.start))
        return [
            (min(self._moments(day, self.start)), max(self._moments(day + over_midnight, self.end))) for day in days
        ]

    def _moments(self, day: date, minute: int) -> tuple[datetime, datetime]:
        """When the wall clock reads that minute: twice the same moment, but for the night in which clocks change."""
        wall = datetime.combine(day, time(*divmod(minute, 60)), ZoneInfo(self.zone))
        return wall.replace(fold=0).astimezone(UTC), wall.replace(fold=1).astimezone(UTC)


def quiet_hours(start: str, end: str, zone: str) -> QuietHours:
    """Quiet hours as somebody wrote them. Raises Refusal when a time isn't clear or both are the same."""
    hours = QuietHours(minute_of_day(start), minute_of_day(end), zone)
    if hours.start == hours.end:
        raise Refusal("reminders.no_hours")
    return hours


def minute_of_day(given: str) -> int:
    """The minute of the day meant by "22:00", "8", "7.30", "10 pm" or "noon". Raises Refusal when it isn't clear."""
    written = " ".join(given.casefold().split())
    if written in _NAMED:
        return _NAMED[written]
    found = _WRITTEN.fullmatch(written)
    if found is None:
        raise Refusal("reminders.unclear_time")
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "")[:1]
    if minute > 59 or not ((1 <= hour <= 12) if half else (0 <= hour <= 24)) or (hour, minute) > (24, 0):
        raise Refusal("reminders.unclear_time")
    if half:
        hour = hour % 12 + 12 * (half == "p")
    return (hour * 60 + minute) % DAY


def wall_time(minute: int) -> str:
    """How that minute of the day is written: 22:00."""
    return "{:02}:{:02}".format(*divmod(minute, 60))

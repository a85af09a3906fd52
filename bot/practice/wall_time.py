"""A time as people write it: exactly, or so that what they mean can be offered to them. Nothing is guessed."""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

DAYS_OFFERED = 7  # where only an hour was written
WEEKS_OFFERED = 2  # where a weekday was written
SHORTEST_WORD = 2  # letters
FARTHEST = timedelta(days=366)

_STAMP = re.compile(r"<t:(\d{1,11})(?::[A-Za-z])?>")
_EXACT = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:\s+|T)(\d{1,2})[:.](\d{2})(?::\d{2})?")
_HOUR = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?\s*(h|am|pm)?")
_DAY_AND_HOUR = re.compile(r"(?:([^\d]+?)\s+)?(\d.*)")
_NOON = 12


@dataclass(frozen=True)
class DayWords:
    """How days are called, plainly (`plain`): today, tomorrow, and weekdays by number (Monday is 0)."""

    today: frozenset[str] = frozenset()
    tomorrow: frozenset[str] = frozenset()
    weekdays: dict[str, int] = field(default_factory=dict)


def exactly(written: str, zone: str) -> datetime | None:
    """The wall time in `zone` of Discord's own @time or of "2027-01-14 19:30"; None for anything else."""
    text = written.strip()
    if stamp := _STAMP.fullmatch(text):
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(stamp[1]))
        return _minute(moment.astimezone(ZoneInfo(zone)))
    if parts := _EXACT.fullmatch(text):
        try:
            return datetime(*(int(part) for part in parts.groups()))  # type: ignore[arg-type]
        except ValueError:
            return None
    return None


def offered(written: str, zone: str, now: datetime, words: DayWords) -> list[datetime]:
    """The wall times that may be meant by an hour, alone or with a day, soonest first: all of them ahead."""
    here = _minute(now.astimezone(ZoneInfo(zone)))
    if exact := exactly(written, zone):
        return [exact] if here < exact < here + FARTHEST else []
    parts = _DAY_AND_HOUR.fullmatch(plain(written))
    hour = parts and _hour(parts[2])
    if not parts or hour is None:
        return []
    midnight = here.replace(hour=0, minute=0)
    times = [midnight + timedelta(days=days) + hour for days in _days(parts[1], here, words)]
    ahead = sorted({time for time in times if time > here})
    return ahead[: DAYS_OFFERED if parts[1] is None else None]


def plain(written: str) -> str:
    """Words without capitals, accents, dots behind them and commas, as they are compared."""
    letters = unicodedata.normalize("NFKD", written.casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter)).replace(",", " ")
    return " ".join(re.sub(r"(?<=[^\W\d])\.", "", bare).split())


def _days(word: str | None, here: datetime, words: DayWords) -> list[int]:
    """How many days from now the days are that a word, or the beginning of one, may mean."""
    if word is None:
        return list(range(DAYS_OFFERED + 1))
    if len(word) < SHORTEST_WORD:
        return []
    days = [0] if any(day.startswith(word) for day in words.today) else []
    days += [1] if any(day.startswith(word) for day in words.tomorrow) else []
    for day, number in words.weekdays.items():
        if day.startswith(word):
            until = (number - here.weekday()) % 7
            days += [until + 7 * week for week in range(WEEKS_OFFERED + 1)]
    return days


def _hour(written: str) -> timedelta | None:
    parts = _HOUR.fullmatch(written.strip())
    if parts is None:
        return None
    hour, minute, half = int(parts[1]), int(parts[2] or 0), parts[3]
    if half in {"am", "pm"}:
        if not 1 <= hour <= _NOON:
            return None
        hour = hour % _NOON + (_NOON if half == "pm" else 0)
    return timedelta(hours=hour, minutes=minute) if hour < 24 and minute < 60 else None


def _minute(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None, fold=0, second=0, microsecond=0)

"""A time as people write it: exactly, or so that what they mean can be offered to them. Nothing is guessed."""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.practice.refusals import Refusal

DAYS_OFFERED = 7  # where only an hour was written
WEEKS_OFFERED = 2  # where a weekday was written
HOURS_OFFERED = (timedelta(hours=18), timedelta(hours=19), timedelta(hours=19, minutes=30), timedelta(hours=20))
SHORTEST_WORD = 2  # letters
MOST_WORDS = 12
FARTHEST = timedelta(days=366)

_STAMP = re.compile(r"<t:(\d{1,11})(?::[A-Za-z])?>")
_EXACT = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:\s+|T)(\d{1,2})[:.](\d{2})(?::\d{2})?")
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DAY_MONTH = re.compile(r"(\d{1,2})([./])(\d{1,2})(?:\2(\d{4})?)?")
_DAY = re.compile(r"(\d{1,2})(?:\.|st|nd|rd|th|º)?")
_YEAR = re.compile(r"\d{4}")
_HOUR = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?\s*(hrs?|horas?|h|am|pm|night)?")
_LIKE_AN_HOUR = re.compile(r"(?<![\d.:/-])\d{1,2}:\d{2}(?![\d:])")
_NOON = 12
_NIGHT = (6, 11)  # hours that are surely meant by "at night"


@dataclass(frozen=True)
class DayWords:
    """How days and hours are called, plainly (`plain`): weekdays by number (Monday is 0), months too (January is 1).

    `filler` says nothing by itself ("at"). `halves` maps "in the evening" and the like to am, pm or night.
    """

    today: frozenset[str] = frozenset()
    tomorrow: frozenset[str] = frozenset()
    weekdays: dict[str, int] = field(default_factory=dict)
    after_tomorrow: frozenset[str] = frozenset()
    months: dict[str, int] = field(default_factory=dict)
    filler: frozenset[str] = frozenset()
    halves: dict[str, str] = field(default_factory=dict)
    noon: frozenset[str] = frozenset()


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


def offered(written: str, zone: str, now: datetime, words: DayWords, usual: timedelta | None = None) -> list[datetime]:
    """The wall times that may be meant, soonest first: all of them ahead. Nothing where nothing is clear.

    For a day without an hour they are some hours of its evening, and the `usual` one (since midnight).
    """
    here = _minute(now.astimezone(ZoneInfo(zone)))
    if exact := exactly(written, zone):
        return [exact] if here < exact < here + FARTHEST else []
    return _ahead(_read(written, here, words, usual), here)


def meant(written: str, zone: str, now: datetime, words: DayWords) -> list[datetime]:
    """The wall times that may be meant by what was sent: one, where it is clear.

    Raises Refusal when there is none, or when the hour or the day is missing.
    """
    if exact := exactly(written, zone):
        return [exact]
    wrong = [hour for hour in _LIKE_AN_HOUR.findall(written) if _hours(hour) == []]
    if wrong:
        raise Refusal("schedule.no_such_hour", hour=wrong[0])
    here = _minute(now.astimezone(ZoneInfo(zone)))
    readings = _read(written, here, words, None)
    times = _ahead(readings, here)
    if any(one.hour_missing for one in readings):
        raise Refusal("schedule.which_hour")
    if any(one.day_missing for one in readings):
        raise Refusal("schedule.which_day")
    if readings and not times:
        raise Refusal("schedule.past" if min(one.at for one in readings) <= here else "schedule.too_far")
    if not times:
        raise Refusal("schedule.not_understood")
    return times


@dataclass(frozen=True)
class _Reading:
    """One way to read what was written."""

    at: datetime
    day_missing: bool = False
    hour_missing: bool = False


def plain(written: str) -> str:
    """Words without capitals, accents, dots behind them and commas, as they are compared."""
    letters = unicodedata.normalize("NFKD", written.casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter)).replace(",", " ")
    return " ".join(re.sub(r"(?<=[^\W\d])\.", "", bare).split())


def _ahead(readings: list[_Reading], here: datetime) -> list[datetime]:
    return sorted({one.at for one in readings if here < one.at < here + FARTHEST})


def _read(written: str, here: datetime, words: DayWords, usual: timedelta | None) -> list[_Reading]:
    """Every way to read it: an hour alone, a day alone, a day and an hour, an hour and a day."""
    parts = _told(written, words)
    if not 0 < len(parts) <= MOST_WORDS:
        return []
    midnight = here.replace(hour=0, minute=0)
    readings = [
        _Reading(midnight + timedelta(days=day) + hour, day_missing=True)
        for hour in _hours(" ".join(parts), words)
        for day in range(DAYS_OFFERED + 1)
        if here < midnight + timedelta(days=day) + hour <= here + timedelta(days=DAYS_OFFERED)
    ]
    evening = sorted({*HOURS_OFFERED, *([usual] if usual is not None else [])})
    readings += [_Reading(day + hour, hour_missing=True) for day in _days(parts, here, words) for hour in evening]
    splits = [(parts[:at], parts[at:]) for at in range(1, len(parts))]
    both = _both(splits, here, words) or _both([(day, hour) for hour, day in splits], here, words)
    return readings + both


def _both(splits: list[tuple[list[str], list[str]]], here: datetime, words: DayWords) -> list[_Reading]:
    return [
        _Reading(day + time)
        for of_day, of_hour in splits
        for time in _hours(" ".join(of_hour), words)
        for day in _days(of_day, here, words)
    ]


def _told(written: str, words: DayWords) -> list[str]:
    """The words that say something: "a las 7 p. m." is 7 pm."""
    text = re.sub(r"(?<=\d)\s*([ap]) ?m\b", r" \1m", plain(written))
    for said, half in words.halves.items():
        text = re.sub(rf"(?<=\d)\s+{re.escape(said)}$|(?<=\d)\s+{re.escape(said)}(?=\s)", f" {half}", text)
    return [word for word in text.split() if word not in words.filler]


def _days(parts: list[str], here: datetime, words: DayWords) -> list[datetime]:
    """The midnights with which the days begin that these words may mean."""
    midnight = here.replace(hour=0, minute=0)
    days = [midnight + timedelta(days=number) for number in _near(" ".join(parts), here, words)]
    if found := _date(parts, midnight, words):
        return sorted({*days, *found})
    if len(parts) > 1 and parts[0] in words.weekdays:  # "friday 4 december": both must be true
        return [day for day in _date(parts[1:], midnight, words) if day.weekday() == words.weekdays[parts[0]]]
    return days


def _near(word: str, here: datetime, words: DayWords) -> list[int]:
    """How many days from now the days are that a word, or the beginning of one, may mean."""
    if len(word) < SHORTEST_WORD:
        return []
    days = [
        number
        for number, names in enumerate((words.today, words.tomorrow, words.after_tomorrow))
        if any(name.startswith(word) for name in names)
    ]
    for day, number in words.weekdays.items():
        if day.startswith(word):
            until = (number - here.weekday()) % 7
            days += [until + 7 * week for week in range(WEEKS_OFFERED + 1)]
    return days


def _date(parts: list[str], midnight: datetime, words: DayWords) -> list[datetime]:
    """The days of a date, with its year or without: then the next one."""
    year = parts[-1] if len(parts) > 1 and _YEAR.fullmatch(parts[-1]) else None
    match parts[:-1] if year else parts:
        case [one] if whole := _DATE.fullmatch(one):
            return _next(int(whole[3]), int(whole[2]), whole[1], midnight)
        case [one] if short := _DAY_MONTH.fullmatch(one):
            first, second, year = int(short[1]), int(short[3]), short[4] or year
            found = _next(first, second, year, midnight)
            # With a slash some write the month first.
            return found + (_next(second, first, year, midnight) if short[2] == "/" else [])
        case [one, other]:
            return _by_name(one, other, year, midnight, words) + _by_name(other, one, year, midnight, words)
    return []


def _by_name(day: str, month: str, year: str | None, midnight: datetime, words: DayWords) -> list[datetime]:
    number = _DAY.fullmatch(day)
    if number is None or len(month) <= SHORTEST_WORD:
        return []
    months = sorted({of for name, of in words.months.items() if name.startswith(month)})
    return [found for of in months for found in _next(int(number[1]), of, year, midnight)]


def _next(day: int, month: int, year: str | None, midnight: datetime) -> list[datetime]:
    for number in [int(year)] if year else [midnight.year, midnight.year + 1]:
        try:
            found = datetime(number, month, day)
        except ValueError:
            continue
        if year or found >= midnight:
            return [found]
    return []


def _hours(written: str, words: DayWords | None = None) -> list[timedelta]:
    """The hours, since midnight, that may be meant: "7" and "7:30" are in the morning or in the evening."""
    if words and written in words.noon:
        return [timedelta(hours=_NOON)]
    parts = _HOUR.fullmatch(written)
    if parts is None:
        return []
    hour, minute, half = int(parts[1]), int(parts[2] or 0), parts[3]
    if minute > 59 or hour > 23:
        return []
    if half in {"am", "pm", "night"}:
        if not 1 <= hour <= _NOON or (half == "night" and not _NIGHT[0] <= hour <= _NIGHT[1]):
            return []
        return [timedelta(hours=hour % _NOON + (0 if half == "am" else _NOON), minutes=minute)]
    open_half = half is None and len(parts[1]) == 1 and hour > 0
    return [timedelta(hours=hour + later, minutes=minute) for later in ((0, _NOON) if open_half else (0,))]


def _minute(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None, fold=0, second=0, microsecond=0)

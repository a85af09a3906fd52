"""Dates as people write them in their language. The only door to Babel."""

from datetime import datetime, timedelta
from functools import cache

from babel.dates import format_date, format_time, format_timedelta, get_day_names

from bot.practice.wall_time import DayWords, plain
from bot.words import say

FORMS = ("wide", "abbreviated")


def written(wall: datetime, zone: str, language: str) -> str:
    """A wall time in full: weekday, date, hour and the zone it is meant in."""
    return f"{day(wall, language)}, {hour(wall, language)} ({zone})"


def day(wall: datetime, language: str) -> str:
    """The weekday and the date."""
    return format_date(wall, "full", language)


def hour(wall: datetime, language: str) -> str:
    """The hour and the minute, of 24."""
    return format_time(wall, "HH:mm", locale=language)


def from_now(distance: timedelta, language: str) -> str:
    """How far away something is, or how long ago."""
    return format_timedelta(distance, locale=language, add_direction=True)


@cache
def day_words(*languages: str) -> DayWords:
    """How days are called in these languages, as `wall_time` compares them."""
    return DayWords(
        frozenset(plain(say("day.today", language)) for language in languages),
        frozenset(plain(say("day.tomorrow", language)) for language in languages),
        {
            plain(name): number
            for language in languages
            for form in FORMS
            for number, name in get_day_names(form, locale=language).items()  # type: ignore[arg-type]
        },
    )

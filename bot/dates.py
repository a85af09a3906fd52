"""Dates as people write them in their language. The only door to Babel."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from babel.dates import format_date, format_time, format_timedelta, get_day_names, get_month_names

from bot.practice.wall_time import DayWords, plain
from bot.words import say

FORMS = ("wide", "abbreviated")
HALVES = ("am", "pm", "night")


def written(wall: datetime, zone: str, language: str) -> str:
    """A wall time in full: weekday, date, hour and the zone it is meant in."""
    return f"{day(wall, language)}, {hour(wall, language)} ({zone})"


def day(wall: datetime, language: str) -> str:
    """The weekday and the date."""
    return format_date(wall, "full", language)


def hour(wall: datetime, language: str) -> str:
    """The hour and the minute, of 24."""
    return format_time(wall, "HH:mm", locale=language)


def shown(moment: datetime | float) -> str:
    """A moment (UTC) as Discord shows it: in each reader's own zone, and how far away it is."""
    stamp = int(moment.timestamp() if isinstance(moment, datetime) else moment)
    return f"<t:{stamp}:F> (<t:{stamp}:R>)"


def from_now(distance: timedelta, language: str) -> str:
    """How far away something is, or how long ago."""
    return format_timedelta(distance, locale=language, add_direction=True)


@cache
def day_words(*languages: str) -> DayWords:
    """How days are called in these languages, as `wall_time` compares them."""
    return DayWords(
        _listed("day.today", languages),
        _listed("day.tomorrow", languages),
        _numbered(get_day_names, languages),
        _listed("day.after_tomorrow", languages),
        _numbered(get_month_names, languages),
        _listed("day.filler", languages),
        {said: half for half in HALVES for said in _listed(f"day.{half}", languages)},
        _listed("day.noon", languages),
    )


def _listed(key: str, languages: tuple[str, ...]) -> frozenset[str]:
    """What stands under a key, with commas between."""
    return frozenset(plain(one) for language in languages for one in say(key, language).split(","))


def _numbered(names: Callable[..., Any], languages: tuple[str, ...]) -> dict[str, int]:
    return {
        plain(name): number
        for language in languages
        for form in FORMS
        for number, name in names(form, locale=language).items()
    }

"""Dates as people write them."""

from datetime import UTC, datetime

import pytest

from bot import dates
from bot.practice.wall_time import offered
from bot.words import LANGUAGES

THURSDAY = datetime(2027, 1, 14, 19, 30)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Thursday, January 14, 2027, 19:30 (Europe/Madrid)"),
        ("es", "jueves, 14 de enero de 2027, 19:30 (Europe/Madrid)"),
    ],
)
def test_a_wall_time_is_written_out_with_weekday_date_hour_and_zone(language: str, said: str) -> None:
    assert dates.written(THURSDAY, "Europe/Madrid", language) == said


def test_weekdays_are_known_in_full_and_short_without_accents_in_both_languages() -> None:
    found = dates.day_words("es", "en")
    assert [found.weekdays[name] for name in ("lunes", "mie", "sabado", "dom", "wed", "sunday")] == [0, 2, 5, 6, 2, 6]
    assert (found.today, found.tomorrow) == (frozenset({"hoy", "today"}), frozenset({"manana", "tomorrow"}))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_day_of_the_week_that_is_written_out_is_understood(language: str) -> None:
    now = datetime(2027, 1, 11, 1, tzinfo=UTC)
    for number in range(11, 18):
        wall = THURSDAY.replace(day=number)
        name = dates.day(wall, language).partition(",")[0]
        assert offered(f"{name} 19:30", "Europe/Madrid", now, dates.day_words(language))[0] == wall

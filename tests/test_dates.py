"""Dates as people write them."""

from datetime import UTC, datetime, timedelta

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
    assert {"hoy", "today"} <= found.today
    assert found.tomorrow == {"manana", "tomorrow"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_day_of_the_week_that_is_written_out_is_understood(language: str) -> None:
    now = datetime(2027, 1, 11, 1, tzinfo=UTC)
    for number in range(11, 18):
        wall = THURSDAY.replace(day=number)
        name = dates.day(wall, language).partition(",")[0]
        assert offered(f"{name} 19:30", "Europe/Madrid", now, dates.day_words(language))[0] == wall


MONDAY = datetime(2027, 1, 11, 11, tzinfo=UTC)
THREE_THURSDAYS = ["01-14 19:30", "01-21 19:30", "01-28 19:30"]


def offers(written: str, language: str, usual: timedelta | None = None) -> list[str]:
    found = offered(written, "Europe/Madrid", MONDAY, dates.day_words(language, "en"), usual)
    return [f"{wall:%m-%d %H:%M}" for wall in found]


@pytest.mark.parametrize(
    ("language", "written", "moments"),
    [
        ("en", "friday at 7pm", ["01-15 19:00", "01-22 19:00", "01-29 19:00"]),
        ("en", "next friday 19:30", ["01-15 19:30", "01-22 19:30", "01-29 19:30"]),
        ("en", "7:30 pm on Thursday", THREE_THURSDAYS),
        ("en", "the day after tomorrow 19:30", ["01-13 19:30"]),
        ("en", "tomorrow at 8 in the evening", ["01-12 20:00"]),
        ("en", "tomorrow noon", ["01-12 12:00"]),
        ("en", "31.12. 19:30", ["12-31 19:30"]),
        ("en", "31 december 19:30", ["12-31 19:30"]),
        ("en", "December 31st, 7:30 p.m.", ["12-31 19:30"]),
        ("en", "31 dec 2027 19:30", ["12-31 19:30"]),
        ("en", "Thursday 14 January 19:30", ["01-14 19:30"]),
        ("en", "Friday 14 January 19:30", []),
        ("en", "31 february 19:30", []),
        ("es", "jueves a las 19:30", THREE_THURSDAYS),
        ("es", "el jueves 19:30", THREE_THURSDAYS),
        ("es", "el próximo jueves a las 7:30 de la tarde", THREE_THURSDAYS),
        ("es", "mañana a las 19:30", ["01-12 19:30"]),
        ("es", "mañana a las 9 de la noche", ["01-12 21:00"]),
        ("es", "mañana a las 7 de la mañana", ["01-12 07:00"]),
        ("es", "pasado mañana 19:30", ["01-13 19:30"]),
        ("es", "jueves 7 p. m.", ["01-14 19:00", "01-21 19:00", "01-28 19:00"]),
        ("es", "14 de enero a las 19h", ["01-14 19:00"]),
    ],
)
def test_what_people_really_type_is_understood(language: str, written: str, moments: list[str]) -> None:
    assert offers(written, language) == moments


def test_a_day_without_an_hour_is_offered_with_the_hours_of_its_evening_and_the_usual_one() -> None:
    evening = ["01-12 18:00", "01-12 19:00", "01-12 19:30", "01-12 20:00"]
    assert offers("tomorrow", "en") == offers("mañana", "es") == evening
    assert offers("tomorrow", "en", timedelta(hours=10)) == ["01-12 10:00", *evening]
    assert offers("31 december", "en") == [f"12-31 {time[-5:]}" for time in evening]
    for written, language in (("thu", "en"), ("jueves", "es"), ("el jueves", "es")):
        assert len(offers(written, language)) == 12
        assert offers(written, language)[0] == "01-14 18:00"

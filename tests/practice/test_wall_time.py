"""A time as people write it: exact, or offered; never guessed."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.practice.refusals import Refusal
from bot.practice.wall_time import FARTHEST, DayWords, exactly, meant, offered, plain

MADRID = "Europe/Madrid"
TUESDAY = datetime(2026, 11, 24, 19, tzinfo=UTC)  # 20:00 in Madrid
WORDS = DayWords(
    frozenset({"today", "hoy"}),
    frozenset({"tomorrow", "manana"}),
    {"tuesday": 1, "tue": 1, "martes": 1, "mar": 1, "wednesday": 2, "miercoles": 2, "mie": 2, "sabado": 5},
)


def offers(written: str) -> list[str]:
    return [wall.isoformat(" ", "minutes") for wall in offered(written, MADRID, TUESDAY, WORDS)]


@pytest.mark.parametrize(
    "written",
    ["2027-01-14 19:30", "2027-01-14T19:30", " 2027-1-14  19:30 ", "2027-01-14 19:30:00", "2027-01-14 19.30",
     "<t:1799951400:F>", "<t:1799951400>", "<t:1799951400:R>", "<t:1799951400:s>", "<t:1799951415:t>"],
)  # fmt: skip
def test_what_is_exact_is_taken_as_it_is(written: str) -> None:
    assert exactly(written, MADRID) == datetime(2027, 1, 14, 19, 30)


@pytest.mark.parametrize(
    "written",
    ["", "tomorrow 19:30", "19:30", "2027-02-30 19:30", "2027-01-14 25:00", "2027-01-14", "14/01/2027 19:30",
     "<t:-5:F>", "<t:99999999999999999999:F>", "<t:1799951400:FF>", "0000-01-01 10:00", "<@1799951400>"],
)  # fmt: skip
def test_nothing_else_is(written: str) -> None:
    assert exactly(written, MADRID) is None


@pytest.mark.parametrize("hour", ["21:30", "21.30", "21h30", "9:30pm", "9:30 PM", "9.30 p.m.", "21:30h", "21:30 h"])
def test_an_hour_is_offered_for_the_next_seven_days(hour: str) -> None:
    assert offers(hour) == [f"2026-{day} 21:30" for day in
                            ("11-24", "11-25", "11-26", "11-27", "11-28", "11-29", "11-30")]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("tomorrow 19:30", ["11-25"]),
        ("Mañana, 19:30", ["11-25"]),
        ("manana 7:30pm", ["11-25"]),
        ("today 19:30", []),
        ("miércoles 19:30", ["11-25", "12-02", "12-09"]),
        ("MIE. 19h30", ["11-25", "12-02", "12-09"]),
        ("wed 19.30", ["11-25", "12-02", "12-09"]),
        ("mar 19:30", ["12-01", "12-08"]),
        ("ma 19:30", ["11-25", "12-01", "12-08"]),
        ("sábado 19:30", ["11-28", "12-05", "12-12"]),
        ("w 19:30", []),
        ("someday 19:30", []),
    ],
)
def test_a_day_is_named_in_full_or_by_its_beginning_with_or_without_accents(written: str, days: list[str]) -> None:
    assert offers(written) == [f"2026-{day} 19:30" for day in days]


def test_the_hours_of_twelve_are_read_as_they_are_meant() -> None:
    read = {written: offers(f"tomorrow {written}") for written in ("12am", "12pm", "1am", "11 pm", "0am", "13pm", "24")}
    hours = {written: [time[-5:] for time in times] for written, times in read.items()}
    assert hours == {"12am": ["00:00"], "12pm": ["12:00"], "1am": ["01:00"], "11 pm": ["23:00"],
                     "0am": [], "13pm": [], "24": []}  # fmt: skip


def test_an_exact_time_is_echoed_while_it_is_ahead_and_near() -> None:
    assert offers("2027-01-14 19:30") == ["2027-01-14 19:30"]
    assert offers("2026-11-24 19:59") == offers("2028-01-14 19:30") == offers("9999-12-31 23:59") == []


def test_words_are_compared_without_capitals_accents_dots_and_commas() -> None:
    assert plain(" SÁB.,  7 P.M. ") == "sab 7 pm"
    assert plain("19.30") == "19.30"


@given(st.text(max_size=30), st.sampled_from(sorted(available_timezones())))
@example("²:30", MADRID)
@example("١٩:٣٠", MADRID)
@example("tomorrow ²", MADRID)
def test_whatever_is_written_gives_times_ahead_or_none(written: str, zone: str) -> None:
    now = TUESDAY.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    found = offered(written, zone, TUESDAY, WORDS)
    assert found == sorted(set(found))
    assert all(now < time < now + FARTHEST for time in found)
    assert all(exactly(time.isoformat(" ", "minutes"), zone) == time for time in found)


@given(
    st.datetimes(TUESDAY.replace(tzinfo=None), datetime(2027, 11, 20)), st.sampled_from(sorted(available_timezones()))
)
def test_a_stamp_of_discord_s_and_the_wall_time_it_shows_are_the_same(moment: datetime, zone: str) -> None:
    whole = moment.replace(second=0, microsecond=0, tzinfo=UTC)
    wall = exactly(f"<t:{int(whole.timestamp())}:F>", zone)
    assert wall == whole.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0, second=0)


@given(st.integers(0, 23), st.integers(0, 59), st.sampled_from(["tomorrow", "mañana", "tom"]))
def test_every_hour_of_tomorrow_can_be_written(hour: int, minute: int, day: str) -> None:
    (found,) = offered(f"{day} {hour:02}:{minute:02}", MADRID, TUESDAY, WORDS)
    assert found == datetime(2026, 11, 25) + timedelta(hours=hour, minutes=minute)


def test_an_hour_that_may_be_in_the_morning_or_in_the_evening_is_offered_as_both() -> None:
    both = ["2026-11-25 07:30", "2026-11-25 19:30"]
    assert offers("tomorrow 7:30") == both
    assert offers("tomorrow 07:30") == both[:1]
    assert offers("tomorrow 7") == ["2026-11-25 07:00", "2026-11-25 19:00"]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("tomorrow 25:00", "no_such_hour"), ("2027-01-14 24:00", "no_such_hour"), ("19:75", "no_such_hour"),
        ("2027-01-14", "which_hour"), ("tomorrow", "which_hour"), ("wed", "which_hour"),
        ("19:30", "which_day"), ("7 pm", "which_day"),
        ("today 19:30", "past"), ("24.11. 19:30", "past"),
        ("2028-01-14 7pm", "too_far"),
        ("", "not_understood"), ("some evening", "not_understood"), ("2027-02-30 19:30", "not_understood"),
    ],
)  # fmt: skip
def test_what_was_sent_and_can_not_be_meant_says_what_is_missing(written: str, code: str) -> None:
    with pytest.raises(Refusal, match=f"^schedule.{code}$"):
        meant(written, MADRID, TUESDAY, WORDS)


def test_what_was_sent_is_taken_when_one_moment_can_be_meant_and_listed_when_several_can() -> None:
    def moments(written: str) -> list[str]:
        return [f"{wall:%m-%d %H:%M}" for wall in meant(written, MADRID, TUESDAY, WORDS)]

    assert moments("tomorrow 19:30") == ["11-25 19:30"]
    assert moments("31.12. 19:30") == ["12-31 19:30"]
    assert moments("31/12 19:30") == ["12-31 19:30"]
    assert moments("5/6 19:30") == ["05-06 19:30", "06-05 19:30"]
    assert moments("wed 19:30") == ["11-25 19:30", "12-02 19:30", "12-09 19:30"]
    assert moments("2020-01-14 19:30") == ["01-14 19:30"]  # that it is over is said by whoever plans

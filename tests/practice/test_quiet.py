"""Quiet hours: whoever sleeps isn't woken, whatever the clocks do that night."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.practice.quiet import DAY, QuietHours, minute_of_day, quiet_hours, wall_time
from bot.practice.refusals import Refusal

MADRID = "Europe/Madrid"
HOUR = timedelta(hours=1)
# Clocks changed by an hour, by half an hour, at midnight, and never.
ZONES = (MADRID, "America/New_York", "Australia/Lord_Howe", "America/Santiago", "Asia/Beirut", "Asia/Kathmandu", "UTC")
minutes = st.integers(0, DAY - 1)
moments = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))
hours_of = st.builds(QuietHours, minutes, minutes, st.sampled_from(ZONES)).filter(
    lambda hours: hours.start != hours.end
)


def in_madrid(*wall: int, fold: int = 0) -> datetime:
    return datetime(*wall, tzinfo=ZoneInfo(MADRID), fold=fold)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("now", "ends"),
    [
        ((2027, 1, 14, 21, 59), None),
        ((2027, 1, 14, 22, 0), (2027, 1, 15, 8, 0)),
        ((2027, 1, 15, 0, 30), (2027, 1, 15, 8, 0)),
        ((2027, 1, 15, 7, 59), (2027, 1, 15, 8, 0)),
        ((2027, 1, 15, 8, 0), None),
    ],
)
def test_a_night_goes_over_midnight(now: tuple[int, ...], ends: tuple[int, ...] | None) -> None:
    night = quiet_hours("22:00", "08:00", MADRID)
    assert night.until(in_madrid(*now)) == (in_madrid(*ends) if ends else None)


def test_an_afternoon_stays_in_its_day() -> None:
    afternoon = quiet_hours("14:00", "16:00", MADRID)
    assert afternoon.until(in_madrid(2027, 1, 14, 15)) == in_madrid(2027, 1, 14, 16)
    assert afternoon.until(in_madrid(2027, 1, 14, 23)) is None
    assert afternoon.next(in_madrid(2027, 1, 14, 23)) == (in_madrid(2027, 1, 15, 14), in_madrid(2027, 1, 15, 16))


@pytest.mark.parametrize(("day", "hours"), [((2027, 3, 27), 9), ((2027, 10, 30), 11), ((2027, 6, 1), 10)])
def test_the_clock_on_the_wall_counts_also_in_the_night_in_which_it_is_changed(
    day: tuple[int, ...], hours: int
) -> None:
    begins = in_madrid(*day, 22)
    ends = quiet_hours("22:00", "08:00", MADRID).until(begins)
    assert ends is not None
    assert ends - begins.astimezone(UTC) == hours * HOUR
    assert (ends.astimezone(ZoneInfo(MADRID)).hour, ends.minute) == (8, 0)


def test_where_the_end_comes_twice_the_second_is_meant_and_where_it_never_comes_nobody_is_woken_before() -> None:
    until_half_past_two = quiet_hours("22:00", "02:30", MADRID)
    twice = until_half_past_two.until(in_madrid(2027, 10, 30, 23))
    assert twice == in_madrid(2027, 10, 31, 2, 30, fold=1).astimezone(UTC)
    never = until_half_past_two.until(in_madrid(2027, 3, 27, 23))
    assert never == in_madrid(2027, 3, 28, 3, 30).astimezone(UTC)


@given(hours_of, moments)
def test_it_is_quiet_exactly_while_the_wall_clock_says_so_but_for_a_changed_night(
    hours: QuietHours, now: datetime
) -> None:
    ends = hours.until(now)
    wall = now.astimezone(ZoneInfo(hours.zone))
    reads = wall.hour * 60 + wall.minute
    within = hours.start <= reads < hours.end if hours.start < hours.end else not hours.end <= reads < hours.start
    near = [now.astimezone(ZoneInfo(hours.zone)).utcoffset() for now in (now - 25 * HOUR, now, now + 25 * HOUR)]
    if len(set(near)) == 1:
        assert (ends is not None) is within
    elif within:
        assert ends is not None  # a changed night is never shorter


@given(hours_of, moments)
def test_when_it_ends_it_is_over_and_it_never_lasts_longer_than_two_days(hours: QuietHours, now: datetime) -> None:
    ends = hours.until(now)
    if ends is not None:
        assert now < ends <= now + timedelta(days=2)
        assert hours.until(ends) is None
        assert hours.until(ends - timedelta(microseconds=1)) == ends


@given(hours_of, moments)
def test_the_next_quiet_is_told_truly(hours: QuietHours, now: datetime) -> None:
    begins, ends = hours.next(now)
    assert now < ends
    middle = begins + (ends - begins) / 2
    assert hours.until(middle) is not None
    if now < begins:
        assert hours.until(now) is None


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("22:00", "22:00"), ("8", "08:00"), ("7.30", "07:30"), ("22h", "22:00"), ("22h30", "22:30"),
        (" 10  PM ", "22:00"),
        ("12 am", "00:00"), ("12:15pm", "12:15"), ("24:00", "00:00"), ("0:05", "00:05"), ("9 a. m.", "09:00"),
    ],
)  # fmt: skip
def test_a_time_of_day_is_read_as_people_write_it(given: str, meant: str) -> None:
    assert wall_time(minute_of_day(given)) == meant


@pytest.mark.parametrize(
    "given", ["", "late", "25", "24:01", "7:60", "13 pm", "0 am", "-1", "22:0", "22:00:00", "٢٢:٠٠x", "noonish"]
)
def test_what_is_not_clear_is_not_guessed(given: str) -> None:
    with pytest.raises(Refusal, match="unclear_time"):
        minute_of_day(given)


def test_midnight_and_noon_are_read_in_words() -> None:
    for midnight, noon in (("midnight", "Noon"), ("medianoche", "mediodía"), ("Medianoche", "mediodia")):
        assert (minute_of_day(midnight), minute_of_day(noon)) == (0, DAY // 2)


def test_hours_without_length_are_refused() -> None:
    with pytest.raises(Refusal, match="no_hours"):
        quiet_hours("22:00", "10 pm", MADRID)


@given(minutes)
def test_what_is_written_is_read_again(minute: int) -> None:
    assert minute_of_day(wall_time(minute)) == minute

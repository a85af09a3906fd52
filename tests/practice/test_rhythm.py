"""When a circle meets: the same time on the wall, also in the weeks in which the clocks are changed."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import given
from hypothesis import strategies as st

from bot.practice.rhythm import Chosen, Every, moment_of, occurrence

ZONES = sorted(available_timezones())
MINUTES = st.datetimes(datetime(2000, 1, 1), datetime(2037, 12, 31)).map(
    lambda one: one.replace(second=0, microsecond=0)
)
HALF_HOUR, HOUR, DAY, WEEK = timedelta(minutes=30), timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
MADRID = "Europe/Madrid"


def on_the_wall(moment: datetime, zone: str) -> datetime:
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)


def test_once_means_once_and_the_others_say_their_weeks() -> None:
    assert [every.weeks for every in Every] == [0, 1, 2, 4]


def test_an_hour_that_is_left_out_is_moved_forward_by_as_much_as_the_clocks() -> None:
    found = moment_of(datetime(2027, 3, 28, 2, 30), MADRID)
    assert (found.at, found.wall, found.chosen) == (
        datetime(2027, 3, 28, 1, 30, tzinfo=UTC),
        datetime(2027, 3, 28, 3, 30),
        Chosen.MOVED,
    )


def test_of_an_hour_that_comes_twice_it_is_the_first() -> None:
    found = moment_of(datetime(2027, 10, 31, 2, 30), MADRID)
    assert (found.at, found.chosen) == (datetime(2027, 10, 31, 0, 30, tzinfo=UTC), Chosen.FIRST)


def test_where_clocks_move_by_half_an_hour_or_a_day_it_is_the_same() -> None:
    assert moment_of(datetime(2026, 10, 4, 2, 15), "Australia/Lord_Howe").wall == datetime(2026, 10, 4, 2, 45)
    assert moment_of(datetime(2011, 12, 30, 19, 30), "Pacific/Apia").wall == datetime(2011, 12, 31, 19, 30)


def test_what_was_moved_on_one_night_is_itself_again_a_week_later() -> None:
    walls = [occurrence(datetime(2027, 3, 21, 2, 30), Every.WEEK, MADRID, number).wall for number in range(3)]
    assert walls == [datetime(2027, 3, 21, 2, 30), datetime(2027, 3, 28, 3, 30), datetime(2027, 4, 4, 2, 30)]


def test_half_past_seven_stays_half_past_seven_over_both_changes() -> None:
    first = datetime(2027, 1, 14, 19, 30)
    hours = {occurrence(first, Every.TWO_WEEKS, MADRID, number).at.hour for number in range(26)}
    assert hours == {17, 18}
    assert all(occurrence(first, Every.TWO_WEEKS, MADRID, number).wall.hour == 19 for number in range(26))


@given(MINUTES, st.sampled_from(ZONES))
def test_in_any_zone_the_clock_shows_what_was_said_or_the_rule_says_why_not(wall: datetime, zone: str) -> None:
    found = moment_of(wall, zone)
    assert on_the_wall(found.at, zone) == found.wall
    match found.chosen:
        case Chosen.AS_SAID:
            assert found.wall == wall
        case Chosen.FIRST:
            assert found.wall == wall
            assert any(on_the_wall(found.at + later * HALF_HOUR, zone) == wall for later in range(1, 49))
        case Chosen.MOVED:
            assert found.wall > wall


@given(st.sampled_from(ZONES), st.integers(2001, 2036), st.data())
def test_on_every_day_the_clocks_are_changed_no_other_moment_shows_an_earlier_same_time(
    zone: str, year: int, data: st.DataObject
) -> None:
    start = datetime(year, 1, 1, tzinfo=UTC)
    changes = [
        day
        for day in (start + number * DAY for number in range(366))
        if day.astimezone(ZoneInfo(zone)).utcoffset() != (day + DAY).astimezone(ZoneInfo(zone)).utcoffset()
    ]
    if not changes:
        return
    day = on_the_wall(data.draw(st.sampled_from(changes)), zone).replace(minute=0)
    for halves in range(-4, 64):
        wall = day + halves * HALF_HOUR
        found = moment_of(wall, zone)
        shown = [on_the_wall(found.at - earlier * HALF_HOUR, zone) for earlier in range(1, 7)]
        assert wall not in shown  # it is the first
        if found.chosen is Chosen.MOVED:  # nothing shows it, and what comes is as late as the clocks are put forward
            assert wall not in [on_the_wall(found.at + later * HALF_HOUR, zone) for later in range(7)]
            before = (found.at - DAY).astimezone(ZoneInfo(zone)).utcoffset()
            after = (found.at + DAY).astimezone(ZoneInfo(zone)).utcoffset()
            assert before is not None
            assert after is not None
            assert found.wall - wall == after - before


@given(MINUTES, st.sampled_from(ZONES), st.sampled_from(list(Every)[1:]), st.integers(0, 60))
def test_each_occurrence_is_counted_on_the_calendar(first: datetime, zone: str, every: Every, number: int) -> None:
    found = occurrence(first, every, zone, number)
    assert found == moment_of(first + number * every.weeks * WEEK, zone)
    assert found.wall.weekday() == first.weekday() or found.chosen is Chosen.MOVED

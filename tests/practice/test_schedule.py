"""What time brings to a circle that has planned something: each thing once, and only what is still worth saying."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.practice.refusals import Refusal
from bot.practice.rhythm import Every
from bot.practice.schedule import Schedule
from bot.practice.timetable import OPENS_UNTIL, Come, Coming, expect_ahead

MINUTE, HOUR, DAY, WEEK = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
FIRST = datetime(2027, 1, 14, 19, 30)
AT = datetime(2027, 1, 14, 18, 30, tzinfo=UTC)
MADRID = "Europe/Madrid"


def weekly(every: Every = Every.WEEK) -> Schedule:
    return Schedule("circle", "token", FIRST, every)


def brings(schedule: Schedule, now: datetime, *, reminders: bool = True) -> Come | None:
    return schedule.time_has_come(MADRID, now, reminders=reminders)


def test_a_day_before_twenty_minutes_before_and_a_quarter_of_an_hour_before() -> None:
    schedule = weekly()
    for before, what in ((DAY, Coming.DAY_BEFORE), (20 * MINUTE, Coming.SOON), (15 * MINUTE, Coming.OPENING)):
        assert schedule.next_moment(MADRID, reminders=True) == AT - before
        assert brings(schedule, AT - before - MINUTE / 60) is None
        assert brings(schedule, AT - before) == Come(what, AT)
        assert brings(schedule, AT - before) is None
    assert schedule.next_moment(MADRID, reminders=True) == AT + WEEK - DAY


def test_without_reminders_only_the_opening_comes() -> None:
    schedule = weekly()
    assert schedule.next_moment(MADRID, reminders=False) == AT - 15 * MINUTE
    assert brings(schedule, AT - 16 * MINUTE, reminders=False) is None
    assert brings(schedule, AT - 15 * MINUTE, reminders=False) == Come(Coming.OPENING, AT)


def test_it_opens_until_an_hour_after_and_then_it_is_missed_and_said_so_once() -> None:
    assert brings(weekly(), AT + OPENS_UNTIL) == Come(Coming.OPENING, AT)
    late = weekly()
    assert brings(late, AT + OPENS_UNTIL + MINUTE) == Come(Coming.MISSED, AT)
    assert brings(late, AT + OPENS_UNTIL + MINUTE) is None
    assert late.next_moment(MADRID, reminders=True) == AT + WEEK - DAY


def test_of_many_that_were_missed_only_the_last_is_said_and_stands_for_the_reminder() -> None:
    schedule = weekly()
    now = AT + 3 * WEEK - HOUR
    assert brings(schedule, now) == Come(Coming.MISSED, AT + 2 * WEEK)
    assert brings(schedule, now) is None
    assert schedule.next_moment(MADRID, reminders=True) == AT + 3 * WEEK - 20 * MINUTE


def test_once_is_over_when_it_opened_and_when_it_was_missed() -> None:
    for now in (AT, AT + 2 * HOUR):
        schedule = weekly(Every.ONCE)
        assert brings(schedule, now) is not None
        assert schedule.over
        assert schedule.coming(MADRID) is None
        assert schedule.next_moment(MADRID, reminders=True) is None
        assert brings(schedule, now + WEEK) is None


def test_what_was_just_announced_brings_no_reminder_but_still_opens() -> None:
    schedule = weekly()
    schedule.take_as_said(MADRID, AT - 10 * MINUTE)
    assert brings(schedule, AT - 10 * MINUTE) == Come(Coming.OPENING, AT)


def test_where_another_zone_s_clocks_show_a_later_time_what_is_over_is_passed_over() -> None:
    for now, zone, at in (
        (AT - HOUR, "Asia/Tokyo", AT + WEEK - 8 * HOUR),
        (AT - HOUR, "America/New_York", AT + 6 * HOUR),
        (AT + 5 * WEEK, MADRID, AT + 6 * WEEK),
    ):
        schedule = weekly()
        brings(schedule, AT - 20 * MINUTE - HOUR)
        schedule.move_to(zone, now)
        coming = schedule.coming(zone)
        assert coming is not None
        assert coming.at == at
        assert schedule.told is None


def test_what_was_said_long_before_leaves_all_that_is_to_come() -> None:
    schedule = weekly()
    schedule.take_as_said(MADRID, AT - 2 * DAY)
    assert brings(schedule, AT - DAY) == Come(Coming.DAY_BEFORE, AT)


def test_another_plan_begins_anew() -> None:
    schedule = weekly()
    brings(schedule, AT)
    schedule.plan_anew(FIRST + HOUR, Every.ONCE, "other")
    assert (schedule.number, schedule.token, schedule.over) == (0, "other", False)
    assert schedule.next_moment(MADRID, reminders=True) == AT + HOUR - DAY


@pytest.mark.parametrize(
    ("wall", "code"),
    [
        (FIRST - MINUTE, "schedule.past"),
        (FIRST, "schedule.past"),
        (datetime(1, 1, 1), "schedule.past"),
        (FIRST + 367 * DAY, "schedule.too_far"),
        (datetime(9999, 12, 31, 23, 59), "schedule.too_far"),
    ],
)
def test_a_first_time_is_ahead_and_within_a_year(wall: datetime, code: str) -> None:
    with pytest.raises(Refusal) as no:
        expect_ahead(wall, MADRID, AT)
    assert no.value.code == code
    assert expect_ahead(FIRST + MINUTE, MADRID, AT).at == AT + MINUTE


@given(
    st.sampled_from(list(Every)),
    st.lists(st.timedeltas(timedelta(0), 3 * WEEK), max_size=60),
    st.booleans(),
)
def test_however_often_and_late_one_looks_nothing_is_said_twice_nor_moved(
    every: Every, waits: list[timedelta], reminders: bool
) -> None:
    schedule, now, said = weekly(every), AT - 3 * DAY, []
    for wait in waits:
        now += wait
        come = brings(schedule, now, reminders=reminders)
        if come is None:
            due = schedule.next_moment(MADRID, reminders=reminders)
            assert due is None or due > now
            continue
        said.append(come)
        assert brings(schedule, now, reminders=reminders) is None
        if come.what is Coming.OPENING:
            assert come.at - 15 * MINUTE <= now <= come.at + OPENS_UNTIL
        elif come.what is Coming.MISSED:
            assert come.at + OPENS_UNTIL < now
        else:
            assert reminders
            assert now < come.at
    assert len(set(map(str, said))) == len(said)
    over = [come.at for come in said if come.what in {Coming.OPENING, Coming.MISSED}]
    assert len(set(over)) == len(over)
    assert over == sorted(over)
    assert every is not Every.ONCE or len(over) <= 1

"""What time brings to anything planned: each once, in order, and nothing twice."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.practice.debrief import Debrief, DebriefPlan
from bot.practice.refusals import Refusal
from bot.practice.timetable import OPENS_BEFORE, OPENS_UNTIL, REMINDERS, Come, Coming, expect_ahead

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOT = datetime(2026, 11, 26, 19, 30)
ZONES = ("Europe/Madrid", "America/Santiago", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC")


def planned(hot: datetime = HOT, days: int = 10) -> DebriefPlan:
    return DebriefPlan("id", "token", "circle", 12, hot, "ana", days)


@settings(max_examples=150)
@given(
    st.lists(st.integers(1, 60 * 24 * 9), min_size=1, max_size=25),
    st.sampled_from(ZONES),
    st.booleans(),
    st.integers(7, 21),
)
def test_however_seldom_time_is_looked_at_each_sitting_opens_or_is_missed_once(
    waits: list[int], zone: str, reminders: bool, days: int
) -> None:
    plan, now, came = planned(days=days), NOW, list[tuple[datetime, Come]]()
    for wait in [*waits, 60 * 24 * 60]:
        now += timedelta(minutes=wait)
        if come := plan.time_has_come(zone, now, reminders=reminders):
            came.append((now, come))
        coming = plan.next_moment(zone, reminders=reminders)
        assert coming is None or coming > now, "what has come doesn't come again"
    for when, come in came:
        if come.what is Coming.OPENING:
            assert come.at - OPENS_BEFORE <= when <= come.at + OPENS_UNTIL
        if come.what is Coming.MISSED:
            assert when > come.at + OPENS_UNTIL
        assert reminders or come.what not in REMINDERS
        assert come.what is not Coming.SOON
    assert len({(come.what, come.at) for _, come in came}) == len(came)
    ends = [come.at for _, come in came if come.what not in REMINDERS]
    assert ends == sorted(set(ends))
    assert plan.over
    assert plan.time_has_come(zone, now + timedelta(days=1), reminders=reminders) is None


def test_of_two_that_were_missed_only_the_last_is_said() -> None:
    plan = planned()
    come = plan.time_has_come("UTC", HOT.replace(tzinfo=UTC) + timedelta(days=30), reminders=True)
    assert come == Come(Coming.MISSED, HOT.replace(tzinfo=UTC) + timedelta(days=10))
    assert plan.over


def test_what_comes_minutes_before_a_sitting_is_that_sitting_not_the_word_about_an_earlier_one() -> None:
    plan = planned()
    come = plan.time_has_come("UTC", HOT.replace(tzinfo=UTC) + timedelta(days=10, minutes=-5), reminders=True)
    assert come == Come(Coming.OPENING, HOT.replace(tzinfo=UTC) + timedelta(days=10))
    assert plan.over


def test_what_is_said_while_it_is_planned_is_a_reminder_too() -> None:
    plan = planned(HOT)
    plan.take_as_said("UTC", HOT.replace(tzinfo=UTC) - timedelta(hours=3))
    assert plan.next_moment("UTC", reminders=True) == HOT.replace(tzinfo=UTC) - OPENS_BEFORE
    assert plan.following is Debrief.HOT


@pytest.mark.parametrize(
    ("wall", "code"),
    [
        (datetime(2026, 11, 23, 12), "schedule.past"),
        (datetime(2026, 11, 23, 11, 59), "schedule.past"),
        (datetime(1, 1, 1), "schedule.past"),
        (datetime(2027, 12, 1), "schedule.too_far"),
        (datetime(9999, 12, 31, 23, 59), "schedule.too_far"),
    ],
)
def test_a_time_that_is_over_or_years_away_is_refused(wall: datetime, code: str) -> None:
    with pytest.raises(Refusal, match=f"^{code}$"):
        expect_ahead(wall, "UTC", NOW)


def test_a_minute_ahead_and_a_year_ahead_are_fine() -> None:
    for wall in (datetime(2026, 11, 23, 12, 1), datetime(2027, 11, 23, 12)):
        assert expect_ahead(wall, "UTC", NOW).at == wall.replace(tzinfo=UTC)

"""A debrief as it is planned, and how its prompts go over its rounds (D2.1, D2.8)."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.practice.debrief import COLD_PROMPTS, HOT_PROMPTS, ROUNDS, Debrief, rounds_of
from bot.practice.refusals import Refusal
from bot.practice.rhythm import Chosen
from bot.practice.timetable import Coming

from .test_timetable import planned

MADRID = "Europe/Madrid"


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]


def test_hot_has_four_prompts_in_two_rounds_needs_first_and_company_last() -> None:
    assert rounds_of(Debrief.HOT, list(HOT_PROMPTS)) == [["hot.body", "hot.now"], ["hot.helped", "hot.tonight"]]


def test_cold_has_five_prompts_one_a_round_and_conscience_once_in_it_and_never_in_hot() -> None:
    rounds = rounds_of(Debrief.COLD, list(COLD_PROMPTS))
    assert [prompt for (prompt,) in rounds] == list(COLD_PROMPTS)
    assert COLD_PROMPTS.count("cold.conscience") == 1
    assert not any("conscience" in prompt for prompt in HOT_PROMPTS)


@given(st.sampled_from(Debrief), st.lists(st.text("abc", min_size=1), min_size=2, max_size=15))
def test_every_prompt_is_asked_once_in_its_order_and_no_round_is_empty(sitting: Debrief, prompts: list[str]) -> None:
    rounds = rounds_of(sitting, prompts)
    assert [prompt for one in rounds for prompt in one] == prompts
    assert all(rounds)
    assert 2 <= len(rounds) <= ROUNDS[sitting]
    assert max(map(len, rounds)) - min(map(len, rounds)) <= 1


@settings(max_examples=60)
@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1)), st.integers(7, 21),
    st.sampled_from((MADRID, "America/Santiago", "Australia/Lord_Howe")),
)  # fmt: skip
def test_the_cold_one_is_at_the_same_hour_on_the_wall(hot: datetime, days: int, zone: str) -> None:
    plan = planned(hot.replace(second=0, microsecond=0), days)
    first, cold = plan.at(Debrief.HOT, zone), plan.at(Debrief.COLD, zone)
    assert cold.said - first.said == timedelta(days=days)


@pytest.mark.parametrize(
    ("hot", "hot_at", "cold_at"),
    [
        (datetime(2027, 3, 20, 19, 30), utc(2027, 3, 20, 18, 30), utc(2027, 3, 30, 17, 30)),  # summer time in between
        (datetime(2027, 3, 18, 2, 30), utc(2027, 3, 18, 1, 30), utc(2027, 3, 28, 1, 30)),  # 02:30 isn't there that day
        (datetime(2027, 10, 21, 2, 30), utc(2027, 10, 21, 0, 30), utc(2027, 10, 31, 0, 30)),  # 02:30 comes twice
    ],
)
def test_where_clocks_change_in_between_it_is_counted_on_the_wall(
    hot: datetime, hot_at: datetime, cold_at: datetime
) -> None:
    plan = planned(hot)
    assert (plan.at(Debrief.HOT, MADRID).at, plan.at(Debrief.COLD, MADRID).at) == (hot_at, cold_at)


def test_an_hour_that_is_moved_on_the_hot_day_is_itself_again_on_the_cold_one() -> None:
    plan = planned(datetime(2027, 3, 28, 2, 30))
    assert plan.at(Debrief.HOT, MADRID).chosen is Chosen.MOVED
    assert plan.at(Debrief.COLD, MADRID).wall == datetime(2027, 4, 7, 2, 30)
    assert planned(datetime(2027, 10, 31, 2, 30)).at(Debrief.HOT, MADRID).chosen is Chosen.FIRST


@given(st.integers(-5, 60))
def test_the_cold_one_can_be_moved_to_seven_to_twenty_one_days(days: int) -> None:
    plan, now = planned(), utc(2026, 11, 24)
    if 7 <= days <= 21:
        plan.move_cold(days, MADRID, now)
        assert plan.days == days
    else:
        with pytest.raises(Refusal, match=r"^debrief\.days_range$"):
            plan.move_cold(days, MADRID, now)
        assert plan.days == 10


def test_it_cant_be_moved_to_a_day_that_is_over_nor_once_it_has_been() -> None:
    plan = planned()
    plan.meet(Debrief.HOT)
    with pytest.raises(Refusal, match=r"^debrief\.cold_past$"):
        plan.move_cold(7, MADRID, utc(2026, 12, 4))
    plan.move_cold(9, MADRID, utc(2026, 12, 4))
    plan.meet(Debrief.COLD)
    with pytest.raises(Refusal, match=r"^debrief\.cold_is_over$"):
        plan.move_cold(12, MADRID, utc(2026, 12, 4))


def test_one_whose_reminder_was_said_is_reminded_of_anew_once_it_is_moved() -> None:
    plan = planned()
    plan.meet(Debrief.HOT)
    assert plan.time_has_come(MADRID, utc(2026, 12, 5, 18, 30), reminders=True)
    assert plan.told is Coming.DAY_BEFORE
    plan.move_cold(20, MADRID, utc(2026, 12, 5, 19))
    assert plan.next_moment(MADRID, reminders=True) == utc(2026, 12, 15, 18, 30)


def test_in_another_zone_the_wall_time_stays_and_what_is_over_there_is_passed_over() -> None:
    plan = planned()
    plan.move_to("Asia/Tokyo", utc(2026, 11, 26, 11))
    assert plan.following is Debrief.COLD
    assert plan.at(Debrief.COLD, "Asia/Tokyo").at == utc(2026, 12, 6, 10, 30)
    plan.move_to("Asia/Tokyo", utc(2027, 1, 1))
    assert plan.over

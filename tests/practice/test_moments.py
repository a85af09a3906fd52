"""What time brings. It never takes the piece from anybody, and nothing waits for ever."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.practice.debrief import SAID_BEFORE_DELETION
from bot.practice.events import (
    HalfwayThrough,
    HolderAwaited,
    OrderChanged,
    PiecePassed,
    SessionClosed,
    SlowRoundOpened,
    StillWith,
    ThreadGoesSoon,
)
from bot.practice.holding import PATIENCE, SLOW_PATIENCE, go_on, pause, sit_together, take_hold
from bot.practice.moments import (
    ASKING_LASTS,
    FORGOTTEN_AFTER,
    SLOW_GATHERING_LASTS,
    Moment,
    clear,
    moment_to_tell,
    next_moment,
    slow_end,
    time_has_come,
)
from bot.practice.more import More
from bot.practice.piece import take_more_time
from bot.practice.refusals import Refusal
from bot.practice.seat import State
from bot.practice.session import Session

from .deeds import do
from .gathering import HOLDER, NOON, Evening, a_gathering, a_session, begun, comes_in, tokens

MINUTE = timedelta(minutes=1)


def a_slow_session(*people: str, days: int = 2) -> Session:
    session = a_session()
    session.days = days
    for person in people:
        comes_in(session, person)
    return session


def brings(session: Session, now: datetime) -> list[object]:
    return list(time_has_come(session, now, tokens("of time")))


def all_asked(evening: Evening) -> None:
    for person in evening.session.speakers:
        do(evening.session, More.PASS, person, NOON, evening.new_token)


def test_at_twice_the_usual_time_the_circle_reads_that_the_piece_is_still_there_once() -> None:
    evening = begun(a_gathering(["ana", "ben", "cem"], [HOLDER]))
    session = evening.session
    assert next_moment(session) == (NOON + 8 * MINUTE, Moment.STILL)
    assert brings(session, NOON + 7 * MINUTE) == []
    assert brings(session, NOON + 8 * MINUTE) == [StillWith("ana")]
    assert brings(session, NOON + 800 * MINUTE) == []
    assert evening.turn.person_id == "ana"


def test_a_little_more_time_puts_it_off() -> None:
    evening = begun(a_gathering([HOLDER, "ana", "ben"], []))
    for times in (3, 4):
        take_more_time(evening.session, evening.turn.token, HOLDER)
        assert next_moment(evening.session) == (NOON + times * 4 * MINUTE, Moment.STILL)


def test_only_a_holder_who_has_the_piece_is_said_to_be_awaited() -> None:
    for holder_speaks in (True, False):
        people = ["ana", "ben", *([HOLDER] if holder_speaks else ["cem"])]
        session = begun(a_gathering(people, [] if holder_speaks else [HOLDER])).session
        late = NOON + 8 * MINUTE
        brings(session, late)
        assert brings(session, late + PATIENCE) == ([HolderAwaited(HOLDER)] if holder_speaks else [])
        assert brings(session, late + 2 * PATIENCE) == []


def test_a_gathering_and_a_pause_await_the_holder_once_and_then_whoever_took_over() -> None:
    gathering = a_gathering(["ana", "ben", "cem"], [])
    paused = begun(a_gathering(["ana", "ben", HOLDER], [])).session
    pause(paused, "ben", NOON)
    for session in (gathering, paused):
        assert brings(session, NOON + PATIENCE - timedelta(seconds=1)) == []
        assert brings(session, NOON + PATIENCE) == [HolderAwaited(HOLDER)]
        assert brings(session, NOON + PATIENCE) == []
        assert OrderChanged() in take_hold(session, "ana", NOON + PATIENCE)
        assert brings(session, NOON + 2 * PATIENCE) == [HolderAwaited("ana")]


def test_of_a_planned_session_nobody_is_awaited_before_its_time() -> None:
    for arrives in (-14, 0, 3):
        session = a_session()
        session.begins_at = session.awaited_since = NOON
        session.come_in("ana", False, NOON + arrives * MINUTE, tokens("early"))
        assert brings(session, NOON + PATIENCE - MINUTE) == []
        assert brings(session, NOON + PATIENCE) == [HolderAwaited(HOLDER)]


def test_a_holder_who_came_early_to_a_planned_session_has_time_from_its_time_on() -> None:
    session = a_session()
    session.begins_at = session.awaited_since = NOON
    for person in (HOLDER, "ana", "ben"):
        session.come_in(person, False, NOON - 10 * MINUTE, tokens(person))
    assert brings(session, NOON + PATIENCE - MINUTE) == []
    assert brings(session, NOON + PATIENCE) == [HolderAwaited(HOLDER)]


def test_in_an_empty_thread_nobody_is_awaited_and_who_comes_late_finds_that_it_waits() -> None:
    session = a_session()
    session.begins_at = session.awaited_since = NOON
    assert brings(session, NOON + 20 * MINUTE) == []
    session.come_in("ana", False, NOON + 20 * MINUTE, tokens("late"))
    assert brings(session, NOON + 20 * MINUTE) == [HolderAwaited(HOLDER)]


def test_while_nobody_else_came_the_holder_is_not_awaited() -> None:
    assert brings(a_gathering([HOLDER], []), NOON + PATIENCE) == []


def test_who_would_like_a_turn_is_asked_for_two_minutes_and_then_the_next_round_begins() -> None:
    evening = begun(a_gathering([HOLDER, "ana", "ben"], []))
    all_asked(evening)
    assert brings(evening.session, NOON + ASKING_LASTS - timedelta(seconds=1)) == []
    assert brings(evening.session, NOON + ASKING_LASTS) == [PiecePassed("ana", None, opens_round=True)]


def test_after_the_check_out_round_it_closes_by_itself_and_was_held() -> None:
    evening = begun(a_gathering([HOLDER, "ana", "ben"], [], 0))
    all_asked(evening)
    go_on(evening.session, HOLDER, NOON, evening.new_token)
    for person in ("ana", "ben", HOLDER):
        do(evening.session, More.PASS, person, NOON, evening.new_token)
    assert brings(evening.session, NOON + ASKING_LASTS) == [SessionClosed(None, held=True)]
    assert next_moment(evening.session) is None


def test_in_a_pause_no_time_runs() -> None:
    evening = begun(a_gathering([HOLDER, "ana", "ben"], []))
    pause(evening.session, "ana", NOON + 7 * MINUTE)
    assert brings(evening.session, NOON + 8 * MINUTE) == []
    go_on(evening.session, HOLDER, NOON + 9 * MINUTE, evening.new_token)
    assert next_moment(evening.session) == (NOON + 17 * MINUTE, Moment.STILL)


def test_in_a_pause_while_others_are_asked_nothing_goes_on_by_itself() -> None:
    evening = begun(a_gathering([HOLDER, "ana", "ben"], []))
    all_asked(evening)
    pause(evening.session, "ana", NOON)
    assert brings(evening.session, NOON + ASKING_LASTS) == []


@pytest.mark.parametrize("stands", ["empty", "gathering", "together", "turn", "paused"])
def test_a_session_without_a_step_for_a_day_is_closed_and_not_counted(stands: str) -> None:
    session = a_session() if stands == "empty" else a_gathering([HOLDER, "ana", "ben"], [])
    if stands == "together":
        sit_together(session, HOLDER, NOON)
    elif stands in {"turn", "paused"}:
        begun(session)
    if stands == "paused":
        pause(session, "ana", NOON)
    session.told_time = session.hold_offered = True
    assert brings(session, NOON + FORGOTTEN_AFTER - timedelta(seconds=1)) == []
    assert brings(session, NOON + FORGOTTEN_AFTER) == [SessionClosed(None, held=False)]


def test_a_pause_after_the_check_out_round_that_is_forgotten_doesn_t_undo_it() -> None:
    evening = begun(a_gathering([HOLDER, "ana", "ben"], [], 0))
    all_asked(evening)
    go_on(evening.session, HOLDER, NOON, evening.new_token)
    for person in ("ana", "ben", HOLDER):
        do(evening.session, More.PASS, person, NOON, evening.new_token)
    pause(evening.session, "ana", NOON)
    assert brings(evening.session, NOON + FORGOTTEN_AFTER) == [SessionClosed(None, held=True)]


def test_a_slow_round_has_one_reminder_halfway_and_ends_by_itself() -> None:
    session = a_slow_session(HOLDER, "ana", "ben", days=2)
    day = timedelta(days=1)
    assert slow_end(session) == NOON + 2 * day
    assert brings(session, NOON + day) == [HalfwayThrough()]
    assert brings(session, NOON + 2 * day - MINUTE) == []
    assert brings(session, NOON + 2 * day) == [SlowRoundOpened()]
    assert brings(session, NOON + 3 * day) == [HalfwayThrough()]
    assert brings(session, NOON + 4 * day) == [SlowRoundOpened()]
    assert brings(session, NOON + 6 * day) == [SessionClosed(None, held=True)]


def test_a_slow_gathering_has_a_week_and_its_holder_a_day() -> None:
    session = a_slow_session(HOLDER, "ana")
    assert brings(session, NOON + SLOW_PATIENCE) == [HolderAwaited(HOLDER)]
    assert brings(session, NOON + SLOW_GATHERING_LASTS - MINUTE) == []
    assert brings(session, NOON + SLOW_GATHERING_LASTS) == [SessionClosed(None, held=False)]


def test_nobody_is_reminded_of_what_is_over_when_time_was_missed() -> None:
    live = begun(a_gathering([HOLDER, "ana", "ben"], [])).session
    assert brings(live, NOON + 2 * FORGOTTEN_AFTER) == [SessionClosed(None, held=False)]
    slow = a_slow_session(HOLDER, "ana", "ben", days=2)
    assert brings(slow, NOON + timedelta(days=3)) == [SlowRoundOpened()]


def test_somebody_can_be_told_a_minute_before_their_usual_time_is_over() -> None:
    evening = begun(a_gathering([HOLDER, "ana", "ben"], []))
    session, token = evening.session, evening.turn.token
    assert moment_to_tell(session, token, HOLDER, NOON) == NOON + 3 * MINUTE
    take_more_time(session, token, HOLDER)
    assert moment_to_tell(session, token, HOLDER, NOON + 3 * MINUTE) == NOON + 7 * MINUTE
    for by, when, code in (
        ("ana", NOON, "round.turn_is_over"),
        (HOLDER, NOON + 7 * MINUTE, "round.nearly_up_already"),
    ):
        with pytest.raises(Refusal) as no:
            moment_to_tell(session, token, by, when)
        assert no.value.code == code


def test_of_a_closed_session_time_makes_nothing_more() -> None:
    session = a_gathering([HOLDER, "ana", "ben"], [])
    session.close(HOLDER, NOON)
    assert session.state is State.CLOSED
    assert next_moment(session) is None
    assert brings(session, NOON + timedelta(days=99)) == []


@settings(max_examples=100)
@given(st.lists(st.integers(1, 60 * 24 * 3), min_size=1, max_size=12), st.integers(0, 60 * 24 * 4))
def test_no_thread_of_a_debrief_goes_before_it_was_said_for_an_hour(waits: list[int], cleared_after: int) -> None:
    session = a_session()
    session.state, session.clears_at = State.CLOSED, NOON + timedelta(days=3)
    now, said, gone = NOON, None, None
    for wait in [*waits, 60 * 24 * 4, *[14] * 8]:
        now += wait * MINUTE
        if said is None and now >= NOON + cleared_after * MINUTE:
            clear(session, now + SAID_BEFORE_DELETION)
            said = now
        for event in time_has_come(session, now, tokens("of time")):
            said, gone = (now, gone) if isinstance(event, ThreadGoesSoon) else (said, now)
        if gone:
            break
    assert said
    assert gone
    assert gone - said >= SAID_BEFORE_DELETION
    assert next_moment(session) is None
    assert brings(session, now + timedelta(days=9)) == []

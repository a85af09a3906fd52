"""Holding a session, taking it over and back; pauses; who guards."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.practice.events import (
    HoldTaken,
    HoldTakenBack,
    Lead,
    OrderChanged,
    Paused,
    PiecePassed,
    RoundAsked,
    SessionClosed,
)
from bot.practice.holding import (
    LONG_PATIENCE,
    PATIENCE,
    PAUSES,
    SLOW_PATIENCE,
    go_on,
    guard,
    may_hold,
    pause,
    take_hold,
    take_hold_back,
)
from bot.practice.more import More
from bot.practice.refusals import Refusal
from bot.practice.seat import State
from bot.practice.session import Session
from bot.practice.stepping_out import step_out

from .deeds import do, time_goes_by
from .gathering import (
    HOLDER,
    NOON,
    Evening,
    a_gathering,
    a_session,
    begun,
    comes_in,
    gatherings,
    state_of,
    tokens,
)

LATER = NOON + PATIENCE


def an_evening(*listeners: str) -> Evening:
    """The holder, Ana and Ben have begun; the holder has the piece."""
    return begun(a_gathering([HOLDER, "ana", "ben"], list(listeners)))


def test_a_session_waits_for_its_holder_from_the_first_arrival_of_somebody_else() -> None:
    session = a_session()
    comes_in(session, "ana")
    assert not may_hold(session, "ana", LATER - timedelta(seconds=1))
    assert may_hold(session, "ana", LATER)
    assert not may_hold(session, "a stranger", LATER)


def test_a_holder_who_is_there_waits_with_the_others_until_enough_have_come() -> None:
    session = a_gathering(["ana", HOLDER], [])
    assert not may_hold(session, "ana", LATER)
    assert may_hold(session, "ana", NOON + LONG_PATIENCE)
    session.come_in("ben", False, LATER, tokens())
    assert not may_hold(session, "ana", LATER + PATIENCE - timedelta(seconds=1))
    assert may_hold(session, "ana", LATER + PATIENCE)
    assert not may_hold(session, HOLDER, LATER + PATIENCE)


def test_somebody_present_takes_it_over_and_can_be_awaited_in_their_turn() -> None:
    session = a_gathering([HOLDER, "ana", "cem"], ["ben"])
    with pytest.raises(Refusal, match=r"^session\.holder_is_there$"):
        take_hold(session, "ana", NOON)
    assert take_hold(session, "ben", LATER) == [HoldTaken("ben", HOLDER), OrderChanged()]
    for person, code in (("ben", "session.you_hold_it"), ("ana", "session.holder_is_there")):
        with pytest.raises(Refusal) as no:
            take_hold(session, person, LATER)
        assert no.value.code == code
    assert take_hold(session, "ana", LATER + PATIENCE) == [HoldTaken("ana", "ben"), OrderChanged()]
    with pytest.raises(Refusal, match=r"^session\.come_in_first$"):
        take_hold(session, "a stranger", LATER + PATIENCE)


def test_the_former_holder_takes_it_back_until_the_next_turn_and_only_they() -> None:
    session = a_gathering([HOLDER, "ana", "ben"], [])
    take_hold(session, "ana", LATER)
    with pytest.raises(Refusal, match=r"^session\.hold_is_taken$"):
        take_hold_back(session, "ben", LATER)
    assert take_hold_back(session, HOLDER, LATER) == [HoldTakenBack(HOLDER), OrderChanged()]
    take_hold(session, "ana", LATER + PATIENCE)
    begun(session)
    with pytest.raises(Refusal, match=r"^session\.hold_is_taken$"):
        take_hold_back(session, HOLDER, LATER + PATIENCE)


def test_in_a_slow_session_the_next_turn_is_the_next_round() -> None:
    session = a_session()
    session.days = 2
    comes_in(session, "ana")
    assert not may_hold(session, "ana", LATER)
    take_hold(session, "ana", NOON + SLOW_PATIENCE)
    comes_in(session, "ben")
    comes_in(session, "cem")
    with pytest.raises(Refusal, match=r"^session\.hold_is_taken$"):
        take_hold_back(session, HOLDER, NOON + SLOW_PATIENCE)


def test_a_pause_stops_the_circle_until_its_holder_goes_on() -> None:
    evening = an_evening()
    session = evening.session
    assert pause(session, "ben", NOON) == [Paused()]
    with pytest.raises(Refusal, match=r"^round\.paused_already$"):
        pause(session, "ana", NOON)
    with pytest.raises(Refusal, match=r"^session\.only_holder$"):
        go_on(session, "ben", NOON, evening.new_token)
    told = go_on(session, HOLDER, NOON, evening.new_token)
    assert told == [PiecePassed(HOLDER, None, opens_round=False, lead=Lead.GOES_ON)]
    with pytest.raises(Refusal, match=r"^session\.nothing_waits$"):
        go_on(session, HOLDER, NOON, evening.new_token)


def test_a_pause_takes_nobody_s_chance_of_another_turn() -> None:
    evening = an_evening()
    session = evening.session
    for person in (HOLDER, "ana"):
        do(session, More.PASS, person, NOON, evening.new_token)
    pause(session, "ana", NOON)
    step_out(session, "ben", NOON, evening.new_token)  # the last to be asked
    assert go_on(session, HOLDER, NOON, evening.new_token) == [RoundAsked(None, Lead.GOES_ON)]
    pause(session, "ana", NOON)
    assert go_on(session, HOLDER, NOON, evening.new_token) == [RoundAsked(None, Lead.GOES_ON)]
    assert go_on(session, HOLDER, NOON, evening.new_token) == [PiecePassed("ana", None, opens_round=True)]


def test_each_asks_for_two_pauses_and_who_listens_may_too() -> None:
    evening = an_evening("cem")
    for _ in range(PAUSES):
        pause(evening.session, "cem", NOON)
        go_on(evening.session, HOLDER, NOON, evening.new_token)
    with pytest.raises(Refusal, match=r"^round\.pauses_used$"):
        pause(evening.session, "cem", NOON)
    assert pause(evening.session, "ana", NOON) == [Paused()]


def test_there_is_no_pause_before_the_rounds_in_a_slow_round_or_for_a_stranger() -> None:
    gathering, slow = a_gathering([HOLDER, "ana"], []), a_session()
    slow.days = 3
    for person in (HOLDER, "ana", "ben"):
        comes_in(slow, person)
    for session in (gathering, slow):
        with pytest.raises(Refusal, match=r"^round\.no_round$"):
            pause(session, "ana", NOON)
    with pytest.raises(Refusal, match=r"^session\.come_in_first$"):
        pause(an_evening().session, "a stranger", NOON)


def test_after_a_pause_the_holder_is_awaited_and_whoever_takes_over_goes_on() -> None:
    evening = an_evening("cem")
    pause(evening.session, "ana", NOON)
    take_hold(evening.session, "cem", LATER)
    assert evening.session.turn is not None
    told = go_on(evening.session, "cem", LATER, evening.new_token)
    assert told == [PiecePassed(HOLDER, None, opens_round=False, lead=Lead.GOES_ON)]  # the same turn: not yet the next
    assert take_hold_back(evening.session, HOLDER, LATER) == [HoldTakenBack(HOLDER), OrderChanged()]


def test_when_the_piece_stays_with_a_holder_who_is_gone_somebody_lets_it_go_on() -> None:
    evening = an_evening()
    session, late = evening.session, NOON + timedelta(minutes=8)
    time_goes_by(session, late, evening.new_token)
    assert not may_hold(session, "ana", late)
    take_hold(session, "ana", late + PATIENCE)
    told = do(session, More.COME_BACK, "ana", late + PATIENCE, evening.new_token)
    assert told == [PiecePassed("ana", HOLDER, opens_round=False, lead=Lead.BACK_LATER)]
    with pytest.raises(Refusal, match=r"^session\.hold_is_taken$"):
        take_hold_back(session, HOLDER, late + PATIENCE)


def test_when_speaker_and_holder_are_gone_somebody_can_let_the_piece_go_on_too() -> None:
    evening = begun(a_gathering(["ana", "ben", "cem"], [HOLDER]))
    session, late = evening.session, NOON + timedelta(minutes=8)
    time_goes_by(session, late, evening.new_token)
    assert not may_hold(session, "cem", late + PATIENCE)
    assert may_hold(session, "cem", late + LONG_PATIENCE)


def test_a_turn_that_begins_awaits_nobody() -> None:
    evening = begun(a_gathering(["ana", "ben", "cem"], [HOLDER]))
    time_goes_by(evening.session, NOON + timedelta(minutes=8), evening.new_token)
    evening.goes_on()
    assert not may_hold(evening.session, "cem", NOON + timedelta(hours=1))


def test_one_guards_at_a_time_and_may_stop() -> None:
    session = a_gathering([HOLDER, "ana"], ["ben"])
    assert guard(session, "ben", wanted=True) == [OrderChanged()]
    for wanted in (True, False):
        with pytest.raises(Refusal, match=r"^session\.guarded$"):
            guard(session, "ana", wanted=wanted)
    assert session.guardian_id == "ben"
    guard(session, "ben", wanted=False)
    guard(session, "ana", wanted=True)
    assert session.guardian_id == "ana"


def closed() -> Session:
    session = a_gathering([HOLDER, "ana", "ben"], [])
    take_hold(session, "ana", LATER)
    session.close("ana", LATER)
    return session


def test_in_a_closed_session_nobody_holds_pauses_or_guards() -> None:
    session = closed()
    with pytest.raises(Refusal, match=r"^session\.closed_already$"):
        take_hold(session, "ben", LATER)
    with pytest.raises(Refusal, match=r"^session\.closed_already$"):
        take_hold_back(session, HOLDER, LATER)
    with pytest.raises(Refusal, match=r"^session\.closed_already$"):
        pause(session, "ben", LATER)
    with pytest.raises(Refusal, match=r"^session\.closed_already$"):
        guard(session, "ben", wanted=True)


@given(gatherings(), st.data())
def test_closing_asks_first_while_a_round_is_open_and_only_then(session: Session, data: st.DataObject) -> None:
    began = data.draw(st.booleans())
    if began:
        evening = begun(session)
        while not session.said_goodbye and data.draw(st.booleans()):
            evening.goes_on()
    asks = began and session.state is State.IN_ROUND and not session.said_goodbye
    assert session.ends_early == asks
    if session.state is not State.CLOSED:
        held = session.said_goodbye
        before = state_of(session)
        told = session.close(HOLDER, NOON, ask_first=True)
        assert told == ([] if asks else [SessionClosed(None, held=held)])
        assert not asks or state_of(session) == before
        assert not asks or session.close(HOLDER, NOON) == [SessionClosed(None, held=False)]

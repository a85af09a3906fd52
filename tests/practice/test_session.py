"""A gathering, from the first arrival to its closing."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.practice.events import (
    CameIn,
    Lead,
    OrderChanged,
    PiecePassed,
    RoundAsked,
    SatTogether,
    SessionBegan,
    SessionClosed,
    SlowRoundOpened,
)
from bot.practice.holding import go_on, sit_together
from bot.practice.piece import ask_for_turn
from bot.practice.refusals import Refusal
from bot.practice.round import Kind
from bot.practice.seat import MOST, State
from bot.practice.session import FEWEST_FOR_ROUNDS, Session

from .gathering import HOLDER, NOON, a_gathering, a_session, as_they_came, begun, comes_in, gatherings, state_of, tokens


def refused(no: pytest.ExceptionInfo[Refusal]) -> str:
    return no.value.code


@given(gatherings())
def test_everybody_who_speaks_gets_exactly_one_turn_in_every_round(session: Session) -> None:
    speakers, rounds = sorted(session.speakers), session.theme_rounds + 2
    assert [sorted(round_) for round_ in begun(session).plays()] == [speakers] * rounds


@given(gatherings())
def test_each_round_starts_one_place_further_on(session: Session) -> None:
    evening = begun(session)
    order = session.speakers
    for number, had in enumerate(evening.plays()):
        start = number % len(order)
        assert had == order[start:] + order[:start]


@given(gatherings())
def test_the_holder_who_speaks_speaks_first_in_the_check_in_round(session: Session) -> None:
    first = begun(session).plays()[0][0]
    assert (first == HOLDER) == (HOLDER not in session.listeners)


@given(gatherings())
def test_listeners_never_get_a_turn(session: Session) -> None:
    listeners = set(session.listeners)
    assert not listeners.intersection(*map(set, begun(session).plays()))
    assert set(session.listeners) == listeners


@given(gatherings())
def test_the_order_is_drawn_once_for_the_whole_session(session: Session) -> None:
    came = session.speakers
    asked: list[tuple[list[str], str | None]] = []

    def draw(people: list[str], first: str | None) -> list[str]:
        asked.append((list(people), first))
        return as_they_came(people[::-1], first)

    session.begin(HOLDER, NOON, draw, tokens())
    first = HOLDER if HOLDER in came else None
    assert asked == [(came, first)]
    assert session.speakers == as_they_came(came[::-1], first)


@given(gatherings())
def test_a_session_is_a_check_in_round_the_theme_rounds_and_a_check_out_round(session: Session) -> None:
    evening = begun(session)
    kinds: list[Kind] = []
    while session.round is not None:
        if evening.round.number == len(kinds):
            kinds.append(evening.round.kind)
        evening.goes_on()
    assert kinds == [Kind.OPENING, *[Kind.THEME] * session.theme_rounds, Kind.CLOSING]


@given(gatherings(), st.data())
def test_a_press_on_a_turn_that_is_over_changes_nothing(session: Session, data: st.DataObject) -> None:
    evening = begun(session)
    spent: list[tuple[str, str]] = []
    for _ in range(data.draw(st.integers(1, len(session.speakers) * (session.theme_rounds + 2)))):
        spent.append((evening.turn.token, evening.turn.person_id))
        evening.goes_on()
        if session.round is None:
            break
    token, person = data.draw(st.sampled_from(spent))
    before = state_of(session)
    with pytest.raises(Refusal) as no:
        session.pass_piece(token, person, NOON, evening.new_token)
    assert refused(no) == "round.turn_is_over"
    assert state_of(session) == before


@given(gatherings(), st.data())
def test_a_press_by_the_wrong_person_changes_nothing(session: Session, data: st.DataObject) -> None:
    evening = begun(session)
    for _ in range(data.draw(st.integers(0, len(session.speakers)))):
        evening.goes_on()
    others = [seat.person_id for seat in session.seats if seat.person_id != evening.turn.person_id]
    before = state_of(session)
    with pytest.raises(Refusal) as no:
        session.pass_piece(evening.turn.token, data.draw(st.sampled_from(others)), NOON, evening.new_token)
    assert (refused(no), no.value.slots) == ("round.not_your_turn", {"speaker": evening.turn.person_id})
    assert state_of(session) == before


@given(gatherings())
def test_each_step_says_who_has_the_piece_now_and_who_had_it(session: Session) -> None:
    evening = begun(session)
    while session.round is not None:
        ended, of_round = evening.turn.person_id, evening.round
        told = session.pass_piece(evening.turn.token, ended, NOON, evening.new_token)
        if session.asking:
            assert told == [RoundAsked(ended, Lead.THANKS)]
            (next_step,) = go_on(session, HOLDER, NOON, evening.new_token)
            assert next_step == (
                PiecePassed(evening.turn.person_id, None, opens_round=True)
                if session.round
                else SessionClosed(None, held=True)
            )
        else:
            assert told == [PiecePassed(evening.turn.person_id, ended, opens_round=False, lead=Lead.THANKS)]
            assert evening.round is of_round


@given(gatherings(), st.data())
def test_no_turn_outlives_the_closing(session: Session, data: st.DataObject) -> None:
    evening = begun(session)
    early = data.draw(st.booleans())
    if early:
        for _ in range(data.draw(st.integers(0, len(session.speakers)))):
            evening.goes_on()
        assert session.close(HOLDER, NOON) == [SessionClosed(None, held=False)]
    else:
        evening.plays()
    assert session.rounds == []
    assert session.round is None
    assert (session.state, session.held, session.closed_at) == (State.CLOSED, not early, NOON)


def test_beginning_opens_the_check_in_round_and_says_so() -> None:
    session = a_gathering([HOLDER, "ana", "ben"], ["cem"])
    told = session.begin(HOLDER, NOON, as_they_came, tokens())
    assert told == [SessionBegan(), PiecePassed(HOLDER, None, opens_round=True)]
    assert (session.state, session.began_at) == (State.IN_ROUND, NOON)


def test_only_the_holder_begins_and_closes() -> None:
    session = a_gathering([HOLDER, "ana", "ben"], [])
    deeds: list[Callable[[], object]] = [
        lambda: session.begin("ana", NOON, as_they_came, tokens()),
        lambda: session.close("ana", NOON),
    ]
    for deed in deeds:
        with pytest.raises(Refusal) as no:
            deed()
        assert (refused(no), no.value.slots) == ("session.only_holder", {"holder": HOLDER})
    assert session.state is State.GATHERING


def test_it_begins_once() -> None:
    evening = begun(a_gathering([HOLDER, "ana", "ben"], []))
    before = state_of(evening.session)
    with pytest.raises(Refusal) as no:
        begun(evening.session)
    assert refused(no) == "session.begun_already_holder"
    assert state_of(evening.session) == before


@pytest.mark.parametrize("speakers", range(FEWEST_FOR_ROUNDS))
def test_too_few_to_speak_is_said_however_many_listen(speakers: int) -> None:
    session = a_gathering([HOLDER, "ana", "ben"][:speakers], ["cem", "dua", "eva"])
    with pytest.raises(Refusal) as no:
        begun(session)
    assert (refused(no), no.value.slots) == ("session.too_few", {"fewest": FEWEST_FOR_ROUNDS})
    assert session.state is State.GATHERING
    assert all(seat.place is None for seat in session.seats)


def test_two_sit_together_once_and_rounds_may_begin_when_a_third_comes() -> None:
    session = a_gathering([HOLDER], ["ana"])
    assert sit_together(session, HOLDER, NOON) == [SatTogether()]
    with pytest.raises(Refusal, match=r"^session\.begun_already_holder$"):
        sit_together(session, HOLDER, NOON)
    comes_in(session, "ben")
    comes_in(session, "ana")
    assert begun(session).plays()[0] == [HOLDER, "ana", "ben"]


def test_a_slow_session_begins_by_itself_with_the_third_also_if_two_sat_together() -> None:
    for sit_first in (False, True):
        session = a_gathering([HOLDER, "ana"], [])
        session.days = 3
        if sit_first:
            sit_together(session, HOLDER, NOON)
        assert comes_in(session, "ben") == [CameIn("ben"), SessionBegan(), SlowRoundOpened()]


def test_who_came_in_may_change_between_speaking_and_listening() -> None:
    session = a_session()
    assert comes_in(session, "ana", listening=True) == [CameIn("ana")]
    assert comes_in(session, "ana") == []
    assert (session.speakers, session.listeners) == (["ana"], [])
    with pytest.raises(Refusal) as no:
        comes_in(session, "ana")
    assert refused(no) == "session.here_already"


def test_twelve_is_full_for_others_but_not_for_those_who_are_here() -> None:
    session = a_gathering([f"person {number}" for number in range(MOST)], [])
    with pytest.raises(Refusal) as no:
        comes_in(session, "one more", listening=True)
    assert (refused(no), no.value.slots) == ("session.full", {"most": MOST})
    assert comes_in(session, "person 3", listening=True) == []


def test_who_comes_late_joins_the_end_of_the_order_until_the_first_round_ends() -> None:
    evening = begun(a_gathering([HOLDER, "ana", "ben"], ["cem"]))
    assert comes_in(evening.session, "dua") == [CameIn("dua"), OrderChanged()]
    assert comes_in(evening.session, "cem") == [OrderChanged()]
    assert evening.session.speakers == [HOLDER, "ana", "ben", "dua", "cem"]
    assert evening.plays()[0] == [HOLDER, "ana", "ben", "dua", "cem"]


def test_the_door_does_not_open_again_for_a_turn_that_somebody_asked_for() -> None:
    evening = begun(a_gathering([HOLDER, "ana", "ben"], []))
    session = evening.session
    for person in (HOLDER, "ana", "ben"):
        session.pass_piece(evening.turn.token, person, NOON, evening.new_token)
    ask_for_turn(session, "ana", NOON, evening.new_token)
    with pytest.raises(Refusal, match=r"^session\.begun_already$"):
        comes_in(session, "dua")


def test_nobody_comes_in_once_the_first_round_is_over_or_it_has_closed() -> None:
    evening = begun(a_gathering([HOLDER, "ana", "ben"], ["cem"]))
    session = evening.session
    for _ in range(3):
        evening.goes_on()
    for person, code in (("dua", "session.begun_already"), ("cem", "session.here_already")):
        with pytest.raises(Refusal) as no:
            comes_in(session, person)
        assert refused(no) == code
    session.close(HOLDER, NOON)
    for person in ("dua", "cem"):
        with pytest.raises(Refusal) as no:
            comes_in(session, person)
        assert refused(no) == "session.closed_already"
    assert len(session.seats) == 4


def test_after_the_closing_nothing_happens_any_more() -> None:
    evening = begun(a_gathering([HOLDER, "ana", "ben"], []))
    last = evening.turn
    evening.session.close(HOLDER, NOON)
    before = state_of(evening.session)
    with pytest.raises(Refusal) as late:
        evening.session.pass_piece(last.token, last.person_id, NOON, tokens())
    assert refused(late) == "round.turn_is_over"
    deeds: list[Callable[[], object]] = [
        lambda: begun(evening.session),
        lambda: evening.session.close(HOLDER, NOON),
    ]
    for deed in deeds:
        with pytest.raises(Refusal) as no:
            deed()
        assert refused(no) == "session.closed_already"
    assert state_of(evening.session) == before


def test_a_session_without_its_holder_in_a_seat_can_still_go_round() -> None:
    session = a_gathering(["ana", "ben", "cem"], [])
    assert [len(had) for had in begun(session).plays()] == [3, 3, 3]

"""Out of the order, back into it, and out of the circle."""

import pytest

from bot.practice import holding
from bot.practice.events import CameIn, Lead, OrderChanged, PiecePassed, RoundAsked, SessionClosed
from bot.practice.more import More, offers
from bot.practice.refusals import Refusal
from bot.practice.seat import State
from bot.practice.stepping_out import be_back, step_out

from .deeds import do
from .gathering import HOLDER, NOON, Evening, a_gathering, a_session, begun, comes_in, state_of, tokens


def an_evening(*listeners: str, themes: int = 1) -> Evening:
    """The holder, Ana, Ben and Cem have begun; the holder has the piece."""
    return begun(a_gathering([HOLDER, "ana", "ben", "cem"], list(listeners), themes))


def steps_out(evening: Evening, person: str, *, leaves: bool = False) -> object:
    return step_out(evening.session, person, NOON, evening.new_token, leaves=leaves)


def round_of(evening: Evening) -> list[str]:
    """Who has the piece until all are asked; then the holder goes on."""
    had = []
    while not evening.session.asking:
        had.append(evening.turn.person_id)
        do(evening.session, More.PASS, had[-1], NOON, evening.new_token)
    holding.go_on(evening.session, evening.session.holder_id, NOON, evening.new_token)
    return had


def test_the_piece_goes_past_who_stepped_out_and_nobody_reads_that() -> None:
    evening = an_evening()
    assert steps_out(evening, "ben") == []
    assert evening.session.speakers == [HOLDER, "ana", "cem"]
    assert "ben" in evening.session.listeners
    assert round_of(evening) == [HOLDER, "ana", "cem"]


def test_who_steps_out_with_the_piece_lets_it_go_on_without_thanks() -> None:
    evening = an_evening()
    assert steps_out(evening, HOLDER) == [PiecePassed("ana", HOLDER, opens_round=False, lead=Lead.THANKS)]
    for person in ("ana", "ben"):
        do(evening.session, More.PASS, person, NOON, evening.new_token)
    assert steps_out(evening, "cem") == [RoundAsked("cem", Lead.THANKS)]


def test_who_is_back_is_asked_again_from_the_next_round_on_in_their_own_place() -> None:
    evening = an_evening()
    steps_out(evening, "ben")
    assert be_back(evening.session, "ben") == [CameIn("ben")]
    assert round_of(evening) == [HOLDER, "ana", "cem"]
    assert round_of(evening) == ["ana", "ben", "cem", HOLDER]


def test_who_is_back_while_others_are_asked_may_ask_for_a_turn() -> None:
    evening = an_evening()
    steps_out(evening, "ben")
    for person in (HOLDER, "ana", "cem"):
        do(evening.session, More.PASS, person, NOON, evening.new_token)
    assert More.TURN not in offers(evening.session, "ben", NOON)
    be_back(evening.session, "ben")
    assert More.TURN in offers(evening.session, "ben", NOON)


def test_each_round_begins_with_the_next_person_whoever_is_out_of_the_order() -> None:
    evening = an_evening(themes=3)
    began = [round_of(evening)[0]]
    steps_out(evening, HOLDER)
    began.append(round_of(evening)[0])
    be_back(evening.session, HOLDER)
    began += [round_of(evening)[0], evening.turn.person_id]
    assert began == [HOLDER, "ana", "ben", "cem"]


def test_only_who_stepped_out_comes_back() -> None:
    evening = an_evening("dua")
    for person, code in (("ana", "session.here_already"), ("a stranger", "session.come_in_first")):
        with pytest.raises(Refusal) as no:
            be_back(evening.session, person)
        assert no.value.code == code


def test_in_a_pause_nothing_is_said_until_the_holder_goes_on() -> None:
    evening = an_evening()
    holding.pause(evening.session, "cem", NOON)
    assert steps_out(evening, HOLDER) == []
    assert steps_out(evening, "ana") == []
    told = holding.go_on(evening.session, HOLDER, NOON, evening.new_token)
    assert told == [PiecePassed("ben", None, opens_round=False, lead=Lead.GOES_ON)]


def test_who_stepped_out_was_finished() -> None:
    evening = an_evening()
    evening.goes_on()
    steps_out(evening, HOLDER)
    be_back(evening.session, HOLDER)
    with pytest.raises(Refusal, match=r"^round\.gone_on$"):
        do(evening.session, More.NOT_FINISHED, HOLDER, NOON, evening.new_token)


def test_when_all_have_stepped_out_it_closes_and_is_not_counted() -> None:
    evening = an_evening("dua")
    for person in (HOLDER, "ana", "ben"):
        steps_out(evening, person)
    assert steps_out(evening, "cem") == [SessionClosed(None, held=False)]
    assert steps_out(evening, "cem") == []


def test_when_all_step_out_after_the_check_out_round_the_session_was_held() -> None:
    evening = an_evening(themes=0)
    round_of(evening)
    for _ in range(4):
        do(evening.session, More.PASS, evening.turn.person_id, NOON, evening.new_token)
    for person in (HOLDER, "ana", "ben"):
        steps_out(evening, person)
    assert steps_out(evening, "cem") == [SessionClosed(None, held=True)]


def test_who_stepped_out_before_the_rounds_is_still_there_and_comes_back() -> None:
    session = a_gathering([HOLDER, "ana", "ben"], ["cem"])
    assert step_out(session, "ana", NOON, tokens()) == []
    assert (session.speakers, session.listeners) == ([HOLDER, "ben"], ["ana", "cem"])
    assert be_back(session, "ana") == [CameIn("ana")]
    step_out(session, "ben", NOON, tokens())
    assert comes_in(session, "ben") == []
    assert sorted(session.speakers) == sorted([HOLDER, "ana", "ben"])


def test_a_guardian_who_steps_out_guards_no_more() -> None:
    evening = an_evening()
    holding.guard(evening.session, "ana", wanted=True)
    assert steps_out(evening, "ana") == [OrderChanged()]
    assert evening.session.guardian_id is None
    assert holding.guard(evening.session, "ben", wanted=True) == [OrderChanged()]


def test_the_first_message_no_longer_names_a_guardian_who_stepped_out_before_the_rounds() -> None:
    session = a_gathering([HOLDER, "ana"], [])
    holding.guard(session, "ana", wanted=True)
    assert step_out(session, "ana", NOON, tokens()) == [OrderChanged()]
    assert session.guardian_id is None


def test_stepping_out_twice_is_stepping_out_once() -> None:
    evening = an_evening()
    steps_out(evening, "ben")
    before = state_of(evening.session)
    assert steps_out(evening, "ben") == []
    assert state_of(evening.session) == before


def test_who_holds_may_step_out_of_the_order_and_goes_on_holding() -> None:
    evening = an_evening()
    steps_out(evening, HOLDER)
    assert More.COME_BACK in offers(evening.session, HOLDER, NOON)
    assert evening.session.state is State.IN_ROUND


def test_somebody_who_never_came_in_steps_out_of_nothing() -> None:
    session = a_session()
    assert step_out(session, "ana", NOON, tokens()) == []


def test_who_left_the_circle_has_no_seat_and_comes_in_anew_while_the_door_is_open() -> None:
    evening = an_evening()
    steps_out(evening, "ana", leaves=True)
    assert evening.session.seat_of("ana") is None
    assert "ana" not in evening.session.listeners
    assert comes_in(evening.session, "ana") == [CameIn("ana"), OrderChanged()]
    assert evening.session.speakers == [HOLDER, "ben", "cem", "ana"]
    assert round_of(evening) == [HOLDER, "ben", "cem", "ana"]
    assert "ana" in round_of(evening)


def test_a_former_holder_who_left_the_circle_takes_nothing_back() -> None:
    for people in (["ana", "ben", HOLDER], ["ana", "ben"]):
        session = a_gathering(people, [])
        holding.take_hold(session, "ana", NOON + holding.PATIENCE)
        step_out(session, HOLDER, NOON, tokens(), leaves=True)
        with pytest.raises(Refusal, match=r"^session\.hold_is_taken$"):
            holding.take_hold_back(session, HOLDER, NOON)


def test_who_listens_has_no_place_to_step_out_of_or_to_come_back_to() -> None:
    evening = an_evening("dua")
    assert More.STEP_OUT not in offers(evening.session, "dua", NOON)
    before = state_of(evening.session)
    steps_out(evening, "dua")
    assert state_of(evening.session) == before
    with pytest.raises(Refusal, match=r"^session\.here_already$"):
        be_back(evening.session, "dua")

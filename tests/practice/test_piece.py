"""What the talking piece can do besides going on: come back later, come back, go round once more."""

from datetime import timedelta

import pytest

from bot.practice import holding
from bot.practice.events import Event, Lead, PiecePassed, RoundAsked, SessionClosed
from bot.practice.moments import next_moment
from bot.practice.more import More
from bot.practice.piece import ask_for_turn, come_back_later, take_more_time, take_up_again
from bot.practice.refusals import Refusal
from bot.practice.stepping_out import step_out

from .deeds import do
from .gathering import HOLDER, NOON, Evening, a_gathering, begun, comes_in, state_of


def an_evening(*listeners: str) -> Evening:
    """The holder, Ana and Ben have begun; the holder has the piece."""
    return begun(a_gathering([HOLDER, "ana", "ben"], list(listeners)))


def does(evening: Evening, deed: More, by: str) -> list[Event]:
    return do(evening.session, deed, by, NOON, evening.new_token)


def refuses(evening: Evening, deed: More, by: str) -> str:
    before = state_of(evening.session)
    with pytest.raises(Refusal) as no:
        does(evening, deed, by)
    assert state_of(evening.session) == before
    return no.value.code


def speaker(evening: Evening) -> str | None:
    return evening.session.turn.person_id if evening.session.turn else None


def test_it_goes_on_and_returns_at_the_end_of_the_round() -> None:
    evening = an_evening()
    evening.goes_on()
    stale = evening.turn.token
    assert does(evening, More.COME_BACK, HOLDER) == [PiecePassed("ben", "ana", opens_round=False, lead=Lead.BACK_LATER)]
    with pytest.raises(Refusal, match=r"^round\.turn_is_over$"):
        evening.session.pass_piece(stale, "ana", NOON, evening.new_token)
    assert does(evening, More.SPOKE, "ben") == [PiecePassed("ana", "ben", opens_round=False, lead=Lead.THANKS)]
    assert does(evening, More.SPOKE, "ana") == [RoundAsked("ana", Lead.THANKS)]


def test_at_the_end_nobodys_turn_is_ended_before_the_circle_has_read_that_it_lasts() -> None:
    evening = an_evening()
    for _ in range(2):
        evening.goes_on()
    assert refuses(evening, More.COME_BACK, HOLDER) == "round.ends_here"
    evening.session.told_time = True
    assert does(evening, More.COME_BACK, HOLDER) == [RoundAsked(None, Lead.NOTHING)]
    again = an_evening()
    for _ in range(3):
        does(again, More.COME_BACK, HOLDER)  # everybody is put off once
    assert speaker(again) == HOLDER
    for person in ("ana", "ben", None):
        again.session.told_time = True
        does(again, More.COME_BACK, HOLDER)
        assert speaker(again) == person


def test_it_does_not_come_back_to_somebody_who_is_the_last_to_be_asked_now() -> None:
    evening = an_evening()
    step_out(evening.session, "ben", NOON, evening.new_token)
    evening.goes_on()
    evening.session.told_time = True
    assert does(evening, More.COME_BACK, HOLDER) == [RoundAsked(None, Lead.NOTHING)]


def test_only_the_holder_lets_the_piece_go_on_and_not_by_an_old_list() -> None:
    evening = an_evening()
    old = evening.turn.token
    assert refuses(evening, More.COME_BACK, "ana") == "session.only_holder"
    evening.goes_on()
    with pytest.raises(Refusal, match=r"^round\.turn_is_over$"):
        come_back_later(evening.session, old, HOLDER, NOON, evening.new_token)
    assert speaker(evening) == "ana"


def test_who_was_not_finished_gets_the_piece_back_and_whoever_has_it_is_next() -> None:
    evening = an_evening()
    evening.goes_on()
    stale = evening.turn.token
    told = take_up_again(evening.session, HOLDER, NOON, evening.new_token)
    assert told == [PiecePassed(HOLDER, HOLDER, opens_round=False, lead=Lead.NOT_FINISHED)]
    with pytest.raises(Refusal, match=r"^round\.turn_is_over$"):
        evening.session.pass_piece(stale, "ana", NOON, evening.new_token)
    assert refuses(evening, More.NOT_FINISHED, HOLDER) == "round.gone_on"
    evening.goes_on()
    assert speaker(evening) == "ana"
    assert evening.plays()[0] == ["ana", "ben"]


def test_only_the_last_speaker_was_not_finished_and_only_until_the_next_press() -> None:
    evening = an_evening()
    evening.goes_on()
    for person in ("ana", "ben"):
        assert refuses(evening, More.NOT_FINISHED, person) == "round.gone_on"
    does(evening, More.COME_BACK, HOLDER)
    assert refuses(evening, More.NOT_FINISHED, HOLDER) == "round.gone_on"


def test_the_last_of_a_round_was_not_finished_while_others_are_asked() -> None:
    evening = an_evening()
    for person in (HOLDER, "ana", "ben"):
        does(evening, More.SPOKE, person)
    assert evening.session.asking
    does(evening, More.NOT_FINISHED, "ben")
    assert speaker(evening) == "ben"
    assert does(evening, More.SPOKE, "ben") == [RoundAsked("ben", Lead.THANKS)]
    does(evening, More.TURN, "ana")
    assert refuses(evening, More.NOT_FINISHED, "ben") == "round.gone_on"


def test_a_come_back_and_an_unfinished_word_lose_nobody() -> None:
    evening = an_evening()
    does(evening, More.COME_BACK, HOLDER)  # the holder comes at the end
    does(evening, More.SPOKE, "ana")
    does(evening, More.NOT_FINISHED, "ana")
    heard = []
    while not evening.session.asking:
        heard.append(speaker(evening))
        does(evening, More.SPOKE, heard[-1] or "")
    assert heard == ["ana", "ben", HOLDER]


def test_each_may_ask_for_one_more_turn_after_the_round() -> None:
    evening = an_evening("cem")
    assert refuses(evening, More.TURN, "ana") == "round.not_asking"
    for person in (HOLDER, "ana", "ben"):
        does(evening, More.SPOKE, person)
    assert refuses(evening, More.TURN, "cem") == "round.for_speakers"
    assert refuses(evening, More.TURN, "a stranger") == "session.come_in_first"
    told = ask_for_turn(evening.session, "ana", NOON, evening.new_token)
    assert told == [PiecePassed("ana", None, opens_round=False)]
    assert refuses(evening, More.TURN, "ben") == "round.not_asking"
    does(evening, More.SPOKE, "ana")
    assert refuses(evening, More.TURN, "ana") == "round.had_another"


def test_when_all_have_had_another_turn_the_next_round_begins_by_itself() -> None:
    evening = an_evening()
    for _ in range(2):
        for person in (HOLDER, "ana", "ben"):
            if evening.session.asking:
                does(evening, More.TURN, person)
            told = does(evening, More.SPOKE, person)
    assert told == [PiecePassed("ana", "ben", opens_round=True, lead=Lead.THANKS)]


def test_after_the_last_round_it_closes_so() -> None:
    evening = begun(a_gathering([HOLDER, "ana", "ben"], [], 0))
    for _ in range(3):
        evening.goes_on()
    for _ in range(2):
        for person in ("ana", "ben", HOLDER):
            if evening.session.asking:
                does(evening, More.TURN, person)
            told = does(evening, More.SPOKE, person)
    assert told == [SessionClosed(HOLDER, held=True)]


def test_a_little_more_time_is_the_usual_time_once_more() -> None:
    evening = an_evening()
    due = next_moment(evening.session)
    take_more_time(evening.session, evening.turn.token, HOLDER)
    later = next_moment(evening.session)
    assert due is not None
    assert later is not None
    assert later[0] - due[0] == timedelta(minutes=4)
    assert refuses(evening, More.MORE_TIME, "ana") == "round.not_your_turn"
    evening.goes_on()
    assert evening.session.more_time == 0


@pytest.mark.parametrize(
    "deed", [More.SPOKE, More.PASS, More.COME_BACK, More.NOT_FINISHED, More.MORE_TIME, More.TELL_TIME]
)
def test_in_a_pause_the_piece_stays_where_it_is_and_has_no_time(deed: More) -> None:
    evening = an_evening()
    evening.goes_on()
    holding.pause(evening.session, "ben", NOON)
    by = {More.COME_BACK: HOLDER, More.NOT_FINISHED: HOLDER}.get(deed, "ana")
    assert refuses(evening, deed, by) == "round.in_pause"


def test_in_a_pause_nobody_gets_another_turn() -> None:
    evening = an_evening()
    for person in (HOLDER, "ana", "ben"):
        does(evening, More.SPOKE, person)
    does(evening, More.PAUSE, "ana")
    assert refuses(evening, More.TURN, "ana") == "round.in_pause"


@pytest.mark.parametrize("deed", [More.MORE_TIME, More.TELL_TIME, More.NOT_FINISHED, More.COME_BACK, More.TURN])
def test_before_the_rounds_and_after_the_closing_there_is_no_piece(deed: More) -> None:
    evening = Evening(a_gathering([HOLDER, "ana", "ben"], []))
    assert refuses(evening, deed, HOLDER) in {"round.turn_is_over", "round.gone_on", "round.for_speakers"}
    evening.session.close(HOLDER, NOON)
    assert refuses(evening, deed, HOLDER) in {"round.turn_is_over", "round.gone_on", "session.closed_already"}


def test_who_comes_late_speaks_after_whom_the_circle_comes_back_to() -> None:
    evening = an_evening()
    does(evening, More.COME_BACK, HOLDER)
    comes_in(evening.session, "dua")
    assert evening.plays()[0] == ["ana", "ben", HOLDER, "dua"]

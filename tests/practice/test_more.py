"""What **More...** offers: to each person what they can do now, and nothing else; test_any_evening.py tries it all."""

from datetime import datetime, timedelta

from bot.practice import holding
from bot.practice.more import More, offers
from bot.practice.session import Session

from .deeds import do
from .gathering import HOLDER, NOON, Evening, a_gathering, a_session, begun, comes_in, tokens

ALWAYS = [More.TOO_MUCH, More.STEP_OUT, More.GUARD, More.AGREEMENT, More.CARE]
ONCE_BEGUN = [More.TOO_MUCH, More.STEP_OUT, More.TRAVEL, More.GUARD, More.AGREEMENT, More.CARE]  # to who came to speak


def offered(session: Session, person: str, now: datetime = NOON) -> list[More]:
    return offers(session, person, now)


def a_slow_gathering(*people: str) -> Session:
    session = a_session()
    session.days = 3
    for person in people:
        comes_in(session, person)
    return session


def test_before_the_rounds_the_holder_begins_and_two_may_sit_together() -> None:
    session = a_session()
    assert offered(session, HOLDER) == [More.BEGIN, More.CLOSE]
    comes_in(session, HOLDER)
    comes_in(session, "ana")
    assert offered(session, HOLDER) == [More.BEGIN, More.TOGETHER, *ALWAYS, More.CLOSE]
    assert offered(session, "ana") == ALWAYS
    assert offered(session, "a stranger") == []


def test_of_two_who_sit_together_either_may_close() -> None:
    session = a_gathering([HOLDER, "ana"], [])
    holding.sit_together(session, HOLDER, NOON)
    assert offered(session, "ana") == [*ONCE_BEGUN, More.CLOSE]
    assert offered(session, HOLDER) == [More.BEGIN, *ONCE_BEGUN, More.CLOSE]


def test_the_speaker_passes_and_only_they_can_be_told_of_their_time_while_there_is_some() -> None:
    evening = begun(a_gathering(["ana", "ben", "cem"], [HOLDER]))
    of_turn = [More.SPOKE, More.PASS, More.MORE_TIME]
    rest = [More.PAUSE, *ONCE_BEGUN]
    assert offered(evening.session, "ana") == [*of_turn, More.TELL_TIME, *rest]
    assert offered(evening.session, "ana", NOON + timedelta(minutes=3)) == [*of_turn, *rest]
    assert offered(evening.session, "ben") == rest


def test_the_holder_lets_the_piece_go_on_or_goes_on_after_a_pause_and_a_round() -> None:
    evening = begun(a_gathering(["ana", "ben", "cem"], [HOLDER]))
    assert More.COME_BACK in offered(evening.session, HOLDER)
    holding.pause(evening.session, "ana", NOON)
    assert offered(evening.session, HOLDER)[0] is More.GO_ON
    assert More.COME_BACK not in offered(evening.session, HOLDER)
    assert More.SPOKE not in offered(evening.session, "ana")
    do(evening.session, More.GO_ON, HOLDER, NOON, tokens())
    for person in ("ana", "ben", "cem"):
        do(evening.session, More.SPOKE, person, NOON, tokens())
    assert offered(evening.session, HOLDER)[0] is More.GO_ON
    assert offered(evening.session, "cem")[:2] == [More.TURN, More.NOT_FINISHED]
    assert offered(evening.session, "ana")[0] is More.TURN


def test_a_pause_is_offered_twice_to_each() -> None:
    evening = begun(a_gathering([HOLDER, "ana", "ben"], []))
    for _ in range(2):
        assert More.PAUSE in offered(evening.session, "ana")
        holding.pause(evening.session, "ana", NOON)
        assert More.PAUSE not in offered(evening.session, "ben")
        holding.go_on(evening.session, HOLDER, NOON, tokens())
    assert More.PAUSE not in offered(evening.session, "ana")
    assert More.PAUSE in offered(evening.session, "ben")


def test_somebody_guards_until_they_don_t_and_meanwhile_nobody_else_is_asked() -> None:
    session = a_gathering([HOLDER, "ana"], [])
    holding.guard(session, "ana", wanted=True)
    assert More.GUARD_NOT in offered(session, "ana")
    assert {More.GUARD, More.GUARD_NOT}.isdisjoint(offered(session, HOLDER))


def test_a_slow_session_begins_by_itself_and_its_holder_may_go_on_early() -> None:
    session = a_slow_gathering(HOLDER, "ana")
    assert More.BEGIN not in offered(session, HOLDER)
    comes_in(session, "ben")
    assert offered(session, HOLDER)[0] is More.GO_ON
    assert offered(session, "ana") == ONCE_BEGUN
    assert offers(session, "ana", NOON + holding.SLOW_PATIENCE) == [More.HOLD, *ONCE_BEGUN]


def test_after_the_closing_nothing_is_offered() -> None:
    evening = Evening(a_gathering([HOLDER, "ana", "ben"], ["cem"]))
    evening.session.close(HOLDER, NOON)
    assert [offered(evening.session, person) for person in (HOLDER, "ana", "cem")] == [[], [], []]

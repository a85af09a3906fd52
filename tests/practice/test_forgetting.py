"""A session without somebody who was forgotten: no trace of them, and it isn't stuck."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.practice.events import HolderAwaited, OrderChanged
from bot.practice.forgetting import take_out
from bot.practice.holding import may_hold, take_hold
from bot.practice.round import Kind, Round
from bot.practice.seat import Seat, State
from bot.practice.session import Session

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def a_session(state: State, *, days: int | None = None) -> Session:
    """Ana holds and guards it; Ben is there too, and both have a turn in an open round."""
    session = Session("s", "t", "c", 1, "ana", 1, 4, NOW, days=days, state=state)
    session.seats = [Seat("ana", False, 0), Seat("ben", False, 1)]
    session.guardian_id = session.former_holder_id = "ana"
    if state is State.IN_ROUND:
        session.rounds = [Round(0, Kind.OPENING, "prompt")]
        for number, person in enumerate(("ana", "ben")):
            session.rounds[0].reach(person, lambda number=number: f"turn {number}")  # type: ignore[misc]
    return session


@pytest.mark.parametrize("days", [None, 3])
@pytest.mark.parametrize("state", State)
def test_nothing_in_it_is_theirs_any_more(state: State, days: int | None) -> None:
    session = a_session(state, days=days)
    take_out(session, "ana", "nobody", NOW)
    people = {
        session.holder_id,
        session.guardian_id,
        session.former_holder_id,
        *(seat.person_id for seat in session.seats),
    }
    people |= {turn.person_id for opened in session.rounds for turn in opened.turns}
    assert "ana" not in people
    assert session.holder_id == "nobody"


@pytest.mark.parametrize("days", [None, 3])
@pytest.mark.parametrize("state", [State.GATHERING, State.TOGETHER, State.IN_ROUND])
def test_whoever_is_present_can_hold_it_at_once(state: State, days: int | None) -> None:
    session = a_session(state, days=days)
    assert take_out(session, "ana", "nobody", NOW) == [HolderAwaited("nobody"), OrderChanged()]
    assert may_hold(session, "ben", NOW + timedelta(seconds=1))
    assert not may_hold(session, "cleo", NOW + timedelta(seconds=1))
    take_hold(session, "ben", NOW + timedelta(seconds=1))
    assert session.holder_id == "ben"


def test_of_one_that_is_closed_nothing_is_told() -> None:
    assert take_out(a_session(State.CLOSED), "ana", "nobody", NOW) == []


def test_without_somebody_who_does_not_hold_it_nothing_is_told() -> None:
    session = a_session(State.IN_ROUND)
    assert take_out(session, "ben", "nobody", NOW) == []
    assert (session.holder_id, session.guardian_id) == ("ana", "ana")

"""Stepping out of the order, and back into it."""

from datetime import datetime

from bot.practice.events import Event, Lead, OrderChanged
from bot.practice.refusals import Refusal
from bot.practice.round import NewToken
from bot.practice.seat import State
from bot.practice.session import Session


def step_out(
    session: Session, person_id: str, now: datetime, new_token: NewToken, *, leaves: bool = False
) -> list[Event]:
    """Give up one's place in the order; if this person had the piece it goes on, and nobody is thanked or asked.

    One can come back while the session lasts; who listens has no place to give up, and stays. Before the rounds the
    seat is free again, and so it is when one `leaves` the circle.
    """
    seat = session.seat_of(person_id)
    if leaves and session.former_holder_id == person_id:
        session.former_holder_id = None
    if seat is None or session.state is State.CLOSED:
        return []
    guarded = session.guardian_id == person_id
    if guarded:
        session.guardian_id = None
    if leaves or session.round is None:
        session.seats.remove(seat)
    seat.out = not seat.listening
    if session.round is None:
        return [OrderChanged()] if guarded else []
    if not session.speakers:
        return session.close_by_itself(now)
    had_piece = session.turn is not None and session.turn.person_id == person_id
    session.round.leave_out(person_id)
    if not had_piece or session.paused:
        return [OrderChanged()]
    return [OrderChanged(), *session.let_piece_go_on(None, Lead.NOTHING, now, new_token)]


def be_back(session: Session, person_id: str) -> list[Event]:
    """Somebody who stepped out is in the order again, from the next round on."""
    seat = session.expect_present(person_id)
    if not seat.out:
        raise Refusal("session.here_already")
    seat.out = False
    return [OrderChanged()]

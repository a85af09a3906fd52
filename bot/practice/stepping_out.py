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
    """Give up one's place in the order; if this person had the piece it goes on, and no line says so.

    One can come back while the session lasts, unless one `leaves` the circle. Before the rounds the seat is free again.
    """
    seat = session.seat_of(person_id)
    if seat is None or session.state is State.CLOSED:
        return []
    told: list[Event] = []
    if session.guardian_id == person_id:
        session.guardian_id = None
        told.append(OrderChanged())
    if session.round is None:
        session.seats.remove(seat)
        return told
    seat.out = True
    if leaves:
        seat.listening, seat.place = True, None
    had_piece = session.turn is not None and session.turn.person_id == person_id
    session.round.leave_out(person_id)
    if not session.speakers:
        return session.close_by_itself(now)
    if not had_piece or session.paused:
        return told
    return [*told, *session.let_piece_go_on(None, Lead.NOTHING, now, new_token)]


def be_back(session: Session, person_id: str) -> None:
    """Somebody who stepped out is in the order again, from the next round on."""
    seat = session.expect_present(person_id)
    if not seat.out:
        raise Refusal("session.here_already")
    seat.out = False

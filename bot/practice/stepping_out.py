"""Stepping out of the order, and back into it."""

from datetime import datetime

from bot.practice.events import CameIn, Event, Lead, OrderChanged
from bot.practice.refusals import Refusal
from bot.practice.round import NewToken
from bot.practice.seat import State
from bot.practice.session import Session


def step_out(
    session: Session, person_id: str, now: datetime, new_token: NewToken, *, leaves: bool = False
) -> list[Event]:
    """Give up one's place in the order; if this person had the piece it goes on, as after any turn.

    One stays present and can come back while the session lasts; who listens has no place to give up. Who `leaves` the
    circle has no seat any more.
    """
    seat = session.seat_of(person_id)
    if leaves and session.former_holder_id == person_id:
        session.former_holder_id = None
    if seat is None or session.state is State.CLOSED:
        return []
    told: list[Event] = []
    if session.guardian_id == person_id:
        session.guardian_id = None
        told.append(OrderChanged())
    if leaves:
        session.seats.remove(seat)
    seat.out = not seat.listening
    if session.round is None:
        return told
    if not session.speakers:
        return session.close_by_itself(now)
    had_piece = session.turn is not None and session.turn.person_id == person_id
    session.round.leave_out(person_id)
    if not had_piece or session.paused:
        return told
    return [*told, *session.let_piece_go_on(person_id, Lead.THANKS, now, new_token)]


def be_back(session: Session, person_id: str) -> list[Event]:
    """Somebody who stepped out is in the order again, from the next round on; no line says so.

    Should they have left the thread meanwhile, they are added to it again.
    """
    seat = session.expect_present(person_id)
    if not seat.out:
        raise Refusal("session.here_already")
    seat.out = False
    return [CameIn(person_id)]

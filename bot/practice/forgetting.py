"""A session without somebody who was forgotten: it goes on with the others (P9), and nothing in it leads to them."""

from datetime import datetime

from bot.practice.events import Event, HolderAwaited, OrderChanged
from bot.practice.holding import SLOW_PATIENCE
from bot.practice.seat import State
from bot.practice.session import Session


def take_out(session: Session, person_id: str, nobody: str, now: datetime) -> list[Event]:
    """Take every trace of a person out of a session, open or closed, after they stepped out of it.

    `nobody` is an id that leads to no one: from now on it stands where they held the session or had a turn, so that
    what is counted of the circle stays right. While it is open, whoever is present can hold it at once.
    """
    for seat in [seat for seat in session.seats if seat.person_id == person_id]:
        session.seats.remove(seat)
    for turn in [turn for opened in session.rounds for turn in opened.turns]:
        turn.person_id = nobody if turn.person_id == person_id else turn.person_id
    if session.guardian_id == person_id:
        session.guardian_id = None
    if session.former_holder_id == person_id:
        session.former_holder_id = None
    if session.holder_id != person_id:
        return []
    session.holder_id = nobody
    if session.state is State.CLOSED:
        return []
    session.awaited_since, session.hold_offered = now - SLOW_PATIENCE, True
    return [HolderAwaited(nobody), OrderChanged()]

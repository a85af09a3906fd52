"""Saying how far what one shares may travel (P3): each for themselves, aloud, and never asked for."""

from bot.practice.events import ShareTagged
from bot.practice.refusals import Refusal
from bot.practice.seat import State
from bot.practice.session import Session
from bot.practice.travel import Travel


def may_tag(session: Session, person_id: str) -> bool:
    """Whether it is this person's to say: they came to speak, and the rounds, or the sitting together, have begun.

    Whether they have spoken is never asked: of a turn nobody keeps whether it was passed (D1.3). Who stepped out of the
    order since may have shared before, and what they shared is still theirs.
    """
    seat = session.seat_of(person_id)
    return seat is not None and not seat.listening and session.state in {State.IN_ROUND, State.TOGETHER}


def tag(session: Session, person_id: str, travel: Travel) -> list[ShareTagged]:
    """Say how far one's own share may travel, until the session closes.

    Raises Refusal when they didn't come in or came to listen, it hasn't begun or is closed, or that stands already.
    """
    seat = session.expect_present(person_id)
    if seat.listening:
        raise Refusal("travel.listening")
    if not may_tag(session, person_id):
        raise Refusal("travel.not_begun")
    if seat.travel is travel:
        raise Refusal("travel.stays_already" if travel is Travel.STAYS else "travel.stands_already")
    changed, seat.travel = seat.travel is not Travel.STAYS, travel
    return [ShareTagged(person_id, travel, changed)]

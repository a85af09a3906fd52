"""What the talking piece can do besides going on: come back later, come back, and go round once more."""

from datetime import datetime

from bot.practice.events import Event, Lead
from bot.practice.refusals import Refusal
from bot.practice.round import NewToken
from bot.practice.session import Session


def come_back_later(session: Session, token: str, by: str, now: datetime, new_token: NewToken) -> list[Event]:
    """The holder lets the piece go on now; it returns to its speaker at the end of the round (D1.4).

    Raises Refusal when `by` doesn't hold the session, that turn is over, or there's a pause.
    """
    session.expect_holder(by)
    if session.round is None:
        raise Refusal("round.turn_is_over")
    speaker = session.round.expect_turn(token).person_id
    session.expect_no_pause()
    if session.round.ends_here and not session.told_time:
        raise Refusal("round.ends_here")  # nobody's turn is ended before the circle has read that it lasts
    later = session.round.come_back_later(token, new_token)
    lead = Lead.BACK_LATER if later else Lead.NOTHING
    return session.let_piece_go_on(speaker if later else None, lead, now, new_token)


def take_up_again(session: Session, by: str, now: datetime, new_token: NewToken) -> list[Event]:
    """**I wasn't finished**: the piece returns to who had it last. Raises Refusal once somebody has pressed since."""
    if session.round is None:
        raise Refusal("round.gone_on")
    session.expect_no_pause()
    session.round.take_up_again(by, new_token)
    return session.let_piece_go_on(by, Lead.NOT_FINISHED, now, new_token)


def ask_for_turn(session: Session, by: str, now: datetime, new_token: NewToken) -> list[Event]:
    """**I'd like a turn**, after everybody has had theirs; once a round for each who speaks (D1.3)."""
    session.expect_present(by)
    if session.round is None or by not in session.speakers:
        raise Refusal("round.for_speakers")
    if not session.asking:
        raise Refusal("round.not_asking")
    session.expect_no_pause()
    if by in session.round.asked_again:
        raise Refusal("round.had_another")
    session.round.reach(by, new_token, again=True)
    session.round.last = None
    return session.let_piece_go_on(None, Lead.NOTHING, now, new_token)


def take_more_time(session: Session, token: str, by: str) -> None:
    """**A little more time**: the usual time once more, before the circle reads that the piece is still there (D1.4).

    Raises Refusal when it isn't this person's turn, or there's a pause: after it the time begins anew.
    """
    if session.round is None:
        raise Refusal("round.turn_is_over")
    turn = session.round.expect_turn(token)
    if turn.person_id != by:
        raise Refusal("round.not_your_turn", speaker=turn.person_id)
    session.expect_no_pause()
    session.more_time += 1

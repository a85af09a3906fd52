"""Holding a session, and going on without whoever held it (P9); pauses, and who guards."""

from datetime import datetime, timedelta

from bot.practice.events import (
    Event,
    HoldTaken,
    HoldTakenBack,
    Lead,
    OrderChanged,
    Paused,
    PiecePassed,
    SatTogether,
    SessionBegan,
)
from bot.practice.refusals import Refusal
from bot.practice.round import NewToken
from bot.practice.seat import State
from bot.practice.session import FEWEST_FOR_ROUNDS, Session

PATIENCE = timedelta(minutes=5)
LONG_PATIENCE = timedelta(minutes=30)  # where nothing waits for the holder, but the circle may be stuck
SLOW_PATIENCE = timedelta(days=1)
PAUSES = 2  # a person and session


def waits_for_holder(session: Session) -> bool:
    """Whether nothing goes on without the holder: to begin, in a pause, or while the holder has the piece.

    A holder who came in waits with the others until three have come to speak.
    """
    if session.state is State.GATHERING:
        is_here = session.seat_of(session.holder_id) is not None
        return session.slow or not is_here or len(session.speakers) >= FEWEST_FOR_ROUNDS
    if session.paused:
        return True
    return session.turn is not None and session.turn.person_id == session.holder_id


def patience_with_holder(session: Session) -> timedelta:
    """How long a session waits for its holder before somebody else may hold it.

    Where nothing waits for the holder - somebody else's long turn, too few to begin - others may take over only much
    later, when both seem gone.
    """
    if session.slow:
        return SLOW_PATIENCE
    return PATIENCE if waits_for_holder(session) else LONG_PATIENCE


def may_hold(session: Session, person_id: str, now: datetime) -> bool:
    """Whether this person may take over: they are present, and the holder has been awaited long enough."""
    waited = session.awaited_since is not None and now >= session.awaited_since + patience_with_holder(session)
    return waited and session.seat_of(person_id) is not None and person_id != session.holder_id


def sit_together(session: Session, by: str, now: datetime) -> list[Event]:
    """Two sit together without rounds; it isn't counted. Raises Refusal unless `by` holds it and it hasn't begun."""
    session.expect_not_begun(by)
    if session.state is State.TOGETHER:
        raise Refusal("session.begun_already_holder")
    if len(session.seats) < FEWEST_FOR_ROUNDS - 1:
        raise Refusal("session.alone")
    session.state, session.began_at = State.TOGETHER, now
    session.wait_anew(now)
    return [SatTogether()]


def take_days(session: Session, by: str, days: int, now: datetime, new_token: NewToken) -> list[Event]:
    """Let each round last so many `days`, in any order, instead of taking turns (D1.6); before it has begun.

    With three who came to speak it begins at once. Raises Refusal unless `by` holds it, or when it is slow already.
    """
    session.expect_not_begun(by)
    if session.state is State.TOGETHER:
        raise Refusal("session.begun_already_holder")
    if session.slow:
        raise Refusal("session.slow_already")
    session.days = days
    if len(session.speakers) < FEWEST_FOR_ROUNDS:
        return [OrderChanged()]
    session.began_at, session.state = now, State.IN_ROUND
    return [SessionBegan(), *session.open_next_round(now, new_token)]


def take_hold(session: Session, by: str, now: datetime) -> list[Event]:
    """**I'll hold the circle**. Raises Refusal when `by` isn't present, holds it, or its holder isn't awaited."""
    session.expect_present(by)
    if by == session.holder_id:
        raise Refusal("session.you_hold_it")
    if not may_hold(session, by, now):
        raise Refusal("session.holder_is_there", holder=session.holder_id)
    former, session.holder_id = session.holder_id, by
    session.former_holder_id = former
    _await_anew(session, now)
    return [HoldTaken(by, former), OrderChanged()]


def take_hold_back(session: Session, by: str, now: datetime) -> list[Event]:
    """The former holder is back, before the next turn. Raises Refusal to everybody else, and later."""
    if session.state is State.CLOSED:
        raise Refusal("session.closed_already")
    if session.former_holder_id != by:
        raise Refusal("session.hold_is_taken", holder=session.holder_id)
    session.holder_id, session.former_holder_id = by, None
    _await_anew(session, now)
    return [HoldTakenBack(by), OrderChanged()]


def pause(session: Session, by: str, now: datetime) -> list[Event]:
    """Stop for a breath (D1.7): one pause at a time, two a person; the holder goes on."""
    seat = session.expect_present(by)
    if session.round is None or session.slow:
        raise Refusal("round.no_round")
    if session.paused:
        raise Refusal("round.paused_already")
    if seat.pauses >= PAUSES:
        raise Refusal("round.pauses_used", most=PAUSES)
    seat.pauses += 1
    session.wait_anew(now)
    session.paused, session.awaited_since = True, now
    return [Paused()]


def go_on(session: Session, by: str, now: datetime, new_token: NewToken) -> list[Event]:
    """The holder goes on: after a pause, after a round, or to the next round of a slow circle.

    Raises Refusal when `by` doesn't hold it, or nothing waits for them.
    """
    session.expect_holder(by)
    if session.round and session.paused:
        session.paused = False
        if session.turn is None:  # whoever would like a turn is still to be asked, or asked once more
            return session.let_piece_go_on(None, Lead.GOES_ON, now, new_token)
        session.wait_anew(now)
        return [PiecePassed(session.turn.person_id, None, opens_round=False, lead=Lead.GOES_ON)]
    if not (session.round and (session.asking or session.slow)):
        raise Refusal("session.nothing_waits")
    return session.open_next_round(now, new_token)


def guard(session: Session, by: str, *, wanted: bool) -> list[Event]:
    """**I'll guard tonight**, or not any more (D1.9). Raises Refusal while somebody else guards."""
    session.expect_present(by)
    if session.guardian_id not in {None, by}:
        raise Refusal("session.guarded", holder=session.guardian_id)
    session.guardian_id = by if wanted else None
    return [OrderChanged()]


def _await_anew(session: Session, now: datetime) -> None:
    session.hold_offered = False
    session.awaited_since = now if session.awaited_since or session.state is State.GATHERING else None

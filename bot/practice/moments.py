"""What time brings to a session. Time is soft: it never passes the piece (D1.4), and nothing waits for ever."""

from datetime import datetime, timedelta
from enum import StrEnum

from bot.practice.debrief import SAID_BEFORE_DELETION
from bot.practice.events import Event, HalfwayThrough, HolderAwaited, StillWith, ThreadGoes, ThreadGoesSoon
from bot.practice.holding import patience_with_holder, waits_for_holder
from bot.practice.refusals import Refusal
from bot.practice.round import NewToken
from bot.practice.seat import State
from bot.practice.session import Session

ASKING_LASTS = timedelta(minutes=2)
LONG_TURN = 2  # times the usual time
FORGOTTEN_AFTER = timedelta(days=1)  # without a step
SLOW_GATHERING_LASTS = timedelta(days=7)
GOES_UNTIL = timedelta(minutes=15)  # after the time that was said; later it is said anew


class Moment(StrEnum):
    """What the next moment of a session is."""

    STILL = "still"
    ASKED_ENOUGH = "asked_enough"
    HOLDER_AWAITED = "holder_awaited"
    HALFWAY = "halfway"
    ROUND_OVER = "round_over"
    FORGOTTEN = "forgotten"
    GOES_SOON = "goes_soon"
    GOES = "goes"


def next_moment(session: Session) -> tuple[datetime, Moment] | None:
    """When (UTC) time brings something next, and what; None once it is closed, and of a debrief once it is deleted."""
    return min(_moments(session), default=None)


def time_has_come(session: Session, now: datetime, new_token: NewToken) -> list[Event]:
    """What the time that has come by `now` brings; nothing, if it isn't time yet.

    Of several that have come meanwhile only the last brings something: nobody is reminded of what is over.
    """
    come = [moment for moment in _moments(session) if moment[0] <= now]
    if not come:
        return []
    match max(come)[1]:
        case Moment.STILL:
            assert session.turn is not None
            session.told_time = True
            session.awaited_since = now
            return [StillWith(session.turn.person_id)]
        case Moment.HOLDER_AWAITED:
            session.hold_offered = True
            return [HolderAwaited(session.holder_id)]
        case Moment.HALFWAY:
            session.told_time = True
            return [HalfwayThrough()]
        case Moment.ASKED_ENOUGH | Moment.ROUND_OVER:
            return session.open_next_round(now, new_token)
        case Moment.FORGOTTEN:
            return session.close_by_itself(now)
        case Moment.GOES_SOON:
            return clear(session, max(session.clears_at or now, now + SAID_BEFORE_DELETION))
        case Moment.GOES if session.clears_at and now > session.clears_at + GOES_UNTIL:
            return clear(session, now + SAID_BEFORE_DELETION)  # perhaps nobody could read it before
        case Moment.GOES:
            session.clears_at = None
            return [ThreadGoes()]


def clear(session: Session, at: datetime) -> list[Event]:
    """Say that the thread of a closed debrief is deleted `at` that time (UTC), and delete it then (D2.7)."""
    session.clears_at, session.told_time = at, True
    return [ThreadGoesSoon()]


def moment_to_tell(session: Session, token: str, by: str, now: datetime) -> datetime:
    """When (UTC) somebody is to be told that their time is nearly up (D1.4); only they are.

    Raises Refusal when it isn't this person's turn, there's a pause, or its usual time is nearly over already.
    """
    turn = session.round.expect_turn(token) if session.round else None
    if turn is None or turn.person_id != by:
        raise Refusal("round.turn_is_over")
    session.expect_no_pause()
    if nearly_up(session) <= now:
        raise Refusal("round.nearly_up_already")
    return nearly_up(session)


def nearly_up(session: Session) -> datetime:
    """When (UTC) about a minute of the usual time of this turn is left (D1.4)."""
    return usual_end(session) - timedelta(minutes=1)


def usual_end(session: Session) -> datetime:
    """When (UTC) the usual time of this turn is over, with the time its speaker asked for."""
    return began(session) + timedelta(minutes=session.minutes * (1 + session.more_time))


def slow_end(session: Session) -> datetime:
    """When (UTC) this round of days is over."""
    return began(session) + timedelta(days=session.days or 0)


def began(session: Session) -> datetime:
    """When (UTC) what is now began."""
    return session.since or session.opened_at


def _moments(session: Session) -> list[tuple[datetime, Moment]]:
    if session.state is State.CLOSED:
        return _of_closed(session)
    slow_gathering = session.slow and session.round is None
    moments = []
    if session.slow and session.round:
        moments.append((slow_end(session), Moment.ROUND_OVER))
        if not session.told_time:
            moments.append((began(session) + timedelta(days=session.days or 0) / 2, Moment.HALFWAY))
    else:
        lasts = SLOW_GATHERING_LASTS if slow_gathering else FORGOTTEN_AFTER
        moments.append((began(session) + lasts, Moment.FORGOTTEN))
    awaited_since = session.awaited_since if session.seats and not session.hold_offered else None
    if awaited_since and waits_for_holder(session):
        moments.append((awaited_since + patience_with_holder(session), Moment.HOLDER_AWAITED))
    if session.asking and not session.paused:
        moments.append((began(session) + ASKING_LASTS, Moment.ASKED_ENOUGH))
    elif session.turn and not session.paused and not session.told_time:
        twice = timedelta(minutes=session.minutes * (LONG_TURN + session.more_time))
        moments.append((began(session) + twice, Moment.STILL))
    return moments


def _of_closed(session: Session) -> list[tuple[datetime, Moment]]:
    if session.clears_at is None:
        return []
    if session.told_time:
        return [(session.clears_at, Moment.GOES)]
    return [(session.clears_at - SAID_BEFORE_DELETION, Moment.GOES_SOON)]

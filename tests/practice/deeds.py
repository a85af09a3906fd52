"""All that somebody can do in a session, by its name under **More...**; and what becomes of who is alone in one."""

from datetime import datetime, timedelta

from bot.practice import holding, piece
from bot.practice.events import Event
from bot.practice.moments import moment_to_tell, next_moment, time_has_come
from bot.practice.more import More, offers
from bot.practice.round import NewToken
from bot.practice.seat import State
from bot.practice.session import Session
from bot.practice.stepping_out import be_back, step_out
from bot.practice.tagging import tag
from bot.practice.travel import Travel

from .gathering import as_they_came

GOES_ON_BY = (More.HOLD, More.GO_ON, More.PASS, More.COME_BACK)  # what brings a session nearer to its end
MOST_STEPS = 1000


def do(session: Session, deed: More, by: str, now: datetime, new_token: NewToken) -> list[Event]:
    """Do it, on the turn that is open now; what happened."""
    token = session.turn.token if session.turn else "no turn"
    match deed:
        case More.SPOKE | More.PASS:
            return session.pass_piece(token, by, now, new_token)
        case More.MORE_TIME:
            piece.take_more_time(session, token, by)
        case More.TELL_TIME:
            moment_to_tell(session, token, by, now)
        case More.NOT_FINISHED:
            return piece.take_up_again(session, by, now, new_token)
        case More.TURN:
            return piece.ask_for_turn(session, by, now, new_token)
        case More.BEGIN:
            return session.begin(by, now, as_they_came, new_token)
        case More.TOGETHER:
            return holding.sit_together(session, by, now)
        case More.GO_ON:
            return holding.go_on(session, by, now, new_token)
        case More.COME_BACK:
            return piece.come_back_later(session, token, by, now, new_token)
        case More.HOLD:
            return holding.take_hold(session, by, now)
        case More.HOLD_BACK:
            return holding.take_hold_back(session, by, now)
        case More.PAUSE:
            return holding.pause(session, by, now)
        case More.STEP_OUT:
            return step_out(session, by, now, new_token)
        case More.BE_BACK:
            return be_back(session, by)
        case More.GUARD | More.GUARD_NOT:
            return holding.guard(session, by, wanted=deed is More.GUARD)
        case More.TRAVEL:
            return [*tag(session, by, another_way(session, by))]
        case More.CLOSE:
            return session.close(by, now)
        case More.TOO_MUCH | More.CARE:
            pass
    return []


def another_way(session: Session, person: str) -> Travel:
    """How far what they share may travel from now on: not as it stands."""
    ways, seat = list(Travel), session.seat_of(person)
    return ways[(ways.index(seat.travel) + 1) % len(ways)] if seat else Travel.CARRIED


def time_goes_by(session: Session, now: datetime, new_token: NewToken) -> list[list[Event]]:
    """What the time that has come brings, step by step, until nothing is due."""
    steps = []
    while (due := next_moment(session)) and due[0] <= now:
        steps.append(time_has_come(session, now, new_token))
        assert steps[-1]
        assert len(steps) < MOST_STEPS
    return steps


def goes_on_alone(session: Session, person: str, now: datetime, new_token: NewToken, *, may_close: bool) -> datetime:
    """Everybody else is gone for good: this one person does what is offered, or waits. When it is closed by then."""
    ways = (More.CLOSE, *GOES_ON_BY) if may_close else GOES_ON_BY
    for _ in range(MOST_STEPS):
        if session.state is State.CLOSED:
            return now
        offered = offers(session, person, now)
        way = next((way for way in ways if way in offered), None)
        if way:
            do(session, way, person, now, new_token)
        else:
            now = _until_something_comes(session, person, now)
            time_goes_by(session, now, new_token)
    raise AssertionError("it never closes")


def waits_alone(session: Session, now: datetime, new_token: NewToken) -> datetime:
    """Nobody is there any more and time goes by. When it is closed."""
    for _ in range(MOST_STEPS):
        due = next_moment(session)
        if due is None:
            return now
        now = max(now, due[0])
        time_goes_by(session, now, new_token)
    raise AssertionError("it never closes")


def _until_something_comes(session: Session, person: str, now: datetime) -> datetime:
    """The next moment, or when this person may hold it, which nothing announces if a speaker is gone too."""
    due = next_moment(session)
    assert due is not None
    moments = [due[0]]
    if session.awaited_since and session.seat_of(person) and person != session.holder_id:
        moments.append(session.awaited_since + holding.patience_with_holder(session))
    return max(now + timedelta(seconds=1), min(moments))

"""What one person can do besides, under **More...** in a session; it differs by person."""

from datetime import datetime
from enum import StrEnum

from bot.practice.holding import PAUSES, may_hold
from bot.practice.moments import nearly_up
from bot.practice.seat import State
from bot.practice.session import Session
from bot.practice.tagging import may_tag


class More(StrEnum):
    """A deed that **More...** can offer."""

    SPOKE = "spoke"
    PASS = "pass"
    MORE_TIME = "more-time"
    TELL_TIME = "tell-time"
    NOT_FINISHED = "not-finished"
    TURN = "turn"
    BEGIN = "begin"
    TOGETHER = "together"
    SLOW = "slow"
    GO_ON = "go-on"
    COME_BACK = "come-back"
    HOLD = "hold"
    HOLD_BACK = "hold-back"
    PAUSE = "pause"
    TOO_MUCH = "too-much"
    STEP_OUT = "step-out"
    BE_BACK = "be-back"
    TRAVEL = "travel"
    GUARD = "guard"
    GUARD_NOT = "guard-not"
    PROPOSE = "propose"
    AGREEMENT = "agreement"
    CARE = "care"
    CLOSE_LIST = "close-list"
    NEW_THREAD = "new-thread"
    CLOSE = "close"


def offers(session: Session, person_id: str, now: datetime, *, making: bool = False) -> list[More]:
    """What this person can do now, most likely first; `making` is whether lines of an agreement are being made."""
    if session.state is State.CLOSED:
        return []
    seat = session.seat_of(person_id)
    holds = session.holder_id == person_id
    found = _of_speaker(session, person_id, now) if seat else []
    if holds:
        found += _of_holder(session)
    if may_hold(session, person_id, now):
        found.append(More.HOLD)
    if session.former_holder_id == person_id:
        found.append(More.HOLD_BACK)
    if session.thread_lost and (seat or holds):
        found.append(More.NEW_THREAD)
    if seat:
        if session.round and not session.slow and not session.paused and seat.pauses < PAUSES:
            found.append(More.PAUSE)
        found.append(More.TOO_MUCH)
        if seat.out or session.round is None or not seat.listening:
            found.append(More.BE_BACK if seat.out else More.STEP_OUT)
        if may_tag(session, person_id):
            found.append(More.TRAVEL)
        if session.guardian_id in {None, person_id}:
            found.append(More.GUARD_NOT if session.guardian_id else More.GUARD)
        found += [More.PROPOSE, More.AGREEMENT] if making else [More.AGREEMENT]
        found.append(More.CARE)
    if holds and making and session.round:
        found.append(More.CLOSE_LIST)
    if holds or (session.state is State.TOGETHER and seat):
        found.append(More.CLOSE)
    return found


def _of_speaker(session: Session, person_id: str, now: datetime) -> list[More]:
    found: list[More] = []
    if session.round is None or session.paused:
        return found
    if session.turn and session.turn.person_id == person_id:
        found += [More.SPOKE, More.PASS, More.MORE_TIME]
        if now < nearly_up(session):
            found.append(More.TELL_TIME)
    elif session.asking and person_id in set(session.speakers) - session.round.asked_again:
        found.append(More.TURN)
    if session.round.last_speaker == person_id:
        found.append(More.NOT_FINISHED)
    return found


def _of_holder(session: Session) -> list[More]:
    if session.round is None:
        begin = [] if session.slow else [More.BEGIN]
        if session.debrief and session.state is State.GATHERING and not session.slow:
            begin.append(More.SLOW)
        return [*begin, More.TOGETHER] if session.state is State.GATHERING and len(session.seats) > 1 else begin
    if session.paused or session.asking or session.slow:
        return [More.GO_ON]
    can_go_on = session.turn and (session.told_time or not session.round.ends_here)
    return [More.COME_BACK] if can_go_on else []

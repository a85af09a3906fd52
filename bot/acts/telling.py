"""What others must see of a session: written as waiting rows, in the transaction of the deed that caused it."""

from datetime import timedelta
from typing import Any

from bot import vault
from bot.practice.circle import Circle
from bot.practice.events import (
    CameIn,
    Event,
    HalfwayThrough,
    HolderAwaited,
    HoldTaken,
    HoldTakenBack,
    OrderChanged,
    Paused,
    PiecePassed,
    RoundAsked,
    SatTogether,
    SessionBegan,
    SessionClosed,
    SlowRoundOpened,
    StillWith,
)
from bot.practice.moments import next_moment, slow_end
from bot.practice.seat import State
from bot.practice.session import SEATS_KEPT, Session
from bot.store.rows import Notice
from bot.store.unit import Unit

ARCHIVED_AFTER = timedelta(days=1)
THREAD_LASTS = timedelta(days=7)
OF_HOLDING = frozenset({"session.awaits", "session.hold", "session.hold_back"})


async def tell(unit: Unit, session: Session, events: list[Event]) -> None:
    """Write what others must see of these events: at most one new public message. What is spent goes, after it."""
    standing = await unit.all(Notice, session_id=session.id)
    for event in events:
        match event:
            case CameIn(person):
                await unit.waiting.write("add", session.id, session=session.id, people=[person])
            case SessionBegan() | SatTogether() | OrderChanged():
                await refresh(unit, session)
            case PiecePassed():
                await _tell_turn(unit, session, event)
            case RoundAsked(before, lead):
                await stand(unit, session, "round.asked", [before] if before else [], before=before, lead=lead.value)
            case SlowRoundOpened():
                await _tell_slow_round(unit, session)
            case HalfwayThrough():
                await stand(unit, session, "round.halfway", [], until=slow_end(session).timestamp())
            case Paused():
                await stand(unit, session, "round.pause", [])
            case StillWith(speaker):
                await stand(unit, session, "round.still", [speaker])
            case HolderAwaited(holder):
                await stand(unit, session, "session.awaits", [holder])
            case HoldTaken(holder, former):
                await stand(unit, session, "session.hold", [holder, former])
            case HoldTakenBack(holder):
                await stand(unit, session, "session.hold_back", [holder])
            case SessionClosed():
                await _tell_closed(unit, session, event)
        await _let_go(unit, session, event, standing)
    await arm(unit, session)


async def stand(unit: Unit, session: Session, kind: str, people: list[str], **facts: Any) -> None:
    """Post a message into the thread that is deleted when its time is over."""
    notice = Notice(vault.new_token(), session.id, kind)
    unit.add(notice)
    await unit.waiting.write(
        "post", session.id, kind=kind, people=people, mark=["notice", notice.token], **common(session),
        language=await _language(unit, session), **facts,
    )  # fmt: skip


async def refresh(unit: Unit, session: Session) -> None:
    """Let the thread's first message say what is true now: who holds it, who guards, in which order."""
    if session.state is State.CLOSED:
        return
    kind = {State.GATHERING: "session.waiting", State.TOGETHER: "session.together"}.get(session.state, "session.begun")
    if session.slow and kind == "session.begun":
        kind = "session.begun_slow"
    people = [session.holder_id, *session.speakers, *([session.guardian_id] if session.guardian_id else [])]
    await unit.waiting.write(
        "edit", session.id, kind=kind, message="waiting", people=list(dict.fromkeys(people)), holder=session.holder_id,
        order=session.speakers, guardian=session.guardian_id, **common(session),
        language=await _language(unit, session),
    )  # fmt: skip


async def arm(unit: Unit, session: Session) -> None:
    """Let the session's one next moment wait; the one that waited before is over."""
    if session.moment:
        await unit.waiting.done(session.moment)
    coming = next_moment(session)
    wait = max(coming[0] - unit.now, timedelta()) if coming else None
    session.moment = (
        None if wait is None else await unit.waiting.write("moment", session.id, after=wait, session=session.id)
    )


async def hush(unit: Unit, session: Session) -> None:
    """Nobody is told of the time of a turn that is over."""
    if session.whisper:
        await unit.waiting.done(session.whisper)
        session.whisper = None


def common(session: Session) -> dict[str, Any]:
    """The facts that every row of a session carries."""
    return {
        "circle": session.circle_id,
        "session": session.id,
        "token": session.token,
        "number": session.number,
        "slow": session.slow,
    }


async def _let_go(unit: Unit, session: Session, event: Event, standing: list[Notice]) -> None:
    match event:
        case PiecePassed() | RoundAsked() | SlowRoundOpened() | SessionClosed():
            spent = list(standing)
            await hush(unit, session)
        case HoldTaken() | HoldTakenBack():
            spent = [notice for notice in standing if notice.kind in OF_HOLDING]
        case Paused():
            spent = []
            await hush(unit, session)  # the time of this turn begins anew when the circle goes on
        case _:
            spent = []
    for notice in spent:
        standing.remove(notice)
        await unit.delete(notice)
        if notice.message_id:  # one that is still on its way is deleted on arrival
            await unit.waiting.write("unsay", session.id, session=session.id, message=notice.message_id)


async def _tell_turn(unit: Unit, session: Session, event: PiecePassed) -> None:
    opened = session.round
    assert opened is not None
    assert opened.turn is not None
    order = opened.order if event.opens_round else []
    before = [event.before] if event.before else []
    await stand(
        unit, session, "round.turn", list(dict.fromkeys([event.speaker, *before, *order])), speaker=event.speaker,
        before=event.before, lead=event.lead.value, order=order, prompt=opened.prompt, round=opened.kind.value,
        turn=opened.turn.token, minutes=session.minutes,
    )  # fmt: skip


async def _tell_slow_round(unit: Unit, session: Session) -> None:
    assert session.round is not None
    await stand(
        unit, session, "round.slow", [], prompt=session.round.prompt, round=session.round.kind.value,
        until=slow_end(session).timestamp(),
    )  # fmt: skip


async def _tell_closed(unit: Unit, session: Session, event: SessionClosed) -> None:
    circle = await unit.one(Circle, id=session.circle_id)
    assert isinstance(circle, Circle)
    circle.sessions_held += event.held
    await _forget_seats(unit, circle)
    facts: dict[str, Any] = {**common(session), "language": circle.language}
    await unit.waiting.write(
        "post", session.id, kind="session.closed", before=event.before, held=event.held,
        people=[event.before] if event.before else [], channel_hint=circle.channel_id,
        deleted_at=(unit.now + THREAD_LASTS).timestamp(), **facts,
    )  # fmt: skip
    await unit.waiting.write(
        "edit", session.id, kind="session.invitation_over", message="invitation", channel=circle.channel_id, **facts
    )
    await unit.waiting.write("archive", session.id, after=ARCHIVED_AFTER, session=session.id)
    await unit.waiting.write("delete", session.id, after=THREAD_LASTS, session=session.id)


async def _forget_seats(unit: Unit, circle: Circle) -> None:
    """Who was present is known of the last sessions that were held, and of no other."""
    sessions: list[Session] = await unit.all(Session, circle_id=circle.id, state=State.CLOSED)
    held = sorted((session for session in sessions if session.held), key=lambda session: session.number)
    for session in sessions:
        if session not in held[-SEATS_KEPT:]:
            session.seats.clear()


async def _language(unit: Unit, session: Session) -> str:
    circle = await unit.one(Circle, id=session.circle_id)
    assert isinstance(circle, Circle)
    return circle.language

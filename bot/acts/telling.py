"""What others must see of a session: written as waiting rows, in the transaction of the deed that caused it."""

from datetime import timedelta
from typing import Any

from bot import vault
from bot.acts import clearing, guardian, past, rota
from bot.acts.agreement import take_reminder
from bot.acts.aloud import asked, read_aloud
from bot.acts.wave import fall_due
from bot.practice.circle import Circle, Membership
from bot.practice.events import (
    CameIn,
    Event,
    HalfwayThrough,
    HolderAwaited,
    HoldTaken,
    HoldTakenBack,
    Lead,
    OrderChanged,
    Paused,
    PiecePassed,
    RoundAsked,
    SatTogether,
    SessionBegan,
    SessionClosed,
    SlowRoundOpened,
    StillWith,
    ThreadGoes,
    ThreadGoesSoon,
)
from bot.practice.moments import next_moment, slow_end
from bot.practice.round import Kind
from bot.practice.seat import State
from bot.practice.session import Session
from bot.store.rows import Notice
from bot.store.unit import Unit

ARCHIVED_AFTER = timedelta(days=1)
OVER_AT_ONCE = (
    "session.you_hold", "schedule.you_hold", "schedule.still_open", "session.needs", "session.thread_gone",
    "debrief.you_hold", "debrief.running_still",
)  # fmt: skip
WRITE_TO = "session.write_to"  # who asked for that is still looked after the day after
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
                assert session.round is not None
                await stand(
                    unit, session, "round.asked", [session.holder_id, *([before] if before else [])], before=before,
                    lead=lead.value, holder=session.holder_id, last=session.round.kind is Kind.CLOSING,
                    reminder=await take_reminder(unit, session),
                )  # fmt: skip
            case SlowRoundOpened():
                await _tell_slow_round(unit, session)
            case HalfwayThrough():
                await stand(unit, session, "round.halfway", [], until=slow_end(session).timestamp())
            case Paused():
                await stand(unit, session, "round.pause", [session.holder_id])
            case StillWith(speaker):
                await stand(unit, session, "round.still", [speaker])
            case HolderAwaited(holder):
                await stand(unit, session, "session.awaits", [holder])
            case HoldTaken(holder, former):
                await stand(unit, session, "session.hold", [holder, former])
                await invite_anew(unit, session)
            case HoldTakenBack(holder):
                await stand(unit, session, "session.hold_back", [holder])
                await invite_anew(unit, session)
            case SessionClosed():
                await _tell_closed(unit, session, event)
            case ThreadGoesSoon():
                await clearing.say_it_goes(unit, session, common(session))
            case ThreadGoes():
                await unit.waiting.write("delete", session.id, session=session.id)
        await _let_go(unit, session, event, standing)
    await arm(unit, session)


async def post_opening(unit: Unit, session: Session, circle: Circle) -> None:
    """Make the private thread, and put its first message there."""
    facts = {**common(session), "language": circle.language}
    await unit.waiting.write("thread", session.id, channel=circle.channel_id, **facts)
    await unit.waiting.write("post", session.id, mark=["waiting", session.id], **first_message(session), **facts)


async def retell(unit: Unit, session: Session) -> None:
    """Say once more, in a new thread, where the session stands."""
    if session.round is None:
        await tell(unit, session, [])
    elif session.slow:
        await tell(unit, session, [SlowRoundOpened()])
    elif session.paused:
        await tell(unit, session, [Paused()])
    elif session.turn:
        goes_on = PiecePassed(session.turn.person_id, None, opens_round=False, lead=Lead.GOES_ON)
        await tell(unit, session, [goes_on])
    else:
        await tell(unit, session, [RoundAsked(None)])


async def stand(unit: Unit, session: Session, kind: str, people: list[str], **facts: Any) -> None:
    """Post a message into the thread that is deleted when its time is over."""
    notice = Notice(vault.new_token(), session.id, kind)
    unit.add(notice)
    await unit.waiting.write(
        "post", session.id, kind=kind, people=people, mark=["notice", notice.token], **common(session),
        language=(await _circle(unit, session)).language, **facts,
    )  # fmt: skip


async def refresh(unit: Unit, session: Session) -> None:
    """Let the thread's first message say what is true now: who holds it, who guards, in which order."""
    if session.state is not State.CLOSED:
        await unit.waiting.write(
            "edit", session.id, message="waiting", language=(await _circle(unit, session)).language,
            **first_message(session), **common(session),
        )  # fmt: skip


async def invite_anew(unit: Unit, session: Session) -> None:
    """Whoever reads the invitation asks for the one who holds it now."""
    circle = await _circle(unit, session)
    await unit.waiting.write("edit", session.id, message="invitation", **invitation(session, circle))


async def drop_notes(unit: Unit, session: Session, *kinds: str) -> None:
    """Notes about a session that is over wait for nobody any more."""
    members = [member.person_id for member in await unit.all(Membership, circle_id=session.circle_id)]
    there = [seat.person_id for seat in session.seats]
    for person in dict.fromkeys([session.holder_id, *members, *there]):
        for kind in kinds:
            await unit.waiting.drop_of(person, kind=kind, session=session.id)


def first_message(session: Session) -> dict[str, Any]:
    """What the thread's first message has to say now."""
    kind = {State.GATHERING: "session.waiting", State.TOGETHER: "session.together"}.get(session.state, "session.begun")
    if session.slow and kind == "session.begun":
        kind = "session.begun_slow"
    order = session.drawn or session.speakers
    people = [session.holder_id, *order, *([session.guardian_id] if session.guardian_id else [])]
    return {
        "kind": kind,
        "people": list(dict.fromkeys(people)),
        "holder": session.holder_id,
        "order": order,
        "guardian": session.guardian_id,
    }


def invitation(session: Session, circle: Circle) -> dict[str, Any]:
    """What the message in the circle's channel has to say: that it is open, and who holds it now."""
    return {
        "kind": "debrief.invitation" if session.debrief else "session.invitation",
        "channel": circle.channel_id,
        "people": [session.holder_id],
        "holder": session.holder_id,
        "begun": session.round is not None,
        "at": session.begins_at.timestamp() if session.begins_at else None,
        "language": circle.language,
        **common(session),
    }


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
        "debrief": session.debrief.value if session.debrief else None,
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
    read = await read_aloud(unit, session, event.opens_round)
    named = [event.speaker, event.before, read["farewell"], *order]
    await stand(
        unit, session, "round.turn", [person for person in dict.fromkeys(named) if person], speaker=event.speaker,
        before=event.before, lead=event.lead.value, order=order, round=opened.kind.value,
        turn=opened.turn.token, minutes=session.minutes, **await asked(unit, session), **read,
    )  # fmt: skip


async def _tell_slow_round(unit: Unit, session: Session) -> None:
    assert session.round is not None
    read = await read_aloud(unit, session, opens_round=True)
    await stand(
        unit, session, "round.slow", [read["farewell"]] if read["farewell"] else [],
        round=session.round.kind.value, until=slow_end(session).timestamp(), **await asked(unit, session), **read,
    )  # fmt: skip


async def _tell_closed(unit: Unit, session: Session, event: SessionClosed) -> None:
    circle = await _circle(unit, session)
    await drop_notes(unit, session, *OVER_AT_ONCE)
    room = "debrief" if session.debrief else "session"
    thread_lasts = timedelta(days=circle.debrief_days if session.debrief else circle.thread_days)
    facts: dict[str, Any] = {**common(session), "language": circle.language, "held": event.held}
    facts |= {"before": event.before, "people": [event.before] if event.before else []}
    if session.debrief:
        facts |= await clearing.keep_nothing(unit, circle, session, held=event.held, thread_lasts=thread_lasts)
    else:
        circle.sessions_held += event.held
        await past.forget(unit, circle)
        await rota.closed(unit, circle, session.number, held=event.held)
        if event.held and event.guardian:
            await guardian.offer_next(unit, circle, event.guardian)
        facts["offers_checkins"] = circle.token if event.held and circle.sessions_held == 1 else None
        await unit.waiting.write("delete", session.id, after=thread_lasts, session=session.id)
    await unit.waiting.write(
        "post", session.id, kind=f"{room}.closed", channel_hint=circle.channel_id,
        reminder=await take_reminder(unit, session), deleted_at=(unit.now + thread_lasts).timestamp(), **facts,
    )  # fmt: skip
    await unit.waiting.write(
        "edit", session.id, kind=f"{room}.invitation_over", message="invitation", channel=circle.channel_id,
        language=circle.language, **common(session),
    )  # fmt: skip
    if event.held and (not session.debrief or circle.debriefs_count):
        await fall_due(unit, circle)
    await unit.waiting.write("archive", session.id, after=ARCHIVED_AFTER, session=session.id)


async def _circle(unit: Unit, session: Session) -> Circle:
    circle = await unit.one(Circle, id=session.circle_id)
    assert isinstance(circle, Circle)
    return circle

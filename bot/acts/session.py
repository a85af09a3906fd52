"""Sessions: opened, come into, begun, closed."""

from dataclasses import dataclass
from typing import Any

from bot import vault
from bot.acts import Presser
from bot.acts.circle import expect_facilitator, find, present_membership, row_of, running_session
from bot.acts.pausing import expect_not_paused
from bot.practice.circle import Circle, Membership
from bot.practice.events import Event, PiecePassed, SessionBegan, SessionClosed
from bot.practice.refusals import Refusal
from bot.practice.round import Turn
from bot.practice.session import MOST_THEME_ROUNDS, SEATS_KEPT, Session, State
from bot.store.unit import Unit

SHORTEST_TURN, LONGEST_TURN, USUAL_TURN = 1, 10, 4


@dataclass(frozen=True)
class Opened:
    """A session that is being prepared: its number and the circle's channel."""

    number: int
    channel_id: int


@dataclass(frozen=True)
class Arrival:
    """What somebody is told before they come in: who is here (Discord ids), and where."""

    token: str
    channel_id: int
    thread_id: int | None
    speaking: list[int]
    listening: list[int]
    is_holder: bool
    may_begin: bool
    turn: str | None


async def open_session(
    unit: Unit, by: Presser, *, named: str | None, rounds: int | None = None, minutes: int | None = None
) -> Opened:
    """Open a session: a private thread, its waiting message, then the invitation in the circle's channel.

    Whoever opens it holds it. `rounds` are theme rounds (0 to 3); `minutes` a turn (1 to 10). Raises Refusal when
    `by` doesn't facilitate the circle, a session is open already, or a number is out of range.
    """
    circle = await find(unit, by, named)
    membership = await expect_facilitator(unit, by, circle)
    if await running_session(unit, circle):
        raise Refusal("session.open_already")
    themes = 1 if rounds is None else rounds
    if themes == 0:
        raise Refusal("session.agreement_first")
    if not 0 < themes <= MOST_THEME_ROUNDS:
        raise Refusal("session.rounds_range", most=MOST_THEME_ROUNDS)
    if minutes is not None and not SHORTEST_TURN <= minutes <= LONGEST_TURN:
        raise Refusal("session.time_range", fewest=SHORTEST_TURN, most=LONGEST_TURN)
    circle.sessions_opened += 1
    session = Session(
        vault.new_token(), vault.new_token(), circle.id, circle.sessions_opened, membership.person_id, themes,
        minutes or USUAL_TURN, unit.now,
    )  # fmt: skip
    unit.add(session)
    common: dict[str, Any] = {
        "circle": circle.id,
        "session": session.id,
        "token": session.token,
        "number": session.number,
        "language": circle.language,
    }
    people = [session.holder_id]
    await unit.waiting.write("thread", session.id, channel=circle.channel_id, **common)
    await unit.waiting.write(
        "post", session.id, kind="session.waiting", people=people, mark=["waiting", session.id], **common
    )
    await unit.waiting.write(
        "post", session.id, kind="session.invitation", channel=circle.channel_id, people=people,
        mark=["invitation", session.id], **common,
    )  # fmt: skip
    return Opened(session.number, circle.channel_id)


async def come_in(unit: Unit, by: Presser, token: str, *, listening: bool) -> Arrival:
    """Take a seat; Discord then adds the person to the thread."""
    session = await by_token(unit, token)
    person_id = await expect_member(unit, by, session)
    await expect_not_paused(unit, session, person_id)
    if session.come_in(person_id, listening):
        await unit.waiting.write("add", session.id, session=session.id, people=[person_id])
    return await arrival(unit, session, person_id)


async def look(unit: Unit, by: Presser, token: str) -> Arrival:
    """What **More...** offers this person."""
    session = await by_token(unit, token)
    return await arrival(unit, session, await expect_member(unit, by, session))


async def begin(unit: Unit, by: Presser, token: str) -> Arrival:
    """Begin: the order is drawn and the check-in round opens."""
    session = await by_token(unit, token)
    person_id = await expect_member(unit, by, session)
    events = session.begin(person_id, unit.now, unit.shuffle, vault.new_token)
    await tell(unit, session, events)
    return await arrival(unit, session, person_id)


async def close(unit: Unit, by: Presser, token: str) -> None:
    """Close early; the holder's deed."""
    session = await by_token(unit, token)
    person_id = await expect_member(unit, by, session)
    open_turn = session.round.turn if session.round else None
    events = session.close(person_id, unit.now)
    await tell(unit, session, events)
    await unsay(unit, session, open_turn)


async def step_out(unit: Unit, circle: Circle, person_id: str) -> None:
    """Let somebody out of the circle's open session, because they leave the circle."""
    session = await running_session(unit, circle)
    if session:
        spent = session.round.turn if session.round else None
        events = session.step_out(person_id, unit.now, vault.new_token)
        await tell(unit, session, events)
        if events:
            await unsay(unit, session, spent)


async def lose_thread(unit: Unit, session_id: str) -> None:
    """A session whose thread is gone from Discord is closed, and isn't counted as held."""
    session = await unit.one(Session, id=session_id)
    if isinstance(session, Session):
        session.close_without_thread(unit.now)


async def by_token(unit: Unit, token: str) -> Session:
    """The session a message belongs to. Raises Refusal when it is gone or of another server."""
    session = await unit.one(Session, token=token)
    if not isinstance(session, Session) or not await unit.one(Circle, id=session.circle_id, server_id=unit.server_id):
        raise Refusal("session.gone")
    return session


async def unsay(unit: Unit, session: Session, spent: Turn | None) -> None:
    """Let the message of a spent turn be deleted; one that is still on its way is deleted on arrival."""
    if spent and spent.message_id:
        await unit.waiting.write("unsay", session.id, session=session.id, message=spent.message_id)


async def tell(unit: Unit, session: Session, events: list[Event]) -> None:
    """Write what others must see of these events: at most one new public message."""
    circle = await unit.one(Circle, id=session.circle_id)
    assert isinstance(circle, Circle)
    facts: dict[str, Any] = {"session": session.id, "token": session.token, "language": circle.language}
    for event in events:
        match event:
            case SessionBegan():
                await unit.waiting.write(
                    "edit", session.id, kind="session.begun", message="waiting", people=session.speakers, **facts
                )
            case PiecePassed():
                await _tell_turn(unit, session, event, facts)
            case SessionClosed():
                circle.sessions_held += event.held
                await _forget_seats(unit, circle)
                await unit.waiting.write(
                    "post", session.id, kind="session.closed", before=event.before, held=event.held,
                    people=[event.before] if event.before else [], channel_hint=circle.channel_id, **facts,
                )  # fmt: skip


async def _forget_seats(unit: Unit, circle: Circle) -> None:
    """Who was present is known of the last sessions that were held, and of no other."""
    sessions: list[Session] = await unit.all(Session, circle_id=circle.id, state=State.CLOSED)
    held = sorted((session for session in sessions if session.held), key=lambda session: session.number)
    for session in sessions:
        if session not in held[-SEATS_KEPT:]:
            session.seats.clear()


async def _tell_turn(unit: Unit, session: Session, event: PiecePassed, facts: dict[str, Any]) -> None:
    opened = session.round
    assert opened is not None
    assert opened.turn is not None
    order = opened.order if event.opens_round else []
    before = [event.before] if event.before else []
    await unit.waiting.write(
        "post", session.id, kind="round.turn", people=list(dict.fromkeys([event.speaker, *before, *order])),
        speaker=event.speaker, before=event.before, order=order, prompt=opened.prompt, round=opened.kind.value,
        turn=opened.turn.token, minutes=session.minutes, mark=["turn", opened.turn.token], **facts,
    )  # fmt: skip


async def membership(unit: Unit, by: Presser, session: Session) -> Membership | None:
    """The membership of `by` in the circle of this session, if there is one."""
    return await present_membership(unit, by, session.circle_id)


async def expect_member(unit: Unit, by: Presser, session: Session) -> str:
    """The id of `by`. Raises Refusal when they aren't a member of the circle."""
    found = await row_of(unit, by, session.circle_id)
    if found is None:
        raise Refusal("session.members_only")
    if by.came_anew(found.came_at):
        raise Refusal("circle.was_away")
    return found.person_id


async def arrival(unit: Unit, session: Session, person_id: str) -> Arrival:
    """What this person is told of the session, and what they can do in it."""
    circle = await unit.one(Circle, id=session.circle_id)
    turn = session.round.turn if session.round else None
    return Arrival(
        session.token,
        circle.channel_id if isinstance(circle, Circle) else 0,
        session.thread_id,
        [await unit.people.address(person) for person in session.speakers],
        [await unit.people.address(person) for person in session.listeners],
        session.holder_id == person_id,
        session.holder_id == person_id and session.state is State.GATHERING,
        turn.token if turn and turn.person_id == person_id else None,
    )

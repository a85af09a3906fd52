"""Sessions: opened, come into, begun, closed."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from bot import vault
from bot.acts import Presser
from bot.acts.circle import expect_facilitator, find, running_session
from bot.acts.telling import common, tell
from bot.practice import stepping_out
from bot.practice.circle import Circle, Membership
from bot.practice.more import More, offers
from bot.practice.prompts import SETS, sets_for
from bot.practice.refusals import Refusal
from bot.practice.seat import State
from bot.practice.session import FEWEST_FOR_ROUNDS, MOST_THEME_ROUNDS, SPLIT_FROM, Session
from bot.store.unit import Unit

SHORTEST_TURN, LONGEST_TURN, USUAL_TURN = 1, 10, 4  # minutes
SHORTEST_SLOW, LONGEST_SLOW, USUAL_SLOW = 1, 7, 3  # days a round


@dataclass(frozen=True)
class Opened:
    """A session that is being prepared: its number, the circle's channel, and whether it is slow."""

    number: int
    channel_id: int
    slow: bool


@dataclass(frozen=True)
class Arrival:
    """What somebody is told of a session: who is here (Discord ids), where, and what they can do in it."""

    token: str
    channel_id: int
    thread_id: int | None
    speaking: list[int]
    listening: list[int]
    is_holder: bool
    offers: list[More]
    turn: str | None
    slow: bool


@dataclass(frozen=True)
class Beginning:
    """Whether it began; if not, how many came to speak, and what their round would take in minutes."""

    began: bool
    speakers: int = 0
    minutes: int = 0


async def open_session(
    unit: Unit, by: Presser, *, named: str | None, rounds: int | None = None, time: int | None = None,
    slow: bool = False, prompts: str | None = None,
) -> Opened:  # fmt: skip
    """Open a session: a private thread, its waiting message, then the invitation in the circle's channel.

    Whoever opens it holds it. `rounds` are theme rounds (0 to 3); `time` is minutes a turn (1 to 10), or days a round
    (1 to 7) if it is `slow`; `prompts` names a set. Raises Refusal when `by` doesn't facilitate the circle, a session
    is open already, or something is out of range.
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
    expect_time(time, slow=slow)
    if prompts is not None and prompts not in SETS:
        raise Refusal("session.no_such_prompts")
    circle.sessions_opened += 1
    session = Session(
        vault.new_token(), vault.new_token(), circle.id, circle.sessions_opened, membership.person_id, themes,
        USUAL_TURN if slow or time is None else time, unit.now, days=(time or USUAL_SLOW) if slow else None,
        prompt_set=prompts,
    )  # fmt: skip
    unit.add(session)
    await unit.waiting.write(
        "thread", session.id, channel=circle.channel_id, language=circle.language, **common(session)
    )
    facts: dict[str, Any] = {
        **common(session), "language": circle.language, "people": [session.holder_id], "holder": session.holder_id,
    }  # fmt: skip
    await unit.waiting.write("post", session.id, kind="session.waiting", mark=["waiting", session.id], **facts)
    await unit.waiting.write(
        "post", session.id, kind="session.invitation", channel=circle.channel_id, mark=["invitation", session.id],
        **facts,
    )  # fmt: skip
    await tell(unit, session, [])
    return Opened(session.number, circle.channel_id, slow)


def expect_time(time: int | None, *, slow: bool) -> None:
    """Say no to a time that a turn (minutes) or a slow round (days) can't have."""
    shortest, longest = (SHORTEST_SLOW, LONGEST_SLOW) if slow else (SHORTEST_TURN, LONGEST_TURN)
    if time is not None and not shortest <= time <= longest:
        raise Refusal("session.days_range" if slow else "session.time_range", fewest=shortest, most=longest)


async def sets_offered(unit: Unit, by: Presser, *, named: str | None) -> list[str]:
    """The sets of prompts for the circle's next session, in the order in which they are offered."""
    circle = await find(unit, by, named)
    return sets_for(circle.sessions_opened + 1)


async def come_in(unit: Unit, by: Presser, token: str, *, listening: bool) -> Arrival:
    """Take a seat; Discord then adds the person to the thread."""
    session = await by_token(unit, token)
    person_id = await expect_member(unit, by, session)
    await tell(unit, session, session.come_in(person_id, listening, unit.now, vault.new_token))
    return await arrival(unit, session, person_id)


async def look(unit: Unit, by: Presser, token: str) -> Arrival:
    """What **More...** offers this person."""
    session = await by_token(unit, token)
    return await arrival(unit, session, await expect_member(unit, by, session))


async def begin(unit: Unit, by: Presser, token: str, *, anyway: bool = False) -> Beginning:
    """Begin: the order is drawn and the check-in round opens.

    Two are asked whether they would sit together instead; nine and more, unless `anyway`, whether they would rather be
    two circles (D1.5): then nothing has begun. Raises Refusal as `Session.begin` does.
    """
    session = await by_token(unit, token)
    person_id = await expect_member(unit, by, session)
    session.expect_holder(person_id)
    count = len(session.speakers)
    gathers = session.state in {State.GATHERING, State.TOGETHER}
    if gathers and (1 < count < FEWEST_FOR_ROUNDS or (count >= SPLIT_FROM and not anyway)):
        return Beginning(False, count, count * session.minutes)
    draw = partial(_draw, unit)
    await tell(unit, session, session.begin(person_id, unit.now, draw, vault.new_token))
    return Beginning(True, count)


async def sit_together(unit: Unit, by: Presser, token: str) -> None:
    """Two sit together without rounds; the holder's deed."""
    session = await by_token(unit, token)
    person_id = await expect_member(unit, by, session)
    await tell(unit, session, session.sit_together(person_id, unit.now))


async def close(unit: Unit, by: Presser, token: str) -> None:
    """Close early; the holder's deed."""
    session = await by_token(unit, token)
    person_id = await expect_member(unit, by, session)
    await tell(unit, session, session.close(person_id, unit.now))


async def step_out(unit: Unit, by: Presser, token: str) -> None:
    """Give up one's place in the order; nobody is told why."""
    session = await by_token(unit, token)
    person_id = await expect_member(unit, by, session)
    session.expect_present(person_id)
    await tell(unit, session, stepping_out.step_out(session, person_id, unit.now, vault.new_token))


async def be_back(unit: Unit, by: Presser, token: str) -> None:
    """Take one's place in the order again, from the next round on."""
    session = await by_token(unit, token)
    person_id = await expect_member(unit, by, session)
    await tell(unit, session, stepping_out.be_back(session, person_id))


async def leave(unit: Unit, circle: Circle, person_id: str) -> None:
    """Let somebody out of the circle's open session, because they leave the circle."""
    session = await running_session(unit, circle)
    if session:
        events = stepping_out.step_out(session, person_id, unit.now, vault.new_token, leaves=True)
        await tell(unit, session, events)


async def by_token(unit: Unit, token: str) -> Session:
    """The session a message belongs to. Raises Refusal when it is gone or of another server."""
    session = await unit.one(Session, token=token)
    if not isinstance(session, Session) or not await unit.one(Circle, id=session.circle_id, server_id=unit.server_id):
        raise Refusal("session.gone")
    return session


async def membership(unit: Unit, by: Presser, session: Session) -> Membership | None:
    """The membership of `by` in the circle of this session, if there is one."""
    person = await unit.people.find(by.discord_id)
    found = person and await unit.one(Membership, circle_id=session.circle_id, person_id=person.id)
    return found if isinstance(found, Membership) else None


async def expect_member(unit: Unit, by: Presser, session: Session) -> str:
    """The id of `by`. Raises Refusal when they aren't a member of the circle."""
    found = await membership(unit, by, session)
    if found is None:
        raise Refusal("session.members_only")
    return found.person_id


async def arrival(unit: Unit, session: Session, person_id: str) -> Arrival:
    """What this person is told of the session, and what they can do in it."""
    circle = await unit.one(Circle, id=session.circle_id)
    return Arrival(
        session.token,
        circle.channel_id if isinstance(circle, Circle) else 0,
        session.thread_id,
        [await unit.people.address(person) for person in session.speakers],
        [await unit.people.address(person) for person in session.listeners],
        session.holder_id == person_id,
        offers(session, person_id, unit.now),
        session.turn.token if session.turn else None,
        session.slow,
    )


def _draw(unit: Unit, people: list[str], first: str | None) -> list[str]:
    drawn = [person for person in people if person != first]
    unit.shuffle(drawn)
    return [first, *drawn] if first else drawn

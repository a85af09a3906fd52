"""Sessions: opened, come into, begun, closed."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot import vault
from bot.acts import Presser
from bot.acts.agreement import agreed, unanswered
from bot.acts.calling import opened as end_calling
from bot.acts.circle import (
    expect_facilitator,
    find,
    present_membership,
    row_of,
    running,
    running_session,
)
from bot.acts.lines import kept
from bot.acts.past import orders
from bot.acts.pausing import expect_not_paused
from bot.acts.prompts import lists_of
from bot.acts.reminders import let_go
from bot.acts.rota import holder_now
from bot.acts.telling import common, invitation, invite_anew, post_opening, tell
from bot.practice import holding, order, stepping_out
from bot.practice.circle import Circle, Membership
from bot.practice.debrief import Debrief
from bot.practice.more import More, offers
from bot.practice.prompts import SETS, choose_prompts, sets_for
from bot.practice.refusals import Refusal
from bot.practice.seat import State
from bot.practice.session import FEWEST_FOR_ROUNDS, MOST_THEME_ROUNDS, SPLIT_FROM, Session
from bot.store.unit import Unit

SHORTEST_TURN, LONGEST_TURN, USUAL_TURN = 1, 10, 4  # minutes
SHORTEST_SLOW, LONGEST_SLOW, USUAL_SLOW = 1, 7, 3  # days a round


@dataclass(frozen=True)
class Opened:
    """A session that is being prepared. `holder` (a Discord id) is set when the rota named somebody else to hold it."""

    number: int
    channel_id: int
    slow: bool
    holder: int | None = None


@dataclass(frozen=True)
class Arrival:
    """What somebody is told of a session: who is here (Discord ids), where, and what they can do in it.

    `asks_for_yes` is whether they haven't said yes yet to the circle's agreement as it stands.
    """

    token: str
    channel_id: int
    thread_id: int | None
    speaking: list[int]
    listening: list[int]
    is_holder: bool
    offers: list[More]
    turn: str | None
    slow: bool
    circle: str = ""
    asks_for_yes: bool = False
    thread_days: int = 7
    debrief: Debrief | None = None


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

    Whoever is next in the rota holds it, else whoever opens it. `rounds` are theme rounds (0 to 3; none only once there
    is an agreement); `time` is minutes a turn (1 to 10), or days a round (1 to 7) if it is `slow`; `prompts` names a
    set. Raises Refusal when `by` doesn't facilitate the circle, a session is open already, or a number is out of range.
    """
    circle = await find(unit, by, named)
    membership = await expect_facilitator(unit, by, circle)
    if await running_session(unit, circle):
        raise Refusal("session.open_already")
    themes = 1 if rounds is None else rounds
    if themes == 0 and not await agreed(unit, circle.id):
        raise Refusal("session.agreement_first")
    if not 0 <= themes <= MOST_THEME_ROUNDS:
        raise Refusal("session.rounds_range", most=MOST_THEME_ROUNDS)
    expect_time(time, slow=slow)
    if prompts is not None and prompts not in SETS:
        raise Refusal("session.no_such_prompts")
    holder_id = await holder_now(unit, circle) or membership.person_id
    session = await gather(unit, circle, holder_id, themes=themes, time=time, slow=slow, prompts=prompts)
    if holder_id == membership.person_id:
        return Opened(session.number, circle.channel_id, slow)
    await unit.waiting.write("note", holder_id, person=holder_id, kind="session.you_hold", **common(session))
    return Opened(session.number, circle.channel_id, slow, await unit.people.address(holder_id))


async def gather(
    unit: Unit, circle: Circle, holder_id: str, *, themes: int = 1, time: int | None = None, slow: bool = False,
    prompts: str | None = None, begins_at: datetime | None = None,
) -> Session:  # fmt: skip
    """Let a circle gather: a private thread, its waiting message, then the invitation in the channel.

    `begins_at` (UTC) is the set time of a session that was scheduled: its holder is awaited from then on (P9).
    """
    circle.sessions_opened += 1
    await end_calling(unit, circle)
    session = Session(
        vault.new_token(), vault.new_token(), circle.id, circle.sessions_opened, holder_id, themes,
        USUAL_TURN if slow or time is None else time, unit.now, days=(time or USUAL_SLOW) if slow else None,
        prompt_set=prompts, chapter=circle.sessions_held + 1, begins_at=begins_at, awaited_since=begins_at,
    )  # fmt: skip
    asked = choose_prompts(session.chapter or session.number, themes, prompts, await lists_of(unit, circle))
    session.prompts = "|".join(asked)  # so that what is hidden from now on changes nothing here
    unit.add(session)
    await let_go(unit, circle)
    await post_opening(unit, session, circle)
    await unit.waiting.write("post", session.id, mark=["invitation", session.id], **invitation(session, circle))
    await tell(unit, session, [])
    return session


def expect_time(time: int | None, *, slow: bool) -> None:
    """Say no to a time that a turn (minutes) or a slow round (days) can't have."""
    shortest, longest = (SHORTEST_SLOW, LONGEST_SLOW) if slow else (SHORTEST_TURN, LONGEST_TURN)
    if time is not None and not shortest <= time <= longest:
        raise Refusal("session.days_range" if slow else "session.time_range", fewest=shortest, most=longest)


async def sets_offered(unit: Unit, by: Presser, *, named: str | None) -> list[str]:
    """The sets of prompts for the circle's next session, in the order in which they are offered."""
    circle = await find(unit, by, named)
    return sets_for(circle.sessions_held + 1)


async def come_in(unit: Unit, by: Presser, token: str, *, listening: bool) -> Arrival:
    """Take a seat; Discord then adds the person to the thread."""
    session = await by_token(unit, token)
    person_id = await expect_member(unit, by, session)
    await expect_not_paused(unit, session, person_id)
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
    draw = partial(order.seat, before=await orders(unit, session.circle_id), shuffle=unit.shuffle)
    await tell(unit, session, session.begin(person_id, unit.now, draw, vault.new_token))
    return Beginning(True, count)


async def take_days(unit: Unit, by: Presser, token: str) -> bool:
    """Hold a debrief slowly: rounds of days, in any order. Whether it has begun by that; the holder's deed."""
    session = await by_token(unit, token)
    person_id = await expect_member(unit, by, session)
    await tell(unit, session, holding.take_days(session, person_id, USUAL_SLOW, unit.now, vault.new_token))
    await invite_anew(unit, session)
    return session.round is not None


async def sit_together(unit: Unit, by: Presser, token: str) -> None:
    """Two sit together without rounds; the holder's deed."""
    session = await by_token(unit, token)
    person_id = await expect_member(unit, by, session)
    await tell(unit, session, holding.sit_together(session, person_id, unit.now))


async def close(unit: Unit, by: Presser, token: str, *, ask_first: bool = False) -> bool:
    """Close early; the holder's deed. False, and nothing is closed, when `ask_first` and a round is open.

    Raises Refusal as `Session.close` does.
    """
    session = await by_token(unit, token)
    events = session.close(await expect_member(unit, by, session), unit.now, ask_first=ask_first)
    if events:
        await tell(unit, session, events)
    return bool(events)


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
    for session in await running(unit, circle):
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
    assert isinstance(circle, Circle)
    agreement = await kept(unit, session.circle_id)
    return Arrival(
        session.token,
        circle.channel_id,
        session.thread_id,
        [await unit.people.address(person) for person in session.speakers],
        [await unit.people.address(person) for person in session.listeners],
        session.holder_id == person_id,
        offers(session, person_id, unit.now, making=agreement.is_open and session.debrief is None),
        session.turn.token if session.turn else None,
        session.slow,
        circle.token,
        await unanswered(unit, session.circle_id, person_id),
        circle.debrief_days if session.debrief else circle.thread_days,
        session.debrief,
    )

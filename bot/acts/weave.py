"""The weave of a circle: on once all said yes, off when anybody says so; figures of the circle only (P10, D5.1)."""

from dataclasses import dataclass
from datetime import datetime

from bot.acts import Presser
from bot.acts.circle import by_token, find, membership_of
from bot.acts.past import held_lately
from bot.practice import weave
from bot.practice.circle import Circle, Membership
from bot.practice.refusals import Refusal
from bot.practice.session import Session
from bot.practice.weave import Band, Gathered, Point
from bot.store.unit import Unit


@dataclass(frozen=True)
class Figures:
    """What can be said of the circle: None where it is too early."""

    held_by: Band | None
    one_away: int | None
    over_time: list[Point]


@dataclass(frozen=True)
class Weave:
    """How a member finds it. `mine`: they said yes; `ready`: it is off and all have; `figures` only while it is on."""

    token: str
    name: str
    on: bool
    mine: bool
    ready: bool
    figures: Figures | None


async def look(unit: Unit, by: Presser, *, named: str | None) -> Weave:
    """The weave of a circle, for its members."""
    circle = await find(unit, by, named)
    return await _weave(unit, circle, await membership_of(unit, by, circle))


async def say_yes(unit: Unit, by: Presser, token: str) -> Weave:
    """**Yes, I'd like it**: for oneself. Nobody is told, nor how many have.

    While it is on: to be counted too, in the sessions that are opened from now on. Else all would see the figures jump.
    """
    circle = await by_token(unit, token)
    membership = await membership_of(unit, by, circle)
    if not membership.weaves:
        membership.weaves = True
        membership.weaves_from = circle.sessions_opened if circle.weaves else 0
    await unit.flush()
    return await _weave(unit, circle, membership)


async def take_back(unit: Unit, by: Presser, token: str) -> Weave:
    """**Not for now**: a yes is taken back. Raises Refusal while it is on: then anybody turns it off."""
    circle = await by_token(unit, token)
    membership = await membership_of(unit, by, circle)
    if circle.weaves:
        raise Refusal("weave.on_already")
    membership.weaves = False
    await unit.flush()
    return await _weave(unit, circle, membership)


async def turn_on(unit: Unit, by: Presser, token: str) -> Weave:
    """Turn it on; the circle's channel reads one line without a name.

    Raises Refusal when it is on already, or not every member has said yes: not who, and not how many haven't.
    """
    circle = await by_token(unit, token)
    membership = await membership_of(unit, by, circle)
    if circle.weaves:
        raise Refusal("weave.on_already")
    if not await _all_said_yes(unit, circle):
        raise Refusal("weave.not_all_yet")
    circle.weaves = True
    await _announce(unit, circle, "weave.is_on")
    return await _weave(unit, circle, membership)


async def turn_off(unit: Unit, by: Presser, token: str) -> None:
    """Turn it off, for everybody and at once, whoever one is; every yes is forgotten. Raises Refusal when it is off."""
    circle = await by_token(unit, token)
    await membership_of(unit, by, circle)
    if not circle.weaves:
        raise Refusal("weave.off_already")
    circle.weaves = False
    await _forget_yeses(unit, circle)
    await _announce(unit, circle, "weave.is_off")


async def let_go(unit: Unit, circle: Circle, joined_at: datetime) -> None:
    """Somebody has left the circle, who joined it at that time (UTC).

    While it is off each yes is said anew: else what opens now would show their no. Not for who was in the circle during
    no held session: with an open door somebody could come and go and so forget all yeses as often as they like.
    """
    if not circle.weaves and any(
        one.closed_at and one.closed_at >= joined_at for one in await held_lately(unit, circle.id)
    ):
        await _forget_yeses(unit, circle)


async def _weave(unit: Unit, circle: Circle, membership: Membership) -> Weave:
    return Weave(
        circle.token,
        await unit.words.read(circle.name_id),
        circle.weaves,
        membership.weaves,
        not circle.weaves and await _all_said_yes(unit, circle),
        await _figures(unit, circle) if circle.weaves else None,
    )


async def _figures(unit: Unit, circle: Circle) -> Figures:
    """The figures, made of those only who are in the circle and said yes: who is new to it isn't counted before."""
    said_yes: list[Membership] = await unit.all(Membership, circle_id=circle.id, weaves=True)
    counted = {one.person_id: one.weaves_from for one in said_yes}
    held = [_gathered(session, counted) for session in await held_lately(unit, circle.id)]
    holders = weave.effective_holders(held)
    return Figures(
        None if holders is None else weave.band(holders),
        weave.one_away(held),
        weave.over_time(held),
    )


def _gathered(session: Session, counted: dict[str, int]) -> Gathered:
    """The session as far as it counts; `counted`: by person, the number of the session after which they do."""
    here = {person for person, after in counted.items() if session.number > after}
    present = {seat.person_id for seat in session.seats}
    holder = session.holder_id if session.holder_id in here else None
    return Gathered(session.number, holder, frozenset(present & here))


async def _all_said_yes(unit: Unit, circle: Circle) -> bool:
    """All but those of whom we know that they have left the server: nobody could ask them any more."""
    members: list[Membership] = await unit.all(Membership, circle_id=circle.id, away=False)
    return all(member.weaves for member in members)


async def _forget_yeses(unit: Unit, circle: Circle) -> None:
    for member in await unit.all(Membership, circle_id=circle.id, weaves=True):
        member.weaves, member.weaves_from = False, 0


async def _announce(unit: Unit, circle: Circle, kind: str) -> None:
    await unit.waiting.write(
        "post", circle.id, kind=kind, channel=circle.channel_id, language=circle.language, circle=circle.id
    )

"""A buddy: asked for, drawn, said yes to by both; and with whom somebody never would, known to them alone (D5.5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from bot.acts import Presser
from bot.acts.circle import by_token, find, membership_of
from bot.acts.pairing import (
    apart,
    arm,
    asked_about,
    box,
    close,
    end,
    forget_none,
    meet,
    never_mark,
    nevers_of,
    pairs_of,
    seek,
    step_out,
    third_of,
)
from bot.practice.buddies import DRAWN_AFTER, Pair, Wish
from bot.practice.circle import Circle, Membership
from bot.practice.refusals import Refusal
from bot.store.rows import Never
from bot.store.unit import Unit


class Stage(StrEnum):
    """Where one person stands: in the next draw, asked about a pair or a third, waiting, joining, or paired."""

    NOTHING = "nothing"
    ASKED = "asked"
    QUESTION = "question"
    THIRD = "third"
    WAITS = "waits"
    JOINS = "joins"
    PAIRED = "paired"


@dataclass(frozen=True)
class Panel:
    """Where one person stands; `pair` and `people` (Discord ids): about whom they are asked, or with whom they are."""

    token: str
    name: str
    stage: Stage
    pair: str = ""
    people: tuple[int, ...] = ()


@dataclass(frozen=True)
class NeverList:
    """The members one could be paired with, and those among them with whom one never would (Discord ids)."""

    token: str
    name: str
    members: list[int]
    never: list[int]


@dataclass(frozen=True)
class Answered:
    """What an answer to a pair came to. `met`: everybody has said yes; `others` are they then (Discord ids)."""

    met: bool
    others: list[int]


async def look(unit: Unit, by: Presser, *, named: str | None) -> Panel:
    """Where `by` stands. Members only."""
    circle = await find(unit, by, named)
    return await _panel(unit, circle, await membership_of(unit, by, circle))


async def ask(unit: Unit, by: Presser, token: str, *, within: timedelta = DRAWN_AFTER) -> Panel:
    """**I'd like a buddy**: be in the next draw, 24 hours after the first who asked, or `within` less from now.

    Raises Refusal when `by` is paused, or there is a pair of theirs: one that isn't settled, or one with a record.
    """
    circle, membership = await _expect_free(unit, by, token)
    if membership.wish is None and not await pairs_of(unit, circle.id, membership.person_id):
        await arm(unit, circle, within)
        membership.wish = Wish.PAIR
        await unit.flush()
    return await _panel(unit, circle, membership)


async def stay(unit: Unit, by: Presser, token: str) -> None:
    """**Wait for the next draw**, and come to no pair as a third. Raises Refusal as `ask` does."""
    circle, membership = await _expect_free(unit, by, token)
    for joining in await pairs_of(unit, circle.id, membership.person_id):
        await close(unit, joining)
    await forget_none(unit, circle, membership.person_id)
    if membership.wish is None:
        await arm(unit, circle)
    membership.wish = Wish.WAIT
    await unit.flush()


async def join(unit: Unit, by: Presser, token: str) -> None:
    """**Join a pair**, for who was left over: once each time. Pressed again, nobody is asked again.

    Whether a pair is asked isn't told: what came of it one hears after three days, unless all said yes. Raises Refusal
    as `ask` does, or when one wasn't left over.
    """
    circle, membership = await _expect_free(unit, by, token)
    if await pairs_of(unit, circle.id, membership.person_id):
        return
    if membership.wish is not Wish.LEFT:
        raise Refusal("buddy.not_left_over")
    membership.wish = None
    await forget_none(unit, circle, membership.person_id)
    await seek(unit, circle, membership.person_id)


async def withdraw(unit: Unit, by: Presser, token: str) -> None:
    """**Not any more**: out of the draw, out of any pair; nobody is told why. The never-list stays one's own."""
    circle = await by_token(unit, token)
    await _withdraw(unit, circle, await membership_of(unit, by, circle))


async def answer(unit: Unit, by: Presser, token: str, *, yes: bool) -> Answered:
    """**Yes** or **Not this time** to a pair. With the last yes all are told; a no is kept nowhere, and the
    others read only after three days that no pair came about.

    Raises Refusal when it isn't open any more, wasn't put to `by`, or was answered with yes already.
    """
    pair = await unit.one(Pair, token=token)
    circle = isinstance(pair, Pair) and await unit.one(Circle, id=pair.circle_id, server_id=unit.server_id)
    if not isinstance(pair, Pair) or not isinstance(circle, Circle):
        raise Refusal("buddy.gone")
    person_id = (await membership_of(unit, by, circle)).person_id
    pair.expect_unanswered(person_id)
    await unit.waiting.drop_of(person_id, pair=pair.token)
    if not yes:
        await step_out(unit, pair, person_id)
        return Answered(False, [])
    met = pair.say_yes(person_id, unit.now, apart=await apart(unit, circle, pair.people))
    if met:
        await meet(unit, circle, pair, last=person_id)
    others = await _addresses(unit, pair.others(person_id))
    return Answered(met, others if met else [])


async def never_list(unit: Unit, by: Presser, token: str) -> NeverList:
    """With whom `by` never would, for their eyes alone."""
    circle = await by_token(unit, token)
    return await _never_list(unit, circle, await membership_of(unit, by, circle))


async def never(unit: Unit, by: Presser, token: str, *, member: int, wanted: bool) -> NeverList:
    """Put a member (a Discord id) on one's never-list, or take them off it. Nobody else can see or find out.

    Somebody who is asked about them now is in the draw again instead; a yes said already comes to nothing. Raises
    Refusal when it is oneself or no member.
    """
    circle = await by_token(unit, token)
    membership = await membership_of(unit, by, circle)
    other = await unit.people.find(member)
    if other is None or not await unit.one(Membership, circle_id=circle.id, person_id=other.id):
        raise Refusal("facilitator.not_a_member")
    owner = membership.person_id
    if other.id == owner:
        raise Refusal("buddy.oneself")
    secret = unit.secret
    mark = never_mark(secret, circle, owner, other.id)
    kept = await unit.one(Never, mark=mark)
    if kept and not wanted:
        await unit.delete(kept)
    elif wanted and not kept:
        unit.add(Never(mark, box(secret, circle, owner)))
        for pair in await pairs_of(unit, circle.id, owner):
            if other.id not in await asked_about(unit, pair, owner):
                continue
            await step_out(unit, pair, owner)
            if pair.joins is None:
                membership.wish = Wish.WAIT
                await arm(unit, circle)
    await unit.flush()
    return await _never_list(unit, circle, membership)


async def let_go(unit: Unit, circle: Circle, person_id: str) -> None:
    """Somebody leaves the circle: their wish goes, their pairs, and their never-list. That of others stays theirs."""
    membership = await unit.one(Membership, circle_id=circle.id, person_id=person_id)
    if isinstance(membership, Membership):
        await _withdraw(unit, circle, membership)
    for pair in await unit.all(Pair, circle_id=circle.id, met_at=None):
        for partner in pair.partners:
            if person_id in await asked_about(unit, pair, partner.person_id):  # nobody is asked about who has left
                await unit.waiting.drop_of(partner.person_id, pair=pair.token)
                partner.yes = True
    for mark in await nevers_of(unit, circle, person_id):
        await unit.delete(mark)


async def _withdraw(unit: Unit, circle: Circle, membership: Membership) -> None:
    membership.wish = None
    me = membership.person_id
    await forget_none(unit, circle, me)
    for pair in await pairs_of(unit, circle.id, me):
        if pair.met_at:
            await end(unit, pair)
        elif me in await third_of(unit, pair):
            await close(unit, pair)
        else:
            await step_out(unit, pair, me)


async def _expect_free(unit: Unit, by: Presser, token: str) -> tuple[Circle, Membership]:
    """The circle, and the membership of somebody who is in no pair there; they may be about to come to one."""
    circle = await by_token(unit, token)
    membership = await membership_of(unit, by, circle)
    if membership.paused:
        raise Refusal("buddy.paused")
    pairs = await pairs_of(unit, circle.id, membership.person_id)
    if any(pair.met_at for pair in pairs):
        raise Refusal("buddy.paired_already")
    if any(pair.joins is None for pair in pairs):
        raise Refusal("buddy.not_settled")
    return circle, membership


async def _panel(unit: Unit, circle: Circle, membership: Membership) -> Panel:
    name, me = await unit.words.read(circle.name_id), membership.person_id
    stage, token, people = Stage.ASKED if membership.wish else Stage.NOTHING, "", list[str]()
    for pair in sorted(await pairs_of(unit, circle.id, me), key=lambda pair: pair.met_at is None):
        if pair.met_at:
            stage, people = Stage.PAIRED, pair.others(me)
        elif me in pair.unanswered:
            stage, token = Stage.THIRD if pair.joins else Stage.QUESTION, pair.token
            people = await asked_about(unit, pair, me)
            stage = stage if people else Stage.WAITS
        elif stage is not Stage.PAIRED:
            stage = Stage.WAITS if pair.joins is None else Stage.JOINS
    return Panel(circle.token, name, stage, token, tuple(await _addresses(unit, people)))


async def _never_list(unit: Unit, circle: Circle, membership: Membership) -> NeverList:
    members: list[Membership] = await unit.all(Membership, circle_id=circle.id)
    members.sort(key=lambda member: (member.joined_at, member.id))
    owner = membership.person_id
    others = [member.person_id for member in members if member.person_id != owner]
    marks, secret = {mark.mark for mark in await nevers_of(unit, circle, owner)}, unit.secret
    named = [other for other in others if never_mark(secret, circle, owner, other) in marks]
    name = await unit.words.read(circle.name_id)
    return NeverList(circle.token, name, await _addresses(unit, others), await _addresses(unit, named))


async def _addresses(unit: Unit, people: Iterable[str]) -> list[int]:
    return [await unit.people.address(person) for person in people]

"""Coming into a circle, and leaving it."""

from dataclasses import dataclass
from datetime import datetime

from bot import vault
from bot.acts import Presser, buddy, weave
from bot.acts import session as sessions
from bot.acts.agreement import let_go
from bot.acts.calling import give_up
from bot.acts.circle import (
    by_token,
    expect_facilitator,
    facilitating,
    find,
    membership_of,
    present_membership,
    row_of,
    running,
)
from bot.acts.facilitator import tell_of
from bot.acts.handover import look_for_somebody, who_is_asked
from bot.acts.rupture.passing import stand_down
from bot.practice.circle import Circle, Membership
from bot.practice.consent import Offer
from bot.practice.debrief import DebriefPlan
from bot.practice.door import Answer, Door, Request
from bot.practice.pausing import KeptPause
from bot.practice.refusals import Refusal
from bot.store.unit import Unit


@dataclass(frozen=True)
class Threshold:
    """Where somebody stands who would like to come in, or to leave: which circle, and how its door is.

    `facilitated`: somebody facilitates it; to who leaves: somebody still would. `channel_id`: where the circle meets.
    `paused`: who leaves is paused, and that is kept.
    """

    token: str
    name: str
    door: Door
    channel_id: int
    facilitated: bool = True
    paused: bool = False


@dataclass(frozen=True)
class Roll:
    """Who is in a circle, who is paused, and who asks to be in (Discord ids), for its facilitators."""

    token: str
    name: str
    members: list[int]
    facilitators: list[int]
    paused: list[int]
    requests: list[tuple[str, int]]


async def approach(unit: Unit, by: Presser, *, named: str | None) -> Threshold:
    """What would happen to one's words here, before anything is asked.

    Raises Refusal when `by` is a member, has asked already, or the door is closed.
    """
    circle = await find(unit, by, named)
    await _expect_way_in(unit, by, circle)
    return await _threshold(unit, circle)


async def ask(unit: Unit, by: Presser, token: str) -> Threshold:
    """Ask to join; with the door open this makes them a member at once. Every facilitator is told, in private.

    Where nobody facilitates, it waits and is told to whoever does next. Somebody who was away from the server since
    they joined or asked begins anew. Raises Refusal when `by` is a member, has asked already, or the door is closed.
    """
    circle = await by_token(unit, token)
    await _expect_way_in(unit, by, circle)
    before = await row_of(unit, by, circle.id)
    if before:
        await part_with(unit, circle, before)
    person = await unit.people.meet(by.discord_id, by.language)
    await forget_request(unit, circle, person.id)
    if circle.door is Door.OPEN:
        await _add_member(unit, circle, person.id, by.joined_at)
        return await _threshold(unit, circle)
    request = Request(vault.new_token(), circle.id, person.id, unit.now, came_at=by.joined_at)
    unit.add(request)
    for facilitator in await facilitating(unit, circle):
        await tell_of(unit, request, facilitator.person_id)
    return await _threshold(unit, circle)


async def decide(unit: Unit, by: Presser, token: str, *, answer: Answer) -> int:
    """Let somebody in, or not now; the first facilitator's answer ends it. Returns the asker's Discord id.

    Raises Refusal when the request is answered already, or `by` doesn't facilitate its circle.
    """
    request = await unit.one(Request, token=token)
    circle = isinstance(request, Request) and await unit.one(Circle, id=request.circle_id, server_id=unit.server_id)
    if not isinstance(request, Request) or not isinstance(circle, Circle):
        raise Refusal("door.answered_already")
    await expect_facilitator(unit, by, circle)
    await forget_request(unit, circle, request.person_id)
    if answer is Answer.LET_IN and not await unit.one(Membership, circle_id=circle.id, person_id=request.person_id):
        await _add_member(unit, circle, request.person_id, request.came_at)
    await unit.waiting.write(
        "note", request.person_id, person=request.person_id, kind=f"door.{answer.value}", circle=circle.id
    )
    return await unit.people.address(request.person_id)


async def leave(unit: Unit, by: Presser, *, named: str | None = None, token: str | None = None) -> Threshold:
    """Leave a circle, by its token; nothing is asked. By name it only says what would happen.

    If nobody is left who facilitates, every other member is asked whether they would (P9). Raises Refusal while this
    person holds a session that isn't closed.
    """
    circle = await by_token(unit, token) if token else await find(unit, by, named)
    membership = await membership_of(unit, by, circle)
    if any(session.holder_id == membership.person_id for session in await running(unit, circle)):
        raise Refusal("door.holding_now")
    held_by = [one.person_id for one in await facilitating(unit, circle)]
    last = held_by == [membership.person_id] and bool(await who_is_asked(unit, circle, membership.person_id))
    if token:
        await part_with(unit, circle, membership)
    name = await unit.words.read(circle.name_id)
    return Threshold(circle.token, name, circle.door, circle.channel_id, not last, membership.paused)


async def set_door(unit: Unit, by: Presser, *, named: str | None, door: Door) -> str:
    """Choose who may come in from now on. Returns the circle's name."""
    circle = await find(unit, by, named)
    await expect_facilitator(unit, by, circle)
    circle.door = door
    return await unit.words.read(circle.name_id)


async def roll(unit: Unit, by: Presser, *, named: str | None) -> Roll:
    """Who is in the circle and who asks to be. Raises Refusal when `by` doesn't facilitate it."""
    circle = await find(unit, by, named)
    await expect_facilitator(unit, by, circle)
    members: list[Membership] = await unit.all(Membership, circle_id=circle.id)
    members.sort(key=lambda member: member.joined_at)
    waiting: list[Request] = await unit.all(Request, circle_id=circle.id)
    waiting.sort(key=lambda request: request.asked_at)
    return Roll(
        circle.token,
        await unit.words.read(circle.name_id),
        [await unit.people.address(member.person_id) for member in members],
        [await unit.people.address(member.person_id) for member in members if member.facilitates],
        [await unit.people.address(member.person_id) for member in members if member.paused],
        [(request.token, await unit.people.address(request.person_id)) for request in waiting],
    )


async def _add_member(unit: Unit, circle: Circle, person_id: str, came_at: datetime | None) -> None:
    kept = await unit.one(KeptPause, circle_id=circle.id, person_id=person_id)
    if kept:
        await unit.delete(kept)
    unit.add(
        Membership(
            vault.new_token(), circle.id, person_id, unit.now, paused=isinstance(kept, KeptPause), came_at=came_at
        )
    )
    await stand_down(unit, person_id)  # a care contact of this circle's flags is somebody outside of it


async def part_with(unit: Unit, circle: Circle, membership: Membership) -> None:
    """The membership goes, with all that waited for it; only a pause outlives it."""
    await sessions.leave(unit, circle, membership.person_id)
    await let_go(unit, circle, membership.person_id)
    await buddy.let_go(unit, circle, membership.person_id)
    if membership.paused:
        unit.add(KeptPause(circle.id, membership.person_id))
    for plan in await unit.all(DebriefPlan, circle_id=circle.id, holder_id=membership.person_id):
        plan.holder_id = None
    await unit.delete(membership)
    await unit.flush()
    await give_up(unit, circle, membership.person_id)
    await weave.let_go(unit, circle, membership.joined_at)
    await unit.waiting.drop_of(membership.person_id, circle=circle.id)
    for offer in await unit.all(Offer, person_id=membership.person_id, circle_id=circle.id):
        await unit.delete(offer)
    await stand_down(unit, membership.person_id)
    if membership.facilitates:
        await look_for_somebody(unit, circle, besides=membership.person_id)


async def forget_request(unit: Unit, circle: Circle, person_id: str) -> None:
    """What this person asked goes, and with it the note of everybody who was told."""
    request = await unit.one(Request, circle_id=circle.id, person_id=person_id)
    if isinstance(request, Request):
        await unit.delete(request)
        for facilitator in await unit.all(Membership, circle_id=circle.id, facilitates=True):
            await unit.waiting.drop_of(facilitator.person_id, request=request.token)


async def _threshold(unit: Unit, circle: Circle) -> Threshold:
    facilitated = bool(await facilitating(unit, circle))
    name = await unit.words.read(circle.name_id)
    return Threshold(circle.token, name, circle.door, circle.channel_id, facilitated)


async def _expect_way_in(unit: Unit, by: Presser, circle: Circle) -> None:
    if await present_membership(unit, by, circle.id):
        raise Refusal("door.member_already")
    if circle.door is Door.CLOSED:
        raise Refusal("door.closed")
    person = await unit.people.find(by.discord_id)
    asked = person and await unit.one(Request, circle_id=circle.id, person_id=person.id)
    if isinstance(asked, Request) and circle.door is Door.ASK and not by.came_anew(asked.came_at):
        raise Refusal("door.asked_already" if await facilitating(unit, circle) else "door.asked_nobody_yet")

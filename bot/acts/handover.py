"""Stepping back from facilitating: one press, no reason, and the circle looks for somebody when nobody is left (P9)."""

from dataclasses import dataclass

from bot.acts import Presser
from bot.acts.calling import give_up
from bot.acts.circle import by_token, facilitating, find, membership_of, running
from bot.acts.facilitator import announce_change, is_care_contact, offer
from bot.acts.rupture.passing import stand_down
from bot.practice.circle import Circle, Membership
from bot.practice.refusals import Refusal
from bot.store.unit import Unit


@dataclass(frozen=True)
class SteppingBack:
    """What stepping back means here. `alone`: nobody else facilitates; `looking`: there are members who are asked."""

    token: str
    name: str
    channel_id: int
    alone: bool
    looking: bool


async def before(unit: Unit, by: Presser, *, named: str | None) -> SteppingBack:
    """What would happen. Raises Refusal when `by` doesn't facilitate the circle or holds its open session."""
    circle = await find(unit, by, named)
    return await _stepping_back(unit, circle, await _expect_free_to_go(unit, by, circle))


async def step_back(unit: Unit, by: Presser, token: str, *, farewell: bool) -> SteppingBack:
    """Facilitate no more, from this press on; one stays a member. A `farewell` is offered at the next opening.
    The coming session, if it was with them, goes on to the next.

    Raises Refusal as `before` does. Somebody who is paused can step back too.
    """
    circle = await by_token(unit, token)
    membership = await _expect_free_to_go(unit, by, circle)
    membership.facilitates = False
    if farewell:
        circle.farewell_id = membership.person_id
    for kind in ("door.request", "pausing.question", "checkin.your_turn"):
        await unit.waiting.drop_of(membership.person_id, kind=kind, circle=circle.id)
    await give_up(unit, circle, membership.person_id)
    await stand_down(unit, membership.person_id)
    meaning = await _stepping_back(unit, circle, membership)
    await announce_change(unit, circle)
    await look_for_somebody(unit, circle, besides=membership.person_id)
    return meaning


async def look_for_somebody(unit: Unit, circle: Circle, *, besides: str) -> None:
    """If nobody facilitates the circle, ask every member but `besides`, and let its channel know without a name."""
    asked = await who_is_asked(unit, circle, besides)
    if not asked or await facilitating(unit, circle):
        return
    for person_id in asked:
        await offer(unit, circle, person_id, to_all=True)
    await unit.waiting.write(
        "post", circle.id, kind="handover.looking", channel=circle.channel_id, language=circle.language,
        circle=circle.id,
    )  # fmt: skip


async def who_is_asked(unit: Unit, circle: Circle, besides: str) -> list[str]:
    """The members (random ids) who could facilitate: not `besides`, who is paused or away, or a care contact."""
    members: list[Membership] = await unit.all(Membership, circle_id=circle.id, paused=False, away=False)
    others = [member.person_id for member in members if member.person_id != besides]
    return [person_id for person_id in others if not await is_care_contact(unit, person_id)]


async def take_on(unit: Unit, by: Presser, token: str) -> str:
    """Ask oneself whether to facilitate a circle that nobody facilitates. Returns the token of that question.

    Raises Refusal when somebody facilitates it, or `by` is paused or a care contact.
    """
    circle = await by_token(unit, token)
    membership = await membership_of(unit, by, circle)
    if await facilitating(unit, circle):
        raise Refusal("handover.somebody_does")
    if membership.paused:
        raise Refusal("circle.paused")
    if await is_care_contact(unit, membership.person_id):
        raise Refusal("facilitator.is_care_contact")
    return await offer(unit, circle, membership.person_id, to_all=True)


async def _expect_free_to_go(unit: Unit, by: Presser, circle: Circle) -> Membership:
    membership = await membership_of(unit, by, circle)
    if not membership.facilitates:
        raise Refusal("circle.facilitators_only")
    if any(session.holder_id == membership.person_id for session in await running(unit, circle)):
        raise Refusal("handover.holding_now")
    return membership


async def _stepping_back(unit: Unit, circle: Circle, membership: Membership) -> SteppingBack:
    others = [one for one in await facilitating(unit, circle) if one.person_id != membership.person_id]
    asked = await who_is_asked(unit, circle, membership.person_id)
    name = await unit.words.read(circle.name_id)
    return SteppingBack(circle.token, name, circle.channel_id, alone=not others, looking=bool(asked))

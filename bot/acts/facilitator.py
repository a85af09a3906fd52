"""Asking a member to facilitate, and that member's own answer."""

from bot import vault
from bot.acts import Presser
from bot.acts.circle import by_token, expect_facilitator, facilitating, present_membership
from bot.practice.circle import Circle, Membership
from bot.practice.consent import Offer, Role
from bot.practice.door import Request
from bot.practice.refusals import Refusal
from bot.store.rows import CareContact
from bot.store.unit import Unit


async def ask(unit: Unit, by: Presser, token: str, *, member: int) -> None:
    """Ask a member (a Discord id) of the circle `token` to facilitate it. It takes effect when they accept (promise 3).

    Raises Refusal when `by` doesn't facilitate it, or the person isn't a member, is paused, or facilitates already.
    """
    circle = await by_token(unit, token)
    await expect_facilitator(unit, by, circle)
    person = await unit.people.find(member)
    membership = person and await unit.one(Membership, circle_id=circle.id, person_id=person.id)
    if person is None or not isinstance(membership, Membership):
        raise Refusal("facilitator.not_a_member")
    if membership.facilitates:
        raise Refusal("facilitator.already")
    if membership.paused:
        raise Refusal("facilitator.is_paused")
    await _expect_no_care_contact(unit, person.id)
    await offer(unit, circle, person.id)


async def offer(unit: Unit, circle: Circle, person_id: str, *, to_all: bool = False) -> str:
    """Put the question to this person, once: a second asking leaves the first as it is. Returns its token.

    Whether they have answered is theirs to tell, so whoever asks is answered alike.
    """
    asked = await unit.one(Offer, circle_id=circle.id, person_id=person_id, role=Role.FACILITATOR)
    if isinstance(asked, Offer):
        asked.to_all = asked.to_all and to_all
        return asked.token
    asked = Offer(
        vault.new_token(), unit.server_id, person_id, Role.FACILITATOR, unit.now, circle_id=circle.id, to_all=to_all
    )
    unit.add(asked)
    await unit.waiting.write(
        "note", person_id, person=person_id, kind="offer.facilitator", offer=asked.token, circle=circle.id
    )
    return asked.token


async def is_care_contact(unit: Unit, person_id: str) -> bool:
    """Whether this person is a care contact: then they can't facilitate."""
    return await unit.one(CareContact, server_id=unit.server_id, person_id=person_id) is not None


async def hear_requests(unit: Unit, circle: Circle, person_id: str) -> None:
    """Let somebody who facilitates from now on hear who asks to join and has no answer yet."""
    for request in await unit.all(Request, circle_id=circle.id):
        await unit.waiting.drop_of(person_id, request=request.token)
        await tell_of(unit, request, person_id)


async def announce_change(unit: Unit, circle: Circle) -> None:
    """Tell the circle, in its channel and without a name, that others facilitate it than before (D3.9).

    Where nobody is left, the question to all members says more.
    """
    if await facilitating(unit, circle):
        await unit.waiting.write(
            "post", circle.id, kind="circle.changed_facilitators", channel=circle.channel_id,
            language=circle.language, circle=circle.id,
        )  # fmt: skip


async def tell_of(unit: Unit, request: Request, person_id: str) -> None:
    """Tell somebody who facilitates that this person asks to join."""
    await unit.waiting.write(
        "note", person_id, person=person_id, kind="door.request", request=request.token, people=[request.person_id],
        circle=request.circle_id,
    )  # fmt: skip


async def answer(unit: Unit, by: Presser, token: str, *, yes: bool, dms: bool = False) -> str:
    """The asked person's own answer; `dms` is whether they may be written to. Returns the circle's name.

    Raises Refusal when the offer is answered, somebody else's, or they left the circle since.
    """
    asked = await unit.one(Offer, token=token, server_id=unit.server_id, role=Role.FACILITATOR)
    person = await unit.people.find(by.discord_id)
    circle = isinstance(asked, Offer) and await unit.one(Circle, id=asked.circle_id)
    if not isinstance(asked, Offer) or not isinstance(circle, Circle):
        raise Refusal("offer.gone")
    asked.expect_asked(person.id if person else None)
    assert person is not None
    await _withdraw(unit, asked)
    if yes:
        membership = await present_membership(unit, by, circle.id)
        if membership is None or membership.paused:
            raise Refusal("offer.gone")
        await _expect_no_care_contact(unit, person.id)
        membership.facilitates = True
        person.dms = dms
        for other in await unit.all(Offer, circle_id=circle.id, to_all=True):
            await _withdraw(unit, other)
        await hear_requests(unit, circle, person.id)
        await announce_change(unit, circle)
    return await unit.words.read(circle.name_id)


async def _withdraw(unit: Unit, asked: Offer) -> None:
    await unit.delete(asked)
    await unit.waiting.drop_of(asked.person_id, offer=asked.token)


async def _expect_no_care_contact(unit: Unit, person_id: str) -> None:
    if await is_care_contact(unit, person_id):
        raise Refusal("facilitator.is_care_contact")

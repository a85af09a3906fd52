"""Asking a member to facilitate, and that member's own answer."""

from bot import vault
from bot.acts import Presser
from bot.acts.circle import by_token, expect_facilitator
from bot.practice.circle import Circle, Membership
from bot.practice.consent import Offer, Role
from bot.practice.refusals import Refusal
from bot.store.rows import CareContact
from bot.store.unit import Unit


async def ask(unit: Unit, by: Presser, token: str, *, member: int) -> None:
    """Ask a member (a Discord id) of the circle `token` to facilitate it. It takes effect when they accept (promise 3).

    Raises Refusal when `by` doesn't facilitate it, or the person isn't a member, or facilitates already.
    """
    circle = await by_token(unit, token)
    await expect_facilitator(unit, by, circle)
    person = await unit.people.find(member)
    membership = person and await unit.one(Membership, circle_id=circle.id, person_id=person.id)
    if person is None or not isinstance(membership, Membership):
        raise Refusal("facilitator.not_a_member")
    if membership.facilitates:
        raise Refusal("facilitator.already")
    await _expect_no_care_contact(unit, person.id)
    if await unit.one(Offer, circle_id=circle.id, person_id=person.id, role=Role.FACILITATOR):
        return  # the same answer as the first time: whether they have answered is theirs to tell
    offer = Offer(vault.new_token(), unit.server_id, person.id, Role.FACILITATOR, unit.now, circle_id=circle.id)
    unit.add(offer)
    await unit.waiting.write(
        "note", person.id, person=person.id, kind="offer.facilitator", offer=offer.token, circle=circle.id
    )


async def answer(unit: Unit, by: Presser, token: str, *, yes: bool, dms: bool = False) -> str:
    """The asked person's own answer; `dms` is whether they may be written to. Returns the circle's name.

    Raises Refusal when the offer is answered, somebody else's, or they left the circle since.
    """
    offer = await unit.one(Offer, token=token, server_id=unit.server_id, role=Role.FACILITATOR)
    person = await unit.people.find(by.discord_id)
    circle = isinstance(offer, Offer) and await unit.one(Circle, id=offer.circle_id)
    if not isinstance(offer, Offer) or not isinstance(circle, Circle):
        raise Refusal("offer.gone")
    offer.expect_asked(person.id if person else None)
    assert person is not None
    await unit.delete(offer)
    await unit.waiting.drop_of(person.id, offer=token)
    if yes:
        membership = await unit.one(Membership, circle_id=circle.id, person_id=person.id)
        if not isinstance(membership, Membership):
            raise Refusal("offer.gone")
        await _expect_no_care_contact(unit, person.id)
        membership.facilitates = True
        person.dms = dms
    return await unit.words.read(circle.name_id)


async def _expect_no_care_contact(unit: Unit, person_id: str) -> None:
    if await unit.one(CareContact, server_id=unit.server_id, person_id=person_id):
        raise Refusal("facilitator.is_care_contact")

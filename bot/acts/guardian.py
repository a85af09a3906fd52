"""Whoever guarded a session is offered the next one (D1.9)."""

from bot.acts import Presser, calling
from bot.acts.circle import by_token, membership_of
from bot.acts.rota import Rota, look, set_willing
from bot.practice.circle import Circle, Membership
from bot.store.unit import Unit

OFFER = "rota.guarded"


async def offer_next(unit: Unit, circle: Circle, person_id: str) -> None:
    """Ask whoever guarded whether they would like to hold one, in private; not who said so already, or can't."""
    membership = await unit.one(Membership, circle_id=circle.id, person_id=person_id, paused=False, away=False)
    if isinstance(membership, Membership) and not membership.willing:
        await unit.waiting.drop_of(person_id, kind=OFFER, circle=circle.id)
        await unit.waiting.write("note", person_id, person=person_id, kind=OFFER, circle=circle.id, of=circle.token)


async def answer(unit: Unit, by: Presser, token: str, *, yes: bool) -> Rota:
    """Their answer. With a yes they are willing, and first in line for the coming session; a no changes nothing.

    A yes to an offer that has been answered already only says once more that they are willing.
    """
    circle = await by_token(unit, token)
    person_id = (await membership_of(unit, by, circle)).person_id
    offered = [due for due in await unit.waiting.of_person(person_id) if due.facts.get("of") == token]
    await unit.waiting.drop_of(person_id, kind=OFFER, circle=circle.id)
    if yes and any(due.facts["kind"] == OFFER for due in offered):
        (await calling.coming(unit, circle)).first_id = person_id
    return await set_willing(unit, by, token, willing=True) if yes else await look(unit, by, named=token)

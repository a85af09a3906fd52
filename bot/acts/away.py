"""Somebody has left the server: learned when they were looked up to be asked something (P9)."""

from bot.acts.calling import give_up
from bot.acts.handover import look_for_somebody
from bot.practice.circle import Circle, Membership
from bot.store.unit import Unit


async def note_gone(unit: Unit, member: int) -> None:
    """This person (a Discord id) isn't in the server: nothing is asked of them until they press something again.

    What was with them goes on to the next, and a circle that nobody else facilitates looks for somebody. They stay
    members as far as they come back; nobody is told that they are away.
    """
    person = await unit.people.find(member)
    memberships: list[Membership] = await unit.all(Membership, person_id=person.id, away=False) if person else []
    for membership in memberships:
        facilitated = membership.acts_as_facilitator
        membership.away = True
        await unit.flush()
        circle = await unit.one(Circle, id=membership.circle_id, server_id=unit.server_id)
        if isinstance(circle, Circle):
            await give_up(unit, circle, membership.person_id)
            if facilitated:
                await look_for_somebody(unit, circle, besides=membership.person_id)

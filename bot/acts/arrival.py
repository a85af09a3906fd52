"""Arriving at a session: as a member, or asking to become one."""

from bot.acts import Presser
from bot.acts.door import Threshold, approach, ask
from bot.acts.pausing import expect_not_paused
from bot.acts.session import Arrival, arrival, by_token, expect_member, membership
from bot.practice.circle import Circle
from bot.practice.door import Door
from bot.store.unit import Unit


async def arrive(unit: Unit, by: Presser, token: str, *, listening: bool) -> Arrival | Threshold:
    """Who is here already, before the press that adds anybody to the thread.

    Somebody who isn't a member asks to join by this press; where the door is open they are first told what happens to
    their words. Raises Refusal when there's no way in.
    """
    session = await by_token(unit, token)
    if not await membership(unit, by, session):
        circle = await unit.one(Circle, id=session.circle_id)
        assert isinstance(circle, Circle)
        known = circle.door is Door.OPEN
        return await approach(unit, by, named=circle.token) if known else await ask(unit, by, circle.token)
    person_id = await expect_member(unit, by, session)
    await expect_not_paused(unit, session, person_id)
    session.expect_room(person_id, listening)
    return await arrival(unit, session, person_id)

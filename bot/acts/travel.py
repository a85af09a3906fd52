"""How far what somebody shared may travel: said in the thread, by whoever shared it (P3)."""

from bot.acts import Presser
from bot.acts.session import by_token, expect_member
from bot.acts.telling import common
from bot.practice.circle import Circle
from bot.practice.session import Session
from bot.practice.tagging import tag as tag_share
from bot.practice.travel import Travel
from bot.store.unit import Unit

SAID = "travel.said"


async def tag(unit: Unit, by: Presser, token: str, *, travel: Travel) -> None:
    """Say it for one's own share. The thread reads one line, which goes with it; the tag goes when the session closes.

    Raises Refusal as the rule does.
    """
    session = await by_token(unit, token)
    for said in tag_share(session, await expect_member(unit, by, session), travel):
        await _say(unit, session, said.person, said.travel, changed=said.changed)


async def say_again(unit: Unit, session: Session) -> None:
    """In a new thread the lines of the one that is lost stand again: the circle would not know of them any more."""
    for seat in session.seats:
        if seat.travel is not Travel.STAYS:
            await _say(unit, session, seat.person_id, seat.travel, changed=False)


async def take_back(unit: Unit, person_id: str) -> None:
    """Nobody's word is given in the name of somebody who was forgotten: a line still on its way goes."""
    for due in await unit.waiting.here():
        if due.facts.get("kind") == SAID and due.facts["people"] == [person_id]:
            await unit.waiting.done(due.token)


async def _say(unit: Unit, session: Session, person_id: str, travel: Travel, *, changed: bool) -> None:
    circle = await unit.one(Circle, id=session.circle_id)
    assert isinstance(circle, Circle)
    await unit.waiting.write(
        "post", session.id, kind=SAID, people=[person_id], travel=travel.value, changed=changed,
        language=circle.language, **common(session),
    )  # fmt: skip

"""Steps of tests in which a circle debriefs."""

from datetime import datetime

from bot.acts import debrief, inbox, session
from bot.acts.due import Errand
from bot.acts.privacy import forgetting
from bot.practice.circle import Membership
from bot.practice.debrief import Debrief, DebriefPlan
from bot.practice.session import Session

from .people import Evening, Home, Someone
from .planning import FIRST

HOT, COLD = Debrief.HOT, Debrief.COLD
MOST_STEPS = 60
LINES = {"debrief.planned", "debrief.soon"}
OPENS = [("post", "session.waiting"), ("post", "debrief.invitation"), ("note", "debrief.you_hold")]


async def plans(who: Someone, first: datetime = FIRST) -> debrief.Planned:
    """Plan one, and let the channel read it."""
    made: debrief.Planned = await who.does(debrief.plan, named="Garden", first=first)
    await who.home.carry_out()
    return made


async def opens(kind: Debrief, holder: Someone, *others: Someone) -> Evening:
    """Open one by hand; all come in to speak."""
    evening = Evening(holder, list(others), "Garden")
    await holder.does(debrief.open_now, named="Garden", kind=kind)
    return await comes(evening, await evening.shows())


async def comes(evening: Evening, opened: list[Errand]) -> Evening:
    """All come into the one that has just been opened."""
    invitation = next(one for one in opened if one.due.facts.get("kind") == "debrief.invitation")
    evening.token, evening.thread = str(invitation.due.facts["token"]), invitation.thread_id or 0
    for person in evening.people:
        await person.does(session.come_in, evening.token, listening=False)
    evening.posted += opened
    await evening.shows()
    return evening


async def is_held(evening: Evening) -> Errand:
    """It begins, goes round and closes; its last message."""
    await evening.holder.does(session.begin, evening.token)
    await evening.shows()
    return await goes_round(evening)


async def goes_round(evening: Evening) -> Errand:
    """It goes on to its end; its last message."""
    for _ in range(MOST_STEPS):
        closed = [one for one in evening.posted if one.due.facts.get("kind") == "debrief.closed"]
        if closed:
            return closed[-1]
        await evening.goes_on()
    raise AssertionError("it doesn't end")


async def plan_rows(home: Home) -> list[DebriefPlan]:
    """What is planned, and what only waits for its thread to go."""
    async with home.store.unit(home.id) as unit:
        found: list[DebriefPlan] = await unit.all(DebriefPlan)
    return sorted(found, key=lambda made: made.number)


async def sittings(home: Home) -> list[Session]:
    """All debriefs of which a row is left, as they were opened."""
    async with home.store.unit(home.id) as unit:
        found: list[Session] = await unit.all(Session)
    return sorted([one for one in found if one.debrief], key=lambda one: one.opened_at)


def lines(home: Home) -> list[str]:
    """The kinds of what stands in the circle's channel of what is planned, with whether the hot one still comes."""
    facts = [
        one.due.facts for one in home.shown.values() if one.due.facts.get("kind") in {"debrief.planned", "debrief.soon"}
    ]
    return [f"{one['kind']} {one['number']}{' hot' if one['hot'] else ''}" for one in facts]


async def is_paused(who: Someone, *, paused: bool = True) -> None:
    """Two have paused this person in their circle, or let them back in."""
    async with who.home.store.unit(who.home.id) as unit:
        person = await unit.people.find(who.id)
        assert person
        membership = await unit.one(Membership, person_id=person.id)
        assert membership
        membership.paused = paused


async def is_forgotten(who: Someone) -> None:
    """This person is forgotten."""
    await who.does(forgetting.ask)
    async with who.home.store.unit(who.home.id) as unit:
        (row,) = [due for due in await unit.waiting.here() if due.deed == forgetting.LET_GO]
        await unit.waiting.done(row.token)
        await forgetting.forget(unit, str(row.facts["of"]))


async def reads(who: Someone) -> list[str]:
    """The kinds of what waits for somebody."""
    return [str(note.due.facts["kind"]) for note in await who.does(inbox.look)]

"""What `cogs` do with rows that wait and need no message of ours: what time brings, and reaching one person."""

from collections.abc import Awaitable, Callable, Set

from bot.acts import due, holding
from bot.acts.due import Errand
from bot.acts.rupture import caring, passing, talking
from bot.store.unit import Unit
from bot.store.waiting import Due


async def _moment_of_session(unit: Unit, row: Due) -> None:
    await holding.meet_moment(unit, str(row.facts["session"]))


def _of_flag(brought: Callable[[Unit, str], Awaitable[None]]) -> Callable[[Unit, Due], Awaitable[None]]:
    return lambda unit, row: brought(unit, row.token)


BROUGHT_BY_TIME = {
    "moment": _moment_of_session,
    "flag_moment": _of_flag(passing.meet),
    caring.PLAN: _of_flag(caring.remind_of_plan),
    talking.TALK: _of_flag(talking.lapse),
}


async def reach(unit: Unit, errand: Errand, takes_no_dms: Set[int]) -> None:
    """Let a note rest with its person, who may have closed their DMs."""
    shut = errand.people.get(errand.due.person_id or "") in takes_no_dms
    if errand.reader_takes_dms and shut:
        await passing.unreachable(unit, errand.due.token)
    await due.rest(unit, errand.due.token, knocked=errand.reader_takes_dms and not shut)

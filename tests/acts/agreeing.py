"""Steps on the way to an agreement, as many tests take them."""

from bot.acts import agreement, session
from bot.acts.lines import View

from .people import Evening, Home, Someone

OWN = "We leave our phones face down"


async def shown(who: Someone) -> View:
    """The agreement as this person reads it."""
    return await who.does(agreement.read)


async def opens_list(evening: Evening) -> list[str]:
    """The ids of the lines, once the list stands in the thread."""
    found = await evening.holder.does(agreement.open_list, evening.circle)
    await evening.shows()
    return [line.id for line in found.lines]


async def agrees(evening: Evening) -> list[str]:
    """The circle makes its agreement of the lines it began with."""
    lines = await opens_list(evening)
    await evening.holder.does(agreement.close_list, evening.token)
    await evening.shows()
    return lines


async def closes(evening: Evening) -> None:
    """The session is over."""
    await evening.holder.does(session.close, evening.token)
    await evening.shows()


async def rows(home: Home, kind: type) -> list[object]:
    """All rows of this kind."""
    async with home.store.unit(home.id) as unit:
        return await unit.all(kind)

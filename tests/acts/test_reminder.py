"""A line brought to mind: read to all once, with nobody named."""

from bot.acts import agreement, session
from bot.acts.lines import Wording
from bot.practice.session import Session

from .agreeing import OWN, agrees, closes, opens_list
from .people import Home, begun, refused


async def opening_line(home: Home, number: int) -> Wording | None:
    async with home.store.unit(home.id) as unit:
        (found,) = [one for one in await unit.all(Session) if one.number == number]
        return await agreement.opening_line(unit, found)


async def test_a_reminder_is_read_at_the_end_of_the_turn_once_and_names_nobody(home: Home) -> None:
    evening = await begun(home)
    lines = await agrees(evening)
    assert await evening.others[0].does(agreement.remind, lines[4])
    with refused("agreement.reminded_already"):
        await evening.others[1].does(agreement.remind, lines[5])
    async with home.store.unit(home.id) as unit:
        (running,) = await unit.all(Session)
        assert await agreement.take_reminder(unit, running) == ("agree.5", None)
    async with home.store.unit(home.id) as unit:
        (running,) = await unit.all(Session)
        assert await agreement.take_reminder(unit, running) is None
    assert await evening.others[1].does(agreement.remind, lines[5])


async def test_with_no_turn_running_the_reminder_waits_for_the_next_opening(home: Home) -> None:
    evening = await begun(home)
    await evening.others[0].does(agreement.propose, evening.circle, OWN)
    lines = await agrees(evening)
    await closes(evening)
    assert not await evening.others[0].does(agreement.remind, lines[8])
    with refused("agreement.reminded_already"):
        await evening.others[0].does(agreement.remind, lines[0])
    await evening.opens()
    assert await opening_line(home, 2) == (None, OWN)
    assert await opening_line(home, 2) == ("agree.2", None)  # then the lines take turns again


async def test_a_reminder_in_the_last_turn_is_read_at_the_closing(home: Home) -> None:
    evening = await begun(home)
    lines = await agrees(evening)
    assert await evening.others[0].does(agreement.remind, lines[6])
    await evening.holder.does(session.close, evening.token)
    closed = next(errand for errand in await evening.shows() if errand.due.facts.get("kind") == "session.closed")
    assert closed.due.facts["reminder"] == ["agree.7", None]
    await evening.opens()
    assert await opening_line(home, 2) == ("agree.2", None)


async def test_a_line_that_is_gone_is_not_read_though_somebody_asked_for_it(home: Home) -> None:
    evening = await begun(home)
    assert await opening_line(home, 1) is None
    lines = await agrees(evening)
    await evening.others[0].does(agreement.remind, lines[4])
    await evening.others[1].does(agreement.object, lines[4])
    await evening.shows()
    await evening.holder.does(agreement.close_list, evening.token)
    async with home.store.unit(home.id) as unit:
        (running,) = await unit.all(Session)
        assert await agreement.take_reminder(unit, running) is None
    with refused("agreement.line_gone"):
        await evening.others[0].does(agreement.remind, lines[4])


async def test_only_lines_in_force_are_read(home: Home) -> None:
    evening = await begun(home)
    lines = await opens_list(evening)
    with refused("agreement.line_gone"):
        await evening.holder.does(agreement.remind, lines[0])

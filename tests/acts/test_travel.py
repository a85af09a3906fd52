"""How far what one shares may travel: one line in the thread, and nothing kept of it after the closing."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.acts import broken, session, travel
from bot.acts.due import Errand
from bot.acts.privacy import exporting, forgetting
from bot.practice.travel import Travel
from bot.store import tables

from .doing import kind_of, the_session, what_stands_is_true
from .people import Evening, Home, begun, refused

WEEK = timedelta(days=8)


def lines(step: list[Errand]) -> list[tuple[str, bool]]:
    """What is read of it: how far, and whether that is a change."""
    return [(one.due.facts["travel"], one.due.facts["changed"]) for one in step if kind_of(one) == "travel.said"]


def still_read(home: Home) -> list[tuple[str, bool]]:
    """The same, of what stands in any thread now."""
    return lines(list(home.shown.values()))


async def tags(home: Home) -> set[str]:
    """Every tag in the table of seats."""
    async with home.store.unit(home.id) as unit:
        return set((await unit.rows.scalars(select(tables.seat.c.travel))).all())


async def closes(evening: Evening, *, early: bool) -> None:
    if early:
        await evening.holder.does(session.close, evening.token)
        await evening.shows()
    while not early and not any(kind_of(one) == "session.closed" for one in await evening.goes_on()):
        pass


async def test_one_line_stands_in_the_thread_through_all_turns_and_goes_with_it(home: Home) -> None:
    evening = await begun(home)
    ana = evening.others[0]
    await ana.does(travel.tag, evening.token, travel=Travel.CARRIED)
    (line,) = await evening.shows()
    assert lines([line]) == [("carried", False)]
    assert line.channel_id == evening.thread
    assert list(line.people.values()) == [ana.id]
    await what_stands_is_true(evening)
    await evening.goes_on()
    await what_stands_is_true(evening)
    await closes(evening, early=False)
    assert still_read(home) == [("carried", False)]
    await home.passes(WEEK)
    assert still_read(home) == []


async def test_a_change_is_a_new_line_that_says_so_and_the_same_again_is_none(home: Home) -> None:
    evening = await begun(home)
    ana = evening.others[0]
    with refused("travel.stays_already"):
        await ana.does(travel.tag, evening.token, travel=Travel.STAYS)
    for way in (Travel.CARRIED, Travel.TOLD, Travel.STAYS):
        await ana.does(travel.tag, evening.token, travel=way)
        with refused("travel.stays_already" if way is Travel.STAYS else "travel.stands_already"):
            await ana.does(travel.tag, evening.token, travel=way)
    assert lines(await evening.shows()) == [("carried", False), ("told", True), ("stays", True)]


async def test_two_presses_at_once_leave_one_line(home: Home) -> None:
    evening = await begun(home)
    ana = evening.others[0]
    outcomes = await home.at_once(
        *[ana.does(travel.tag, evening.token, travel=Travel.CARRIED) for _ in range(3)],
    )
    assert [outcome for outcome in outcomes if outcome is None] == [None]
    assert lines(await evening.shows()) == [("carried", False)]


@pytest.mark.parametrize("early", [True, False])
async def test_after_the_closing_no_table_knows_of_it(home: Home, early: bool) -> None:
    evening = await begun(home)
    for person, way in zip(evening.people, (Travel.CARRIED, Travel.TOLD, Travel.CARRIED), strict=True):
        await person.does(travel.tag, evening.token, travel=way)
    assert await tags(home) == {"carried", "told"}
    await closes(evening, early=early)
    assert await tags(home) <= {"stays"}  # of one that wasn't held no seats are kept either
    async with home.store.unit(home.id) as unit:
        assert not [due for due in await unit.waiting.here() if due.facts.get("kind") == "travel.said"]
    with refused("session.closed_already"):
        await evening.holder.does(travel.tag, evening.token, travel=Travel.TOLD)


async def test_a_line_that_was_on_its_way_at_the_closing_is_still_said_before_the_last_one(home: Home) -> None:
    evening = await begun(home)
    await evening.others[0].does(travel.tag, evening.token, travel=Travel.CARRIED)
    await evening.holder.does(session.close, evening.token)
    posts = [kind_of(one) for one in await evening.shows() if one.due.deed == "post"]
    assert posts == ["travel.said", "session.closed"]


async def test_in_a_new_thread_what_stands_is_said_again(home: Home) -> None:
    evening = await begun(home)
    ana, ben = evening.others
    await ana.does(travel.tag, evening.token, travel=Travel.CARRIED)
    await ana.does(travel.tag, evening.token, travel=Travel.TOLD)
    await ben.does(travel.tag, evening.token, travel=Travel.CARRIED)
    await ben.does(travel.tag, evening.token, travel=Travel.STAYS)
    await evening.shows()
    async with home.store.unit(home.id) as unit:
        await broken.lose_thread(unit, evening.thread)
    await evening.holder.does(broken.renew_thread, evening.token)
    assert lines(await evening.shows()) == [("told", False)]


async def test_only_who_came_to_speak_says_it_and_only_of_their_own(home: Home) -> None:
    evening = await begun(home, listeners=1)
    late = await home.person().joins(evening.circle)
    for person, code in (
        (evening.others[-1], "travel.listening"),
        (late, "session.come_in_first"),
        (home.person(), "session.members_only"),
    ):
        with refused(code):
            await person.does(travel.tag, evening.token, travel=Travel.TOLD)
    assert await evening.shows() == []
    assert await tags(home) == {"stays"}


async def test_it_is_shown_to_its_person_alone_and_forgotten_with_them(home: Home) -> None:
    evening = await begun(home)
    ana, ben = evening.others
    for person, way in ((ana, Travel.CARRIED), (ana, Travel.TOLD), (ben, Travel.CARRIED)):
        await person.does(travel.tag, evening.token, travel=way)
    assert [seat["travel"] for seat in (await ana.does(exporting.export))["seats"]] == ["told"]
    assert [seat["travel"] for seat in (await ben.does(exporting.export))["seats"]] == ["carried"]
    async with home.store.unit(home.id) as unit:
        me = await unit.people.find(ana.id)
        assert me
        await forgetting.forget(unit, me.id)
    assert [list(one.people.values()) for one in await evening.shows() if kind_of(one) == "travel.said"] == [[ben.id]]
    assert await tags(home) == {"stays", "carried"}
    assert len((await the_session(evening)).seats) == 2

"""What somebody asks for at the end of a debrief, for themselves alone: a note on day 28, company tonight (D2.1)."""

from datetime import timedelta

import pytest

from bot.acts import aftercare, buddy, debrief, door, session
from bot.practice.buddies import DRAWN_AFTER, DRAWN_SOON

from .debriefing import COLD, HOT, is_forgotten, is_held, opens, plans, reads, sittings
from .people import Evening, Home, Someone, refused
from .planning import AT, DAY, HOUR, MINUTE, ana, ben, garden, until

__all__ = ["ana", "ben", "garden"]
NOTE = ["debrief.day28"]


@pytest.fixture
async def three(home: Home, ana: Someone, ben: Someone, garden: str) -> list[Someone]:
    """Who sits in it."""
    return [ana, ben, await home.person().joins(garden)]


@pytest.fixture
async def cold(home: Home, three: list[Someone]) -> Evening:
    """A cold sitting that was held on day 10."""
    await plans(three[0])
    await until(home, AT)
    await three[0].does(session.close, (await sittings(home))[0].token)
    await until(home, AT + 10 * DAY)
    (token,) = [one.token for one in await sittings(home) if one.debrief is COLD]
    evening = Evening(three[0], three[1:], "Garden", token)
    for person in three:
        await person.does(session.come_in, token, listening=False)
    evening.posted += await home.carry_out()
    await is_held(evening)
    return evening


async def test_day_28_is_counted_from_the_hot_one_and_written_once_to_whoever_asked(
    home: Home, three: list[Someone], cold: Evening
) -> None:
    ana, ben, cem = three
    later = await ben.does(aftercare.write_later, cold.token)
    assert later.at == AT + 28 * DAY
    again = await ben.does(aftercare.write_later, cold.token)
    assert abs(again.at - later.at) < timedelta(seconds=1)
    await until(home, AT + 14 * DAY)
    await until(home, AT + 14 * DAY + HOUR + MINUTE)
    assert await sittings(home) == []
    await until(home, AT + 28 * DAY - MINUTE)
    assert await reads(ben) == []
    await until(home, AT + 28 * DAY + MINUTE)
    assert [await reads(who) for who in (ana, ben, cem)] == [[], NOTE, []]


async def test_who_changed_their_mind_isnt_written_to_also_once_the_thread_is_gone(
    home: Home, three: list[Someone], cold: Evening
) -> None:
    for who in three[:2]:
        await who.does(aftercare.write_later, cold.token)
    await three[0].does(aftercare.write_not, cold.token)
    await until(home, AT + 14 * DAY)
    await until(home, AT + 14 * DAY + HOUR + MINUTE)
    assert await sittings(home) == []
    await three[1].does(aftercare.write_not, cold.token)
    await until(home, AT + 29 * DAY)
    assert [await reads(who) for who in three] == [[], [], []]


async def test_asked_later_than_that_it_comes_the_next_day(home: Home, ana: Someone, ben: Someone, garden: str) -> None:
    sits = await opens(COLD, ana, ben, await home.person().joins(garden))  # without a hot one: counted from its closing
    await is_held(sits)
    later = await ben.does(aftercare.write_later, sits.token)
    assert timedelta(days=17, hours=23) < later.at - home.moments.now() < timedelta(days=18)
    home.moments.advance(timedelta(days=30).total_seconds())
    cem = sits.others[1]
    later = await cem.does(aftercare.write_later, sits.token)
    assert abs(later.at - home.moments.now() - DAY) < MINUTE


async def test_who_leaves_the_circle_is_written_to_still_and_who_is_forgotten_never(
    home: Home, three: list[Someone], cold: Evening, garden: str
) -> None:
    for who in three[1:]:
        await who.does(aftercare.write_later, cold.token)
    await three[1].does(door.leave, token=garden)
    await is_forgotten(three[2])
    await until(home, AT + 29 * DAY)
    assert await reads(three[1]) == NOTE
    async with home.store.unit(home.id) as unit:
        kinds = [due.facts.get("kind") for due in await unit.waiting.here()]
    assert kinds.count("debrief.day28") == 1


async def test_only_members_ask_and_only_while_the_thread_stands(
    home: Home, three: list[Someone], cold: Evening
) -> None:
    for deed in (aftercare.write_later, aftercare.ask_for_company):
        with refused("session.members_only"):
            await home.person().does(deed, cold.token)
        with refused("session.gone"):
            await three[0].does(deed, "no such session")
    await home.person().does(aftercare.write_not, cold.token)


async def test_company_is_drawn_a_quarter_of_an_hour_after_the_first_who_asks(home: Home, three: list[Someone]) -> None:
    sits = await opens(HOT, *three)
    await is_held(sits)
    for who in three[1:]:
        await who.does(aftercare.ask_for_company, sits.token)
        home.moments.advance(60)
    assert "draw" not in [one.due.deed for one in await home.carry_out()]
    assert "draw" in [one.due.deed for one in await home.passes(DRAWN_SOON)]
    assert [await reads(who) for who in three] == [[], ["buddy.question"], ["buddy.question"]]
    assert DRAWN_SOON < DRAWN_AFTER


async def test_who_waits_for_a_draw_already_is_drawn_sooner_with_whoever_asks_now(
    home: Home, three: list[Someone], garden: str
) -> None:
    await three[1].does(buddy.ask, garden)
    sits = await opens(HOT, *three)
    await is_held(sits)
    await three[2].does(aftercare.ask_for_company, sits.token)
    await home.passes(DRAWN_SOON + MINUTE)
    assert [await reads(who) for who in three] == [[], ["buddy.question"], ["buddy.question"]]


async def test_nothing_of_asking_shows_to_anybody(home: Home, three: list[Someone], cold: Evening) -> None:
    await three[1].does(aftercare.write_later, cold.token)
    await three[1].does(aftercare.ask_for_company, cold.token)
    assert [one.due.deed for one in await home.carry_out()] == []
    assert await three[0].does(debrief.planned, named="Garden") == []

"""Of a debrief nothing is left: at its closing the people go from the rows, with its thread the row itself (D2.7)."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.acts import calling, circle, debrief, door, holding, past, session, settings
from bot.acts.privacy import exporting
from bot.practice.circle import Circle
from bot.practice.debrief import Debrief
from bot.practice.seat import State
from bot.store.rows import Notice, Person
from bot.store.tables import metadata
from bot.store.unit import Store

from .debriefing import COLD, HOT, is_forgotten, is_held, opens, plan_rows, sittings
from .people import Evening, Home, Someone, begun, refused
from .planning import DAY, HOUR, MINUTE, ana, ben, garden, told, until

__all__ = ["ana", "ben", "garden"]
OF_SITTINGS = ("session", "seat", "round", "turn", "notice", "debrief_plan")


@pytest.fixture
async def three(home: Home, ana: Someone, ben: Someone, garden: str) -> list[Someone]:
    """Who sits in it."""
    return [ana, ben, await home.person().joins(garden)]


async def columns_with(store: Store, home: Home, people: list[Someone]) -> set[str]:
    """The tables of sittings in which any of these people stands, and the waiting rows that name one of them."""
    found = set()
    async with store.reading(home.id) as unit:
        ids = {one.id for who in people if (one := await unit.people.find(who.id))}
        assert len(ids) == len(people)
        for name in OF_SITTINGS:
            for row in (await unit.rows.execute(select(metadata.tables[name]))).all():
                if ids & set(map(str, row)):
                    found.add(name)
        for due in await unit.waiting.here():
            of_a_sitting = {"session", "plan", "of"} & due.facts.keys()
            if of_a_sitting and (due.person_id in ids or any(one in repr(due.facts) for one in ids)):
                found.add(f"waiting {due.deed} {due.facts.get('kind')}")
    return found


async def rows_of(home: Home, kind: type) -> int:
    async with home.store.unit(home.id) as unit:
        return len(await unit.all(kind))


async def the_circle(home: Home) -> Circle:
    async with home.store.unit(home.id) as unit:
        (found,) = await unit.all(Circle)
    assert isinstance(found, Circle)
    return found


@pytest.mark.parametrize("kind", [HOT, COLD])
async def test_once_it_is_closed_nobody_stands_in_any_row_of_it(
    home: Home, store: Store, three: list[Someone], kind: Debrief
) -> None:
    sits = await opens(kind, *three)
    await three[0].does(holding.guard, sits.token, wanted=True)
    assert "seat" in await columns_with(store, home, three)
    await is_held(sits)
    left = await columns_with(store, home, three)
    assert left == ({"debrief_plan"} if kind is HOT else set())  # whoever planned the cold one holds it
    (row,) = await sittings(home)
    assert (row.seats, row.rounds, row.held, row.guardian_id, row.former_holder_id) == ([], [], False, None, None)
    for who in three:
        kept = await who.does(exporting.export)
        assert [room for room in ("seats", "turns", "held", "held_before", "guarding") if kept[room]] == []


async def test_with_its_thread_the_row_goes_and_the_server_keeps_a_count(
    home: Home, store: Store, three: list[Someone], garden: str
) -> None:
    people = await rows_of(home, Person)
    await is_held(await opens(COLD, *three))
    await until(home, home.moments.now() + 3 * DAY - 59 * MINUTE)
    await until(home, home.moments.now() + HOUR)
    assert (await sittings(home), await plan_rows(home)) == ([], [])
    assert (await rows_of(home, Person), await rows_of(home, Notice)) == (people, 0)
    assert await columns_with(store, home, three) == set()
    here = await the_circle(home)
    assert (here.debriefs_held, here.sessions_held, here.sessions_opened) == (1, 0, 0)


async def test_who_asked_to_be_written_to_isnt_named_longer_than_the_thread_stands(
    home: Home, store: Store, three: list[Someone]
) -> None:
    sits = await opens(HOT, *three)
    await three[1].does(holding.ask_to_write, sits.token, member=three[2].id)
    await home.carry_out()
    await is_held(sits)
    await three[0].does(debrief.clear, named="Garden")
    await until(home, home.moments.now() + HOUR + MINUTE)
    assert await sittings(home) == []
    assert await columns_with(store, home, three) == {"debrief_plan"}


async def test_an_hour_before_it_is_said_and_then_the_thread_goes(home: Home, three: list[Someone]) -> None:
    sits = await opens(HOT, *three)
    await is_held(sits)
    closed = home.moments.now()
    assert await until(home, closed + 3 * DAY - 61 * MINUTE) == []
    assert await until(home, closed + 3 * DAY - 59 * MINUTE) == [("post", "debrief.goes")]
    assert [one.debrief for one in await sittings(home)] == [HOT]
    carried = await home.passes(HOUR)
    assert [(one.due.deed, one.thread_id) for one in carried if one.due.deed == "delete"] == [("delete", sits.thread)]


@pytest.mark.parametrize("silence", [DAY * 3, DAY * 40])
async def test_after_a_silence_it_is_said_first_and_goes_an_hour_later(
    home: Home, three: list[Someone], silence: timedelta
) -> None:
    await is_held(await opens(COLD, *three))
    said = await home.passes(silence)
    assert "delete" not in [one.due.deed for one in said]
    assert told(said)[-1] == ("post", "debrief.goes")
    assert await home.passes(58 * MINUTE) == []
    assert "delete" in [one.due.deed for one in await home.passes(3 * MINUTE)]


async def test_a_silence_right_after_it_was_said_lets_it_be_said_again(home: Home, three: list[Someone]) -> None:
    await is_held(await opens(COLD, *three))
    await home.passes(3 * DAY - 59 * MINUTE)
    said = await home.passes(9 * HOUR)
    assert [(one.due.deed, one.due.facts.get("kind")) for one in said] == [("moment", None), ("post", "debrief.goes")]
    assert "delete" in [one.due.deed for one in await home.passes(HOUR + MINUTE)]


async def test_clear_says_it_at_once_in_each_thread_and_once(home: Home, three: list[Someone]) -> None:
    ana, ben, _ = three
    with refused("debrief.nothing_to_clear"):
        await ana.does(debrief.clear, named="Garden")
    hot = await opens(HOT, *three)
    with refused("debrief.still_open"):
        await ana.does(debrief.clear, named="Garden")
    cold = await opens(COLD, *three)
    await is_held(hot)
    await is_held(cold)
    with refused("circle.facilitators_only"):
        await ben.does(debrief.clear, named="Garden")
    cleared = await ana.does(debrief.clear, named="Garden")
    assert sorted(cleared.threads) == sorted([hot.thread, cold.thread])
    assert told(await home.carry_out()) == [("post", "debrief.goes")] * 2
    again = await ana.does(debrief.clear, named="Garden")
    assert (again.gone_at, await home.carry_out()) == (cleared.gone_at, [])
    assert [one.due.deed for one in await home.passes(HOUR)].count("delete") == 2
    with refused("debrief.nothing_to_clear"):
        await ana.does(debrief.clear, named="Garden")


async def test_clear_reaches_a_thread_that_was_put_away(home: Home, three: list[Someone]) -> None:
    await is_held(await opens(HOT, *three))
    assert "archive" in [one.due.deed for one in await home.passes(DAY + MINUTE)]
    await three[0].does(debrief.clear, named="Garden")
    assert told(await home.carry_out()) == [("post", "debrief.goes")]
    assert "delete" in [one.due.deed for one in await home.passes(HOUR)]


async def test_a_circle_chooses_how_long_its_threads_stay(home: Home, three: list[Someone], garden: str) -> None:
    await three[0].does(settings.set_debrief_days, garden, days=1)
    with refused("settings.days_range"):
        await three[0].does(settings.set_debrief_days, garden, days=2)
    last = await is_held(await opens(HOT, *three))
    assert last.due.facts["deleted_at"] == pytest.approx((home.moments.now() + DAY).timestamp(), abs=60)


async def test_sessions_the_rota_and_who_sat_beside_whom_know_nothing_of_debriefs(home: Home) -> None:
    evening = await begun(home)
    three = evening.people
    while not any(one.due.facts.get("kind") == "session.closed" for one in evening.posted):
        await evening.goes_on()

    async def known() -> object:
        async with home.store.unit(home.id) as unit:
            here = await circle.by_token(unit, evening.circle)
            lately = [(one.number, one.speakers) for one in await past.held_lately(unit, here.id)]
            return lately, await past.orders(unit, here.id), await calling.holders(unit, here.id), here.sessions_opened

    before = await known()
    for kind in (HOT, COLD):
        sits = await opens(kind, *three)
        assert await known() == before
        await is_held(sits)
        assert await known() == before


async def test_who_is_forgotten_while_it_is_open_leaves_nothing_and_it_goes_on(
    home: Home, store: Store, three: list[Someone], garden: str
) -> None:
    dua = await home.person().joins(garden)
    sits = await opens(COLD, *three, dua)
    await three[0].does(session.begin, sits.token)
    await sits.shows()
    await is_forgotten(three[1])
    sits.others.remove(three[1])
    await sits.shows()
    (row,) = await sittings(home)
    assert (row.state, len(row.seats)) == (State.IN_ROUND, 3)
    await is_forgotten(three[0])
    await home.carry_out()
    (row,) = await sittings(home)
    await dua.does(holding.take_hold, sits.token)
    await dua.does(session.close, sits.token)
    await home.carry_out()
    assert await columns_with(store, home, [three[2], dua]) == set()


async def test_leaving_the_circle_takes_one_out_of_session_and_debrief(
    home: Home, store: Store, three: list[Someone], garden: str
) -> None:
    evening = Evening(three[0], three[1:], garden)
    await evening.opens()
    sits = await opens(HOT, *three)
    leaver = three[1]
    await leaver.does(door.leave, token=garden)
    await home.carry_out()
    assert await columns_with(store, home, [leaver]) == set()
    assert len((await sittings(home))[0].seats) == 2
    with refused("session.members_only"):
        await leaver.does(session.come_in, sits.token, listening=True)


async def test_debriefs_count_for_check_ins_only_while_the_circle_wants_it_and_none_is_skipped(
    home: Home, three: list[Someone], garden: str
) -> None:
    asked = []
    for number, wanted in enumerate([True, False, True, True], start=1):
        await three[0].does(settings.let_debriefs_count, garden, wanted=wanted)
        sits = await opens(HOT, *three)
        await is_held(sits)
        kinds = [str(one.due.facts.get("kind")) for one in [*sits.posted, *await home.carry_out()]]
        asked += [number for kind in kinds if kind in {"checkin.small"}]
    here = await the_circle(home)
    assert (here.debriefs_held, here.debriefs_counted, here.counted) == (4, 3, 3)
    assert asked == [4]

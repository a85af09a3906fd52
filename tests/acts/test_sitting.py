"""A sitting of a debrief: who holds it, and what stands beside it (P5, P9)."""

from contextlib import suppress

import pytest

from bot.acts import debrief, door, handover, holding, session
from bot.practice.seat import State
from bot.store.unit import Store

from .debriefing import (
    COLD,
    HOT,
    OPENS,
    comes,
    is_forgotten,
    is_held,
    is_paused,
    opens,
    plan_rows,
    plans,
    reads,
    sittings,
)
from .people import Evening, Home, Someone, refused
from .planning import AT, DAY, FIRST, HOUR, MINUTE, ana, ben, garden, until
from .test_rupture_killed import Killed, killed_at

__all__ = ["ana", "ben", "garden"]


async def who_holds(home: Home) -> int | None:
    """Who holds the newest sitting (a Discord id)."""
    newest = (await sittings(home))[-1]
    async with home.store.unit(home.id) as unit:
        return await unit.people.known_address(newest.holder_id)


async def test_whoever_planned_it_holds_it_and_reads_so_alone(
    home: Home, ana: Someone, ben: Someone, garden: str
) -> None:
    second = await ana.shares(garden)
    await plans(second)
    await until(home, AT)
    assert await who_holds(home) == second.id
    assert [await reads(who) for who in (ana, ben, second)] == [[], [], ["debrief.you_hold"]]


async def test_who_planned_it_is_forgotten_and_somebody_else_holds_it(home: Home, ana: Someone, garden: str) -> None:
    second = await ana.shares(garden)
    await plans(second)
    await is_forgotten(second)
    assert [made.holder_id for made in await plan_rows(home)] == [None]
    await until(home, AT)
    assert await who_holds(home) == ana.id


async def test_who_planned_it_has_left_or_is_paused_and_somebody_else_holds_it(
    home: Home, ana: Someone, garden: str
) -> None:
    second = await ana.shares(garden)
    third = await ana.shares(garden)
    await plans(second)
    await second.does(door.leave, token=garden)
    assert [made.holder_id for made in await plan_rows(home)] == [None]
    await plans(third, FIRST + 2 * DAY)
    await is_paused(third)
    await until(home, AT)
    assert await who_holds(home) == ana.id
    await ana.does(session.close, (await sittings(home))[-1].token)
    await until(home, AT + 2 * DAY)
    assert await who_holds(home) == ana.id


async def test_where_nobody_can_hold_it_the_circle_reads_so_and_it_can_be_opened_later(
    home: Home, ana: Someone, garden: str
) -> None:
    second = await ana.shares(garden)
    await ana.does(door.leave, token=garden)
    await plans(second)
    await is_paused(second)
    came = await until(home, AT)
    assert [one for one in came if "circle" not in one[1]] == [("post", "debrief.nobody"), ("edit", "debrief.planned")]
    assert await sittings(home) == []
    await is_paused(second, paused=False)
    assert (await second.does(debrief.open_now, named=garden, kind=HOT)).number == 1


async def test_what_is_open_is_neither_closed_nor_moved_and_its_holder_is_told(
    home: Home, ana: Someone, ben: Someone, garden: str
) -> None:
    made = await plans(ana)
    second = await ana.shares(garden)
    await until(home, AT - 13 * HOUR)
    await second.does(debrief.open_now, named=garden, kind=HOT)
    await home.carry_out()
    assert OPENS[1] not in await until(home, AT)
    assert [await reads(who) for who in (ana, ben, second)] == [[], [], ["debrief.running_still"]]
    (open_one,) = await sittings(home)
    await second.does(session.close, open_one.token)
    assert await reads(second) == []
    opened = await ana.does(debrief.open_now, named=garden, kind=HOT)
    assert (opened.number, opened.plan) == (made.number, made.token)


async def test_a_slow_cold_one_goes_on_beside_a_hot_one_and_a_session(
    home: Home, ana: Someone, ben: Someone, garden: str
) -> None:
    others = [ben, await home.person().joins(garden)]
    slow = Evening(ana, others, garden)
    await ana.does(debrief.open_now, named=garden, kind=COLD)
    anew = await slow.shows()
    await ana.does(session.take_days, next(one for one in anew if "token" in one.due.facts).due.facts["token"])
    await comes(slow, anew)
    await ana.does(session.open_session, named=garden)
    hot = await opens(HOT, ana, *others)
    assert [(one.debrief, one.slow, one.round is not None) for one in await sittings(home)] == [
        (COLD, True, True), (HOT, False, False),
    ]  # fmt: skip
    await is_held(hot)
    with refused("session.open_already"):
        await ana.does(session.open_session, named=garden)


async def test_its_holder_has_a_turn_and_speaks_first(home: Home, ana: Someone, ben: Someone, garden: str) -> None:
    hot = await opens(HOT, ana, ben, await home.person().joins(garden))
    await is_held(hot)
    assert hot.named_in(hot.turns[0]).id == ana.id
    assert len(hot.turns) == 6
    assert [turn.due.facts["prompt"] for turn in hot.turns[::3]] == ["hot.body hot.now", "hot.helped hot.tonight"]
    assert {turn.due.facts["minutes"] for turn in hot.turns} == {1}


async def test_a_cold_one_asks_about_conscience_once(home: Home, ana: Someone, ben: Someone, garden: str) -> None:
    cold = await opens(COLD, ana, ben, await home.person().joins(garden))
    await is_held(cold)
    assert [turn.due.facts["prompt"] for turn in cold.turns[::3]] == [
        "cold.since", "cold.still", "cold.conscience", "cold.carried", "cold.next",
    ]  # fmt: skip


async def test_a_holder_who_doesnt_come_is_followed_and_nothing_is_held_up(
    home: Home, ana: Someone, ben: Someone, garden: str
) -> None:
    cem, dua = [await home.person().joins(garden) for _ in range(2)]
    await plans(ana)
    await until(home, AT - HOUR)
    home.moments.advance(46 * 60)
    hot = await comes(Evening(ben, [cem, dua], garden), await home.carry_out())
    await until(home, AT + 6 * MINUTE)
    await ben.does(holding.take_hold, hot.token)
    await is_held(hot)
    assert await who_holds(home) is None


async def test_who_holds_it_can_only_leave_the_circle_once_it_is_in_other_hands(
    home: Home, ana: Someone, ben: Someone, garden: str
) -> None:
    cem, dua = [await home.person().joins(garden) for _ in range(2)]
    second = await ana.shares(garden)
    await second.does(session.open_session, named=garden)
    hot = await opens(HOT, ana, ben, cem, dua)
    await second.does(session.come_in, hot.token, listening=True)
    with refused("door.holding_now"):
        await ana.does(door.leave, token=garden)
    with refused("handover.holding_now"):
        await ana.does(handover.step_back, garden, farewell=False)
    await ben.does(door.leave, token=garden)  # out of both at once
    assert len((await sittings(home))[0].seats) == 4
    hot.others.remove(ben)
    await is_held(hot)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_killed_anywhere_while_it_opens_it_opens_once(
    home: Home, store: Store, ana: Someone, garden: str
) -> None:
    statement, went_on = 1, False
    for day in range(1, 30):
        await plans(ana, FIRST + day * DAY)
        home.moments.advance((AT + day * DAY - home.moments.now()).total_seconds())
        before = len([one for one in home.shown.values() if one.due.facts["kind"] == "debrief.invitation"])
        with killed_at(store, statement) as met:
            with suppress(Killed):
                await home.carry_out()
            went_on = len(met) < statement
        await home.carry_out()
        opened = [one for one in await sittings(home) if one.state is not State.CLOSED]
        assert len(opened) == 1, statement
        assert len([one for one in home.shown.values() if one.due.facts["kind"] == "debrief.invitation"]) == before + 1
        assert (await reads(ana)).count("debrief.you_hold") == 1, statement
        await ana.does(session.close, opened[0].token)
        await ana.does(debrief.call_off, max(await plan_rows(home), key=lambda made: made.number).token)
        await home.carry_out()
        if went_on:
            break
        statement += 53
    assert went_on
    assert statement > 60

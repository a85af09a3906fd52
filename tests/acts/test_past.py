"""What is kept of sessions that are over: of the last twelve held who was there and who held, and nothing of others."""

from datetime import timedelta

from sqlalchemy import select

from bot.acts import circle, rota, session
from bot.practice.seat import SEATS_KEPT, State
from bot.practice.session import Session
from bot.store.tables import metadata

from .held import held
from .people import Evening, Home, Someone, begun, gathered

WEEK = timedelta(days=8)


async def whole_session(evening: Evening) -> None:
    """Play it from its beginning to its end."""
    await evening.holder.does(session.begin, evening.token)
    await evening.shows()
    for _ in range(9):
        await evening.goes_on()


async def numbers(home: Home) -> list[int]:
    async with home.store.unit(home.id) as unit:
        return sorted(one.number for one in await unit.all(Session))


async def everything(home: Home) -> str:
    """All that stands in any table, but for the membership and the person themselves and what waits, sealed."""
    async with home.store.unit(home.id) as unit:
        tables = [table for table in metadata.tables.values() if table.name not in {"person", "membership", "waiting"}]
        return "\n".join([str((await unit.rows.execute(select(table))).all()) for table in tables])


async def test_after_fifteen_held_sessions_nothing_of_the_first_three_is_in_any_table(home: Home) -> None:
    await home.is_set_up()
    ana = home.facilitator()
    garden = await ana.makes_circle()
    ben, cem, once = [await home.person().joins(garden) for _ in range(3)]
    await held(home, garden, once, [once, ben, cem], times=3)  # who was at the first three only, and held them
    async with home.store.unit(home.id) as unit:
        once_id = (await unit.people.meet(once.id)).id
        first = [row for one in await unit.all(Session) for row in (one.id, one.token)]
    assert once_id in await everything(home)
    await held(home, garden, ben, [ana, ben, cem], times=11)
    evening = Evening(ana, [ben, cem], garden)
    await evening.opens()
    await whole_session(evening)
    after = await everything(home)
    assert once_id not in after
    assert [row for row in first if row in after] == []
    await home.passes(WEEK)
    assert await numbers(home) == list(range(4, 16))
    async with home.store.unit(home.id) as unit:
        assert (await circle.by_token(unit, garden)).sessions_held == 15


async def test_the_rota_asks_only_what_is_kept(home: Home) -> None:
    evening = await begun(home)
    early = evening.others[0]
    for who in evening.people:
        await who.does(rota.set_willing, evening.circle, willing=True)
    await session_closes(evening)
    await held(home, evening.circle, evening.others[1], evening.people, times=1)
    await held(home, evening.circle, early, evening.people)
    assert (await evening.holder.does(rota.look, named=evening.circle)).mine is not None  # theirs is forgotten by now


async def session_closes(evening: Evening) -> None:
    await evening.holder.does(session.close, evening.token)
    await evening.shows()


async def test_a_session_that_was_not_held_goes_with_its_thread(home: Home) -> None:
    evening = await begun(home)
    await session_closes(evening)
    assert await numbers(home) == [1]
    await home.passes(WEEK)
    assert await numbers(home) == []
    assert [one for one in home.shown.values() if one.channel_id == evening.thread] == []
    await evening.opens()
    assert await numbers(home) == [2]


async def test_a_held_session_outlives_its_thread_until_twelve_more_were_held(home: Home) -> None:
    evening = await gathered(home)
    await whole_session(evening)
    await home.passes(WEEK)
    assert await numbers(home) == [1]
    await held(home, evening.circle, evening.holder, evening.people, times=SEATS_KEPT - 1)
    await evening.opens()
    await whole_session(evening)
    assert await numbers(home) == list(range(2, SEATS_KEPT + 2))


async def test_a_session_whose_thread_still_stands_keeps_its_row_and_nobodys_seat(home: Home) -> None:
    evening = await gathered(home)
    await whole_session(evening)
    await held(home, evening.circle, evening.holder, evening.people, times=SEATS_KEPT)
    await evening.opens()
    await session_closes(evening)
    async with home.store.unit(home.id) as unit:
        (first,) = await unit.all(Session, number=1)
    assert (first.state, first.seats) == (State.CLOSED, [])
    assert first.thread_id
    await home.passes(WEEK)
    assert 1 not in await numbers(home)


async def test_the_session_that_closes_is_there_until_all_of_it_was_told(home: Home, elsewhere: Home) -> None:
    evening = await begun(home)
    await elsewhere.is_set_up()
    ana: Someone = elsewhere.facilitator()
    await held(elsewhere, await ana.makes_circle(), ana, [ana], times=SEATS_KEPT)
    await evening.holder.does(session.close, evening.token)
    kinds = [errand.due.facts.get("kind") for errand in await evening.shows()]
    assert {"session.closed", "session.invitation_over"} <= set(kinds)

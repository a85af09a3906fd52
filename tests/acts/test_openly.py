"""The line that the next session looks for somebody: where the circle meets, once, and only while it is true."""

import pytest

from bot.acts import calling, circle, settings

from .garden import DAY, HOUR, Garden, made
from .people import SNOWFLAKES, Home


@pytest.fixture
async def garden(home: Home) -> Garden:
    return await made(home)


async def looks_openly(garden: Garden) -> None:
    """The line stands, five hours before the session."""
    await garden.in_(3 * DAY)
    await garden.home.passes(3 * DAY - 5 * HOUR)


async def moves(garden: Garden, to: int, *, old_is_gone: bool = False) -> None:
    await garden.ana.does(settings.move, garden.token, channel_id=to, old_is_gone=old_is_gone)


def lines(garden: Garden) -> list[int | None]:
    """The channels in which it stands."""
    return [line.channel_id for line in garden.home.shown.values() if line.due.facts["kind"] == "calling.open"]


async def test_it_moves_with_the_circle_and_is_taken_back_where_it_stands(garden: Garden) -> None:
    other = next(SNOWFLAKES)
    await looks_openly(garden)
    await moves(garden, other)
    carried = await garden.home.carry_out()
    assert garden.home.channel in [one.channel_id for one in carried if one.due.deed == "unsay"]
    assert lines(garden) == [other]
    await garden.dua.does(calling.hold, await garden.call())
    assert [one.channel_id for one in await garden.home.carry_out() if one.due.deed == "unsay"] == [other]
    assert lines(garden) == []


async def test_when_the_old_channel_is_gone_it_is_only_said_in_the_new_one(garden: Garden) -> None:
    other = next(SNOWFLAKES)
    await looks_openly(garden)
    await moves(garden, other, old_is_gone=True)
    assert "unsay" not in [one.due.deed for one in await garden.home.carry_out()]
    assert sorted(map(str, lines(garden))) == sorted(map(str, [garden.home.channel, other]))


async def test_one_on_its_way_while_the_circle_moves_is_deleted_where_it_arrives(garden: Garden) -> None:
    other = next(SNOWFLAKES)
    await garden.in_(3 * DAY)
    garden.home.moments.advance((3 * DAY - 5 * HOUR).total_seconds())
    async with garden.home.store.unit(garden.home.id) as unit:
        await calling.meet(unit, (await circle.by_token(unit, garden.token)).id)
    await moves(garden, other)
    await moves(garden, garden.home.channel)
    await moves(garden, other)
    await garden.home.carry_out()
    assert lines(garden) == [other]


async def test_of_two_that_arrive_in_the_same_channel_one_stays(garden: Garden) -> None:
    await garden.in_(3 * DAY)
    garden.home.moments.advance((3 * DAY - 5 * HOUR).total_seconds())
    async with garden.home.store.unit(garden.home.id) as unit:
        await calling.meet(unit, (await circle.by_token(unit, garden.token)).id)
    for channel in (next(SNOWFLAKES), garden.home.channel):
        await moves(garden, channel)
    await garden.home.carry_out()
    assert lines(garden) == [garden.home.channel]


async def test_a_line_that_is_not_true_any_more_moves_nowhere(garden: Garden) -> None:
    await looks_openly(garden)
    await garden.dua.does(calling.hold, await garden.call())
    await moves(garden, next(SNOWFLAKES))
    await garden.home.carry_out()
    assert lines(garden) == []

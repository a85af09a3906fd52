"""The worker: a row that can't be carried out now holds up its lane only, and costs nothing while it waits."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import event

from bot.acts.due import Errand
from bot.app import Trellis
from bot.rehearsal.world import World

PATIENCE = 30.0  # seconds until a test gives up
SERVER = 4711
MANY = 100  # lanes


class Carrier:
    """Carries rows out when it is let, and fails as often as it should."""

    def __init__(self, fails: int = 0) -> None:
        self.fails, self.carried = fails, 0
        self.reached, self.may = asyncio.Event(), asyncio.Event()

    async def __call__(self, errand: Errand) -> None:
        self.reached.set()
        if self.fails:
            self.fails -= 1
            raise TimeoutError
        await self.may.wait()
        self.carried += 1


@pytest.fixture
async def bot(world: World) -> AsyncIterator[Trellis]:
    yield world.bot
    await world.bot.stop_working()


async def let_wait(bot: Trellis, *lanes: str, deed: str = "carry") -> None:
    """A row in each of these lanes."""
    async with bot.store.unit(SERVER) as unit:
        for lane in lanes:
            await unit.waiting.write(deed, lane)


async def is_idle(bot: Trellis) -> None:
    """Until the worker has begun all it can, whatever its lanes do."""
    while bot._worker and not bot._worker.done():
        await asyncio.wait_for(asyncio.wait({bot._worker}), PATIENCE)


async def test_while_a_second_try_takes_its_time_the_worker_rests(world: World, bot: Trellis) -> None:
    bot.carriers["carry"] = carrier = Carrier(fails=1)
    await let_wait(bot, "lane")
    await world.wait(0)
    carrier.reached.clear()
    await world.env.advance_time(2)
    bot.hurry()
    await asyncio.wait_for(carrier.reached.wait(), PATIENCE)
    await is_idle(bot)
    asked: list[str] = []
    for engine in (bot.store.engine, bot.store.readers):
        event.listen(engine.sync_engine, "before_cursor_execute", lambda *what: asked.append(what[2]))
    for _ in range(100):
        await asyncio.sleep(0)
    assert asked == []
    carrier.may.set()
    await bot.at_rest()
    assert carrier.carried == 1


async def test_the_clock_wakes_for_what_is_put_off(world: World, bot: Trellis) -> None:
    bot.carriers["carry"] = Carrier(fails=3)
    await let_wait(bot, "lane")
    tries = []
    for _ in range(3):
        await world.wait(0)
        moment = await bot.next_due()
        assert moment is not None
        tries.append(moment - world.env_now())
        await world.env.advance_time(tries[-1].total_seconds())
    assert tries == [timedelta(seconds=seconds) for seconds in (1, 2, 4)]


async def test_a_press_does_not_wait_behind_all_that_is_due(world: World, bot: Trellis) -> None:
    bot.carriers["carry"] = carrier = Carrier()
    carrier.may.set()
    await let_wait(bot, *(f"lane {number}" for number in range(MANY)))
    going = asyncio.ensure_future(world.wait(0))
    await asyncio.wait_for(carrier.reached.wait(), PATIENCE)
    async with bot.store.unit(SERVER):
        assert carrier.carried < MANY / 4
    await going
    assert carrier.carried == MANY

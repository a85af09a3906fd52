"""What the tests of the store share: a circle to change, and two units side by side."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot import vault
from bot.practice.circle import Circle
from bot.store.unit import Store

SERVER = 4711
only_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
only_postgresql = pytest.mark.parametrize("url", ["postgresql"], indirect=True)


def a_circle(store: Store) -> Circle:
    """A circle that isn't kept yet."""
    return Circle("c" * 22, "t" * 22, SERVER, 1, "n" * 22, vault.keyed_hash(store.pepper, "name"), store.now())


@pytest.fixture
async def circle(store: Store) -> Circle:
    """A circle with nobody in it, kept in the store."""
    async with store.unit(SERVER) as unit:
        await unit.people.server()
        circle = a_circle(store)
        unit.add(circle)
    return circle


@pytest.fixture
def side_by_side(store: Store) -> Callable[[], Awaitable[object]]:
    """Awaited in two units, it lets both go on only when both have come. In SQLite the second waits outside anyway."""
    return asyncio.Barrier(1 if store.url.startswith("sqlite") else 2).wait

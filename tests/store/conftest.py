"""What the tests of the store share: a circle to change."""

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

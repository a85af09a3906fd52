"""Copies of the database: one file that is the same for SQLite and PostgreSQL, and the way back.

Never the keyring: a copy opens nothing by itself. Never the answers of an open check-in, not even for a moment: they
are the one thing we would rather lose than copy (promise 9).
"""

import os
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from alembic.util import CommandError
from sqlalchemy import Connection, MetaData, Table, make_url, select
from sqlalchemy.exc import DBAPIError, NoResultFound
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.pool import NullPool

from bot.store.durable import settle
from bot.store.engine import make_reading_engine
from bot.store.keyring import Keyring
from bot.store.migrate import bring, changing, revision_of, upgrade
from bot.store.rekeying import rehash_rows
from bot.store.tables import house

NEVER_COPIED = frozenset({"answer", "alembic_version"})
CUT_OFF = (("wave", "phase", "open", "void"),)  # without its answers a check-in ends without a result


class NotACopy(Exception):
    """This file isn't a copy that `trellis backup` made, or not of this version or earlier."""


async def copy_out(url: str, place: Path, now: datetime) -> None:
    """Copy the database at `url` as it is in one moment into a new file, which is there whole or not at all.

    What waited is marked as begun at `now`, so that once it is put back we look whether it was done meanwhile. Raises
    OSError when the disk refuses, NotACopy when there is no database yet.
    """
    fresh = place.with_name(place.name + ".new")
    fresh.unlink(missing_ok=True)
    try:
        async with _snapshot(url) as source:
            revision = await source.run_sync(revision_of)
            if revision is None:
                raise NotACopy
            await upgrade(f"sqlite+aiosqlite:///{fresh}", revision)
            async with changing(f"sqlite+aiosqlite:///{fresh}") as target:
                await _copy_rows(source, target)
                await target.run_sync(_begin_what_waits, now)
        with open(fresh, "rb") as file:
            os.fsync(file.fileno())
        os.replace(fresh, place)
        settle(place.parent)
    finally:
        for rest in (fresh, fresh.with_name(fresh.name + ".migrating")):
            rest.unlink(missing_ok=True)


async def copy_in(place: Path, url: str, keyring: Keyring, pepper: bytes) -> None:
    """Put a copy in the place of everything in the database at `url`, in one transaction, at the newest schema.

    It may be of before a change of the pepper: everything is hashed with the present one. Raises NotACopy when it isn't
    one that this version knows; then nothing has changed.
    """
    try:
        async with _reading(place) as source, changing(url) as target:
            revision = await source.run_sync(revision_of)
            if revision is None:
                raise NotACopy
            await target.run_sync(_drop_everything)
            await target.run_sync(bring, revision)
            await _copy_rows(source, target)
            await target.run_sync(bring, "head")
            async with AsyncSession(target, expire_on_commit=False) as rows:
                await rehash_rows(rows, keyring, pepper)
                await rows.flush()
    except (DBAPIError, RuntimeError, KeyError, CommandError) as unknown:  # of a later version, or with a table missing
        raise NotACopy from unknown
    if url.startswith("sqlite"):
        _leave_nothing_behind(Path(make_url(url).database or ""))


async def mark_in(place: Path) -> str:
    """The mark of the keyring that a copy belongs to. Raises NotACopy."""
    try:
        async with _reading(place) as source:
            return str((await source.execute(select(house.c.mark))).scalar_one())
    except (DBAPIError, NoResultFound) as unknown:
        raise NotACopy from unknown


async def drop_everything(url: str) -> None:
    """Empty the database at `url`; a SQLite file goes, with what lies beside it."""
    if url.startswith("sqlite"):
        place = Path(make_url(url).database or "")
        for name in ("", "-wal", "-shm", "-journal", ".migrating"):
            place.with_name(place.name + name).unlink(missing_ok=True)
        return
    async with changing(url) as target:
        await target.run_sync(_drop_everything)


@asynccontextmanager
async def _snapshot(url: str) -> AsyncIterator[AsyncConnection]:
    if not url.startswith("sqlite"):
        engine = create_async_engine(url, poolclass=NullPool, hide_parameters=True, isolation_level="REPEATABLE READ")
    elif Path(make_url(url).database or "").exists():
        engine = make_reading_engine(url)
    else:
        raise NotACopy
    async with _one_look(engine) as connection:
        yield connection


@asynccontextmanager
async def _reading(place: Path) -> AsyncIterator[AsyncConnection]:
    """A copy, of which not a byte is changed."""
    if not place.is_file():
        raise NotACopy
    address = f"sqlite+aiosqlite:///{place.absolute().as_uri()}?mode=ro&immutable=1&uri=true"
    async with _one_look(create_async_engine(address, poolclass=NullPool, hide_parameters=True)) as connection:
        yield connection


@asynccontextmanager
async def _one_look(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    try:
        async with engine.connect() as connection, connection.begin():
            yield connection
    finally:
        await engine.dispose()


async def _copy_rows(source: AsyncConnection, target: AsyncConnection) -> None:
    theirs, ours = await source.run_sync(_tables), await target.run_sync(_tables)
    for name, table in ours.items():
        if name not in NEVER_COPIED:
            rows = [_in_utc(row) for row in (await source.execute(theirs[name].select())).mappings()]
            if rows:
                await target.execute(table.insert(), rows)
    for name, column, was, becomes in CUT_OFF:
        if name in ours:
            state = ours[name].columns[column]
            await target.execute(ours[name].update().where(state == was).values({column: becomes}))


def _tables(connection: Connection) -> dict[str, Table]:
    """Every table as the database has it, those first on which others hang."""
    found = MetaData()
    found.reflect(connection)
    return {table.name: table for table in found.sorted_tables}


def _in_utc(row: Any) -> dict[str, Any]:
    return {name: _aware(value) if isinstance(value, datetime) else value for name, value in row.items()}


def _aware(moment: datetime) -> datetime:
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _begin_what_waits(connection: Connection, now: datetime) -> None:
    waiting = _tables(connection)["waiting"]
    begun = waiting.update().where(waiting.c.due_at.is_not(None), waiting.c.claimed_at.is_(None))
    connection.execute(begun.values(claimed_at=now))


def _drop_everything(connection: Connection) -> None:
    found = MetaData()
    found.reflect(connection)
    found.drop_all(connection)


def _leave_nothing_behind(place: Path) -> None:
    with closing(sqlite3.connect(place, isolation_level=None)) as connection:
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

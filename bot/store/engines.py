"""Engines for a database: one that writes, and for SQLite one beside it that only reads."""

from typing import Any

from sqlalchemy import event, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

BUSY_MILLISECONDS = 8000


def make_engine(url: str) -> AsyncEngine:
    """An engine that writes. On SQLite one connection, in the order of asking; commits are durable."""
    parsed = make_url(url)
    if not parsed.drivername.startswith("sqlite"):
        return create_async_engine(parsed, hide_parameters=True, pool_pre_ping=True, connect_args={"timeout": 5})
    engine = create_async_engine(parsed, hide_parameters=True, pool_size=1, max_overflow=0, pool_timeout=30)
    _prepare_sqlite(engine, "BEGIN IMMEDIATE", "synchronous=FULL", "secure_delete=ON")
    return engine


def make_reading_engine(url: str) -> AsyncEngine:
    """An engine for SQLite that only reads, beside the one that writes."""
    engine = create_async_engine(make_url(url), hide_parameters=True, pool_size=2, pool_timeout=30)
    _prepare_sqlite(engine, "BEGIN", "query_only=ON")
    return engine


def _prepare_sqlite(engine: AsyncEngine, begin: str, *pragmas: str) -> None:
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", f"busy_timeout={BUSY_MILLISECONDS}", "foreign_keys=ON", *pragmas):
            connection.execute(f"PRAGMA {pragma}").close()

    event.listen(engine.sync_engine, "connect", prepare)
    event.listen(engine.sync_engine, "begin", lambda connection: connection.exec_driver_sql(begin))

"""The database: opening it, and one transaction at a time."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import inspect, make_url, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionInTime
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from sqlalchemy.orm.exc import StaleDataError

from bot import vault
from bot.practice.session import Session
from bot.store import hashes, mapping, tables
from bot.store.engines import BUSY_MILLISECONDS, make_engine, make_reading_engine
from bot.store.keyring import AnotherKeyring, Keyring, KeyringFault
from bot.store.migrate import upgrade
from bot.store.people import People
from bot.store.rows import House
from bot.store.sealed import Words
from bot.store.waiting import WaitingRows

KEEP_SAFE_EVERY = timedelta(minutes=1)
AWAY = (OSError, TimeoutError, NoConnectionInTime)

mapping.lay_out()


class SomebodyWasFirst(Exception):
    """Two acts touched the same rows at once; this one changed nothing and may look again."""


class SchemaFault(Exception):
    """The database can't be brought up to date; it is as it was."""

    def __str__(self) -> str:
        return "The database can't be brought up to date by this version of Trellis. Nothing in it was changed."


class WrongPepper(KeyringFault):
    """The pepper isn't the one this database was made with: nobody would be found in it."""

    plainly = (
        "TRELLIS_PEPPER isn't the one this database was made with (its keyring is {path}). Nothing was changed. "
        "Put back the .env it was made with, or choose another DATABASE_URL."
    )


class StoreDown(Exception):
    """The database doesn't answer. Nothing was changed by the act that met this."""


class Unit:
    """One transaction in one server: everything an act may touch."""

    def __init__(
        self, rows: AsyncSession, keyring: Keyring, pepper: bytes, server_id: int, now: datetime,
        *, reads_only: bool = False,
    ) -> None:  # fmt: skip
        self.rows = rows
        self.reads_only = reads_only
        self.server_id = server_id
        self.now = now
        self.words = Words(rows, keyring)
        self.waiting = WaitingRows(rows, keyring, pepper, server_id, now)
        self.people = People(rows, keyring, pepper, server_id)
        self.keyring = keyring
        self.pepper = pepper

    def add(self, row: object) -> None:
        """Keep a new row."""
        self.rows.add(row)

    async def one(self, of: type, **where: Any) -> Any | None:
        """The row of this kind with these values, or None."""
        return (await self.rows.scalars(select(of).filter_by(**where))).unique().one_or_none()

    async def all(self, of: type, **where: Any) -> list[Any]:
        """All rows of this kind with these values."""
        return list((await self.rows.scalars(select(of).filter_by(**where))).unique())

    async def session_of_turn(self, token: str) -> Session | None:
        """The session in which this turn is, in this server."""
        found = await self.rows.scalars(
            select(Session)
            .join(tables.turn, tables.turn.c.session_id == tables.session.c.id)
            .join(tables.circle, tables.circle.c.id == tables.session.c.circle_id)
            .where(tables.turn.c.token == token, tables.circle.c.server_id == self.server_id)
        )
        return found.unique().one_or_none()

    async def server_of(self, token: str) -> int:
        """The server of the circle, session, request, offer or waiting row with this token; 0 if it is gone."""
        circles = select(tables.circle.c.server_id)
        for of in (
            circles.where(tables.circle.c.token == token),
            circles.join(tables.session).where(tables.session.c.token == token),
            circles.join(tables.request).where(tables.request.c.token == token),
            select(tables.offer.c.server_id).where(tables.offer.c.token == token),
            select(tables.waiting.c.server_id).where(tables.waiting.c.token == token),
        ):
            if server_id := (await self.rows.execute(of)).scalar():
                return int(server_id)
        return 0

    async def threads(self) -> frozenset[int]:
        """The threads of all sessions."""
        found = await self.rows.scalars(
            select(tables.session.c.thread_id).where(tables.session.c.thread_id.is_not(None))
        )
        return frozenset(found)

    @property
    def secret(self) -> bytes:
        """A key of this server, for keyed hashes that must hold after the pepper was changed as well.

        Raises KeyGone where nothing was ever sealed for this server; where there is a circle, something was.
        """
        return vault.keyed_hash(self.keyring.key(f"server:{self.server_id}"), "the secret of a server")

    async def flush(self) -> None:
        """Write what has changed so far, still inside the transaction."""
        await self.rows.flush()

    async def delete(self, row: object) -> None:
        """Let go of a row."""
        await self.rows.delete(row)

    @staticmethod
    def shuffle(people: list[str]) -> None:
        """Draw an order by chance."""
        secrets.SystemRandom().shuffle(people)


class Store:
    """The database and its keyring. Raises StoreDown when the database doesn't answer."""

    def __init__(self, url: str, keyring: Keyring, pepper: bytes, now: Callable[[], datetime]) -> None:
        self.url = url
        self.keyring = keyring
        self.pepper = pepper
        self.now = now
        self.engine = make_engine(url)
        self.readers = make_reading_engine(url) if url.startswith("sqlite") else self.engine
        self._ready = False
        self._kept_safe_at: datetime | None = None
        self._readying = asyncio.Lock()

    async def make_ready(self) -> None:
        """Bring the schema up to date and open the keyring; done once, and tried again while the database is down.

        Raises KeyringFault when the keyring is missing, another one, or doesn't open: never a silent new key over old
        data.
        """
        async with self._readying:
            if not self._ready:
                await bring_up_to_date(self.url)
                await self._recognise()
                self._ready = True

    async def keep_safe(self) -> None:
        """Once a minute: let nothing that was deleted linger, in SQLite's log or the keyring's backup (promise 8)."""
        if not self._ready or (self._kept_safe_at and self.now() - self._kept_safe_at < KEEP_SAFE_EVERY):
            return
        self._kept_safe_at = self.now()
        if self.keyring.backup_due(self.now()):
            await self.keyring.back_up(self.now())
        if self.url.startswith("sqlite"):
            async with self.engine.connect() as connection:
                driver = (await connection.get_raw_connection()).driver_connection
                assert driver is not None
                # Outside of any transaction, and not waiting for readers: then the next minute will do.
                for pragma in ("busy_timeout=0", "wal_checkpoint(TRUNCATE)", f"busy_timeout={BUSY_MILLISECONDS}"):
                    async with driver.execute(f"PRAGMA {pragma}") as answer:
                        await answer.fetchall()  # a cursor left open would keep the next transaction from committing

    async def _recognise(self) -> None:
        async with self._transaction(self.engine) as rows:
            house = await rows.get(House, 1)
            await self.keyring.open(create=house is None)
            # A new, empty database beside a keyring in use is a wrong address, and sweeping would empty the ring.
            if house.mark != self.keyring.mark if house else self.keyring.owners():
                raise AnotherKeyring(self.keyring.path)
            if house is None:
                rows.add(house := House(self.keyring.mark))
            self._know_pepper(house)
            owners = [
                *await rows.scalars(select(tables.person.c.id)),
                *[f"circle:{circle}" for circle in await rows.scalars(select(tables.circle.c.id))],
                *[f"server:{server}" for server in await rows.scalars(select(tables.server.c.id))],
                *[f"server:{server}" for server in await rows.scalars(select(tables.waiting.c.server_id).distinct())],
            ]
            await self.keyring.sweep(frozenset(owners))

    def _know_pepper(self, house: House) -> None:
        """The pepper of the settings, or the coming one if a change of it was cut short."""
        house.pepper_check = house.pepper_check or hashes.check(self.pepper)
        for pepper in (self.pepper, self.keyring.coming_pepper):
            if pepper and hashes.check(pepper) == house.pepper_check:
                self.pepper = pepper
                return
        raise WrongPepper(self.keyring.path)

    @asynccontextmanager
    async def unit(self, server_id: int) -> AsyncIterator[Unit]:
        """One transaction: committed at the end, undone when anything is raised."""
        await self.make_ready()
        async with self._transaction(self.engine) as rows:
            if server_id and not self.engine.dialect.name.startswith("sqlite"):
                # One writer in a server at a time, as SQLite has it: what two saw at once can't both be true after.
                await rows.execute(text("SELECT pg_advisory_xact_lock(:server)"), {"server": server_id})
            yield Unit(rows, self.keyring, self.pepper, server_id, self.now())

    @asynccontextmanager
    async def reading(self, server_id: int) -> AsyncIterator[Unit]:
        """A look that changes nothing, and waits for no writer."""
        await self.make_ready()
        async with self._transaction(self.readers) as rows:
            yield Unit(rows, self.keyring, self.pepper, server_id, self.now(), reads_only=True)

    async def server_of(self, token: str) -> int:
        """The server in which this token stands for something, or 0: a press in a DM names no server."""
        async with self.reading(0) as unit:
            return await unit.server_of(token)

    async def close(self) -> None:
        """Let go of the database."""
        await self.engine.dispose()
        await self.readers.dispose()

    @asynccontextmanager
    async def _transaction(self, engine: AsyncEngine) -> AsyncIterator[AsyncSession]:
        try:
            async with AsyncSession(engine, expire_on_commit=False) as rows, rows.begin():
                await _expect_connection(rows)
                yield rows
        except (StaleDataError, IntegrityError) as first:
            raise SomebodyWasFirst from first
        except (OperationalError, *AWAY) as down:
            raise StoreDown from down
        except DBAPIError as fault:
            if fault.connection_invalidated:
                raise StoreDown from fault
            raise


async def _expect_connection(rows: AsyncSession) -> None:
    try:
        await rows.connection()
    except DBAPIError as shut:  # whatever a database answers instead of letting us in
        raise StoreDown from shut


async def bring_up_to_date(url: str) -> None:
    """Bring the database at `url` to the newest schema.

    Raises StoreDown when it doesn't answer, SchemaFault when it can't be changed.
    """
    await mark_of(url)  # says so if it doesn't answer
    try:
        await upgrade(url)
    except (OperationalError, *AWAY) as down:
        raise StoreDown from down
    except (DBAPIError, RuntimeError) as fault:
        raise SchemaFault from fault


async def pepper_fits(url: str, *peppers: bytes) -> bool:
    """Whether the database at `url` was made with one of these peppers; also if it doesn't know yet."""
    engine = make_engine(url)
    try:
        async with engine.connect() as connection:
            check = (await connection.execute(select(tables.house.c.pepper_check))).scalar()
    except (DBAPIError, *AWAY):  # of an earlier version
        return True
    finally:
        await engine.dispose()
    return check is None or check in map(hashes.check, peppers)


async def mark_of(url: str) -> str | None:
    """The mark of the keyring a database belongs to; None for one that is new. Raises StoreDown."""
    parsed = make_url(url)
    if parsed.drivername.startswith("sqlite") and not Path(parsed.database or "").exists():
        return None  # connecting would make the file
    engine = make_engine(url)
    try:
        async with engine.connect() as connection:
            if not await connection.run_sync(lambda sync: inspect(sync).has_table("house")):
                return None
            return (await connection.execute(select(tables.house.c.mark))).scalar()
    except (DBAPIError, *AWAY) as down:
        raise StoreDown from down
    finally:
        await engine.dispose()

"""The database: opening it, and one transaction at a time."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from sqlalchemy.orm.exc import StaleDataError

from bot import vault
from bot.practice.session import Session
from bot.store import mapping, tables
from bot.store.answers import Answers, owner_of
from bot.store.engine import empty_log, make_engine, make_reading_engine
from bot.store.keyring import Keyring
from bot.store.people import People
from bot.store.recognising import AWAY, bring_up_to_date, recognise
from bot.store.recognising import SchemaFault as SchemaFault
from bot.store.recognising import StoreDown as StoreDown
from bot.store.sealed import Words
from bot.store.waiting import WaitingRows

KEEP_SAFE_EVERY = timedelta(minutes=1)

mapping.lay_out()


class SomebodyWasFirst(Exception):
    """Two acts touched the same rows at once; this one changed nothing and may look again."""


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
        self.answers = Answers(rows, keyring)
        self.waiting = WaitingRows(rows, keyring, pepper, server_id, now)
        self.people = People(rows, keyring, pepper, server_id)
        self.keyring = keyring
        self.pepper = pepper
        self.leaves_an_order = False

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
        """The server of the circle, session, request, offer, wave, calling, pair or waiting row of this token, or 0."""
        circles = select(tables.circle.c.server_id)
        for of in (
            circles.where(tables.circle.c.token == token),
            circles.join(tables.session).where(tables.session.c.token == token),
            circles.join(tables.calling).where(tables.calling.c.token == token),
            circles.join(tables.request).where(tables.request.c.token == token),
            circles.join(tables.pair).where(tables.pair.c.token == token),
            circles.join(tables.wave).where(tables.wave.c.token == token),
            select(tables.offer.c.server_id).where(tables.offer.c.token == token),
            select(tables.waiting.c.server_id).where(tables.waiting.c.token == token),
        ):
            if server_id := (await self.rows.execute(of)).scalar():
                return int(server_id)
        return 0

    async def threads(self) -> frozenset[int]:
        """The threads of all sessions of this server."""
        found = await self.rows.scalars(
            select(tables.session.c.thread_id)
            .join(tables.circle)
            .where(tables.circle.c.server_id == self.server_id, tables.session.c.thread_id.is_not(None))
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

    @staticmethod
    def draw(of: int) -> int:
        """A number from 0 to one less than `of`, by a chance that nobody can foresee."""
        return secrets.randbelow(of)

    def keep_no_order(self) -> None:
        """Of the order of such units nothing may be kept: what SQLite logged of this one goes soon after it."""
        self.leaves_an_order = True

    @staticmethod
    def between(least: int, most: int) -> int:
        """Draw a whole number by chance, both ends included."""
        return least + secrets.randbelow(most - least + 1)


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
                async with self._transaction(self.engine) as rows:
                    self.pepper = await recognise(rows, self.keyring, self.pepper)
                self._ready = True

    async def keep_safe(self) -> None:
        """Once a minute: let nothing that was deleted linger, in SQLite's log or the keyring's backup (promise 8)."""
        if not self._ready or (self._kept_safe_at and self.now() - self._kept_safe_at < KEEP_SAFE_EVERY):
            return
        self._kept_safe_at = self.now()
        if self.keyring.backup_due(self.now()):
            await self.keyring.back_up(self.now())
        if self.url.startswith("sqlite"):
            await empty_log(self.engine)  # where somebody is reading, the next minute will do

    async def scrub(self, wave_id: str) -> bool:
        """Destroy the key of a wave and empty SQLite's log (promise 6). False: somebody is reading, try again."""
        await self.make_ready()
        await self.keyring.destroy(owner_of(wave_id))
        return await empty_log(self.engine) if self.url.startswith("sqlite") else True

    @asynccontextmanager
    async def unit(self, server_id: int) -> AsyncIterator[Unit]:
        """One transaction: committed at the end, undone when anything is raised."""
        await self.make_ready()
        async with self._transaction(self.engine) as rows:
            if server_id and not self.engine.dialect.name.startswith("sqlite"):
                # One writer in a server at a time, as SQLite has it: what two saw at once can't both be true after.
                await rows.execute(text("SELECT pg_advisory_xact_lock(:server)"), {"server": server_id})
            unit = Unit(rows, self.keyring, self.pepper, server_id, self.now())
            yield unit
        if unit.leaves_an_order:
            self._kept_safe_at = None

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

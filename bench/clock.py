"""What a start and a knock of the clock cost with many circles that wait for their time, and with few.

Run it with `.venv/bin/python bench/clock.py`; it prints the tables of bench/README.md. Beside it stands APScheduler's
own SQLAlchemyJobStore, which Trellis doesn't use.
"""

import argparse
import asyncio
import logging
import pickle
import resource
import secrets
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import Connection, Table, create_engine, insert, text

from bot import vault
from bot.acts import due
from bot.app import Trellis
from bot.store import tables
from bot.store.durable import replace_whole
from bot.store.keyring import Keyring
from bot.store.recognising import bring_up_to_date
from bot.store.ring import place_of
from bot.store.unit import Store
from bot.store.waiting import WaitingRows

NOW = datetime(2027, 1, 14, 12, tzinfo=UTC)
CIRCLES_A_SERVER, MEMBERS = 10, 2
FACTS = {"kind": "schedule.reminder", "circle": "x" * 22, "language": "en", "channel": 2**62}
AT_ONCE = 5000  # rows in one insert
DUE = (1, 1000)
LOOKS = 20

logging.getLogger("trellis").setLevel(logging.ERROR)
figures: dict[str, dict[int, str]] = {}


def tell(what: str, circles: int, figure: str) -> None:
    """Keep a figure for the table."""
    figures.setdefault(what, {})[circles] = figure
    print(f"  {what}: {figure}", flush=True)


@contextmanager
def timed(what: str, circles: int, times: int = 1) -> Iterator[None]:
    """Keep how long this took, each of so many times; and how long this process computed meanwhile."""
    begun, computed = time.perf_counter(), time.process_time()
    yield
    took, computed = (time.perf_counter() - begun) / times, (time.process_time() - computed) / times
    tell(what, circles, f"{took * 1000:,.1f} ms ({computed * 1000:,.1f})")


class Town:
    """A database and a keyring with so many circles in them, each with a row that waits for next week."""

    def __init__(self, folder: Path, circles: int, url: str | None) -> None:
        self.circles = circles
        self.now = NOW
        self.url = url or f"sqlite+aiosqlite:///{folder}/trellis.db"
        self.path = folder / "trellis.keyring"
        self.master, self.pepper = vault.new_key(), vault.new_key()

    def store(self) -> Store:
        """As a process that starts has it."""
        return Store(self.url, Keyring(self.path, self.master), self.pepper, lambda: self.now)

    async def build(self) -> None:
        """Everything at once, as if it had grown."""
        await bring_up_to_date(self.url)
        store = self.store()
        await store.make_ready()
        servers = range(1, self.circles // CIRCLES_A_SERVER + 1)
        circles = {vault.new_token(): 1 + number % len(servers) for number in range(self.circles)}
        people = {vault.new_token(): server for server in circles.values() for _ in range(MEMBERS)}
        owners = [*people, *(f"circle:{circle}" for circle in circles), *(f"server:{server}" for server in servers)]
        await self._give_keys(store.keyring, owners)
        async with store.engine.begin() as connection:
            await connection.run_sync(self._fill, tables.server, ({"id": server} for server in servers))
            await connection.run_sync(self._fill, tables.person, map(self._person, people.items()))
            await connection.run_sync(self._fill, tables.circle, map(self._circle, circles.items()))
        if not self.url.startswith("sqlite"):
            async with store.engine.connect() as connection:
                await connection.execution_options(isolation_level="AUTOCOMMIT")
                await connection.execute(text("ANALYZE"))
        await store.close()
        await self.write_rows(dict(circles), after=timedelta(days=7))

    async def write_rows(self, lanes: dict[str, int], after: timedelta = timedelta()) -> None:
        """A waiting row in each of these lanes."""
        store = self.store()
        await store.keyring.open(create=False)
        async with store.engine.begin() as connection:
            rows = WaitingRows(None, store.keyring, self.pepper, 0, self.now)  # type: ignore[arg-type]
            made = []
            for number, (lane, server) in enumerate(lanes.items()):
                rows._server_id = server
                token = vault.new_token()
                body = {"deed": "forget", "lane": lane, "person": None, "facts": FACTS}
                due_at = self.now + after * (0.5 + number / len(lanes) / 2) - timedelta(seconds=not after)
                made.append(
                    {
                        "token": token, "server_id": server, "box": secrets.token_bytes(32), "due_at": due_at,
                        "attempts": 0, "body": await rows._seal(token, body),
                    }
                )  # fmt: skip
            await connection.run_sync(self._fill, tables.waiting, iter(made))
        await store.close()

    async def _give_keys(self, keyring: Keyring, owners: list[str]) -> None:
        wrapped = {owner: vault.seal(self.master, vault.new_key(), place_of(owner)) for owner in owners}
        replace_whole(self.path, replace(keyring._opened, wrapped=wrapped).as_text())

    @staticmethod
    def _fill(connection: Connection, table: Table, rows: Iterator[dict[str, Any]]) -> None:
        some: list[dict[str, Any]] = []
        for row in rows:
            some.append(row)
            if len(some) == AT_ONCE:
                connection.execute(insert(table), some)
                some = []
        if some:
            connection.execute(insert(table), some)

    @staticmethod
    def _person(of: tuple[str, int]) -> dict[str, Any]:
        lookup, sealed = secrets.token_bytes(32), secrets.token_bytes(37)
        return {
            "id": of[0], "server_id": of[1], "lookup": lookup, "discord_id": sealed, "language": "en", "dms": False,
            "knocked": False,
        }  # fmt: skip

    @staticmethod
    def _circle(of: tuple[str, int]) -> dict[str, Any]:
        return {
            "id": of[0], "token": vault.new_token(), "server_id": of[1], "channel_id": 2**62, "name_id": "n" * 22,
            "name_hash": secrets.token_bytes(32), "door": "ask", "language": "en", "zone": "Europe/Madrid",
            "thread_days": 7, "sessions_opened": 0, "sessions_held": 0, "created_at": NOW, "version": 1,
        }  # fmt: skip


async def longest_stall(of: Awaitable[Any]) -> float:
    """How long the event loop stood still at most, meanwhile (seconds)."""
    longest, over = 0.0, asyncio.ensure_future(of)
    while not over.done():
        begun = time.perf_counter()
        await asyncio.sleep(0.001)
        longest = max(longest, time.perf_counter() - begun)
    await over
    return longest


async def measure_trellis(town: Town) -> None:
    """A start, a look with nothing due, and knocks."""
    n, store = town.circles, town.store()
    with timed("start: open the keyring", n):
        await store.keyring.open(create=False)
    with timed("start: all of it", n):
        await store.make_ready()
    bot = Trellis(store, "", lambda: town.now)

    async def nothing(_: due.Errand) -> None: ...

    bot.carriers["forget"] = nothing

    async def knock() -> None:
        bot._knocked = True
        while bot._knocked or bot._lanes:
            bot._knocked = True
            await bot._work()
            await bot.at_rest()
            async with store.reading(0) as unit:
                bot._knocked = bool(await due.waiting_now(unit))

    await knock()
    with timed("a knock with nothing due", n, LOOKS):
        for _ in range(LOOKS):
            bot._knocked = True
            await bot._work()
    for number in DUE:
        await town.write_rows({vault.new_token(): 1 + lane % max(1, n // CIRCLES_A_SERVER) for lane in range(number)})
        with timed(f"a knock with {number:,} due, carried out", n):
            stall = await longest_stall(knock())
        tell(f"... the loop stood still at most, {number:,} due", n, f"{stall * 1000:,.1f} ms")
    with timed("a new circle's key, durable", n):
        await store.keyring.make("circle:new")
    with timed("the keyring's backup", n):
        await store.keyring.back_up(town.now)
    tell("the keyring file", n, f"{town.path.stat().st_size / 1e3:,.0f} kB")
    await store.close()


async def remind(circle: str) -> None:
    """What a job of APScheduler's would do."""


async def measure_apscheduler(folder: Path, n: int) -> None:
    """The same rows as APScheduler's own jobs."""
    url = f"sqlite:///{folder}/jobs.db"
    scheduler = AsyncIOScheduler(timezone=UTC, job_defaults={"misfire_grace_time": None})
    scheduler.add_jobstore("sqlalchemy", url=url)
    scheduler.start()
    store = scheduler._jobstores["default"]

    def states(count: int, at: datetime) -> Iterator[dict[str, Any]]:
        like = scheduler.add_job(remind, "date", run_date=at, args=["x" * 22])
        state = like.__getstate__()
        like.remove()
        for _ in range(count):
            state["id"] = vault.new_token()
            yield {"id": state["id"], "next_run_time": at.timestamp(), "job_state": pickle.dumps(state)}

    def write(count: int, at: datetime) -> None:
        with create_engine(url).begin() as connection:
            Town._fill(connection, store.jobs_t, states(count, at))

    write(n, datetime.now(UTC) + timedelta(days=7))
    with timed("APScheduler's store: one job added, blocking", n):
        scheduler.add_job(remind, "date", run_date=datetime.now(UTC) + timedelta(days=7), args=["x" * 22])
    with timed("APScheduler's store: a wake with nothing due, blocking", n):
        scheduler._process_jobs()
    for number in DUE:
        write(number, datetime.now(UTC) - timedelta(seconds=1))
        with timed(f"APScheduler's store: a wake with {number:,} due, blocking", n):
            scheduler._process_jobs()
        await asyncio.sleep(0)
    with timed("APScheduler's store: all jobs listed, blocking", n):
        scheduler.get_jobs()
    scheduler.shutdown(wait=False)
    await asyncio.sleep(0)


async def measure(circles: int, url: str | None) -> None:
    """Everything, with so many circles."""
    with tempfile.TemporaryDirectory() as folder:
        print(f"{circles:,} circles", flush=True)
        town = Town(Path(folder), circles, url)
        await town.build()
        await measure_trellis(town)
        tell("memory at most", circles, f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:,.0f} MB")
        await measure_apscheduler(Path(folder), circles)


def main(run: Callable[..., Any] = asyncio.run) -> None:
    """Measure, and print the table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--circles", type=int, nargs="+", default=[100, 100_000])
    asked.add_argument("--url", help="an empty PostgreSQL database; only with one number of circles")
    given = asked.parse_args()
    for circles in given.circles:
        run(measure(circles, given.url))
    print("\n| |", " | ".join(f"{circles:,} circles" for circles in given.circles), "|")
    print("|---|", "|".join("---:" for _ in given.circles), "|", sep="")
    for what, values in figures.items():
        print(f"| {what} |", " | ".join(values[circles] for circles in given.circles), "|")


if __name__ == "__main__":
    main()

"""One transaction at a time: whole or not at all, and nobody's change is lost unnoticed."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event, make_url, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from bot.practice.circle import Circle, Membership
from bot.practice.refusals import Refusal
from bot.practice.round import Kind, Round, Turn
from bot.practice.session import Session
from bot.store.engines import make_engine
from bot.store.keyring import Keyring
from bot.store.rows import Person
from bot.store.unit import SomebodyWasFirst, Store, StoreDown, Unit
from tests.conftest import KEY

from .conftest import SERVER, only_postgresql, only_sqlite

Deed = Callable[[Unit], Awaitable[object]]


async def carried_out(store: Store, deed: Deed) -> None:
    async with store.unit(SERVER) as unit:
        await deed(unit)


async def held(store: Store) -> int:
    async with store.unit(SERVER) as unit:
        (circle,) = await unit.all(Circle)
        return int(circle.sessions_held)


@pytest.mark.parametrize("fault", [Refusal("no"), ZeroDivisionError(), asyncio.CancelledError()], ids=repr)
async def test_a_unit_that_is_refused_or_fails_changes_nothing(
    store: Store, circle: Circle, fault: BaseException
) -> None:
    async def change_much(unit: Unit) -> None:
        ana = await unit.people.meet(7)
        (found,) = await unit.all(Circle)
        found.sessions_held = 99
        unit.add(Membership("m" * 22, circle.id, ana.id, unit.now))
        await unit.waiting.write("post", "lane")
        await unit.flush()
        raise fault

    with pytest.raises(type(fault)):
        await carried_out(store, change_much)
    assert await held(store) == 0
    async with store.unit(SERVER) as unit:
        assert await unit.all(Person) == await unit.all(Membership) == await unit.waiting.due() == []


async def test_of_two_at_once_on_one_row_one_learns_that_somebody_was_first(store: Store, circle: Circle) -> None:
    # In SQLite the second waits outside anyway.
    side_by_side = asyncio.Barrier(1 if store.url.startswith("sqlite") else 2)

    async def count(server_id: int) -> None:
        async with store.unit(server_id) as unit:
            (found,) = await unit.all(Circle)
            await side_by_side.wait()
            found.sessions_held += 1

    met = await asyncio.gather(count(SERVER), count(0), return_exceptions=True)  # of one server they'd take turns
    late = [one for one in met if one is not None]
    assert [type(one) for one in late] == ([] if store.url.startswith("sqlite") else [SomebodyWasFirst])
    assert await held(store) == 2 - len(late)


async def test_units_of_one_server_take_turns(store: Store, circle: Circle) -> None:
    inside: list[int] = []

    async def count(number: int) -> int:
        async with store.unit(SERVER) as unit:
            (found,) = await unit.all(Circle)
            inside.append(number)
            found.sessions_held += 1
            await unit.flush()
            assert inside == [number]
            inside.remove(number)
            return int(found.sessions_held)

    assert sorted(await asyncio.gather(*map(count, range(4)))) == [1, 2, 3, 4]
    assert await held(store) == 4


async def test_a_row_that_points_nowhere_is_refused(store: Store, circle: Circle) -> None:
    async def point_nowhere(unit: Unit) -> None:
        unit.add(Membership("m" * 22, circle.id, "nobody", unit.now))

    with pytest.raises(SomebodyWasFirst):
        await carried_out(store, point_nowhere)
    async with store.unit(SERVER) as unit:
        assert await unit.all(Membership) == []


async def test_a_session_comes_back_whole_and_its_rounds_go_with_it(store: Store, circle: Circle) -> None:
    async def add_session(unit: Unit) -> None:
        people = [(await unit.people.meet(number)).id for number in range(3)]
        session = Session("s" * 22, "t" * 22, circle.id, 1, people[0], 1, 4, unit.now)
        for number, person in enumerate(people):
            session.come_in(person, number == 2, unit.now, lambda: "")
        turns = [Turn(person, person, place) for place, person in enumerate(reversed(people))]
        session.rounds.append(Round(0, Kind.OPENING, "prompt", turns))
        unit.add(session)

    async def tables(unit: Unit) -> list[int]:
        return [len(await unit.all(kind)) for kind in (Session, Round, Turn)]

    await carried_out(store, add_session)
    async with store.unit(SERVER) as unit:
        (session,) = await unit.all(Session)
        assert sorted(seat.listening for seat in session.seats) == [False, False, True]
        assert session.opened_at == unit.now
        (round_,) = session.rounds
        assert [turn.place for turn in round_.turns] == [0, 1, 2]
        assert await tables(unit) == [1, 1, 3]
        session.rounds.clear()
    async with store.unit(SERVER) as unit:
        assert await tables(unit) == [1, 0, 0]


async def test_a_turn_is_found_in_its_own_server_only(store: Store, circle: Circle) -> None:
    async with store.unit(SERVER) as unit:
        ana = await unit.people.meet(7)
        session = Session("s" * 22, "t" * 22, circle.id, 1, ana.id, 1, 4, unit.now)
        session.rounds.append(Round(0, Kind.OPENING, "prompt", [Turn("u" * 22, ana.id, 0)]))
        unit.add(session)
    for server, token, found in ((SERVER, "u" * 22, True), (SERVER + 1, "u" * 22, False), (SERVER, "v" * 22, False)):
        async with store.unit(server) as unit:
            assert (await unit.session_of_turn(token) is not None) == found


@pytest.fixture
async def away(store: Store, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Store]:
    """A store whose database isn't there."""
    url = make_url(store.url)
    if url.drivername.startswith("sqlite"):
        no_folder = tmp_path_factory.mktemp("away") / "file"
        no_folder.touch()
        url = url.set(database=str(no_folder / "trellis.db"))
    else:
        url = url.set(query={"host": str(tmp_path_factory.mktemp("away"))})
    gone = Store(url.render_as_string(hide_password=False), store.keyring, store.pepper, store.now)
    yield gone
    await gone.close()


async def test_a_database_that_is_not_there_is_down(away: Store) -> None:
    async def nothing(unit: Unit) -> None:
        raise AssertionError("there is no unit without a database")

    with pytest.raises(StoreDown):
        await carried_out(away, nothing)


@only_postgresql
async def test_a_connection_that_dies_in_the_middle_leaves_nothing_and_the_next_one_works(store: Store) -> None:
    async def lose_the_connection(unit: Unit) -> None:
        await unit.people.meet(7)
        backend = (await unit.rows.execute(text("SELECT pg_backend_pid()"))).scalar()
        another = make_engine(store.url)
        async with another.connect() as connection:
            await connection.execute(text("SELECT pg_terminate_backend(:backend)"), {"backend": backend})
        await another.dispose()
        await unit.people.meet(8)

    with pytest.raises(StoreDown):
        await carried_out(store, lose_the_connection)
    async with store.unit(SERVER) as unit:
        assert await unit.all(Person) == []


@only_postgresql
async def test_a_database_that_lets_nobody_in_is_down(store: Store, tmp_path: Path) -> None:
    admin = create_async_engine(store.url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    url = make_url(store.url).set(database="fleeting").render_as_string(hide_password=False)
    fleeting = Store(url, Keyring(tmp_path / "fleeting.keyring", KEY), store.pepper, store.now)
    async with admin.connect() as connection:
        await connection.execute(text("CREATE DATABASE fleeting"))
        await fleeting.make_ready()
        await fleeting.close()
        await connection.execute(text("DROP DATABASE fleeting"))
    await admin.dispose()
    with pytest.raises(StoreDown):
        await carried_out(fleeting, meet_somebody)


async def test_a_unit_that_gets_no_connection_in_time_is_told_that_the_store_is_down(store: Store) -> None:
    await store.make_ready()
    await store.close()
    store.engine = create_async_engine(store.url, pool_size=1, max_overflow=0, pool_timeout=0.01)
    async with store.unit(0) as unit:
        await meet_somebody(unit)
        with pytest.raises(StoreDown):
            await carried_out(store, meet_somebody)


async def meet_somebody(unit: Unit) -> None:
    await unit.people.meet(7)


@pytest.fixture
async def lock(store: Store) -> AsyncIterator[sqlite3.Connection]:
    """Another program that is writing into our SQLite file: nobody else can until it commits."""
    await store.make_ready()
    with closing(sqlite3.connect(str(store.engine.url.database), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other


@only_sqlite
async def test_a_locked_file_is_waited_for(store: Store, lock: sqlite3.Connection) -> None:
    at_the_door = asyncio.Event()
    event.listen(store.engine.sync_engine, "before_cursor_execute", lambda *_: at_the_door.set())
    meeting = asyncio.create_task(carried_out(store, meet_somebody))
    meeting.add_done_callback(lambda _: at_the_door.set())
    await at_the_door.wait()
    for number in range(20_000):  # long enough for the unit to find the file locked
        lock.execute("INSERT OR REPLACE INTO server (id) VALUES (?)", [number])
    lock.execute("COMMIT")
    await meeting
    async with store.unit(SERVER) as unit:
        assert len(await unit.all(Person)) == 1


@only_sqlite
async def test_a_file_that_stays_locked_is_down_and_works_again_afterwards(
    store: Store, lock: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    await store.engine.dispose()
    monkeypatch.setattr("bot.store.engines.BUSY_MILLISECONDS", 1)
    with pytest.raises(StoreDown):
        await carried_out(store, meet_somebody)
    lock.execute("COMMIT")
    async with store.unit(SERVER) as unit:
        assert await unit.all(Person) == []
    await carried_out(store, meet_somebody)
    async with store.unit(SERVER) as unit:
        assert len(await unit.all(Person)) == 1


@only_sqlite
async def test_sqlite_keeps_its_word_and_overwrites_what_it_lets_go(store: Store) -> None:
    wanted = {"journal_mode": "wal", "foreign_keys": 1, "secure_delete": 1, "synchronous": 2, "busy_timeout": 8000}
    async with store.unit(SERVER) as unit:
        for name, value in wanted.items():
            assert (await unit.rows.execute(text(f"PRAGMA {name}"))).scalar() == value

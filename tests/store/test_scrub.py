"""After a wave: its key is destroyed and SQLite's log is empty, or it is tried again (promise 6)."""

from pathlib import Path

from sqlalchemy import text

from bot.store.answers import owner_of
from bot.store.keyring import Keyring
from bot.store.unit import Store
from tests.conftest import KEY, PEPPER

from .conftest import SERVER, only_sqlite

WAVE = "w" * 22


async def test_scrubbing_destroys_the_key_and_may_be_done_twice(store: Store) -> None:
    await store.make_ready()
    await store.keyring.make(owner_of(WAVE))
    assert await store.scrub(WAVE)
    assert await store.scrub(WAVE)
    assert owner_of(WAVE) not in store.keyring.owners()


@only_sqlite
async def test_while_somebody_reads_it_says_that_it_has_to_be_tried_again(store: Store, tmp_path: Path) -> None:
    log = tmp_path / "trellis.db-wal"
    async with store.unit(SERVER) as unit:
        await unit.people.meet(7)
    async with store.readers.begin() as reader:
        await reader.execute(text("SELECT * FROM person"))
        async with store.unit(SERVER) as unit:
            await unit.people.meet(8)
        assert not await store.scrub(WAVE)
        assert log.stat().st_size > 0
    assert await store.scrub(WAVE)
    assert log.stat().st_size == 0


@only_sqlite
async def test_the_log_of_a_unit_that_keeps_no_order_goes_at_once_not_within_the_minute(
    store: Store, tmp_path: Path
) -> None:
    log = tmp_path / "trellis.db-wal"
    await store.make_ready()
    await store.keep_safe()
    async with store.unit(SERVER) as unit:
        await unit.people.meet(7)
    await store.keep_safe()
    assert log.stat().st_size > 0
    async with store.unit(SERVER) as unit:
        unit.keep_no_order()
    await store.keep_safe()
    assert log.stat().st_size == 0


async def test_the_key_of_a_wave_that_is_not_open_is_swept_at_the_next_start(store: Store) -> None:
    await store.make_ready()
    await store.keyring.make(owner_of(WAVE))
    again = Store(store.url, Keyring(store.keyring.path, KEY), PEPPER, store.now)
    await again.make_ready()
    assert owner_of(WAVE) not in again.keyring.owners()
    await again.close()

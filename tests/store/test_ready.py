"""A database and its keyring belong together; a wrong pair is refused, and nothing is changed by that (promise 7)."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot import vault
from bot.store.keyring import AnotherKeyring, Keyring, KeyringFault, KeyringMissing, WrongKey
from bot.store.recognising import mark_of
from bot.store.rows import Person
from bot.store.unit import Store
from tests.conftest import KEY, PEPPER, Moments

from .conftest import SERVER

DAY = timedelta(days=1)


@pytest.fixture
async def path(store: Store) -> Path:
    """The keyring of a database in which somebody is."""
    async with store.unit(SERVER) as unit:
        await unit.people.meet(7)
    return store.keyring.path


@pytest.fixture
def started(store: Store, moments: Moments) -> Callable[[Keyring], Store]:
    """The bot starts again on the same database, with this keyring."""

    def start(keyring: Keyring) -> Store:
        again = Store(store.url, keyring, PEPPER, moments.now)
        again.engine = store.engine  # closed with the first
        return again

    return start


async def refused(store: Store, fault: type[KeyringFault]) -> None:
    with pytest.raises(fault):
        await store.make_ready()


async def test_the_same_keyring_opens_the_database_again(store: Store, started: Callable[[Keyring], Store]) -> None:
    async with store.unit(SERVER) as unit:
        ana = await unit.people.meet(7)
    async with started(Keyring(store.keyring.path, KEY)).unit(SERVER) as unit:
        assert await unit.people.address(ana.id) == 7
    assert await mark_of(store.url) == store.keyring.mark


async def test_a_keyring_that_is_gone_is_not_made_anew(path: Path, started: Callable[[Keyring], Store]) -> None:
    path.unlink()
    await refused(started(Keyring(path, KEY)), KeyringMissing)
    assert not path.exists()


async def test_a_wrong_key_is_refused(path: Path, started: Callable[[Keyring], Store]) -> None:
    before = path.read_bytes()
    await refused(started(Keyring(path, vault.new_key())), WrongKey)
    assert path.read_bytes() == before


async def test_the_keyring_of_another_database_is_refused(
    path: Path, tmp_path: Path, started: Callable[[Keyring], Store]
) -> None:
    other = Keyring(tmp_path / "other.keyring", KEY)
    await other.open(create=True)
    await other.make("ben")
    before = other.path.read_bytes()
    await refused(started(Keyring(other.path, KEY)), AnotherKeyring)
    assert other.path.read_bytes() == before


async def test_a_keyring_in_use_is_not_taken_over_by_an_empty_database(store: Store) -> None:
    used = Keyring(store.keyring.path, KEY)
    await used.open(create=True)
    await used.make("ana")
    await refused(store, AnotherKeyring)
    assert used.owners() == {"ana"}
    again = Keyring(used.path, KEY)
    await again.open(create=False)
    assert again.owners() == {"ana"}


async def test_what_was_refused_works_once_the_right_keyring_is_there(
    path: Path, started: Callable[[Keyring], Store]
) -> None:
    aside = path.rename(path.with_name("aside"))
    store = started(Keyring(path, KEY))
    await refused(store, KeyringMissing)
    aside.rename(path)
    async with store.unit(SERVER) as unit:
        assert len(await unit.all(Person)) == 1


async def test_keys_without_a_row_are_destroyed_at_the_start_and_no_other_ones(
    store: Store, started: Callable[[Keyring], Store]
) -> None:
    async with store.unit(SERVER) as unit:
        ana = await unit.people.meet(7)
        word_id = await unit.words.keep(f"server:{SERVER}", "help is here")
    async with store.unit(SERVER + 1) as unit:
        token = await unit.waiting.write("post", "lane")  # a server we have no other row of
    await store.keyring.make("left behind")
    again = started(Keyring(store.keyring.path, KEY))
    async with again.unit(SERVER) as unit:
        assert await unit.people.address(ana.id) == 7
        assert await unit.words.read(word_id) == "help is here"
    async with again.unit(SERVER + 1) as unit:
        waits = await unit.waiting.get(token)
        assert waits is not None
    assert again.keyring.owners() == {ana.id, f"server:{SERVER}", f"server:{SERVER + 1}"}


async def test_the_keyring_is_backed_up_once_a_day(store: Store, path: Path, moments: Moments) -> None:
    await store.keep_safe()
    first = store.keyring.backup_path.read_bytes()
    async with store.unit(SERVER) as unit:
        await unit.people.meet(8)
    await store.keep_safe()
    assert store.keyring.backup_path.read_bytes() == first
    moments.advance(DAY.total_seconds())
    await store.keep_safe()
    assert store.keyring.backup_path.read_bytes() != first

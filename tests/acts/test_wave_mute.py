"""What a thief of the disk can tell of an open or a closed check-in: nothing that chance wouldn't (promise 6)."""

import base64
import logging
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot import vault
from bot.acts import checkin
from bot.practice.checkin import CORE, Tap
from bot.practice.circle import Membership
from bot.store import tables
from bot.store.answers import owner_of
from bot.store.keyring import Keyring
from bot.store.unit import Store
from tests.conftest import KEY, PEPPER, Moments

from .asking import Asking, a_circle_of
from .people import Home

SAID = (Tap.YES, Tap.PARTLY, Tap.NO)
only_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@pytest.fixture
async def asking(home: Home) -> Asking:
    """A circle of six, five of whom said yes, with an open check-in."""
    asking = await a_circle_of(home, 6)
    await asking.all_say_yes(asking.people[5])
    await asking.opens()
    return asking


@asynccontextmanager
async def copied(asking: Asking, moments: Moments, place: Path) -> AsyncIterator[Asking]:
    """The same circle once more, with the same keys, as if what comes from here on had come otherwise."""
    await asking.home.store.keep_safe()
    await asking.home.store.close()
    place.mkdir()
    for file in ("trellis.db", "trellis.keyring"):
        shutil.copyfile(place.parent / file, place / file)
    store = Store(
        f"sqlite+aiosqlite:///{place}/trellis.db", Keyring(place / "trellis.keyring", KEY), PEPPER, moments.now
    )
    home = Home(store, moments)
    home.id, home.role, home.channel = asking.home.id, asking.home.role, asking.home.channel
    people = [type(person)(home, person.presser) for person in asking.people]
    yield Asking(home, asking.circle, people, list(asking.posted))
    await store.close()


async def on_disk(asking: Asking, place: Path) -> dict[str, bytes]:
    """Every byte the bot left."""
    await asking.home.store.keep_safe()
    return {file.name: file.read_bytes() for file in place.iterdir() if file.is_file() and "shm" not in file.name}


def in_order(asking: Asking) -> list[tuple[Any, str, Tap]]:
    """Who taps what, one after the other."""
    return [(person, item, SAID[number % 3]) for number, person in enumerate(asking.people[:5]) for item in CORE]


async def tap_all(asking: Asking, order: Callable[[list[Any]], list[Any]]) -> None:
    for person, item, tap in order(in_order(asking)):
        await person.does(checkin.begin, asking.token)
        await person.does(checkin.answer, asking.token, item=item, tap=tap)
        await asking.home.store.keep_safe()


def mask(there: dict[str, bytes], sealed: list[bytes]) -> dict[str, bytes]:
    """The files with every sealed answer taken out of them."""
    for name in there:
        for one in sealed:
            there[name] = there[name].replace(one, bytes(len(one)))
    return there


@only_sqlite
async def test_two_orders_of_the_same_answers_leave_the_same_bytes_around_what_is_sealed(
    asking: Asking, moments: Moments, tmp_path: Path
) -> None:
    async with copied(asking, moments, tmp_path / "a") as one, copied(asking, moments, tmp_path / "b") as other:
        await tap_all(one, lambda taps: taps)
        moments.advance(5000)
        await other.people[2].does(checkin.answer, other.token, item="leave", tap=Tap.NO)  # and a change of mind
        await tap_all(other, lambda taps: taps[::-1])
        first, second = [
            mask(await on_disk(here, place), [row[3] for row in await here.answers()])
            for here, place in ((one, tmp_path / "a"), (other, tmp_path / "b"))
        ]
        assert await one.letters() == await other.letters()
    assert first["trellis.db-wal"] == second["trellis.db-wal"] == b""
    assert first["trellis.db"] == second["trellis.db"]
    assert first["trellis.keyring"] == second["trellis.keyring"]


async def test_of_two_copies_of_the_rows_nobody_can_tell_which_was_changed(asking: Asking) -> None:
    before = await asking.answers()
    await asking.ana.does(checkin.answer, asking.token, item="rushed", tap=Tap.PARTLY)
    after = await asking.answers()
    assert [row[:3] for row in sorted(before)] == [row[:3] for row in sorted(after)]
    assert {row[3] for row in before}.isdisjoint(row[3] for row in after)
    assert await asking.letters() == "-" * 14 + "p"


async def test_equal_answers_look_different_and_all_have_one_length(asking: Asking) -> None:
    for person in asking.people[:5]:
        await asking.taps(person, Tap.YES, Tap.YES, Tap.YES)
    sealed = [row[3] for row in await asking.answers()]
    assert await asking.letters() == "y" * 15
    assert len(set(sealed)) == 15
    assert {len(one) for one in sealed} == {30}


async def test_no_other_key_and_no_other_row_opens_an_answer(asking: Asking) -> None:
    await asking.taps(asking.ana, Tap.YES)
    keyring, (first, second, *_) = asking.home.store.keyring, await asking.answers()
    wave_key = keyring.key(owner_of((await asking.row()).id))
    vault.open_sealed(wave_key, first[3], f"answer|{first[0].hex()}")
    others = [keyring.key(owner) for owner in keyring.owners() if not owner.startswith("wave:")]
    for key, row in [*((key, first) for key in [*others, KEY, PEPPER]), (wave_key, second)]:
        with pytest.raises(vault.Unopenable):
            vault.open_sealed(key, first[3] if row is second else row[3], f"answer|{row[0].hex()}")


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_in_postgresql_all_rows_are_of_one_transaction_and_lie_in_the_order_of_their_hashes(
    asking: Asking,
) -> None:
    for person in asking.people[4::-1]:
        await asking.taps(person, Tap.NO, Tap.PARTLY, Tap.YES)
    async with asking.home.store.engine.begin() as connection:
        rows = [tuple(row) for row in await connection.execute(text("SELECT key, xmin::text FROM answer"))]
    assert len({row[1] for row in rows}) == 1
    falls = [after for before, after in pairwise(row[0] for row in rows) if after < before]
    assert len(falls) <= 2, len(falls)  # in their order, but for where the page has room: not person after person


@only_sqlite
async def test_rows_lie_in_the_order_of_their_hashes(asking: Asking, tmp_path: Path) -> None:
    await tap_all(asking, lambda taps: taps[7:] + taps[:7])
    file, rows = (await on_disk(asking, tmp_path))["trellis.db"], await asking.answers()
    places = [file.index(key) for key, *_ in sorted(rows)]
    assert places in (sorted(places), sorted(places, reverse=True))
    assert {(len(key), len(wave), item in CORE, len(tap)) for key, wave, item, tap in rows} == {(32, 22, True, 30)}
    assert [column.name for column in tables.answer.columns] == ["key", "wave_id", "item", "tap"]
    assert len(rows) == 5 * 3  # as many as were asked, however many answered


async def everything_but(store: Store, table: str) -> dict[str, list[str]]:
    """All rows of all other tables; in PostgreSQL with the transaction that wrote them."""
    hidden = "" if store.url.startswith("sqlite") else ", xmin, ctid"
    async with store.engine.begin() as connection:
        return {
            name: sorted(map(repr, await connection.execute(text(f'SELECT *{hidden} FROM "{name}"'))))
            for name in tables.metadata.tables
            if name != table
        }


async def test_a_tap_writes_nothing_beside_the_answers(asking: Asking) -> None:
    store = asking.home.store
    before, rows = await everything_but(store, "answer"), await asking.answers()
    await tap_all(asking, lambda taps: taps)
    assert await everything_but(store, "answer") == before
    assert sorted(row[:3] for row in await asking.answers()) == sorted(row[:3] for row in rows)
    assert await asking.shows() == []


async def test_without_the_key_which_row_is_whose_is_a_coin(asking: Asking) -> None:
    """Of two people who differ, the one who is known to differ has the first row half the time."""
    async with asking.home.store.unit(asking.home.id) as unit:
        ana, ben = [member.person_id for member in await unit.all(Membership)][:2]
    keys = [sha256(str(number).encode()).digest() for number in range(400)]
    first = sum(
        vault.keyed_hash(key, "answer", ana, "rushed") < vault.keyed_hash(key, "answer", ben, "rushed") for key in keys
    )
    assert 160 < first < 240


@only_sqlite
async def test_an_open_wave_has_its_key_in_the_keyring_only_sealed_and_never_in_the_backup(
    asking: Asking, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await tap_all(asking, lambda taps: taps)
    owner = owner_of((await asking.row()).id)
    key = asking.home.store.keyring.key(owner)
    asking.home.moments.advance(100_000)
    there = await on_disk(asking, tmp_path)
    assert [name for name, content in there.items() if key in content or base64.b64encode(key) in content] == []
    assert owner.encode() in there["trellis.keyring"]
    assert owner.encode() not in there["trellis.keyring.backup"]
    logged = " ".join(record.getMessage() for record in caplog.records if record.name.startswith(("trellis", "bot")))
    assert not any(trace in logged for trace in (asking.token, "rushed", "partly", owner))


@only_sqlite
async def test_after_closing_no_answer_no_hash_and_no_key_is_left_on_the_disk(asking: Asking, tmp_path: Path) -> None:
    await tap_all(asking, lambda taps: taps)
    store, owner = asking.home.store, owner_of((await asking.row()).id)
    key = store.keyring.key(owner)
    async with store.unit(asking.home.id) as unit:
        people = [member.person_id for member in await unit.all(Membership)]
    hashes = [vault.keyed_hash(key, "answer", person, item) for person in people for item in CORE]
    before = (await on_disk(asking, tmp_path))["trellis.db"]
    assert sum(place in before for place in hashes) == 5 * 3  # we look where the rows were
    await asking.closes()
    after = {file.name: file.read_bytes() for file in tmp_path.iterdir() if file.is_file()}
    for name, content in after.items():
        assert not any(trace in content for trace in [*hashes, key, base64.b64encode(key), owner.encode()]), name

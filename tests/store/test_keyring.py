"""The keyring is lost by nobody's mistake, and forgets for good."""

import asyncio
import base64
import json
import os
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import vault
from bot.store.keyring import AnotherKeyring, KeyGone, Keyring, KeyringDamaged, KeyringMissing, WrongKey

MASTER = vault.new_key()
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
DAY = timedelta(days=1)
on_posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such file modes")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "keyring"


async def opened(path: Path, *, create: bool = False, master: bytes = MASTER) -> Keyring:
    keyring = Keyring(path, master)
    await keyring.open(create)
    return keyring


def wrapped_in(path: Path, owner: str) -> str:
    return str(json.loads(path.read_text())["keys"][owner])


def all_bytes_beside(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in path.parent.iterdir())


async def test_a_key_is_on_the_disk_before_it_is_handed_out(path: Path) -> None:
    keyring = await opened(path, create=True)
    key = await keyring.make("circle:abc")
    again = await opened(path)
    assert again.key("circle:abc") == key == await again.make("circle:abc")
    assert again.mark == keyring.mark
    assert again.owners() == {"circle:abc"}


async def test_every_owner_has_a_key_of_their_own(path: Path) -> None:
    keyring = await opened(path, create=True)
    owners = [vault.new_token() for _ in range(20)]
    made = await asyncio.gather(*(keyring.make(owner) for owner in owners * 2))
    assert len(set(made)) == 20
    assert (await opened(path)).owners() == set(owners)


async def test_a_missing_keyring_is_not_silently_made_anew(path: Path) -> None:
    with pytest.raises(KeyringMissing):
        await opened(path)
    assert not path.exists()


async def test_a_new_keyring_is_not_made_beside_a_backup_of_the_old_one(path: Path) -> None:
    keyring = await opened(path, create=True)
    key = await keyring.make("ana")
    await keyring.back_up(NOON)
    path.unlink()
    with pytest.raises(KeyringMissing):
        await opened(path, create=True)
    keyring.backup_path.rename(path)
    restored = await opened(path)
    assert restored.key("ana") == key
    await restored.make("ben")
    assert "saved_at" not in json.loads(path.read_text())


async def test_a_wrong_master_is_refused_and_changes_nothing(path: Path) -> None:
    await (await opened(path, create=True)).make("ana")
    before = path.read_bytes()
    for create in (False, True):
        with pytest.raises(WrongKey):
            await opened(path, create=create, master=vault.new_key())
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "null", '{"format": 2}', '{"format": 1, "mark": 3, "keys": []}', "\x00"]
)
async def test_a_damaged_file_is_called_damaged(path: Path, text: str) -> None:
    await opened(path, create=True)
    path.write_text(text)
    for create in (False, True):
        with pytest.raises(KeyringDamaged):
            await opened(path, create=create)
    assert path.read_text() == text


async def test_two_keys_can_not_be_swapped_in_the_file(path: Path) -> None:
    keyring = await opened(path, create=True)
    await keyring.make("ana")
    await keyring.make("ben")
    said = json.loads(path.read_text())
    said["keys"]["ana"], said["keys"]["ben"] = said["keys"]["ben"], said["keys"]["ana"]
    path.write_text(json.dumps(said))
    with pytest.raises(KeyringDamaged):
        (await opened(path)).key("ana")


async def test_a_destroyed_key_is_in_no_byte_of_the_file_nor_of_the_next_backup(path: Path) -> None:
    keyring = await opened(path, create=True)
    key, kept = await keyring.make("ana"), await keyring.make("ben")
    await keyring.back_up(NOON)
    wrapped = wrapped_in(path, "ana").encode()
    await keyring.destroy("ana")
    await keyring.destroy("ana")
    assert wrapped not in path.read_bytes()
    assert await keyring.back_up(NOON + DAY)
    everything = all_bytes_beside(path)
    for trace in (wrapped, base64.b64decode(wrapped), key, b"ana"):
        assert trace not in everything
    with pytest.raises(KeyGone):
        (await opened(path)).key("ana")
    with pytest.raises(KeyGone):
        keyring.key("ana")
    assert (await opened(path)).key("ben") == kept


async def test_a_key_made_again_is_another_key(path: Path) -> None:
    keyring = await opened(path, create=True)
    key = await keyring.make("ana")
    await keyring.destroy("ana")
    assert await keyring.make("ana") != key


async def test_a_write_that_was_killed_leaves_the_old_file_whole(path: Path) -> None:
    keyring = await opened(path, create=True)
    key = await keyring.make("ana")
    stale = path.with_name(path.name + ".new")
    stale.write_bytes(path.read_bytes()[:-40])
    again = await opened(path)
    assert again.key("ana") == key
    wrapped = wrapped_in(path, "ana").encode()
    await again.destroy("ana")
    assert not stale.exists()
    assert wrapped not in all_bytes_beside(path)


DYING = """
import asyncio, os, sys
from pathlib import Path
from bot.store.keyring import Keyring

async def die_while_writing():
    keyring = Keyring(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]))
    await keyring.open(create=False)
    os.replace = lambda *_: os._exit(9)
    await keyring.make("ben")

asyncio.run(die_while_writing())
"""


async def test_a_process_that_dies_while_writing_loses_nothing_that_was_promised(path: Path) -> None:
    key = await (await opened(path, create=True)).make("ana")
    dying = [sys.executable, "-c", DYING, str(path), MASTER.hex()]
    assert subprocess.run(dying, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}).returncode == 9
    again = await opened(path)
    assert again.owners() == {"ana"}
    assert again.key("ana") == key
    assert await again.make("ben") != key


async def test_a_cancelled_press_leaves_no_half_done_change(path: Path) -> None:
    keyring = await opened(path, create=True)
    presses = [asyncio.create_task(keyring.make(f"circle:{number}")) for number in range(10)]
    await asyncio.sleep(0)
    for press in presses[::2]:
        press.cancel()
    await asyncio.gather(*presses, return_exceptions=True)
    last = await keyring.make("ana")
    again = await opened(path)
    assert again.owners() == keyring.owners() >= {f"circle:{number}" for number in (1, 3, 5, 7, 9)}
    assert again.key("ana") == last


@on_posix
async def test_only_the_one_who_runs_it_can_read_it(path: Path) -> None:
    mask = os.umask(0)
    try:
        keyring = await opened(path, create=True)
        await keyring.make("ana")
        await keyring.back_up(NOON)
    finally:
        os.umask(mask)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(keyring.backup_path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@on_posix
async def test_a_link_to_the_keyring_leaves_no_old_keys_where_it_points(path: Path, tmp_path: Path) -> None:
    await (await opened(path, create=True)).make("ana")
    link = tmp_path / "link"
    link.symlink_to(path)
    await (await opened(link)).destroy("ana")
    assert link.is_symlink()
    assert (await opened(path)).owners() == frozenset()


async def test_the_file_names_nobody(path: Path) -> None:
    keyring = await opened(path, create=True)
    with pytest.raises(ValueError, match="Discord id"):
        await keyring.make("213456789012345678")
    for owner in ("zoe", "circle:m", "ana"):
        await keyring.make(owner)
    assert list(json.loads(path.read_text())["keys"]) == ["ana", "circle:m", "zoe"]  # not the order of coming
    assert b"213456789012345678" not in all_bytes_beside(path)


async def test_there_is_one_backup_that_follows_every_change_and_is_never_a_day_old(path: Path) -> None:
    keyring = await opened(path, create=True)
    assert keyring.backup_due(NOON)
    assert await keyring.back_up(NOON)
    assert not await keyring.back_up(NOON + timedelta(hours=22))
    await keyring.make("ana")
    assert await keyring.back_up(NOON + timedelta(minutes=1))
    await keyring.make("ana")  # there already: nothing has changed
    assert not keyring.backup_due(NOON + timedelta(hours=22))
    assert keyring.backup_due(NOON - DAY)
    assert keyring.backup_due(NOON + DAY - timedelta(minutes=2))
    again = await opened(path)
    assert await again.back_up(NOON + DAY)
    assert {file.name for file in path.parent.iterdir()} == {"keyring", "keyring.backup"}
    assert wrapped_in(again.backup_path, "ana") == wrapped_in(path, "ana")


async def test_the_key_of_an_open_wave_is_never_backed_up(path: Path) -> None:
    keyring = await opened(path, create=True)
    await keyring.make("wave:w")
    await keyring.make("ana")
    await keyring.back_up(NOON)
    assert b"wave:" not in keyring.backup_path.read_bytes()
    assert (await opened(path)).owners() == {"wave:w", "ana"}


async def test_orphans_are_swept_but_not_the_key_whose_row_is_on_its_way(path: Path) -> None:
    earlier = await opened(path, create=True)
    for owner in ("ana", "orphan"):
        await earlier.make(owner)
    keyring = await opened(path)
    await keyring.make("new")
    assert await keyring.sweep({"ana"}) == {"orphan"}
    assert (await opened(path)).owners() == {"ana", "new"}
    assert await (await opened(path)).sweep({"ana"}) == {"new"}


async def test_what_was_destroyed_in_the_file_does_not_come_back_from_memory(path: Path) -> None:
    running = await opened(path, create=True)
    await running.make("ana")
    await (await opened(path)).destroy("ana")
    await running.make("ben")
    assert running.owners() == (await opened(path)).owners() == {"ben"}


async def test_a_keyring_that_vanished_or_was_exchanged_is_not_written_over(path: Path, tmp_path: Path) -> None:
    keyring = await opened(path, create=True)
    other = tmp_path / "other"
    await opened(other, create=True)
    other.replace(path)
    with pytest.raises(AnotherKeyring):
        await keyring.make("ana")
    path.unlink()
    with pytest.raises(KeyringMissing):
        await keyring.make("ana")
    assert not path.exists()


async def test_no_fault_tells_a_key_or_an_owner(path: Path) -> None:
    keyring = await opened(path, create=True)
    with pytest.raises(KeyGone) as gone:
        keyring.key("ana")
    assert "ana" not in repr(gone.value)
    with pytest.raises(WrongKey) as wrong:
        await opened(path, master=vault.new_key())
    assert str(path) in str(wrong.value)


async def test_nothing_works_before_it_is_opened(path: Path) -> None:
    with pytest.raises(RuntimeError):
        Keyring(path, MASTER).owners()

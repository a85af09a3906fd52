"""The keyring: one data key for each owner of words, in a small file outside of the database (promises 7 and 8).

A copy of the database opens nothing without this file, and this file opens nothing without the master key. Whoever
asks to be forgotten has their key destroyed here first; then older copies of the database can't be opened either.

One process writes; others may read meanwhile, since the file is only ever replaced whole.
"""

import asyncio
import os
from collections.abc import Callable, Set
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import ClassVar, TypeVar

from bot import vault
from bot.store.durable import replace_whole, settle
from bot.store.ring import PEPPER, Ring, place_of

NEVER_BACKED_UP = "wave:"  # the answers of an open wave are the one thing we would rather lose than copy (promise 9)
SIGN_BYTES = 16
BACKUP_EVERY = timedelta(hours=23)  # a day less an hour: forgetting is whole "within a day", even if a sweep is late

T = TypeVar("T")


class KeyringFault(Exception):
    """The keyring can't be used as it is. Its text is a sentence with its cure; it never holds a key."""

    plainly: ClassVar[str]

    def __init__(self, path: Path) -> None:
        super().__init__(self.plainly.format(path=path))
        self.path = path


class KeyringMissing(KeyringFault):
    """There is no file, and making a new one would lose what the old one opens."""

    plainly = "There is no keyring at {path}. If it was lost, put its .backup in its place; a new one opens nothing."


class KeyringDamaged(KeyringFault):
    """The file is there but isn't a whole keyring of a format we know."""

    plainly = "The keyring {path} is damaged or of a format this version doesn't know. Its .backup may be whole."


class WrongKey(KeyringFault):
    """The master key isn't the one this keyring was made with."""

    plainly = (
        "TRELLIS_KEY doesn't open the keyring {path}. Nothing was changed. "
        "Put back the .env it was made with, or choose another DATABASE_URL."
    )


class AnotherKeyring(KeyringFault):
    """Since we opened it the file was replaced by a keyring with another mark."""

    plainly = (
        "The keyring {path} belongs to another database, or was replaced while in use. Nothing was changed. "
        "Put the keyring of this database there, or the right address into DATABASE_URL."
    )


class KeyGone(Exception):
    """This owner has no key (any more): what it sealed stays shut. Doesn't say who, so that no log can."""


class Keyring:
    """The data keys of all owners: a person's random id, `circle:<id>`, `server:<id>`, `wave:<id>`.

    `master` is the 32-byte key that wraps them. Call `open` before anything else; the rest raises RuntimeError.
    """

    def __init__(self, path: Path, master: bytes) -> None:
        # Replacing a link would leave the old keys where it pointed to.
        self.path = Path(os.path.realpath(path))
        self.backup_path = self.path.with_name(self.path.name + ".backup")
        self._master = master
        self._ring: Ring | None = None
        self._backed_up_at: datetime | None = None
        self._made_here: set[str] = set()
        self._signs: dict[bytes, str] = {}  # whose sign it is, of those that were asked about
        self._changed = True
        # One thread is one writer at a time, and a cancelled press can't leave a half-done change behind.
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="keyring")

    async def open(self, create: bool) -> None:
        """Read the file, or make an empty one if `create` and there is neither a file nor a backup.

        Raises KeyringMissing, KeyringDamaged or WrongKey, and OSError if the disk refuses (promise 7).
        """
        await self._in_turn(lambda: self._open(create))

    async def open_if_there(self) -> None:
        """Read the file if there is one, so that a wrong key shows at once, also while the database is down.

        Raises KeyringDamaged or WrongKey.
        """
        if self.path.exists():
            await self.open(create=False)

    @property
    def mark(self) -> str:
        """22 random characters, the same for as long as this keyring lives: the database keeps them to know it by."""
        return self._opened.mark

    def owners(self) -> frozenset[str]:
        """Everyone who has a key."""
        return frozenset(self._opened.wrapped)

    def key(self, owner: str) -> bytes:
        """The owner's 32-byte data key. Raises KeyGone if there is none, KeyringDamaged if it doesn't open."""
        try:
            return vault.open_sealed(self._master, self._opened.wrapped[owner], place_of(owner))
        except KeyError:
            raise KeyGone from None
        except vault.Unopenable:
            raise KeyringDamaged(self.path) from None

    def sign(self, owner: str) -> bytes:
        """16 bytes that stand for this owner: whose they are nobody can tell without the key. Raises KeyGone."""
        return vault.keyed_hash(self.key(owner), "the sign of an owner")[:SIGN_BYTES]

    def signed_by(self, sign: bytes) -> str | None:
        """Whose sign this is; None when their key is destroyed."""
        there = self._opened.wrapped
        if sign not in self._signs:
            anew = there.keys() - set(self._signs.values())
            self._signs |= {self.sign(owner): owner for owner in anew if not owner.startswith(NEVER_BACKED_UP)}
        owner = self._signs.get(sign)
        return owner if owner in there else None

    async def make(self, owner: str) -> bytes:
        """The owner's key; a new one is on the disk before this returns, so before its first row (promise 7).

        Raises ValueError if the owner's name is a bare number, KeyringFault or OSError if it can't be written.
        """
        if owner.isdecimal():
            raise ValueError("an owner's name is random; a bare number might be somebody's Discord id")
        if owner not in self._opened.wrapped:
            await self._in_turn(lambda: self._add(owner))
        return self.key(owner)

    async def destroy(self, owner: str) -> None:
        """Forget the owner's key: gone from the file before this returns, from the backup within a day (promise 8).

        Destroying twice is no error. Raises KeyringFault or OSError if it can't be written; then the key is kept.
        """
        await self._in_turn(lambda: self._drop({owner}))

    async def sweep(self, known_owners: Set[str]) -> frozenset[str]:
        """Destroy the keys of owners who have no row, and say whose. Never those made since this process started:
        their rows may be on the way. Compare `mark` with the database's first, or a wrong database empties the ring.
        """
        return await self._in_turn(lambda: self._sweep(known_owners))

    def backup_due(self, now: datetime) -> bool:
        """Whether the backup is missing, older than a change, 23 hours old, or from the future."""
        saved_at = self._backed_up_at
        return self._changed or saved_at is None or not timedelta(0) <= now - saved_at < BACKUP_EVERY

    async def back_up(self, now: datetime) -> bool:
        """If due, overwrite the single backup whole, without the keys of waves; says whether it did (promises 8, 9).

        Raises KeyringFault or OSError; then the old backup is still whole.
        """
        return await self._in_turn(lambda: self._back_up(now))

    async def wrap_also(self, master: bytes) -> None:
        """Wrap every key with the coming master key too: from now on either opens the file."""
        await self._in_turn(lambda: self._wrap_also(master))

    async def settle_on(self, master: bytes) -> None:
        """From now on only this master key opens the file; `wrap_also` came before."""
        await self._in_turn(lambda: self._settle_on(master))

    async def await_pepper(self, pepper: bytes | None) -> None:
        """Keep the coming pepper, sealed, until the settings have it; None: they have it."""
        sealed = vault.seal(self._master, pepper, PEPPER) if pepper else None
        await self._in_turn(lambda: self._write(replace(self._read_again(), coming=None, pepper=sealed)))

    @property
    def coming_pepper(self) -> bytes | None:
        """The pepper that was to come when a change was cut short."""
        sealed = self._opened.pepper
        return vault.open_sealed(self._master, sealed, PEPPER) if sealed else None

    @property
    def _opened(self) -> Ring:
        if self._ring is None:
            raise RuntimeError("open the keyring first")
        return self._ring

    async def _in_turn(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._writer, work)

    def _open(self, create: bool) -> None:
        if create and not self.path.exists() and not self.backup_path.exists():
            self._create()
        self._ring, self._signs = self._read(), {}
        self._backed_up_at = _age_of_backup(self.backup_path)

    def _create(self) -> None:
        if not self.path.parent.exists():
            self.path.parent.mkdir(mode=0o700, parents=True)
            settle(self.path.parent.parent)
        replace_whole(self.path, Ring.new(self._master, vault.new_token(), {}).as_text())

    def _read(self) -> Ring:
        try:
            ring = Ring.from_text(self.path.read_text("utf-8"))
        except FileNotFoundError:
            raise KeyringMissing(self.path) from None
        except (ValueError, KeyError, TypeError, AttributeError):
            raise KeyringDamaged(self.path) from None
        try:
            opened = ring.opened_by(self._master)
        except ValueError:
            raise KeyringDamaged(self.path) from None
        if opened is None:
            raise WrongKey(self.path)
        return opened

    def _read_again(self) -> Ring:
        # The file is the truth: a key that was destroyed in it must not come back from our memory.
        ring = self._read()
        if ring.mark != self._opened.mark:
            raise AnotherKeyring(self.path)
        return ring

    def _write(self, ring: Ring) -> None:
        replace_whole(self.path, ring.as_text())
        self._ring, self._changed = ring, True

    def _add(self, owner: str) -> None:
        self._ring = ring = self._read_again()
        self._made_here.add(owner)
        if owner not in ring.wrapped:
            wrapped = vault.seal(self._master, vault.new_key(), place_of(owner))
            self._write(replace(ring, saved_at=None, coming=None, wrapped={**ring.wrapped, owner: wrapped}))

    def _wrap_also(self, master: bytes) -> None:
        self._ring = ring = self._read_again()
        keys = {owner: self.key(owner) for owner in ring.wrapped}
        self._write(replace(ring, saved_at=None, coming=Ring.new(master, ring.mark, keys)))

    def _settle_on(self, master: bytes) -> None:
        self._master = master
        self._write(replace(self._read_again(), coming=None))

    def _drop(self, owners: Set[str]) -> frozenset[str]:
        self._ring = ring = self._read_again()
        gone = frozenset(owners & ring.wrapped.keys())
        if gone:
            kept = {who: key for who, key in ring.wrapped.items() if who not in gone}
            self._write(replace(ring, saved_at=None, coming=None, wrapped=kept))
        self._made_here -= gone
        self._signs = {sign: owner for sign, owner in self._signs.items() if owner not in gone}
        return gone

    def _sweep(self, known_owners: Set[str]) -> frozenset[str]:
        gone = self.owners() - known_owners - self._made_here
        return self._drop(gone) if gone else gone  # without reading the whole file once more

    def _back_up(self, now: datetime) -> bool:
        if not self.backup_due(now):
            return False
        ring = self._read_again()
        kept = {who: key for who, key in ring.wrapped.items() if not who.startswith(NEVER_BACKED_UP)}
        replace_whole(self.backup_path, replace(ring, saved_at=now, coming=None, pepper=None, wrapped=kept).as_text())
        self._backed_up_at, self._changed = now, False
        return True


def _age_of_backup(path: Path) -> datetime | None:
    try:
        return Ring.from_text(path.read_text("utf-8")).saved_at
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None  # a backup that can't be read is one to be made anew

"""The answers of an open wave: sealed, without an owner, a time or an order (promise 6).

When a wave opens, every person who is asked has a row for each question, which says *rather not say*. A tap seals all
rows of the wave anew, in the order of their hashes. So neither what a row says, nor how many say the same, nor which of
them was changed shows to anybody without the wave's key; it is in the keyring, never in a backup, and destroyed after
closing. In PostgreSQL, too, all rows are of one transaction and lie in one order, whoever answered.
"""

from collections.abc import Iterable, Mapping

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from bot import vault
from bot.practice.checkin import Tap
from bot.practice.wave import Phase
from bot.store.keyring import NEVER_BACKED_UP, KeyGone, Keyring
from bot.store.tables import answer, wave

LETTERS = {Tap.YES: b"y", Tap.PARTLY: b"p", Tap.NO: b"n", Tap.SKIP: b"-"}
TAPS = {letter: tap for tap, letter in LETTERS.items()}


class AnswersGone(Exception):
    """The answers of a wave, or the key to them, are gone: as after a database was put back from a copy."""


def owner_of(wave_id: str) -> str:
    """Under which name the keyring keeps the key of this wave."""
    return f"{NEVER_BACKED_UP}{wave_id}"


async def void_open_waves(rows: AsyncSession | AsyncConnection, keyring: Keyring) -> None:
    """A copy was put back: what was answered since is in no row of it, so its open waves must not go on.

    Without key and rows each ends without a result the next time it is looked at, and its circle is told so.
    """
    for wave_id in await rows.scalars(select(wave.c.id).where(wave.c.phase == Phase.OPEN)):
        await keyring.destroy(owner_of(wave_id))
    await rows.execute(delete(answer))


class Answers:
    """Keeps and gives back answers inside one transaction. Raises AnswersGone when they, or the key, are gone."""

    def __init__(self, rows: AsyncSession, keyring: Keyring) -> None:
        self._rows = rows
        self._keyring = keyring

    async def begin(self, wave_id: str, people: Iterable[str], items: Iterable[str]) -> None:
        """Make the wave's key, then an empty row for each of these people and items, in the order of their hashes."""
        key = await self._keyring.make(owner_of(wave_id))
        asked = list(people)
        places = sorted((_place(key, person, item), item) for item in items for person in asked)
        if places:
            empty = [
                {"key": place, "wave_id": wave_id, "item": item, "tap": _seal(key, place, Tap.SKIP)}
                for place, item in places
            ]
            await self._rows.execute(insert(answer), empty)

    async def expect(self, wave_id: str) -> None:
        """Raises AnswersGone when the wave can't keep answers (any more)."""
        await self._kept(wave_id, self._key(wave_id))

    async def put(self, wave_id: str, person_id: str, item: str, tap: Tap) -> None:
        """What this person taps now, in place of what they tapped before; every row is sealed anew."""
        key = self._key(wave_id)
        kept = await self._kept(wave_id, key)
        mine = _place(key, person_id, item)
        anew = [
            {"place": place, "sealed": _seal(key, place, tap if place == mine else before)}
            for place, before in sorted(kept.items())
        ]
        change = update(answer).where(answer.c.key == bindparam("place")).values(tap=bindparam("sealed"))
        await (await self._rows.connection()).execute(change, anew)

    async def read(self, wave_id: str, people: Iterable[str], items: Iterable[str]) -> Mapping[str, list[Tap]]:
        """What these people answered, by item, in the order of hashes: nothing that comes out says who."""
        asked = list(people)
        key = self._key(wave_id)
        kept = await self._kept(wave_id, key) if asked else {}
        places = {item: sorted(_place(key, person, item) for person in asked) for item in items}
        return {item: [kept[place] for place in of if place in kept] for item, of in places.items()}

    async def drop(self, wave_id: str) -> None:
        """Delete them all."""
        await self._rows.execute(delete(answer).where(answer.c.wave_id == wave_id))

    def _key(self, wave_id: str) -> bytes:
        try:
            return self._keyring.key(owner_of(wave_id))
        except KeyGone:
            raise AnswersGone from None

    async def _kept(self, wave_id: str, key: bytes) -> dict[bytes, Tap]:
        found = await self._rows.execute(select(answer.c.key, answer.c.tap).where(answer.c.wave_id == wave_id))
        try:
            kept = {row.key: _open(key, row.key, row.tap) for row in found}
        except vault.Unopenable:
            raise AnswersGone from None
        if not kept:  # a copy was put back without them
            raise AnswersGone
        return kept


def _place(key: bytes, person_id: str, item: str) -> bytes:
    return vault.keyed_hash(key, "answer", person_id, item)


def _seal(key: bytes, place: bytes, tap: Tap) -> bytes:
    return vault.seal(key, LETTERS[tap], f"answer|{place.hex()}")


def _open(key: bytes, place: bytes, sealed: bytes) -> Tap:
    return TAPS[vault.open_sealed(key, sealed, f"answer|{place.hex()}")]

"""The answers of an open wave: without an owner, a time or an order (promise 6).

When a wave opens, every person who is asked has a row for each question, which says *rather not say*. A tap changes one
letter in it. So neither the number of rows nor their place shows who answered, when, or in which order. Which row is
whose only the wave's key tells; it is in the keyring, never in a backup, and destroyed after closing.
"""

from collections.abc import Iterable, Mapping

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot import vault
from bot.practice.checkin import Tap
from bot.store.keyring import NEVER_BACKED_UP, Keyring
from bot.store.tables import answer

LETTERS = {Tap.YES: "y", Tap.PARTLY: "p", Tap.NO: "n", Tap.SKIP: "-"}
TAPS = {letter: tap for tap, letter in LETTERS.items()}


def owner_of(wave_id: str) -> str:
    """Under which name the keyring keeps the key of this wave."""
    return f"{NEVER_BACKED_UP}{wave_id}"


class Answers:
    """Keeps and gives back answers inside one transaction. Raises KeyGone when the wave has no key (any more)."""

    def __init__(self, rows: AsyncSession, keyring: Keyring) -> None:
        self._rows = rows
        self._keyring = keyring

    async def begin(self, wave_id: str, people: Iterable[str], items: Iterable[str]) -> None:
        """Make the wave's key, then an empty row for each of these people and items, in the order of their hashes."""
        key = await self._keyring.make(owner_of(wave_id))
        asked = list(people)
        places = sorted((_place(key, person, item), item) for item in items for person in asked)
        if places:
            empty = {"wave_id": wave_id, "tap": LETTERS[Tap.SKIP]}
            await self._rows.execute(insert(answer), [{"key": place, "item": item, **empty} for place, item in places])

    def expect_key(self, wave_id: str) -> None:
        """Raises KeyGone when the wave has no key."""
        self._keyring.key(owner_of(wave_id))

    async def put(self, wave_id: str, person_id: str, item: str, tap: Tap) -> None:
        """What this person taps now; what they tapped before is overwritten where it stood."""
        place = _place(self._keyring.key(owner_of(wave_id)), person_id, item)
        await self._rows.execute(update(answer).where(answer.c.key == place).values(tap=LETTERS[tap]))

    async def read(self, wave_id: str, people: Iterable[str], items: Iterable[str]) -> Mapping[str, list[Tap]]:
        """What these people answered, by item, in the order of hashes: nothing that comes out says who."""
        key = self._keyring.key(owner_of(wave_id))
        asked = list(people)
        found = await self._rows.execute(select(answer.c.key, answer.c.tap).where(answer.c.wave_id == wave_id))
        kept = {row.key: row.tap for row in found}
        places = {item: sorted(_place(key, person, item) for person in asked) for item in items}
        return {item: [TAPS[kept[place]] for place in of if place in kept] for item, of in places.items()}

    async def drop(self, wave_id: str) -> None:
        """Delete them all."""
        await self._rows.execute(delete(answer).where(answer.c.wave_id == wave_id))


def _place(key: bytes, person_id: str, item: str) -> bytes:
    return vault.keyed_hash(key, "answer", person_id, item)

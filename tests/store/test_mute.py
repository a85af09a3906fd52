"""A stolen database is mute (promise 7): on its disk are no person's words and no Discord user id."""

from pathlib import Path
from typing import Literal

from bot.store.unit import Store

from .conftest import SERVER, only_sqlite

BYTE_ORDERS: tuple[Literal["big", "little"], ...] = ("big", "little")
PEOPLE = [213456789012345678, 987654321098765432]
WORDS = ["I carry more than I can say", "Río de las mujeres", "door.request"]


def traces() -> list[bytes]:
    """The ids as text and as whole numbers in both byte orders, and the words."""
    written = [text.encode() for text in [*WORDS, *map(str, PEOPLE)]]
    return written + [person.to_bytes(8, order) for person in PEOPLE for order in BYTE_ORDERS]


@only_sqlite
async def test_no_id_and_no_word_is_in_any_byte_on_the_disk(store: Store, tmp_path: Path) -> None:
    async with store.unit(SERVER) as unit:
        ana, ben = [await unit.people.meet(person) for person in PEOPLE]
        kept = [await unit.words.keep(owner, WORDS[0]) for owner in (ana.id, ben.id, "circle:garden")]
        await unit.words.keep(f"server:{SERVER}", WORDS[1])
        await unit.waiting.write("note", ana.id, person=ana.id, kind=WORDS[2], people=[ben.id], words=WORDS[1])
    async with store.unit(SERVER) as unit:
        await unit.words.drop(kept[1])
        assert await unit.words.read(kept[0]) == WORDS[0]
        assert await unit.people.address(ana.id) == PEOPLE[0]
    await store.keyring.back_up(store.now())

    async def expect_mute(*names: str) -> None:
        found = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
        assert set(names) <= set(found)
        for trace in traces():
            assert [name for name, there in found.items() if trace in there] == []

    assert ana.id.encode() in (tmp_path / "trellis.db-wal").read_bytes()  # we look where the rows are
    await expect_mute("trellis.db", "trellis.db-wal", "trellis.keyring", "trellis.keyring.backup")
    await store.close()
    assert ana.id.encode() in (tmp_path / "trellis.db").read_bytes()
    await expect_mute("trellis.db", "trellis.keyring")

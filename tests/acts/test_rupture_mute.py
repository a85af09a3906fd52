"""After a flag's whole life the disk tells nobody that there was one (promise 7)."""

import logging
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from bot.acts.rupture import caring, flagging, mending
from bot.practice.rupture.flag import How
from bot.store.rows import Waiting
from bot.store.unit import Store

from .flags import HOUR, harbour
from .people import Home

WORDS = ["It hurt a great deal 🌱", "Thank you for telling", "And one thing more", "We take turns from now on"]


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_neither_database_nor_keyring_nor_log_says_that_there_is_a_flag(
    home: Home, store: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    ours = await harbour(home)
    writer, party = ours.members
    token, (first, *_) = await ours.is_heard_of(writer, party, words=WORDS[0])
    await first.does(caring.acknowledge, token, words=WORDS[1])
    await writer.does(mending.write, token, words=WORDS[2])
    await first.does(caring.plan, token, change=WORDS[3], days=7)
    await store.keep_safe()
    assert (await ours.shown(first, token)).words == [WORDS[0]]

    traces = [*WORDS, *map(str, (person.id for person in ours.people)), "rupture", "friction", "flag", "harm"]
    on_disk = {file.name: file.read_bytes().lower() for file in tmp_path.iterdir()}
    assert any(token.lower().encode() in there for there in on_disk.values())  # we look where the rows are
    found = [(name, trace) for trace in traces for name, there in on_disk.items() if trace.lower().encode() in there]
    assert found == []
    said = caplog.text.lower()
    assert [trace for trace in traces if trace.lower() in said] == []


async def test_a_flag_and_all_that_belongs_to_it_look_like_any_other_row(home: Home, store: Store) -> None:
    ours = await harbour(home)
    writer = ours.members[0]
    before = await tables(store)
    token, (first, *_) = await ours.flags(writer, *[home.person() for _ in range(10)], words="🌱" * 500)
    await home.passes(HOUR)
    await first.does(caring.acknowledge, token, words="🌱" * 500)
    await writer.does(mending.write, token, words="🌱" * 500)
    await first.does(caring.plan, token, change="🌱" * 200, days=28)
    after = await tables(store)
    assert {name: rows for name, rows in after.items() if name != "waiting"} == {
        name: rows for name, rows in before.items() if name != "waiting"
    }
    async with store.unit(home.id) as unit:
        await unit.waiting.write("post", "a lane", kind="session.closed")
        rows: list[Waiting] = await unit.all(Waiting)
    assert len({len(row.body) for row in rows}) == 1
    assert {len(row.box) for row in rows} == {32}
    await writer.does(mending.close, token, how=How.MENDED)


async def test_a_flag_to_which_words_are_added_again_and_again_stays_as_long_as_any_row(
    home: Home, store: Store
) -> None:
    ours = await harbour(home, facilitators=4, contacts=3)
    writer = ours.members[0]
    others = [home.person() for _ in range(10)]
    for _ in range(3):
        token, _people = await ours.flags(writer, *others, words="🌱" * 500)
    for number in range(20):
        await writer.does(flagging.add, (await ours.drafts(writer, words=str(number))).token)
    async with store.unit(home.id) as unit:
        assert len({len(row.body) for row in await unit.all(Waiting)}) == 1
    assert (await ours.shown(writer, token)).words == ["🌱" * 500, *map(str, range(20))]


async def tables(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables."""
    found: dict[str, list[tuple[object, ...]]] = {}
    async with store.engine.connect() as connection:
        names = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
        for name in sorted(names):
            rows = await connection.execute(text(f'SELECT * FROM "{name}"'))
            found[name] = sorted((tuple(row) for row in rows), key=repr)
    return found

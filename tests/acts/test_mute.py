"""After a whole evening the disk still names nobody and tells no word (promise 7)."""

from pathlib import Path

import pytest

from bot.acts import circle, door, server
from bot.practice.door import Door

from .people import Home, begun

WORDS = ["Río de mujeres", "We meet after work", "Call the night line", "friends of the garden"]


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_an_evening_leaves_no_id_and_no_word_on_the_disk(home: Home, tmp_path: Path) -> None:
    evening = await begun(home, listeners=1)
    admin, contact, asker = home.person(administers=True), home.person(), home.person()
    await admin.does(server.write_help_card, emergency=WORDS[2], lines=WORDS[3])
    await admin.does(server.set_up, facilitators=None, zone=None, language=None, care_contact=contact.id)
    draft = await evening.holder.does(circle.draft, name=WORDS[0], channel_id=home.channel, purpose=WORDS[1])
    await evening.holder.does(circle.create, draft.token, dms=True)
    await evening.holder.does(door.set_door, named="Garden", door=Door.ASK)
    await asker.does(door.ask, evening.circle)
    await home.store.keep_safe()
    shown = await evening.holder.does(circle.show, named=WORDS[0])
    assert (shown.name, shown.purpose) == (WORDS[0], WORDS[1])

    people = [person.id for person in [*evening.people, admin, contact, asker]]
    traces = [text.encode() for text in [*WORDS, "Garden", *map(str, people)]]
    traces += [person.to_bytes(8, "big") for person in people] + [person.to_bytes(8, "little") for person in people]
    on_disk = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert {"trellis.db", "trellis.db-wal", "trellis.keyring", "trellis.keyring.backup"} <= set(on_disk)
    assert any(evening.token.encode() in there for there in on_disk.values())  # we look where the rows are
    assert [name for name, there in on_disk.items() if any(trace in there for trace in traces)] == []

"""One's own flags are shown to oneself and forgotten with oneself; of others' there is no sign."""

import shutil
from pathlib import Path

import pytest

from bot.acts.privacy import exporting, forgetting
from bot.acts.rupture import caring, flagging, mending, talking
from bot.store.keyring import Keyring
from bot.store.rows import Waiting
from bot.store.unit import Store

from .flags import Harbour, harbour, told
from .people import Home, Someone
from .test_privacy import forgets
from .test_rupture_killed import again, killed_at


async def test_an_export_shows_ones_own_flags_and_to_nobody_else_that_there_are_any(home: Home) -> None:
    ours = await harbour(home)
    writer, other = ours.members
    before = {person.id: await person.does(exporting.export) for person in (*ours.facilitators, other)}
    await ours.flags(writer)
    (flag,) = (await writer.does(exporting.export))["flags"]
    assert (flag["circle"], flag["stage"]) == ("Garden", "raised")
    assert flag["words"]
    for person in (*ours.facilitators, other):
        assert await person.does(exporting.export) == before[person.id]


async def test_who_is_forgotten_takes_their_flags_along_and_those_before_them_go_on(home: Home, store: Store) -> None:
    ours = await harbour(home)
    writer, other = ours.members
    taken, _ = await ours.is_heard_of(writer)
    kept, (first, *_) = await ours.is_heard_of(other)
    for person in (writer, first):
        async with store.unit(home.id) as unit:
            known = await unit.people.find(person.id)
            assert known is not None
            await forgetting.forget(unit, known.id)
    async with store.unit(home.id) as unit:
        assert await unit.waiting.get(taken) is None
    await home.carry_out()
    assert [await ours.sees(one) for one in ours.facilitators if one.id != first.id] == [[kept]]


async def test_words_that_were_added_to_a_flag_are_in_ones_export_too(home: Home) -> None:
    ours = await harbour(home)
    writer = ours.members[0]
    for _ in range(3):
        await ours.is_heard_of(writer)
    for words in ("And then.", "And now."):
        await writer.does(flagging.add, (await ours.drafts(writer, words=words)).token)
    flags = (await writer.does(exporting.export))["flags"]
    assert [flag["added"] for flag in flags if flag["added"]] == ["And then.\n\nAnd now."]


async def everything_of_a_flag(ours: Harbour, writer: Someone, other: Someone) -> None:
    """One that is sent and read, with words both ways, added ones, a plan, a talk that is asked for, and a draft."""
    for _ in range(3):
        token, (first, *_) = await ours.is_heard_of(writer, ours.facilitators[2])
    await writer.does(flagging.add, (await ours.drafts(writer, words="And then.")).token)
    await first.does(caring.acknowledge, token, words="Here.")
    await writer.does(mending.write, token, words="Thanks.")
    await first.does(caring.plan, token, change="Turns.", days=7)
    await first.does(talking.offer, token)
    await writer.does(talking.accept, token, other=other.id)
    await ours.drafts(writer)
    await ours.home.carry_out()


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_an_older_copy_does_not_even_say_that_somebody_who_was_forgotten_flagged_anything(
    home: Home, tmp_path: Path
) -> None:
    """Promise 8, for the keyring of today and for its backup."""
    ours = await harbour(home, facilitators=3)
    writer, other = ours.members
    await everything_of_a_flag(ours, writer, other)
    async with home.store.unit(home.id) as unit:
        known = await unit.people.find(writer.id)
        assert known is not None
        theirs = [due.token for due in await unit.waiting.here() if "flag" in due.deed]
        assert len(theirs) > 10
    old = tmp_path / "old"
    old.mkdir()
    await home.store.keep_safe()
    for name in ("trellis.db", "trellis.db-wal"):
        shutil.copy(tmp_path / name, old / name)
    await forgets(writer)
    home.moments.advance(60)
    await home.store.keep_safe()
    for keys in ("trellis.keyring", "trellis.keyring.backup"):
        shutil.copy(tmp_path / keys, old / "keys")
        keyring = Keyring(old / "keys", home.store.keyring._master)
        copied = Store(f"sqlite+aiosqlite:///{old}/trellis.db", keyring, home.store.pepper, home.store.now)
        async with copied.reading(home.id) as unit:
            opened = [repr(due) for due in await unit.waiting.here()]
        await copied.close()
        traces = ["flag", "rupture", "friction", known.id, *theirs]
        assert [(row, trace) for row in opened for trace in traces if trace in row.replace("offer.", "")] == []


async def test_after_forgetting_no_row_is_left_that_no_key_opens(home: Home) -> None:
    ours = await harbour(home, facilitators=3)
    writer, other = ours.members
    before = await rows_that_open_or_not(home)
    await everything_of_a_flag(ours, writer, other)
    await forgets(writer)
    for person in ours.people:
        if person is not writer:
            await person.looks()
    opened, shut = await rows_that_open_or_not(home)
    assert shut == 0
    assert opened <= before[0] + 4  # of three flags their kinds and endings stay without names (D3.5), and a note


async def rows_that_open_or_not(home: Home) -> tuple[int, int]:
    async with home.store.unit(home.id) as unit:
        opened, rows = await unit.waiting.here(), await unit.all(Waiting)
    return len(opened), len(rows) - len(opened)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_whoever_had_it_is_told_once_that_it_is_over_wherever_forgetting_is_cut_short(
    home: Home, store: Store
) -> None:
    ours = await harbour(home, members=1)
    statement = went_on = 0
    while not went_on:
        statement += 7
        writer = await home.person().joins(ours.circle)
        token, (first, *_) = await ours.is_heard_of(writer)
        await first.looks()
        await first.does(caring.acknowledge, token, words="")
        await home.carry_out()

        async def asks(who: Someone = writer) -> None:
            await who.does(forgetting.ask)

        async def is_forgotten(who: Someone = writer) -> None:
            async with home.store.unit(home.id) as unit:
                person = await unit.people.find(who.id)
            if person:
                async with home.store.unit(home.id) as unit:
                    await forgetting.take_leave(unit, person.id)
                async with home.store.unit(home.id) as unit:
                    await forgetting.forget(unit, person.id)

        with killed_at(store, statement) as met:
            await again(asks)
            await again(is_forgotten)
            went_on = len(met) < statement
        await home.carry_out()
        assert await told(first) == ["rupture.over"], statement
        assert await ours.sees(first) == [], statement
    assert statement > 60

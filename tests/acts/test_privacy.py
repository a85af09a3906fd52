"""What is kept of one person: shown whole, forgotten whole, and nothing of anybody else (promises 7, 8)."""

import json
import shutil
from pathlib import Path

import pytest
from sqlalchemy import select

from bot import vault
from bot.acts import circle, door, holding
from bot.acts.privacy import exporting, forgetting
from bot.practice.seat import State
from bot.store.keyring import KeyGone, Keyring
from bot.store.rows import Never, Person, Sealed
from bot.store.tables import metadata
from bot.store.unit import Store
from bot.words import catalogue

from .doing import standing, the_session, what_stands_is_true
from .everything import COLUMNS, WORDS, everything_of_somebody, where_is
from .people import Home, Someone, begun, refused

SHOWN_AS = {
    "assent.person_id": "assents",
    "calling.called_id": "coming",
    "calling.first_id": "coming",
    "calling.holder_id": "coming",
    "calling.swap_by": "coming",
    "calling.swap_with": "coming",
    "care_contact.person_id": "care",
    "circle.farewell_id": "farewells",
    "debrief_plan.holder_id": "planned_debriefs",
    "kept_pause.person_id": "pauses",
    "line.author_id": "lines",
    "membership.person_id": "circles",
    "objection.person_id": "objections",
    "offer.person_id": "offers",
    "partner.person_id": "buddies",
    "request.person_id": "requests",
    "seat.person_id": "seats",
    "session.former_holder_id": "held_before",
    "session.guardian_id": "guarding",
    "session.holder_id": "held",
    "turn.person_id": "turns",
}
NOT_SHOWN = {  # columns that know people, and why their person isn't shown it
    "past.person_id": "to somebody nobody had asked yet it would tell that two would like another holder (D3.9)",
}


async def forgets(person: Someone) -> None:
    """Both steps, and what waits is carried out."""
    await person.does(forgetting.ask)
    async with person.home.store.unit(person.home.id) as unit:
        (row,) = [due for due in await unit.waiting.here() if due.deed == forgetting.LET_GO]
        await unit.waiting.done(row.token)
    async with person.home.store.unit(person.home.id) as unit:
        await forgetting.forget(unit, str(row.facts["of"]))


async def begin_to_forget(home: Home, person_id: str) -> None:
    """Forget somebody in a process that dies before its rows are settled; the key is gone already."""
    async with home.store.unit(home.id) as unit:
        await forgetting.forget(unit, person_id)
        raise ZeroDivisionError


async def test_every_column_that_knows_people_is_exported_or_says_why_not(home: Home) -> None:
    assert sorted([*SHOWN_AS, *NOT_SHOWN]) == COLUMNS
    whole = await everything_of_somebody(home)
    assert await where_is(home.store, whole.id) == COLUMNS
    kept = await whole.who.does(exporting.export)
    assert [column for column, section in SHOWN_AS.items() if not kept[section]] == []
    assert kept["about"][0]["discord_id"] == str(whole.who.id)
    assert set(kept["coming"][0].values()) == {"Garden", 2, True}
    assert kept["never"] == [{"circle": "Garden", "kept": True}]
    assert kept["pause_questions"] == [{"circle": "Garden"}]
    assert kept["drafts"] == [{"name": WORDS[1], "purpose": WORDS[2]}]


async def test_every_value_in_an_export_has_a_name_people_can_read(home: Home) -> None:
    whole = await everything_of_somebody(home)
    kept = await whole.who.does(exporting.export)
    known = {entry.msgid for entry in catalogue("en")}
    names = {name for rows in kept.values() for row in rows for name in row} - {"id", "kind", "knocked"}
    assert sorted(name for name in names if f"export.value.{name}" not in known) == []
    assert sorted(section for section in kept if f"export.{section}" not in known) == []


async def test_everything_somebody_wrote_is_in_their_export(home: Home) -> None:
    whole = await everything_of_somebody(home)
    told = json.dumps(await whole.who.does(exporting.export), default=str)
    async with home.store.reading(home.id) as unit:
        theirs = [await unit.words.read(row.id) for row in await unit.all(Sealed, owner=whole.id)]
    assert theirs == WORDS[:1]
    assert [words for words in WORDS if words not in told] == []


async def test_an_export_tells_nothing_of_anybody_else(home: Home) -> None:
    whole = await everything_of_somebody(home)
    for somebody in [whole.who, *whole.evening.others]:
        told = json.dumps(await somebody.does(exporting.export), default=str)
        async with home.store.reading(home.id) as unit:
            others = [
                person for person in await unit.people.here() if await unit.people.address(person.id) != somebody.id
            ]
            traces = [person.id for person in others] + [str(await unit.people.address(one.id)) for one in others]
        traces += WORDS if somebody is not whole.who else []
        assert [trace for trace in traces if trace in told] == []


async def test_who_is_not_known_has_nothing_to_export_and_nothing_to_forget(home: Home) -> None:
    stranger = home.person()
    for deed in (exporting.export, forgetting.before, forgetting.ask):
        with refused("privacy.nothing_kept"):
            await stranger.does(deed)


async def test_after_forgetting_nobody_stands_in_any_column_and_no_key_is_left(home: Home) -> None:
    whole = await everything_of_somebody(home)
    await forgets(whole.who)
    assert await where_is(home.store, whole.id) == []
    await home.carry_out()
    async with home.store.unit(home.id) as unit:
        assert await unit.one(Person, id=whole.id) is None
        assert await unit.all(Sealed, owner=whole.id) == []
        assert await unit.all(Never) == []
        assert whole.id not in unit.keyring.owners()
        assert [due.deed for due in await unit.waiting.here() if whole.id in json.dumps(due.facts)] == []
        assert await unit.waiting.of_person(whole.id) == []
        with pytest.raises(KeyGone):
            await unit.people.address(whole.id)


async def test_no_text_in_the_whole_database_holds_their_random_id(home: Home) -> None:
    whole = await everything_of_somebody(home)
    await forgets(whole.who)
    async with home.store.reading(0) as unit:
        for table in metadata.sorted_tables:
            rows = (await unit.rows.execute(select(table))).all()
            assert [row for row in rows if whole.id in map(str, row)] == [], table.name


async def test_what_they_held_still_counts_as_held_by_one_and_the_same(home: Home) -> None:
    evening = await begun(home)
    before = await the_session(evening)
    await forgets(evening.holder)
    after = await the_session(evening)
    assert after.holder_id != before.holder_id
    async with home.store.reading(home.id) as unit:
        nobody = await unit.one(Person, id=after.holder_id)
        assert nobody is not None
        assert nobody.is_nobody
        assert await unit.people.known_address(nobody.id) is None
        assert nobody.id not in [person.id for person in await unit.people.here()]


async def test_a_running_session_goes_on_and_whoever_is_there_can_hold_it_at_once(home: Home) -> None:
    evening = await begun(home, speakers=4)
    ben, holder = evening.others[0], evening.holder
    assert evening.speaker is holder
    await forgets(holder)
    anew = [errand.due.facts.get("kind") for errand in await evening.shows()]
    assert anew.count("session.awaits") == 1
    assert "session.invitation" in anew
    assert evening.speaker in evening.others
    await ben.does(holding.take_hold, evening.token)
    await evening.shows()
    await what_stands_is_true(evening)
    assert standing(evening) == ["round.turn", "session.hold"]
    evening.holder, evening.others = ben, evening.others[1:]
    while (await the_session(evening)).state is not State.CLOSED:
        await evening.goes_on()
    assert (await the_session(evening)).held


async def test_a_circle_is_handed_over_and_no_name_is_said(home: Home) -> None:
    await home.is_set_up()
    ana = home.facilitator()
    token = await ana.makes_circle()
    ben = await home.person().joins(token)
    told = await ana.does(forgetting.before)
    assert (told.circles, told.alone, told.unheld, told.holding, told.cares) == (["Garden"], ["Garden"], [], [], False)
    await forgets(ana)
    posts = [errand for errand in await home.carry_out() if errand.due.deed == "post"]
    assert [errand.due.facts["kind"] for errand in posts] == ["handover.looking"]
    assert [note.due.facts["kind"] for note in await ben.looks()] == ["offer.facilitator"]


async def test_the_first_step_names_the_threads_and_changes_nothing(home: Home) -> None:
    evening = await begun(home)
    told = await evening.holder.does(forgetting.before)
    assert (told.threads, told.holding, told.alone) == ([evening.thread], ["Garden"], ["Garden"])
    assert (await the_session(evening)).seat_of((await the_session(evening)).holder_id)


async def test_they_can_begin_anew_as_if_never_met(home: Home) -> None:
    evening = await begun(home)
    ben = evening.others[0]
    async with home.store.reading(home.id) as unit:
        before = await unit.people.find(ben.id)
    await forgets(ben)
    with refused("circle.members_only"):
        await ben.does(circle.show, named=evening.circle)
    await ben.does(door.ask, evening.circle)
    kept = await ben.does(exporting.export)
    assert before is not None
    assert kept["about"][0]["id"] != before.id
    assert (kept["seats"], len(kept["circles"])) == ([], 1)


async def test_forgetting_that_was_cut_short_is_finished(home: Home) -> None:
    whole = await everything_of_somebody(home)
    with pytest.raises(ZeroDivisionError):
        await begin_to_forget(home, whole.id)
    assert await where_is(home.store, whole.id) == COLUMNS
    async with home.store.unit(home.id) as unit:
        assert whole.id not in unit.keyring.owners()
        await forgetting.finish(unit)
    assert await where_is(home.store, whole.id) == []
    async with home.store.unit(home.id) as unit:
        await forgetting.forget(unit, whole.id)
        await forgetting.finish(unit)


async def test_nobody_of_another_server_is_forgotten(home: Home, elsewhere: Home) -> None:
    evening = await begun(home)
    ben = evening.others[0]
    there = ben.in_(elsewhere)
    await elsewhere.is_set_up()
    await there.joins(await elsewhere.facilitator().makes_circle("Harbour"))
    await forgets(ben)
    assert [one["circle"] for one in (await there.does(exporting.export))["circles"]] == ["Harbour"]


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_an_older_copy_opens_nothing_of_them_with_the_keys_of_today(home: Home, tmp_path: Path) -> None:
    """Promise 8: not with the keyring, not with its backup; and no byte on the disk tells of them."""
    whole = await everything_of_somebody(home)
    old = tmp_path / "old"
    old.mkdir()
    await home.store.keep_safe()
    for name in ("trellis.db", "trellis.db-wal"):
        shutil.copy(tmp_path / name, old / name)
    await forgets(whole.who)
    home.moments.advance(60)
    await home.store.keep_safe()
    for keys in ("trellis.keyring", "trellis.keyring.backup"):
        shutil.copy(tmp_path / keys, old / "keys")
        keyring = Keyring(old / "keys", home.store.keyring._master)
        copied = Store(f"sqlite+aiosqlite:///{old}/trellis.db", keyring, home.store.pepper, home.store.now)
        async with copied.reading(home.id) as unit:
            assert await unit.one(Person, id=whole.id)
            with pytest.raises(KeyGone):
                await unit.people.address(whole.id)
            (theirs,) = await unit.all(Sealed, owner=whole.id)
            with pytest.raises(KeyGone):
                await unit.words.read(theirs.id)
        await copied.close()
    traces = [text.encode() for text in [whole.id, str(whole.who.id), WORDS[0]]]
    traces += [whole.who.id.to_bytes(8, "big"), whole.who.id.to_bytes(8, "little")]
    traces.append(vault.keyed_hash(home.store.pepper, "person", home.id, whole.who.id))
    on_disk = {file.name: file.read_bytes() for file in tmp_path.iterdir() if file.is_file()}
    assert {"trellis.db", "trellis.db-wal", "trellis.keyring", "trellis.keyring.backup"} <= set(on_disk)
    assert [name for name, there in on_disk.items() if any(trace in there for trace in traces)] == []

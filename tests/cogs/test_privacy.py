"""`/privacy` as people meet it, and people who leave the server without a word."""

import json
from datetime import timedelta

import discord
import pytest

from bot.acts import Presser
from bot.acts.privacy import forgetting
from bot.acts.privacy.forgetting import LET_GO
from bot.acts.privacy.gone import LOOK
from bot.practice.gone import FORGOTTEN_AFTER, LOOK_EVERY
from bot.store.rows import Person, Waiting
from tests.cogs.evening import Evening


def files(evening: Evening, name: str) -> dict[str, str]:
    """The files of the newest private answer to this person, by the ending of their names."""
    person = evening[name]
    shown: list[discord.Message] = evening.world.garden.history(viewer=person.actor)
    newest = next(message for message in reversed(shown) if message.attachments)
    assert newest.flags.ephemeral
    kept = {one.filename.rpartition(".")[2]: evening.world.env.backend.cdn.get(one.url) for one in newest.attachments}
    return {ending: (content or b"").decode() for ending, content in kept.items()}


async def is_known(evening: Evening, name: str) -> bool:
    world = evening.world
    async with world.bot.store.reading(world.guild.id) as unit:
        return await unit.people.find(evening[name].actor.id) is not None


async def comes(evening: Evening, deed: str, time: timedelta) -> None:
    """So much time has passed for what waits with this deed, and for who is gone; a quicker way than to live it."""
    world = evening.world
    async with world.bot.store.unit(world.guild.id) as unit:
        for due in await unit.waiting.here():
            row = await unit.one(Waiting, token=due.token)
            if due.deed == deed and row:
                row.due_at -= time
        for person in await unit.people.here():
            person.gone_since = person.gone_since and person.gone_since - time
    await world.wait(1)


async def test_the_notice_says_what_is_kept_and_whom_to_ask(evening: Evening) -> None:
    told = await evening.slash("Ben", "privacy notice")
    assert "the harbour collective runs this bot" in told
    assert "write to the harbour@example.org" in told
    for said in (
        "last twelve held sessions",
        "Never kept",
        "For how long",
        "/privacy forget",
        "care contact",
        "buddy",
        "check-ins",
    ):
        assert said in told


async def test_an_export_is_two_files_about_me_alone_for_my_eyes_only(evening: Evening) -> None:
    await evening.make_circle("Ben", "Cleo")
    assert "one file to read, one for machines" in await evening.slash("Ben", "privacy export")
    found = files(evening, "Ben")
    told = json.loads(found["json"])
    assert told["about"][0]["discord_id"] == str(evening["Ben"].actor.id)
    assert [one["circle"] for one in told["circles"]] == ["Harbour"]
    assert "what others entrusted about anyone" in told["not_in_here"]
    assert "circle: Harbour" in found["txt"]
    assert "you facilitate it: no" in found["txt"]
    for other in ("Ana", "Cleo"):
        assert str(evening[other].actor.id) not in found["json"] + found["txt"]
    assert not any("one file to read" in sight.text for other in ("Ana", "Mara") for sight in evening.sees(other))


async def test_being_forgotten_takes_two_steps_and_says_first_what_goes(
    evening: Evening, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG", "trellis")
    await evening.make_circle("Ben", "Cleo")
    await evening.gather("Ana", "Ben", "Cleo")
    told = await evening.slash("Ben", "privacy forget")
    assert "can't be undone" in told
    assert f"<#{evening.world.garden.threads[-1].id}>" in told
    assert "Nothing has happened yet" in told
    assert await is_known(evening, "Ben")
    others = {name: evening.sees(name) for name in ("Ana", "Cleo", "Mara")}
    assert "can't be stopped" in await evening.press("Ben", "privacy.forget")
    await evening.world.bot.at_rest()
    assert not await is_known(evening, "Ben")
    assert {name: evening.sees(name) for name in others} == others  # nobody is told
    ben = (evening.world.guild.id, evening["Ben"].actor.id)
    assert ben not in evening.world.bot.presses
    assert ben not in evening.world.bot.names
    assert not any(str(evening["Ben"].actor.id) in record.getMessage() for record in caplog.records)
    assert "Nothing of you is kept" in await evening.press("Ben", "privacy.forget")
    assert "Nothing of you is kept" in await evening.slash("Ben", "privacy export")


async def test_whoever_holds_can_be_forgotten_and_the_session_goes_on_without_a_name(evening: Evening) -> None:
    await evening.make_circle("Ben", "Cleo", "Dan")
    await evening.gather("Ana", "Ben", "Cleo", "Dan")
    await evening.begin()
    told = await evening.slash("Ana", "privacy forget")
    assert "only one who facilitates **Harbour**" in told
    assert "hold the open session of **Harbour**" in told
    await evening.press("Ana", "privacy.forget")
    await evening.world.wait(5)
    assert any("Whoever held this session no longer does" in text for text in evening.public())
    assert any("Whoever takes it on holds the circle" in text for text in evening.public())
    assert any("is looking for somebody who facilitates it" in text for text in evening.public())
    assert [text for text in evening.public() if "Ana" in text and "Discord's own line" not in text] == []
    assert "whoever takes it on" in await evening.slash("Ben", "circle show")
    await evening.press("Ben", "session.hold")
    assert any("Ben holds the circle now." in text for text in evening.public())
    for _ in range(3):
        await evening.press(evening.speaker(), "round.spoke")
    assert "The circle goes on" in await evening.press("Ben", "session.go-on")


async def test_who_left_the_server_is_forgotten_a_month_after_that_was_seen(evening: Evening) -> None:
    await evening.make_circle("Ben", "Cleo")
    evening.world.guild.remove_member(evening["Ben"].actor)
    left = evening.world.people.pop("Ben")
    before = {name: evening.sees(name) for name in ("Ana", "Cleo")}
    await comes(evening, LOOK, LOOK_EVERY)
    world = evening.world
    async with world.bot.store.reading(world.guild.id) as unit:
        gone = [person for person in await unit.people.here() if person.gone_since]
        assert [await unit.people.address(person.id) for person in gone] == [left.actor.id]
    await comes(evening, LET_GO, FORGOTTEN_AFTER)
    async with world.bot.store.reading(world.guild.id) as unit:
        assert await unit.people.find(left.actor.id) is None
        assert len(await unit.all(Person)) == 2
    assert {name: evening.sees(name) for name in before} == before  # nobody is told


async def test_who_came_back_within_a_month_is_not_forgotten(evening: Evening) -> None:
    await evening.make_circle("Ben")
    world = evening.world
    world.guild.remove_member(evening["Ben"].actor)
    await comes(evening, LOOK, LOOK_EVERY)
    world.people["Ben"].actor = world.guild.add_member(evening["Ben"].actor.user)
    await comes(evening, LET_GO, FORGOTTEN_AFTER)
    assert await is_known(evening, "Ben")
    async with world.bot.store.reading(world.guild.id) as unit:
        assert [person for person in await unit.people.here() if person.gone_since] == []


async def test_a_key_that_is_gone_takes_its_rows_with_it_at_the_next_start(evening: Evening) -> None:
    await evening.make_circle("Ben")
    world = evening.world
    async with world.bot.store.unit(world.guild.id) as unit:
        ben = await unit.people.find(evening["Ben"].actor.id)
        assert ben is not None
        await unit.keyring.destroy(ben.id)
    await world.restart()
    await world.wait(1)
    assert not await is_known(evening, "Ben")
    assert "Nobody" not in await evening.slash("Ana", "circle members")


async def test_what_was_asked_before_a_crash_is_done_by_the_next_start(evening: Evening) -> None:
    await evening.make_circle("Ben")
    world = evening.world
    await world.bot.stop_working()
    async with world.bot.store.unit(world.guild.id) as unit:
        await forgetting.ask(unit, Presser(evening["Ben"].actor.id))
    assert await is_known(evening, "Ben")
    await world.restart()
    await world.wait(1)
    assert not await is_known(evening, "Ben")


async def test_everybody_reads_and_presses_it_in_their_own_language(evening: Evening) -> None:
    await evening.make_circle("Ben")
    evening["Ben"].language = "es"
    assert "Nunca se guarda" in await evening.slash("Ben", "privacy notice")
    await evening.slash("Ben", "privacy export")
    assert "Círculos de los que formas parte" in files(evening, "Ben")["txt"]
    assert "no se puede deshacer" in await evening.slash("Ben", "privacy forget")

"""A debrief on the strict Discord, with a bot that dies at every step; then a search for who was there (D2.7)."""

import asyncio
import os
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.settings import load
from bot.store.keyring import Keyring
from bot.store.unit import Store

from .call import Call
from .evening import PATIENCE, Evening, everything_kept, new_discord
from .model import Channel, Message
from .people import Person
from .process import CHECKOUT, BotProcess, write_env
from .server import Phase
from .test_evening import kill_and_revive

LISTENS, SILENT = "Benedikt", "Ezequiel"
SPEAK = ("Amalia", "Celeste", "Damaris")
KILLED_AT = 5, 8  # of the requests that change something, in one life after the other
TEN_MINUTES, HOUR = timedelta(minutes=10), timedelta(hours=1)
OF_MEMBERS = {"person", "membership", "care_contact"}  # tables that say who is in the circle, whoever was there


@pytest.mark.parametrize("phase", ["before", "after"])
async def test_through_every_death_a_debrief_is_held_once_and_nothing_is_left_of_who_was_there(
    tmp_path: Path, phase: Phase
) -> None:
    async with new_discord() as discord:
        write_env(tmp_path, discord)
        async with BotProcess(discord, tmp_path) as bot:
            evening = Evening(discord, bot)
            await evening.set_up()
            await evening.make_circle()
            before = len(discord.posted)

            async with _dying(bot, phase):
                invitation = await _plan_and_wait(evening)
                hot = await discord.thread(evening.garden, timeout=PATIENCE)
                await _hold(evening, hot, invitation, rounds=2)
            assert bot.starts > 4
            expect_nobody_named(evening, before)
            await bot.kill()
            assert _who_is_in(tmp_path) == {"debrief_plan"}, "whoever planned it holds the cold one"
            assert await _whom_waiting_rows_name(evening, tmp_path) == []
            await bot.start()

            await evening.slash(evening.ana, "debrief open", kind="cold")
            cold = await discord.thread(evening.garden, but=[hot], timeout=PATIENCE)
            invitation = await discord.message(evening.garden, "is open", after=invitation, timeout=PATIENCE)
            await _hold(evening, cold, invitation, rounds=5)
            expect_nobody_named(evening, before)
            assert all(evening.people[name].sees(hot) for name in SPEAK), "Discord's own traces stand until then"

            await _clear(evening, hot, cold, phase)
            await discord.until(lambda: bot.running and discord.gateway.sessions, "the bot to be back", PATIENCE)
            assert await bot.stop() == 0
        assert discord.violations == []
        expect_nobody_named(evening, before)
        expect_said_once(evening)
        assert not any(discord.sees(discord.owner, thread) for thread in (hot, cold))
        assert _who_is_in(tmp_path) == set()
        assert await _whom_waiting_rows_name(evening, tmp_path) == []
        await _expect_mute(evening, tmp_path)


def expect_nobody_named(evening: Evening, before: int) -> None:
    """The channel names nobody any more, and of the one who never answered nobody ever read anything."""
    since = evening.discord.posted[before:]
    standing = [one.text for one in since if not one.deleted and one.channel is evening.garden and not one.only_for]
    for person in evening.people.values():
        assert not [text for text in standing if person.name in text or person.mention in text]
    silent = evening.people[SILENT]
    assert not [one.text for one in since if silent.name in one.text or silent.mention in one.text]


def expect_said_once(evening: Evening) -> None:
    """Nothing was said twice (promise 9)."""
    said = [one for one in evening.discord.public_messages(deleted=True) if one.author is evening.discord.bot]
    nonces = [one.nonce for one in said if one.nonce]
    assert len(set(nonces)) == len(nonces)
    assert sum("This debrief is closed." in one.text for one in said) == 2
    assert sum("copy your own words now" in one.text for one in said) == 2


@asynccontextmanager
async def _dying(bot: BotProcess, phase: Phase) -> AsyncIterator[None]:
    reviving = asyncio.create_task(kill_and_revive(bot, phase, KILLED_AT))
    try:
        yield
    finally:
        reviving.cancel()
        await asyncio.gather(reviving, return_exceptions=True)
        bot.discord.hooks.clear()  # the next trap was set already
    if not bot.running:
        await bot.start()


async def _plan_and_wait(evening: Evening) -> Message:
    """It is planned for the evening after next; the bot dies, and time goes by until it opens by itself."""
    discord = evening.discord
    now = datetime.fromtimestamp(discord.now(), ZoneInfo("Europe/Madrid"))
    hot = (now + timedelta(days=2)).replace(hour=19, minute=30, second=0, microsecond=0)
    await evening.slash(evening.ana, "debrief plan", first=f"{hot:%Y-%m-%d %H:%M}")
    line = await discord.message(evening.garden, "**Debrief 1 of Harbour**", timeout=PATIENCE)
    assert evening.ana.name not in line.text
    opens = (hot.astimezone(UTC) - TEN_MINUTES).timestamp()
    await evening.come_back_later(opens - discord.now())
    return await discord.message(evening.garden, "is open", timeout=PATIENCE)


async def _hold(evening: Evening, thread: Channel, invitation: Message, *, rounds: int) -> None:
    """All but one come, one of them to listen; it is held to its end."""
    for name, person in evening.people.items():
        if name != SILENT:
            await _come_in(evening, thread, invitation, person, "listen" if name == LISTENS else "speak")
    await evening.begin(thread)
    order, turn = [], None
    for _ in range(rounds):
        for _ in SPEAK:
            speaker, turn = await evening.speaker_in(thread, turn)
            order.append(speaker.name)
            assert "no names, places, times or plans" in turn.text
            await evening.press(speaker, turn, "Pass" if len(order) % 2 else "I'm done, pass it on")
        assert turn is not None
        await evening.press(evening.ana, await _asked(evening, thread, turn), "Go on")
    assert order[0] == evening.ana.name
    assert all(order.count(name) == rounds for name in SPEAK)
    await evening.discord.message(thread, "This debrief is closed.", timeout=PATIENCE)
    await evening.discord.until(lambda: "is closed" in invitation.text, "the invitation to name nobody", PATIENCE)


async def _come_in(evening: Evening, thread: Channel, invitation: Message, person: Person, how: str) -> None:
    caution = await evening.press(person, invitation, f"Here to {how}")
    assert "Feelings are fine, facts are not" in caution.text
    arrived = await evening.press(person, caution, "I've read this")
    assert person.id not in thread.joined
    await evening.press(person, arrived, "Come in")
    await evening.discord.until(lambda: person.sees(thread), "them in the thread", PATIENCE)


async def _asked(evening: Evening, thread: Channel, turn: Message) -> Message:
    """The line after this round, not the one after an earlier round that is about to go."""

    def found() -> Message | None:
        later = [one for one in thread.messages.values() if one.id > turn.id and "I'd like a turn" in one.labels]
        return later[-1] if later else None

    return await evening.discord.until(found, "the line after the round", PATIENCE)


async def _clear(evening: Evening, hot: Channel, cold: Channel, phase: Phase) -> None:
    """Said at once, and an hour later both threads go, though the bot dies as it deletes the first."""
    discord, bot = evening.discord, evening.bot
    assert "are deleted" in (await evening.slash(evening.ana, "debrief clear")).text
    for thread in (hot, cold):
        await discord.message(thread, "copy your own words now", timeout=PATIENCE)
    await bot.kill()
    discord.advance((HOUR + TEN_MINUTES).total_seconds())
    take_away = bot.kill_at(1, phase, _deletes_a_thread)
    await bot.launch()
    await asyncio.wait_for(bot.killed.wait(), PATIENCE)
    take_away()
    await bot.start()
    await discord.until(lambda: hot.deleted and cold.deleted, "both threads to be deleted", PATIENCE)
    await evening.slash(evening.ana, "inbox")


def _deletes_a_thread(call: Call) -> bool:
    return call.method == "DELETE" and "/messages" not in call.route


def _who_is_in(folder: Path) -> set[str]:
    """The tables in which the random id of a member of the circle stands, but for those that say who is a member."""
    with sqlite3.connect(f"file:{folder / 'trellis.db'}?mode=ro", uri=True) as rows:
        members = {one for (one,) in rows.execute("SELECT person_id FROM membership")}
        assert len(members) == 5
        tables = {one for (one,) in rows.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        found = {table: rows.execute(f'SELECT * FROM "{table}"').fetchall() for table in tables - OF_MEMBERS}
    return {table for table, lines in found.items() if any(value in members for line in lines for value in line)}


async def _whom_waiting_rows_name(evening: Evening, folder: Path) -> list[str]:
    """What still waits and names a member, opened with the keys, as whoever runs the bot could."""
    settings = load(folder, {})
    store = Store(settings.database_url, Keyring(settings.keyring, settings.key), settings.pepper, _now)
    try:
        await store.make_ready()
        async with store.reading(evening.discord.guild.id) as unit:
            with sqlite3.connect(folder / "trellis.db") as rows:
                members = [one for (one,) in rows.execute("SELECT person_id FROM membership")]
            waiting = await unit.waiting.here()
            assert waiting, "what isn't about people waits, and can be opened"
            return [repr(due) for due in waiting if any(member in repr(due) for member in members)]
    finally:
        await store.close()


async def _expect_mute(evening: Evening, folder: Path) -> None:
    """Neither what is kept nor its copy has a name, a word or a Discord id."""
    backing_up = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "backup", "copies", cwd=folder, stdout=asyncio.subprocess.DEVNULL,
        env={"PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONPATH": str(CHECKOUT)},
    )  # fmt: skip
    assert await backing_up.wait() == 0
    kept = everything_kept(folder) + b"".join(path.read_bytes() for path in (folder / "copies").iterdir())
    assert (folder / "copies").exists()
    for person in [*evening.people.values(), evening.outsider, evening.contact, evening.admin]:
        number = int(person.id)
        for shape in (str(number).encode(), number.to_bytes(8, "big"), number.to_bytes(8, "little")):
            assert shape not in kept
        assert person.name.encode() not in kept
    assert b"Harbour" not in kept


def _now() -> datetime:
    return datetime.now(UTC)

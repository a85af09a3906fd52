"""A database that is down, slow or comes back, and a bot that people can still turn to (promises 9 and 11)."""

import asyncio
import sqlite3
from pathlib import Path

from tests.postgres import own_postgres

from .evening import EMERGENCY, PATIENCE, Evening, an_evening, new_discord
from .process import BotProcess, write_env

LOCKED_FOR = 5.0  # seconds


async def test_help_is_there_while_the_database_is_down_and_all_the_rest_comes_back_with_it(tmp_path: Path) -> None:
    async with new_discord() as discord:
        away = tmp_path / "away"
        away.write_text("a file where the folder should be")
        write_env(tmp_path, discord, DATABASE_URL=f"sqlite+aiosqlite:///{away / 'trellis.db'}",
                  KEYRING_URL=(tmp_path / "keyring").as_uri())  # fmt: skip
        async with BotProcess(discord, tmp_path) as bot:
            evening = Evening(discord, bot)
            told = await evening.slash(evening.outsider, "help-now")
            assert "local emergency number" in told.text
            told = await evening.slash(evening.admin, "trellis setup", timezone="Europe/Madrid")
            assert "can't be reached right now, so nothing has changed" in told.text
            away.unlink()
            await evening.set_up()
            assert EMERGENCY in (await evening.slash(evening.outsider, "help-now")).text
            assert "Traceback" not in bot.log
        assert discord.violations == []


async def test_a_card_that_was_seen_is_shown_while_the_database_is_away(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as evening:
        assert EMERGENCY in (await evening.slash(evening.outsider, "help-now")).text
        with sqlite3.connect(tmp_path / "trellis.db", isolation_level=None) as other:
            other.execute("BEGIN EXCLUSIVE")
            told = await evening.slash(evening.outsider, "help-now")
            assert EMERGENCY in told.text
            other.execute("ROLLBACK")
        other.close()


async def test_a_database_locked_for_five_seconds_delays_a_press_and_loses_nothing(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as evening:
        card = await evening.make_circle()
        other = sqlite3.connect(tmp_path / "trellis.db", isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        pressing = asyncio.create_task(evening.press(evening.outsider, card, "Ask to join"))
        asyncio.get_running_loop().call_later(LOCKED_FOR, other.execute, "ROLLBACK")
        told = await pressing
        await evening.discord.until(lambda: bool(told.messages), "the answer after the wait", LOCKED_FOR * 3)
        assert "You have asked to join" in told.text or "nothing has changed" in told.text
        if "nothing has changed" in told.text:
            await evening.press(evening.outsider, card, "Ask to join")
        roll = await evening.slash(evening.ana, "circle members")
        assert roll.labels.count("Let in") == 1
        other.close()


async def test_postgresql_stopped_in_the_middle_of_a_round_costs_a_sentence_and_no_turn(tmp_path: Path) -> None:
    with own_postgres() as server:
        async with new_discord() as discord:
            write_env(tmp_path, discord, DATABASE_URL=server.get_uri(driver="asyncpg"),
                      KEYRING_URL=(tmp_path / "keyring").as_uri())  # fmt: skip
            async with BotProcess(discord, tmp_path) as bot:
                evening = Evening(discord, bot)
                await evening.set_up()
                thread, _, first = await evening.in_session()
                await asyncio.to_thread(server.stop)
                told = await evening.press(evening.ana, first, "I'm done, pass it on")
                await discord.until(lambda: bool(told.messages), "an answer", PATIENCE)
                assert "nothing has changed" in told.text
                assert "emergency number" in (await evening.slash(evening.outsider, "help-now")).text
                await asyncio.to_thread(server.start)
                assert (await evening.speaker_in(thread))[1] is first
                await evening.press(evening.ana, first, "I'm done, pass it on")
                _, second = await evening.speaker_in(thread, first)
                assert "Thank you" in second.text
                assert "Traceback" not in bot.log
            assert discord.violations == []

"""The bot is gone in mid-sentence and comes back late, or another process in its place: each is said once."""

import asyncio
import shutil
from pathlib import Path

from .call import Call
from .evening import PATIENCE, an_evening
from .process import BotProcess
from .server import Phase

LONG = 20 * 60.0  # seconds; by then Discord has forgotten every nonce


def posts(call: Call) -> bool:
    return call.method == "POST" and call.route.endswith("/messages")


async def test_a_standby_goes_on_where_the_first_was_killed(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    async with an_evening(tmp_path) as evening:
        discord, first = evening.discord, evening.bot
        shutil.copy(tmp_path / ".env", other)
        await evening.make_circle()
        second = BotProcess(discord, other)
        await second.launch()
        try:
            while "standing by" not in second.log:
                await evening.slash(evening.ana, "help-now")
            first.kill_at(2, "after", posts)  # the thread's first message is there, then the invitation
            await evening.ana.slash("circle open", evening.garden)
            await first.killed.wait()
            evening.bot = second
            await discord.until(lambda: discord.gateway.sessions, "the second to take over", PATIENCE)
            invitation = await discord.message(evening.garden, "is open", timeout=PATIENCE)
            assert (await evening.press(evening.ana, invitation, "Here to speak")).text
            said = [one.nonce for one in discord.public_messages(deleted=True) if one.author is discord.bot]
            assert len(said) == len(set(said))
            assert len(discord.threads(evening.garden)) == 1
        finally:
            await second.kill()


async def test_back_after_twenty_minutes_a_dm_is_found_and_not_sent_again(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as evening:
        discord, bot = evening.discord, evening.bot
        card = await evening.make_circle()
        await bot.restart()
        asked = asyncio.Event()

        async def listen(now: Phase, call: Call) -> None:
            if now == "after" and call.method == "GET" and call.route.endswith("/messages"):
                asked.set()

        bot.kill_at(1, "after", posts)
        await evening.outsider.press(card, "Ask to join")
        await bot.killed.wait()
        discord.advance(LONG)
        discord.hooks.append(listen)
        await bot.start()
        await asyncio.wait_for(asked.wait(), PATIENCE)
        opened = await evening.press(evening.ana, evening.ana.dms[-1], "Open")
        assert "asks to join" in opened.text
        assert [one.text for one in evening.ana.dms].count("Something is waiting for you.") == 1
        assert discord.deduplicated == []

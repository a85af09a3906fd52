"""The unmodified bot, as a process of its own, on a strict Discord: a whole evening."""

import asyncio
import itertools
from collections.abc import Sequence
from pathlib import Path

import pytest

from .call import Call
from .evening import EMERGENCY, SPEAKERS, Evening, everything_kept, new_discord
from .model import Channel, Message
from .process import BotProcess, write_env
from .server import Phase

ROUNDS = 3
KILLED_AT = 2, 3  # of the requests that change something, in one life after the other
MANY_LIVES = 25


def expect_fair_order(names: list[str]) -> None:
    """One order, each round one place further on; whoever holds the circle speaks first."""
    check_in, theme, check_out = (names[start : start + 5] for start in (0, 5, 10))
    assert check_in[0] == SPEAKERS[0]
    assert sorted(check_in) == sorted(SPEAKERS)
    assert theme == check_in[1:] + check_in[:1]
    assert check_out == check_in[2:] + check_in[:2]


async def expect_said_once(evening: Evening, thread: Channel) -> None:
    """Nothing is missing and nothing was said twice (promise 9)."""
    said = [one for one in evening.discord.public_messages(deleted=True) if one.author is evening.discord.bot]
    in_thread = [one for one in said if one.channel is thread and one.text]
    assert len(in_thread) == 1 + ROUNDS * (len(SPEAKERS) + 1) + 1
    assert len([one for one in said if one.channel is evening.garden]) == 3, "question, card, invitation"
    assert len(evening.discord.threads(evening.garden)) == 1
    await evening.discord.until(lambda: not _spent(thread), "the last turn's message to go", 10)


async def test_an_evening_from_an_empty_server_to_a_closed_circle(tmp_path: Path) -> None:
    async with new_discord() as discord:
        write_env(tmp_path, discord)
        async with BotProcess(discord, tmp_path) as bot:
            evening = Evening(discord, bot)
            await evening.set_up()
            await evening.make_circle()
            thread, _ = await evening.gather()
            await evening.begin(thread)
            names = await evening.pass_round(thread, ROUNDS * len(SPEAKERS))

            expect_fair_order(names)
            await expect_said_once(evening, thread)
            shown = await evening.ana.slash("circle show", evening.garden)
            assert "1 session has been held" in shown.text
            assert EMERGENCY in (await evening.outsider.slash("help-now", evening.garden)).text
            assert await bot.stop() == 0
        assert discord.violations == []
        assert evening.unanswered == 0
        kept = everything_kept(tmp_path)
        for person in [*evening.people.values(), evening.outsider, evening.contact, evening.admin]:
            number = int(person.id)
            for shape in (str(number).encode(), number.to_bytes(8, "big"), number.to_bytes(8, "little")):
                assert shape not in kept
            assert person.name.encode() not in kept
        for words in ("Harbour", "after long days", EMERGENCY):
            assert words.encode() not in kept


@pytest.mark.parametrize("phase", ["before", "after"])
async def test_killed_at_every_step_the_evening_goes_on_as_if_nothing_had_happened(
    tmp_path: Path, phase: Phase
) -> None:
    async with new_discord() as discord:
        write_env(tmp_path, discord)
        async with BotProcess(discord, tmp_path) as bot:
            evening = Evening(discord, bot)
            reviving = asyncio.create_task(kill_and_revive(bot, phase))
            try:
                await evening.set_up()
                await evening.make_circle()
                thread, _ = await evening.gather()
                await evening.begin(thread)
                names = await evening.pass_round(thread, ROUNDS * len(SPEAKERS))
                expect_fair_order(names)
                await expect_said_once(evening, thread)
            finally:
                reviving.cancel()
                await asyncio.gather(reviving, return_exceptions=True)
            assert bot.starts > MANY_LIVES
        assert discord.violations == []


async def kill_and_revive(bot: BotProcess, phase: Phase, killed_at: Sequence[int] = KILLED_AT) -> None:
    """Let the bot die at a request that changes something, start it again, and so on.

    Two lanes write side by side: were it always the second request, each life could die of the same two.
    """
    for at in itertools.cycle(killed_at):
        take_away = bot.kill_at(at, phase, only=_speaks)
        await bot.killed.wait()
        take_away()
        await bot.start()


def _speaks(call: Call) -> bool:
    return call.method != "GET" and "/commands" not in call.name


def _spent(thread: Channel) -> list[Message]:
    return [one for one in thread.messages.values() if "Pass" in one.labels and not one.deleted]

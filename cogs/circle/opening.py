"""Opening a session."""

from typing import Any

import discord
from discord import app_commands
from discord.app_commands import locale_str

from bot import ui
from bot.acts import session as sessions
from bot.practice.refusals import Refusal
from bot.press import Press, Reply
from cogs.circle.group import WHICH, group


@group.command(name="open", description=locale_str("Open a session", key="command.circle.open"))
@app_commands.describe(
    circle=WHICH,
    format=locale_str("Live, in one evening", key="option.format"),
    rounds=locale_str("Theme rounds between check-in and check-out", key="option.rounds"),
    time=locale_str("Minutes a turn, 1 to 10", key="option.time"),
)
@app_commands.choices(format=[app_commands.Choice(name="live", value="live")])
async def open_session(
    interaction: discord.Interaction[Any],
    circle: str | None = None,
    format: app_commands.Choice[str] | None = None,
    rounds: app_commands.Range[int, 0, 3] | None = None,
    time: str | None = None,
) -> None:
    """`/circle open`."""

    async def do(press: Press) -> Reply:
        if time is not None and not time.strip().isdecimal():
            raise Refusal("session.time_range", fewest=sessions.SHORTEST_TURN, most=sessions.LONGEST_TURN)
        minutes = int(time.strip()[:4]) if time is not None else None
        opened = await press.act(sessions.open_session, named=circle, rounds=rounds, minutes=minutes)
        return press.reply("session.opened", number=opened.number, channel=f"<#{opened.channel_id}>")

    await ui.answer(interaction, do)

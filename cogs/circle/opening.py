"""Opening a session."""

from typing import Any

import discord
from discord import app_commands

from bot import ui
from bot.acts import circle as circles
from bot.acts import session as sessions
from bot.practice.refusals import Refusal
from bot.press import Press, Reply
from bot.words import say
from cogs.circle.group import expect_usable, group


@group.command(name="open", description=say("command.circle.open", "en"))
@ui.options("circle", "format", "rounds", "time")
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
        place = await press.look(circles.channel_of, named=circle)
        expect_usable(press, interaction.guild and interaction.guild.get_channel(place))
        opened = await press.act(sessions.open_session, named=circle, rounds=rounds, minutes=minutes)
        return press.reply("session.opened", number=opened.number, channel=f"<#{opened.channel_id}>")

    await ui.answer(interaction, do)

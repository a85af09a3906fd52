"""`/debrief open` and `/debrief clear`."""

from typing import Any

import discord
from discord import app_commands

from bot import dates, ui
from bot.acts import circle as circles
from bot.acts import debrief
from bot.places import expect_usable
from bot.practice.debrief import Debrief
from bot.press import Press, Reply
from bot.words import say
from cogs.debrief.group import group
from cogs.debrief.planning import CallOff, MoveCold


@group.command(name="open", description=say("command.debrief.open", "en"))
@ui.options("circle", "kind")
@app_commands.choices(
    kind=[app_commands.Choice(name=say(f"choice.{kind.value}", "en"), value=kind.value) for kind in Debrief]
)
async def open_now(
    interaction: discord.Interaction[Any], kind: app_commands.Choice[str], circle: str | None = None
) -> None:
    """`/debrief open`."""

    async def do(press: Press) -> Reply:
        place = await press.look(circles.channel_of, named=circle)
        expect_usable(press, interaction.guild and interaction.guild.get_channel(place))
        opened: debrief.Opened = await press.act(debrief.open_now, named=circle, kind=Debrief(kind.value))
        told = press.reply("debrief.opened", number=opened.number, channel=f"<#{opened.channel_id}>")
        if opened.plan and opened.cold:
            told.text += " " + press.say("debrief.opened_cold", cold=dates.shown(opened.cold))
            told.buttons = [MoveCold(opened.plan, press.language), CallOff(opened.plan, press.language)]
        return told

    await ui.answer(interaction, do)


@group.command(name="clear", description=say("command.debrief.clear", "en"))
@ui.options("circle")
async def clear(interaction: discord.Interaction[Any], circle: str | None = None) -> None:
    """`/debrief clear`."""

    async def do(press: Press) -> Reply:
        cleared: debrief.Cleared = await press.act(debrief.clear, named=circle)
        threads = ", ".join(f"<#{thread}>" for thread in cleared.threads) or press.say("debrief.thread_gone")
        return press.reply("debrief.clears", name=cleared.name, threads=threads, at=dates.shown(cleared.gone_at))

    await ui.answer(interaction, do)

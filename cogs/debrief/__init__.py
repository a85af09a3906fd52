"""Debriefs: care after something a group did, which leaves no evidence (P5)."""

from typing import Any

from discord import app_commands
from discord.ext import commands

from bot.acts import debrief
from bot.acts.due import Errand
from bot.app import Trellis
from bot.completion import complete_circle
from cogs.debrief import aftercare, opening, planning, saying
from cogs.debrief.group import group

__all__ = ["aftercare", "saying", "setup"]


async def setup(bot: commands.Bot) -> None:
    """Load the cog."""
    assert isinstance(bot, Trellis)
    named: list[app_commands.Command[Any, ..., None]] = [planning.plan, opening.open_now, opening.clear]
    for command in named:
        command.autocomplete("circle")(complete_circle)
    bot.tree.add_command(group)

    async def meet_moment(errand: Errand) -> None:
        async with bot.store.unit(errand.due.server_id) as unit:
            await debrief.meet_moment(unit, errand.due.facts["plan"])

    bot.carriers["debrief"] = meet_moment

"""Anonymous check-ins: saying yes to being asked, answering, and what the circle reads of it."""

from typing import Any

from discord import app_commands
from discord.ext import commands

from bot.app import Trellis
from bot.completion import complete_circle
from cogs.checkin import answering, asking, joining
from cogs.checkin.group import group


async def setup(bot: commands.Bot) -> None:
    """Load the cog."""
    assert isinstance(bot, Trellis)
    named: list[app_commands.Command[Any, ..., None]] = [joining.join, joining.leave, answering.answer]
    for command in named:
        command.autocomplete("circle")(complete_circle)
    bot.tree.add_command(group)
    asking.carry_out_steps(bot)

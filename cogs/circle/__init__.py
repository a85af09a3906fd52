"""Circles: made, joined, shown, and their sessions opened."""

from typing import Any

from discord import app_commands
from discord.ext import commands

from bot.app import Trellis
from cogs.circle import agreement, door, making, opening, reading
from cogs.circle.group import complete_circle, group


async def setup(bot: commands.Bot) -> None:
    """Load the cog."""
    assert isinstance(bot, Trellis)
    named: list[app_commands.Command[Any, ..., None]] = [
        making.show, opening.open_session, reading.prompts, door.set_door, door.join, door.leave, door.members,
        agreement.show_agreement,
    ]  # fmt: skip
    for command in named:
        command.autocomplete("circle")(complete_circle)
    bot.tree.add_command(group)

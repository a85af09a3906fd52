"""Circles: made, joined, shown and set; their members; and their sessions opened."""

from typing import Any

from discord import app_commands
from discord.ext import commands

from bot.app import Trellis
from bot.completion import complete_circle
from cogs.circle import (
    agreement,
    door,
    handover,
    making,
    members,
    opening,
    pausing,
    prompts,
    rota,
    schedule,
    settings,
    swap,
)
from cogs.circle.calling import carry_out_callings
from cogs.circle.group import group

__all__ = ["setup", "swap"]


async def setup(bot: commands.Bot) -> None:
    """Load the cog."""
    assert isinstance(bot, Trellis)
    named: list[app_commands.Command[Any, ..., None]] = [
        making.show, opening.open_session, prompts.show_prompts, agreement.show_agreement, door.set_door, door.join,
        door.leave, members.members, settings.show_settings, handover.hand_over, rota.show_rota, schedule.plan,
    ]  # fmt: skip
    for command in named:
        command.autocomplete("circle")(complete_circle)
    bot.tree.add_command(group)
    await pausing.carry_out_lapses(bot)
    await carry_out_callings(bot)

"""What is offered while somebody types: the circles they may name."""

from typing import Any

import discord
from discord import app_commands

from bot.acts import circle as circles
from bot.press import Press
from bot.store.unit import SomebodyWasFirst, StoreDown


async def complete_circle(interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
    """The circles this person may name; none while the database is down."""
    try:
        found = await Press(interaction).look(circles.named_like, typed=typed)
    except (StoreDown, SomebodyWasFirst):
        return []
    return [app_commands.Choice(name=name, value=token) for name, token in found]

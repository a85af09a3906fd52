"""`/rupture`, and the forms that belong to it."""

from typing import Any

import discord
from discord import app_commands

from bot import ui
from bot.press import Press, Reply
from bot.words import say

group = app_commands.Group(name="rupture", description=say("command.rupture", "en"))


def words_field(most: int, *, required: bool) -> discord.ui.TextInput[Any]:
    """A field for a few words, of `most` characters."""
    return discord.ui.TextInput(
        custom_id="words", style=discord.TextStyle.paragraph, max_length=most, required=required
    )


async def with_help(press: Press, reply: Reply) -> Reply:
    """The reply, and after it where help is."""
    reply.then.append(await ui.as_if_pressed("help.now", "-", press))
    return reply

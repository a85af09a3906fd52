"""`/rupture`, and the forms that belong to it."""

from typing import Any

import discord
from discord import app_commands

from bot import ui
from bot.press import Press, Reply
from bot.words import say

group = app_commands.Group(name="rupture", description=say("command.rupture", "en"))


async def open_form(interaction: discord.Interaction[Any], form: type[ui.Form], token: str) -> None:
    """Open a form; nothing is looked up first, so that it opens at once."""
    await interaction.response.send_modal(form(token, Press(interaction).language))


def words_field(language: str, noun: str, most: int, *, required: bool) -> discord.ui.Label[Any]:
    """A field for a few words."""
    return discord.ui.Label(
        text=say(f"form.{noun}.words", language),
        description=say(f"form.{noun}.words.hint", language),
        component=discord.ui.TextInput(
            custom_id="words", style=discord.TextStyle.paragraph, max_length=most, required=required
        ),
    )


async def with_help(press: Press, reply: Reply) -> Reply:
    """The reply, and after it where help is."""
    reply.then.append(await ui.as_if_pressed("help.now", "-", press))
    return reply

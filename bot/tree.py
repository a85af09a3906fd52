"""Commands as Discord knows them: named in each language, and answered even when they fail."""

from typing import Any

import discord
from discord.app_commands import TranslationContextLocation

from bot.press import Press, Reply
from bot.ui import answer, stale
from bot.words import language_of, say


class Translator(discord.app_commands.Translator):
    """Gives Discord the names and descriptions of our commands in each language."""

    async def translate(
        self, string: discord.app_commands.locale_str, locale: discord.Locale, context: Any
    ) -> str | None:
        """The words for a command, an option or a choice, where they differ from English."""
        language = language_of(locale.value)
        where = TranslationContextLocation
        match context.location:
            case where.command_name | where.group_name:
                key = f"command.{context.data.qualified_name.replace(' ', '.')}.name"
            case where.command_description | where.group_description:
                key = f"command.{context.data.qualified_name.replace(' ', '.')}"
            case where.parameter_name:
                key = f"option.{context.data.name}.name"
            case where.parameter_description:
                key = f"option.{context.data.name}"
            case _:
                key = f"choice.{context.data.value}"
        return None if language == "en" else say(key, language)


class Tree(discord.app_commands.CommandTree[Any]):
    """Commands whose faults become private sentences."""

    async def on_error(
        self, interaction: discord.Interaction[Any], error: discord.app_commands.AppCommandError
    ) -> None:
        """A command Discord knows and we don't, or one that went wrong before it began."""

        async def say_so(press: Press) -> Reply:
            if isinstance(error, discord.app_commands.CommandInvokeError):
                raise error.original
            return await stale(press)

        await answer(interaction, say_so)

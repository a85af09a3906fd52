"""Messages and answers of the stand-in for Discord, as people have them before their eyes."""

import discord
import simcord


def items_of(message: discord.Message) -> list[discord.Button | discord.SelectMenu]:
    """Its buttons and lists."""
    rows = [row for row in message.components if isinstance(row, discord.ActionRow)]
    return [part for row in rows for part in row.children if isinstance(part, discord.Button | discord.SelectMenu)]


def options_of(message: discord.Message, custom_id: str) -> list[str]:
    """The values of one of its lists."""
    lists = [item for item in items_of(message) if isinstance(item, discord.SelectMenu) and item.custom_id == custom_id]
    return [option.value for found in lists for option in found.options]


def label_of(item: discord.Button | discord.SelectMenu) -> str:
    """What stands on a button, or in a list."""
    if isinstance(item, discord.Button):
        return str(item.label)
    return f"{item.placeholder}: {' | '.join(option.label for option in item.options)}"


def answer_of(result: simcord.InteractionResult) -> str:
    """What the bot answered in private."""
    told = [result.response, *result.followups]
    return "\n".join(message.content for message in told if message is not None)

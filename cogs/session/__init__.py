"""A session: come into, begun, held, closed."""

from discord.ext import commands

from cogs.session import arriving, broken, holding, more, saying, travel

__all__ = ["arriving", "broken", "holding", "more", "saying", "setup", "travel"]


async def setup(bot: commands.Bot) -> None:
    """Nothing to load: its buttons and messages are known by name."""

"""What is kept of me, shown and forgotten; and who left the server without a word."""

from discord.ext import commands

from bot.app import Trellis
from cogs.privacy import export, forget, gone, notice  # noqa: F401 - commands join the group as they are read
from cogs.privacy.group import group


async def setup(bot: commands.Bot) -> None:
    """Load the cog."""
    assert isinstance(bot, Trellis)
    bot.tree.add_command(group)
    await bot.add_cog(gone.Gone(bot))

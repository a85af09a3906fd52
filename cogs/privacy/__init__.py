"""What is kept of me, shown and forgotten; and who left the server without a word."""

from discord.ext import commands

from bot.app import Trellis
from cogs.privacy import export, forget, gone, notice, reminders
from cogs.privacy.group import group

__all__ = ["export", "forget", "notice", "reminders", "setup"]


async def setup(bot: commands.Bot) -> None:
    """Load the cog."""
    assert isinstance(bot, Trellis)
    bot.tree.add_command(group)
    await bot.add_cog(gone.Gone(bot))

"""What happens to Discord's own things: threads and channels go, permissions come back, the bot is invited again."""

from contextlib import suppress

import discord
from discord.ext import commands

from bot.acts import broken
from bot.app import Trellis
from bot.store.keyring import KeyringFault
from bot.store.unit import SchemaFault, SomebodyWasFirst, StoreDown


class World(commands.Cog):
    """Listens to what the server itself does; none of it is about what people write."""

    def __init__(self, bot: Trellis) -> None:
        self.bot = bot

    @commands.Cog.listener()
    async def on_raw_thread_delete(self, gone: discord.RawThreadDeleteEvent) -> None:
        """A thread was deleted."""
        async with self.bot.store.unit(gone.guild_id) as unit:
            await broken.lose_thread(unit, gone.thread_id)
        self.bot.hurry()

    @commands.Cog.listener()
    async def on_guild_channel_delete(self, gone: discord.abc.GuildChannel) -> None:
        """A channel was deleted, and its threads with it."""
        async with self.bot.store.unit(gone.guild.id) as unit:
            await broken.lose_channel(unit, gone.id)
        self.bot.hurry()

    @commands.Cog.listener()
    async def on_guild_role_update(self, before: discord.Role, after: discord.Role) -> None:
        """A permission may have come back."""
        await self._try_again(after.guild)

    @commands.Cog.listener()
    async def on_guild_channel_update(self, before: discord.abc.GuildChannel, after: discord.abc.GuildChannel) -> None:
        """A permission may have come back."""
        await self._try_again(after.guild)

    @commands.Cog.listener()
    async def on_member_update(self, before: discord.Member, after: discord.Member) -> None:
        """The bot itself may have been given a role."""
        if after == after.guild.me:
            await self._try_again(after.guild)

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """The bot was invited, perhaps again."""
        await self._find_what_went(guild)
        await self._try_again(guild)

    @commands.Cog.listener()
    async def on_guild_available(self, guild: discord.Guild) -> None:
        """The server is there, or back."""
        await self._find_what_went(guild)
        await self._try_again(guild)

    async def _find_what_went(self, guild: discord.Guild) -> None:
        """Nobody told us of a thread that was deleted while we weren't there, and nobody can press anything in it."""
        with suppress(StoreDown, SomebodyWasFirst, KeyringFault, SchemaFault):
            async with self.bot.store.reading(guild.id) as unit:
                threads = await broken.threads_in_use(unit)
            for thread_id in threads:
                if guild.get_thread(thread_id) is None and await self._is_gone(thread_id):
                    async with self.bot.store.unit(guild.id) as unit:
                        await broken.lose_thread(unit, thread_id)
                    self.bot.hurry()

    async def _is_gone(self, thread_id: int) -> bool:
        try:
            await self.bot.http.get_channel(thread_id)
        except discord.NotFound:
            return True
        except discord.HTTPException:  # the next message for it will tell
            return False
        return False

    async def _try_again(self, guild: discord.Guild) -> None:
        if guild.id in self.bot.put_off:
            self.bot.put_off.discard(guild.id)
            async with self.bot.store.unit(guild.id) as unit:
                await broken.take_heart(unit)
            self.bot.hurry()


async def setup(bot: commands.Bot) -> None:
    """Load the cog."""
    assert isinstance(bot, Trellis)
    await bot.add_cog(World(bot))

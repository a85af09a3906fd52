"""Carrying out what waits about people who leave: those who asked to be forgotten, and those who left the server."""

import logging

import discord
from discord.ext import commands

from bot.acts.due import Errand
from bot.acts.privacy import forgetting, gone
from bot.acts.wave import tell_cut_off
from bot.app import Trellis
from bot.store.keyring import KeyringFault
from bot.store.unit import SchemaFault, SomebodyWasFirst, StoreDown

log = logging.getLogger("trellis")


class Gone(commands.Cog):
    """Looks for people in their server, and forgets them. Nothing of it is shown to anybody."""

    def __init__(self, bot: Trellis) -> None:
        self.bot = bot
        bot.carriers.update({gone.LOOK: self.look_around, forgetting.LET_GO: self.let_go})

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """In every server somebody looks once a week, and what was begun before a restart is finished."""
        for guild in self.bot.guilds:
            await self._begin(guild)

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """The bot was invited."""
        await self._begin(guild)

    @commands.Cog.listener()
    async def on_guild_available(self, guild: discord.Guild) -> None:
        """The server is there, perhaps for the first time."""
        await self._begin(guild)

    async def look_around(self, errand: Errand) -> None:
        """Look a few people up; in a server that the bot isn't in any more nobody is."""
        server_id, token = errand.due.server_id, errand.due.token
        guild = self.bot.get_guild(server_id)
        async with self.bot.store.reading(server_id) as unit:
            people = await gone.next_few(unit, token) if guild else {}
        here = {person: await self._is_here(server_id, address) for person, address in people.items()}
        async with self.bot.store.unit(server_id) as unit:
            await gone.note_down(unit, token, here)

    async def let_go(self, errand: Errand) -> None:
        """Forget somebody: because they asked, or because they have been gone for a month and still are."""
        server_id, person_id = errand.due.server_id, str(errand.due.facts["of"])
        if errand.due.facts.get("gone") and not await self._still_gone(server_id, person_id):
            return
        async with self.bot.store.unit(server_id) as unit:
            await forgetting.take_leave(unit, person_id)
        async with self.bot.store.unit(server_id) as unit:
            address = await unit.people.known_address(person_id)
            await forgetting.forget(unit, person_id)
        if address:
            self.bot.forget(server_id, address)

    async def _still_gone(self, server_id: int, person_id: str) -> bool:
        async with self.bot.store.reading(server_id) as unit:
            address = await gone.to_look_up(unit, person_id)
        if address is None or not await self._is_here(server_id, address):
            return address is not None
        async with self.bot.store.unit(server_id) as unit:
            await gone.is_here(unit, person_id)
        return False

    async def _is_here(self, server_id: int, discord_id: int | None) -> bool:
        guild = self.bot.get_guild(server_id)
        if guild is None or guild.unavailable:
            raise TimeoutError
        try:
            return discord_id is None or await guild.fetch_member(discord_id) is not None
        except discord.NotFound:
            return False

    async def _begin(self, guild: discord.Guild) -> None:
        try:
            async with self.bot.store.unit(guild.id) as unit:
                await gone.begin(unit)
                await forgetting.finish(unit)
                await tell_cut_off(unit)  # in a copy that was put back
        except (StoreDown, SomebodyWasFirst, KeyringFault, SchemaFault) as away:
            log.warning("who is gone can't be looked for now: %s", type(away).__name__)

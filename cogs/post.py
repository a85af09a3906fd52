"""Carrying out what waits: threads, messages, people added, private notes."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any, Literal

import discord
from discord.ext import commands

from bot import ui
from bot.acts import broken, inbox, lines
from bot.acts.due import Errand, let_sleep, rest
from bot.acts.rupture import passing
from bot.app import RESTS, Carrier, Trellis, lacking
from bot.press import NOBODY, Spoken, private, view_of
from bot.tellers import TELLERS
from bot.words import say

LOOK_BACK = timedelta(seconds=10)
CANNOT_DM = {50007, 50278}
UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, MISSING_ACCESS = 10003, 10008, 50001
KEPT_OPEN: Literal[10080] = 10080  # minutes until Discord hides an idle thread


class Posting(commands.Cog):
    """Does what rows that wait ask for. Every deed may be done again without a second effect."""

    def __init__(self, bot: Trellis) -> None:
        self.bot = bot
        bot.carriers.update(note=self.note, forget=self.forget)
        for carrier in (self.thread, self.post, self.edit, self.unsay, self.add, self.archive, self.delete):
            bot.carriers[carrier.__name__] = partial(self._in_its_place, carrier)

    async def post(self, errand: Errand) -> int | None:
        """Send a message of ours once: by its nonce, and by looking back when it may be there already."""
        if errand.channel_id is None:
            return None
        channel = self.bot.get_partial_messageable(errand.channel_id)
        if errand.claimed_at:  # in a database that was put back, perhaps only after it had been done
            since = min(errand.claimed_at, errand.due.due_at or errand.claimed_at)
            if found := await self._sent_before(channel, since, errand.due.token):
                return found
        called = errand.due.facts.get("speaker", "")
        speaker = errand.people.get(called)
        if speaker and errand.thread_id:
            errand.due.facts["pinged"] = called not in errand.unpinged and await self._is_in(errand.thread_id, speaker)
        spoken = await self._spoken(errand)
        sent = await channel.send(
            spoken.text,
            view=view_of([*spoken.buttons, ui.help_button(errand.language, errand.due.token)]),
            nonce=errand.due.token,
            allowed_mentions=discord.AllowedMentions(
                everyone=False, roles=False, users=[discord.Object(person) for person in spoken.mentions]
            ),
        )
        return sent.id

    async def edit(self, errand: Errand) -> None:
        """Change a message of ours to what is true now."""
        if errand.channel_id and errand.message_id:
            spoken = await self._spoken(errand)
            message = self.bot.get_partial_messageable(errand.channel_id).get_partial_message(errand.message_id)
            await message.edit(
                content=spoken.text,
                view=view_of([*spoken.buttons, ui.help_button(errand.language, errand.due.token)]),
                allowed_mentions=NOBODY,
            )

    async def unsay(self, errand: Errand) -> None:
        """Delete a spent message of ours."""
        if errand.channel_id and errand.message_id:
            await self.bot.get_partial_messageable(errand.channel_id).get_partial_message(errand.message_id).delete()

    async def thread(self, errand: Errand) -> int | None:
        """Make the private thread of a session, or find the one that was made before a crash."""
        guild = self.bot.get_guild(errand.due.server_id)
        if guild is None or guild.unavailable or self.bot.user is None:
            raise TimeoutError
        channel = guild.get_channel(errand.due.facts["channel"])
        if not isinstance(channel, discord.TextChannel):
            async with self.bot.store.unit(errand.due.server_id) as unit:
                await broken.get_no_thread(unit, errand.due.facts["session"])
            return None
        key = "debrief.thread_name" if errand.due.facts.get("debrief") else "session.thread_name"
        name = say(key, errand.language, number=errand.due.facts["number"])
        if errand.claimed_at:
            for thread in await guild.active_threads():
                ours = thread.owner_id == self.bot.user.id and thread.parent_id == channel.id and thread.name == name
                new = thread.created_at and thread.created_at >= errand.claimed_at - LOOK_BACK
                if ours and new and thread.id not in errand.threads_of_others:
                    return thread.id
        made = await channel.create_thread(
            name=name, type=discord.ChannelType.private_thread, invitable=False, auto_archive_duration=KEPT_OPEN
        )
        return made.id

    async def add(self, errand: Errand) -> None:
        """Add somebody to their session's thread, once they pressed **Come in**."""
        if errand.thread_id:
            for person in errand.people.values():
                try:
                    await self.bot.http.add_user_to_thread(errand.thread_id, person)
                except discord.Forbidden as shut:
                    if shut.code != MISSING_ACCESS:  # who can't see the channel any more holds up nobody else
                        raise

    async def archive(self, errand: Errand) -> None:
        """Take the buttons off our messages in a thread and put it away, not locked: writing in it opens it again."""
        if errand.thread_id:
            thread = self.bot.get_partial_messageable(errand.thread_id)
            async for message in thread.history(limit=None):
                if message.author == self.bot.user and message.components:
                    await thread.get_partial_message(message.id).edit(view=None)
            await self.bot.http.edit_channel(errand.thread_id, archived=True)

    async def delete(self, errand: Errand) -> None:
        """Delete the thread of a closed session, with all that was written in it."""
        if errand.thread_id:
            await self.bot.http.delete_channel(errand.thread_id)

    async def note(self, errand: Errand) -> int | None:
        """Reach one person: by a press of theirs we still hold, else by one fixed DM if they asked for DMs."""
        reader = errand.people.get(errand.due.person_id or "")
        if reader is None:
            return None
        press = self.bot.way_to(errand.due.server_id, reader)
        if press and await self._follow_up(press, errand):
            return RESTS
        sleeps = errand.reader_takes_dms and errand.quiet_until
        knocked = errand.reader_takes_dms and not sleeps and await self._knock(reader, errand)
        async with self.bot.store.unit(errand.due.server_id) as unit:
            if sleeps:
                await let_sleep(unit, errand)
            else:
                if errand.reader_takes_dms and not knocked:
                    await passing.unreachable(unit, errand.due.token)
                await rest(unit, errand.due.token, knocked=knocked)
        return RESTS

    async def forget(self, errand: Errand) -> None:
        """Its time is over and nothing has to be said."""

    async def _in_its_place(self, carrier: Carrier, errand: Errand) -> int | None:
        """Carry it out in a thread that is open; say what is needed when the thread or a permission is gone."""
        if self.bot.get_guild(errand.due.server_id) is None:
            raise TimeoutError  # we were removed, or it isn't there yet: done once we are in it, not asked for before
        try:
            if errand.thread_id and errand.channel_id == errand.thread_id:
                await self._open_again(errand.thread_id)
            return await carrier(errand)
        except discord.NotFound as gone:
            if gone.code == UNKNOWN_MESSAGE and errand.due.facts.get("message") == "list":
                async with self.bot.store.unit(errand.due.server_id) as unit:
                    await lines.lose_list(unit, errand.due.facts["session"])
            if gone.code == UNKNOWN_CHANNEL and "follows" in errand.due.facts:
                raise TimeoutError from gone  # said once its circle meets somewhere again
            if gone.code == UNKNOWN_CHANNEL and errand.thread_id and errand.channel_id == errand.thread_id:
                async with self.bot.store.unit(errand.due.server_id) as unit:
                    await broken.lose_thread(unit, errand.thread_id)
            raise
        except discord.Forbidden:
            if "session" in errand.due.facts:
                await self._say_what_it_lacks(errand)
            raise

    async def _open_again(self, thread_id: int) -> None:
        """Discord hides threads that were archived from us; in one of these nothing can be changed."""
        if self.bot.get_channel(thread_id) is None:
            found: Any = await self.bot.http.get_channel(thread_id)
            if found.get("thread_metadata", {}).get("archived"):
                await self.bot.http.edit_channel(thread_id, archived=False)

    async def _say_what_it_lacks(self, errand: Errand) -> None:
        guild = self.bot.get_guild(errand.due.server_id)
        channel = guild.get_channel(errand.circle_channel_id) if guild and errand.circle_channel_id else None
        if guild is None or channel is None:
            return
        lacks = lacking(channel.permissions_for(guild.me))
        async with self.bot.store.unit(errand.due.server_id) as unit:
            await broken.lack(unit, errand.due.facts["session"], lacking=lacks, channel_id=channel.id)

    async def _follow_up(self, interaction: discord.Interaction[Any], errand: Errand) -> bool:
        here = interaction.guild and interaction.guild.get_channel_or_thread(interaction.channel_id or 0)
        if interaction.guild and here is None:  # the thread of that press is gone
            return False
        spoken = await self._spoken(errand)
        try:
            await interaction.followup.send(
                private(spoken.text, errand.language),
                view=view_of(spoken.buttons),
                ephemeral=True,
                allowed_mentions=NOBODY,
            )
        except discord.HTTPException:
            return False
        async with self.bot.store.unit(errand.due.server_id) as unit:
            await inbox.delivered(unit, errand.due.token)
        return True

    async def _knock(self, reader: int, errand: Errand) -> bool:
        token = f"{errand.due.server_id}-{errand.due.token[:2]}"  # two signs: to know it from one some seconds before
        try:
            channel = await self.bot.create_dm(discord.Object(reader))
            if errand.claimed_at and await self._sent_before(channel, errand.claimed_at, f"dm:{token}:open"):
                return True
            await channel.send(
                say("dm.waiting", errand.language),
                view=view_of([ui.button(name, token, errand.language) for name in ("dm.open", "dm.off")]),
                nonce=errand.due.token,
            )
        except discord.HTTPException as refused:
            if refused.code not in CANNOT_DM:
                raise
            return False
        return True

    async def _is_in(self, thread_id: int, person: int) -> bool:
        """Whether somebody is still in the thread: a mention would pull them back in."""
        try:
            await self.bot.http.get_thread_member(thread_id, person)
        except discord.NotFound:
            return False
        return True

    async def _spoken(self, errand: Errand) -> Spoken:
        return TELLERS[errand.due.facts["kind"]](errand, await self.bot.names_of(errand))

    async def _sent_before(self, channel: discord.abc.Messageable, claimed_at: datetime, part_of_id: str) -> int | None:
        """Our message since then with a button of that id; Discord forgets nonces after some minutes, not buttons."""
        since = discord.Object(discord.utils.time_snowflake(claimed_at - LOOK_BACK))
        async for message in channel.history(limit=None, after=since, oldest_first=True):
            if message.author.id == self.bot.application_id or message.author == self.bot.user:
                for row in message.components:
                    for part in getattr(row, "children", []):
                        if part_of_id in (getattr(part, "custom_id", "") or ""):
                            return message.id
        return None


async def setup(bot: commands.Bot) -> None:
    """Load the cog."""
    assert isinstance(bot, Trellis)
    await bot.add_cog(Posting(bot))

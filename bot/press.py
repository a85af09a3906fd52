"""One person's press: who they are to us, and the way back to them."""

import textwrap
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import discord
from discord.ext import commands

from bot.acts import Presser
from bot.practice.refusals import Refusal
from bot.words import language_of, say

if TYPE_CHECKING:
    from bot.app import Trellis

LONGEST_PAGE = 1900  # characters; Discord takes 2000
NOBODY = discord.AllowedMentions.none()
Item = discord.ui.Item[Any]


@dataclass
class Reply:
    """What somebody is told privately. `files` go with its last page; a picture says nothing that the text doesn't."""

    text: str
    buttons: list[Item] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)  # tokens of waiting rows that are shown with it
    then: list["Reply"] = field(default_factory=list)  # messages of their own, so that buttons stand by their text
    files: list[discord.File] = field(default_factory=list)


@dataclass
class Spoken:
    """A message of ours for others: only the people in `mentions` are pinged."""

    text: str
    buttons: list[Item] = field(default_factory=list)
    mentions: list[int] = field(default_factory=list)


class Press:
    """One interaction of one person: who they are to us, and the way back to them."""

    def __init__(self, interaction: discord.Interaction[Any]) -> None:
        self.interaction = interaction
        self.language = language_of(str(interaction.locale))
        self.bot: Trellis = interaction.client
        self.server_id = interaction.guild_id or 0
        self.member = interaction.user if isinstance(interaction.user, discord.Member) else None
        self.something_waits = False
        self.leaves_no_trace = False  # nothing of this press is held in RAM once it is answered

    @property
    def presser(self) -> Presser:
        """The person, as Discord told us with their press; after a press in a DM as `come_from` looked them up."""
        member = self.member
        if member is None:
            return Presser(self.interaction.user.id, self.language)
        return Presser(
            member.id,
            self.language,
            self.interaction.channel_id or 0,
            frozenset(role.id for role in member.roles),
            frozenset(one.id for one in member.guild.text_channels if one.permissions_for(member).view_channel),
            member.guild_permissions.manage_guild,
            member.joined_at,
        )

    async def come_from(self, server_id: int) -> None:
        """A press in a DM is one in this server, by whoever is in it now.

        Raises Refusal when they aren't, or Discord doesn't say: an old button opens nothing to who was removed.
        """
        self.server_id = server_id
        guild = self.bot.get_guild(server_id)
        try:
            if guild is None:
                raise Refusal("dm.server_unknown")
            self.member = await guild.fetch_member(self.interaction.user.id)
        except discord.NotFound:
            raise Refusal("dm.not_in_server") from None
        except (discord.DiscordException, OSError, TimeoutError):
            raise Refusal("dm.server_unknown") from None

    def say(self, key: str, /, **slots: Any) -> str:
        """A sentence in this person's language."""
        return say(key, self.language, **slots)

    def reply(self, key: str, /, *buttons: Item, **slots: Any) -> Reply:
        """A private answer in this person's language."""
        return Reply(self.say(key, **slots), list(buttons))

    async def act(self, deed: Callable[..., Awaitable[Any]], *args: Any, **more: Any) -> Any:
        """Carry out an act in this person's name and server."""
        outcome, self.something_waits = await self.bot.act(self.server_id, deed, self.presser, *args, **more)
        return outcome

    async def look(self, deed: Callable[..., Awaitable[Any]], *args: Any, **more: Any) -> Any:
        """Carry out an act that changes nothing; it waits for no writer."""
        outcome, self.something_waits = await self.bot.look(self.server_id, deed, self.presser, *args, **more)
        return outcome


def view_of(items: list[Item]) -> discord.ui.View:
    """These items in one view that is never stopped and never times out."""
    view = discord.ui.View(timeout=None)
    for item in items:
        view.add_item(item)
    return view


def harmless(given: str) -> str:
    """What somebody else wrote, as text that is only text: no formatting, mention, link or other reading direction."""
    seen = "".join(sign for sign in given if sign.isprintable())
    plain = discord.utils.escape_mentions(discord.utils.escape_markdown(seen, ignore_links=False))
    return plain.replace("://", ":\u200b//").replace("<", "\\<")


def quoted(words: str) -> str:
    """What somebody wrote, as text that is only text, line by line."""
    return "\n".join(f"> {harmless(line)}" for line in words.splitlines())


def private(text: str, language: str) -> str:
    """The text, and that only its reader sees it (promise 2)."""
    return f"{text}\n-# {say('reply.only_you', language)}"


async def send(interaction: discord.Interaction[Any], reply: Reply) -> None:
    """Answer privately, in as many messages as it takes."""
    *before, last = _pages(private(reply.text, language_of(str(interaction.locale))))
    for page in before:
        await _send_page(interaction, page, [])
    await _send_page(interaction, last, reply.buttons, reply.files)
    for following in reply.then:
        await send(interaction, following)


async def _send_page(
    interaction: discord.Interaction[Any], text: str, items: list[Item], files: list[discord.File] | None = None
) -> None:
    view, files = view_of(items), files or []
    if not interaction.response.is_done():
        await interaction.response.send_message(text, view=view, files=files, ephemeral=True, allowed_mentions=NOBODY)
    elif not interaction.extras.get("answered"):
        await interaction.edit_original_response(content=text, view=view, attachments=files, allowed_mentions=NOBODY)
    else:
        await interaction.followup.send(text, view=view, files=files, ephemeral=True, allowed_mentions=NOBODY)
    interaction.extras["answered"] = True


def _pages(text: str) -> list[str]:
    """The text in messages that Discord takes, cut between lines."""
    paginator = commands.Paginator(prefix=None, suffix=None, max_size=LONGEST_PAGE)
    for line in text.split("\n"):
        for part in textwrap.wrap(line, LONGEST_PAGE - 2, drop_whitespace=False) or [""]:
            paginator.add_line(part)
    return paginator.pages

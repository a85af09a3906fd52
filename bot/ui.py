"""The base of every button and form: a refusal becomes a private sentence, a fault a sentence with a reference."""

import asyncio
import logging
import secrets
import traceback
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Self

import discord

from bot.acts import Presser
from bot.acts.due import Errand
from bot.practice.refusals import Refusal
from bot.store.unit import SomebodyWasFirst, StoreDown
from bot.words import language_of, say

if TYPE_CHECKING:
    from bot.app import Trellis

log = logging.getLogger("trellis")
DEFER_AFTER = 0.9  # seconds; a person waits for nothing
NOBODY = discord.AllowedMentions.none()
Item = discord.ui.Item[Any]


@dataclass
class Reply:
    """What somebody is told privately."""

    text: str
    buttons: list[Item] = field(default_factory=list)


@dataclass
class Spoken:
    """A message of ours for others: only the people in `mentions` are pinged."""

    text: str
    buttons: list[Item] = field(default_factory=list)
    mentions: list[int] = field(default_factory=list)


Teller = Callable[[Errand, dict[str, str]], Spoken]
TELLERS: dict[str, Teller] = {}


def tells(kind: str) -> Callable[[Teller], Teller]:
    """Mark the function that turns a waiting row of this kind into a message.

    It gets the errand and the names of the people in it (by our random id), safe to print.
    """

    def keep(teller: Teller) -> Teller:
        TELLERS[kind] = teller
        return teller

    return keep


class Press:
    """One interaction of one person: who they are to us, and the way back to them."""

    def __init__(self, interaction: discord.Interaction[Any]) -> None:
        self.interaction = interaction
        self.language = language_of(str(interaction.locale))
        self.bot: Trellis = interaction.client  # type: ignore[assignment]
        self.server_id = interaction.guild_id or 0
        self.something_waits = False

    @property
    def presser(self) -> Presser:
        """The person, as Discord told us with their press."""
        user, guild = self.interaction.user, self.interaction.guild
        if not isinstance(user, discord.Member) or guild is None:
            return Presser(user.id, self.language)
        return Presser(
            user.id,
            self.language,
            self.interaction.channel_id or 0,
            frozenset(role.id for role in user.roles),
            frozenset(channel.id for channel in guild.text_channels if channel.permissions_for(user).view_channel),
            user.guild_permissions.manage_guild,
        )

    def say(self, key: str, /, **slots: object) -> str:
        """A sentence in this person's language."""
        return say(key, self.language, **slots)

    def reply(self, key: str, /, *buttons: Item, **slots: object) -> Reply:
        """A private answer in this person's language."""
        return Reply(self.say(key, **slots), list(buttons))

    async def act(self, deed: Callable[..., Awaitable[Any]], *args: Any, **more: Any) -> Any:
        """Carry out an act in this person's name and server."""
        outcome, self.something_waits = await self.bot.act(self.server_id, deed, self.presser, *args, **more)
        return outcome


async def answer(interaction: discord.Interaction[Any], do: Callable[[Press], Awaitable[Reply]]) -> None:
    """Do it and tell the person privately how it went; defer when it takes longer than a moment."""
    press = Press(interaction)
    press.bot.remember(interaction)
    deferring = asyncio.create_task(_defer_soon(interaction))
    try:
        reply = await do(press)
    except Refusal as no:
        reply = press.reply(no.code, **no.slots)
    except StoreDown:
        reply = press.reply("fault.store_down", help_button(press.language))
    except SomebodyWasFirst:
        reply = press.reply("fault.somebody_was_first")
    except Exception as fault:
        reply = press.reply("fault.unexpected", help_button(press.language), reference=_log_fault(fault))
    if not deferring.cancel():
        await deferring
    else:
        await asyncio.gather(deferring, return_exceptions=True)
    if press.something_waits:
        reply.text += "\n\n" + press.say("inbox.something_waits")
    await _send(interaction, reply)


def view_of(buttons: list[Item]) -> discord.ui.View:
    """These buttons in one view that is never stopped and never times out."""
    view = discord.ui.View(timeout=None)
    for button in buttons:
        view.add_item(button)
    return view


class Button(discord.ui.DynamicItem[discord.ui.Button[Any]], template="-"):
    """A button whose custom id `noun:token:deed` is its whole state; it works after any restart."""

    noun: ClassVar[str]
    deed: ClassVar[str]
    style: ClassVar[discord.ButtonStyle]

    def __init_subclass__(
        cls, *, noun: str, deed: str, style: discord.ButtonStyle = discord.ButtonStyle.secondary
    ) -> None:
        super().__init_subclass__(template=rf"{noun}:(?P<token>[\w-]{{1,22}}):{deed}")
        cls.noun, cls.deed, cls.style = noun, deed, style

    def __init__(self, token: str, language: str = "en") -> None:
        self.token = token
        label = say(f"button.{self.noun}.{self.deed}", language)
        super().__init__(
            discord.ui.Button(label=label, custom_id=f"{self.noun}:{token}:{self.deed}", style=self.style)
        )

    @classmethod
    async def from_custom_id(cls, interaction: discord.Interaction[Any], item: Item, match: Any, /) -> Self:
        """The button as it was pressed."""
        return cls(match["token"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Discord's press arrives here."""
        await answer(interaction, self.press)

    async def press(self, press: Press) -> Reply:
        """What the press does."""
        raise NotImplementedError


TELLING_HELP: list[type[Button]] = []
MORE: list[type[Button]] = []
DM_BUTTONS: list[type[Button]] = []
DM_CHOICE: list[type[Button]] = []


def help_button(language: str, token: str = "-") -> Item:
    """**Help now**, on every message of ours."""
    return TELLING_HELP[0](token, language)




class Form(discord.ui.Modal):
    """A form whose custom id is its whole state: its answers arrive through `FORMS`, also after a restart."""

    noun: ClassVar[str]

    def __init__(self, token: str, language: str) -> None:
        super().__init__(
            title=say(f"form.{self.noun}.title", language), custom_id=f"form:{self.noun}:{token}", timeout=900
        )

    @classmethod
    async def submit(cls, press: Press, token: str, values: dict[str, str]) -> Reply:
        """What handing it in does; `values` by field."""
        raise NotImplementedError


FORMS: dict[str, type[Form]] = {}


async def route(interaction: discord.Interaction[Any]) -> bool:
    """Bring a handed-in form, or a press nobody knows any more, to its answer. True when it was for us."""
    data: Any = interaction.data or {}
    custom_id = str(data.get("custom_id", ""))
    if interaction.type is discord.InteractionType.modal_submit:
        _, noun, token = [*custom_id.split(":"), "", ""][:3]
        form = FORMS.get(noun)
        if form is None:
            await answer(interaction, _stale)
        else:
            await answer(interaction, lambda press: form.submit(press, token, _values(data)))
        return True
    return False


async def _stale(press: Press) -> Reply:
    return press.reply("fault.stale")


def _values(data: Any) -> dict[str, str]:
    found = {}
    for part in data.get("components", []):
        for field_ in [part.get("component"), *part.get("components", [])]:
            if field_:
                found[field_["custom_id"]] = field_.get("value", "")
    return found


async def _defer_soon(interaction: discord.Interaction[Any]) -> None:
    await asyncio.sleep(DEFER_AFTER)
    await interaction.response.defer(ephemeral=True, thinking=True)


async def _send(interaction: discord.Interaction[Any], reply: Reply) -> None:
    view = view_of(reply.buttons)
    text = reply.text[:2000]
    if interaction.response.is_done():
        await interaction.edit_original_response(content=text, view=view, allowed_mentions=NOBODY)
    else:
        await interaction.response.send_message(text, view=view, ephemeral=True, allowed_mentions=NOBODY)


def _log_fault(fault: Exception) -> str:
    """Log where it happened, without anybody's words (a fault's own message may hold them)."""
    reference = secrets.token_hex(3)
    where = "".join(traceback.format_tb(fault.__traceback__))
    log.error("fault %s: %s\n%s", reference, type(fault).__name__, where)
    return reference

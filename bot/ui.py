"""The base of every button and form: a refusal becomes a private sentence, a fault a sentence with a reference."""

import asyncio
import logging
import secrets
import traceback
from collections.abc import Awaitable, Callable
from typing import Any, ClassVar, Self

import discord

from bot.acts import inbox
from bot.practice.refusals import Refusal
from bot.press import Item, Press, Reply, quoted, send
from bot.store.keyring import KeyringFault
from bot.store.unit import SchemaFault, SomebodyWasFirst, StoreDown
from bot.words import say

log = logging.getLogger("trellis")
DEFER_AFTER = 0.9  # seconds; a person waits for nothing


def options(*names: str) -> Callable[[Any], Any]:
    """Describe the options of a command with the words under `option.<name>`."""
    return discord.app_commands.describe(**{name: say(f"option.{name}", "en") for name in names})


async def answer(
    interaction: discord.Interaction[Any], do: Callable[[Press], Awaitable[Reply]], *, words: str = ""
) -> None:
    """Do it and tell the person privately how it went; defer when it takes longer than a moment.

    `words` are what they wrote in a form: given back to them when nothing could be done with it.
    """
    press = Press(interaction)
    work = asyncio.ensure_future(_outcome(press, do, words))
    try:
        ready, _ = await asyncio.wait({work}, timeout=DEFER_AFTER)
        if not ready:
            await interaction.response.defer(ephemeral=True, thinking=True)
        reply = await work
        if press.something_waits:
            reply.text += "\n\n" + press.say("inbox.something_waits")
        await send(interaction, reply)
        if notes := [note for one in (reply, *reply.then) for note in one.notes]:
            await press.act(inbox.seen, notes)
        if not press.leaves_no_trace:
            press.bot.remember(interaction)
    except discord.HTTPException as lost:
        log.warning("an answer did not arrive: %s %s", type(lost).__name__, lost.code)
        await work


async def _outcome(press: Press, do: Callable[[Press], Awaitable[Reply]], words: str) -> Reply:
    try:
        return await do(press)
    except Exception as fault:  # whatever it is, it is said
        reply = _why_not(press, fault)
        if words.strip():
            reply.text += "\n\n" + press.say("reply.your_words") + "\n" + quoted(words)
        return reply


def _why_not(press: Press, fault: Exception) -> Reply:
    match fault:
        case Refusal():
            outside = [] if press.member else [help_button(press.language)]  # help stays, whoever is turned away
            return press.reply(fault.code, *outside, **fault.slots)
        case StoreDown() | KeyringFault() | SchemaFault():
            log.warning("a press met %s: %s", type(fault).__name__, type(fault.__cause__).__name__)
            return press.reply("fault.store_down", help_button(press.language))
        case SomebodyWasFirst():
            return press.reply("fault.somebody_was_first")
        case _:
            return press.reply("fault.unexpected", help_button(press.language), reference=_log_fault(fault))


class Button(discord.ui.DynamicItem[discord.ui.Button[Any]], template="-"):
    """A button whose custom id `noun:token:deed` is its whole state; it works after any restart.

    One that `points` says after a dot what about: `noun:token:deed.about`.
    """

    noun: ClassVar[str]
    deed: ClassVar[str]
    style: ClassVar[discord.ButtonStyle]
    from_outside: ClassVar[bool] = False  # whether somebody who isn't in the server (any more) may press it

    def __init_subclass__(
        cls, *, noun: str, deed: str, style: discord.ButtonStyle = discord.ButtonStyle.secondary, points: bool = False
    ) -> None:
        super().__init_subclass__(template=_template(noun, deed) + (r"\.(?P<about>[a-z]+)" if points else ""))
        cls.noun, cls.deed, cls.style = noun, deed, style
        BUTTONS[f"{noun}.{deed}"] = cls

    def __init__(self, token: str, language: str = "en", about: str = "") -> None:
        self.token, self.about = token, about
        label = say(f"button.{self.noun}.{self.deed}", language)
        custom_id = f"{self.noun}:{token}:{self.deed}" + (f".{about}" if about else "")
        super().__init__(discord.ui.Button(label=label, custom_id=custom_id, style=self.style))

    @classmethod
    async def from_custom_id(cls, interaction: discord.Interaction[Any], item: Item, match: Any, /) -> Self:
        """The button as it was pressed."""
        return cls(match["token"], about=match.groupdict().get("about") or "")

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Discord's press arrives here."""
        outside = self.from_outside
        await answer(interaction, lambda press: _in_its_server(press, self.token, self.press(press), outside=outside))

    async def press(self, press: Press) -> Reply:
        """What the press does."""
        raise NotImplementedError


class Menu(discord.ui.DynamicItem[discord.ui.Select[Any]], template="-"):
    """A list to choose one from; its custom id `noun:token:deed` is its whole state, as with a Button."""

    noun: ClassVar[str]
    deed: ClassVar[str]

    def __init_subclass__(cls, *, noun: str = "", deed: str = "") -> None:
        """Without a noun it is the base of several lists, and is none itself."""
        super().__init_subclass__(template=_template(noun, deed))
        if noun:
            cls.noun, cls.deed = noun, deed
            MENUS[f"{noun}.{deed}"] = cls

    def __init__(self, token: str, language: str = "en", options: list[discord.SelectOption] | None = None) -> None:
        self.token = token
        super().__init__(
            discord.ui.Select(
                custom_id=f"{self.noun}:{token}:{self.deed}",
                placeholder=say(f"menu.{self.noun}.{self.deed}", language),
                options=options or [discord.SelectOption(label="-")],
            )
        )

    @classmethod
    async def from_custom_id(cls, interaction: discord.Interaction[Any], item: Item, match: Any, /) -> Self:
        """The list as it was used."""
        return cls(match["token"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Discord's choice arrives here."""
        data: Any = interaction.data or {}
        chosen = str(data.get("values", [""])[0])
        await answer(interaction, lambda press: _in_its_server(press, self.token, self.choose(press, chosen)))

    async def choose(self, press: Press, chosen: str) -> Reply:
        """What choosing does."""
        raise NotImplementedError


BUTTONS: dict[str, type[Button]] = {}
MENUS: dict[str, type[Menu]] = {}
FORMS: dict[str, "type[Form]"] = {}


def button(name: str, token: str, language: str) -> Item:
    """The button `noun.deed`, whichever cog it lives in: cogs never know each other."""
    return BUTTONS[name](token, language)


async def as_if_pressed(name: str, token: str, press: Press) -> Reply:
    """What pressing the button `noun.deed` would answer, whichever cog it lives in."""
    return await BUTTONS[name](token).press(press)


def help_button(language: str, token: str = "-") -> Item:
    """**Help now**, on every message of ours."""
    return button("help.now", token, language)


async def _in_its_server(press: Press, token: str, deed: Awaitable[Reply], *, outside: bool = False) -> Reply:
    """A press in a DM names no server: it is that of what the button stands for, and only its members act in it.

    `outside`: also who isn't in it may do this.
    """
    if not press.server_id:
        try:
            press.server_id = await press.bot.store.server_of(token)
            if press.server_id and not outside:
                await press.come_from(press.server_id)
        except BaseException:
            if asyncio.iscoroutine(deed):
                deed.close()
            raise
    return await deed


def _template(noun: str, deed: str) -> str:
    return rf"{noun}:(?P<token>[\w-]{{1,22}}):{deed}"


Field = discord.ui.TextInput[Any] | discord.ui.Select[Any] | discord.ui.UserSelect[Any]


class Form(discord.ui.Modal):
    """A form whose custom id is its whole state: its answers arrive through `FORMS`, also after a restart.

    What it asks is under `form.<noun>`, or shared with the form it is `worded_as`.
    """

    noun: ClassVar[str]
    worded_as: ClassVar[str] = ""

    def __init_subclass__(cls) -> None:
        """Without a noun of its own it is the base of several forms, and is none itself."""
        super().__init_subclass__()
        if "noun" in vars(cls):
            FORMS[cls.noun] = cls

    def __init__(self, token: str, language: str) -> None:
        self.language = language
        super().__init__(
            title=say(f"form.{self.noun}.title", language), custom_id=f"form:{self.noun}:{token}", timeout=900
        )

    @classmethod
    async def open(cls, interaction: discord.Interaction[Any], token: str) -> None:
        """Show it as the answer to a press; Discord waits three seconds for it."""
        await interaction.response.send_modal(cls(token, Press(interaction).language))

    def ask(self, field_: Field, *, hint: bool = True) -> None:
        """Ask for one thing; the field's custom id names it and its words. `hint`: whether a line explains it."""
        key = f"form.{self.worded_as or self.noun}.{field_.custom_id}"
        explained = say(f"{key}.hint", self.language) if hint else None
        self.add_item(discord.ui.Label(text=say(key, self.language), description=explained, component=field_))

    @classmethod
    async def submit(cls, press: Press, token: str, values: dict[str, str]) -> Reply:
        """What handing it in does; `values` by field."""
        raise NotImplementedError


async def route(interaction: discord.Interaction[Any]) -> bool:
    """Bring a handed-in form, or a press nobody knows any more, to its answer. True when it was for us."""
    data: Any = interaction.data or {}
    custom_id = str(data.get("custom_id", ""))
    if interaction.type is discord.InteractionType.component and not _is_known(custom_id):
        await answer(interaction, stale)
        return True
    if interaction.type is discord.InteractionType.modal_submit:
        _, noun, token = [*custom_id.split(":"), "", ""][:3]
        form = FORMS.get(noun)
        if form is None:
            await answer(interaction, stale)
        else:
            values = _values(data)
            await answer(
                interaction,
                lambda press: _in_its_server(press, token, form.submit(press, token, values)),
                words=values.get("words", ""),
            )
        return True
    return False


async def stale(press: Press) -> Reply:
    """A press on something of an earlier time."""
    return press.reply("fault.stale")


def _is_known(custom_id: str) -> bool:
    known = [*BUTTONS.values(), *MENUS.values()]
    return any(item.__discord_ui_compiled_template__.fullmatch(custom_id) for item in known)


def _values(data: Any) -> dict[str, str]:
    found = {}
    for part in data.get("components", []):
        for field_ in [part.get("component"), *part.get("components", [])]:
            if field_:
                found[field_["custom_id"]] = field_.get("value") or ",".join(field_.get("values") or [])
    return found


def _log_fault(fault: Exception) -> str:
    """Log where it happened, without anybody's words (a fault's own message may hold them)."""
    reference = secrets.token_hex(3)
    where = "".join(traceback.format_tb(fault.__traceback__))
    log.error("fault %s: %s\n%s", reference, type(fault).__name__, where)
    return reference

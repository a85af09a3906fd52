"""`/rupture flag`: the lanes, chosen by the person, and the one form."""

import asyncio
from typing import Any, ClassVar

import discord

from bot import ui
from bot.acts.rupture import flagging
from bot.choosing import only_in_the_server
from bot.practice.refusals import Refusal
from bot.practice.rupture.words import LONGEST_WORDS, MOST_EXCLUDED, Lane, Look, Soon, Wish, wishes
from bot.press import Press, Reply, harmless, quoted
from bot.words import say
from cogs.rupture.group import group, with_help, words_field
from cogs.rupture.preview import show_preview

PATIENCE = 1.5  # seconds; a form has to open within three


class Begin(ui.Button, noun="rupture", deed="begin"):
    """**Something between us needs care**."""

    async def press(self, press: Press) -> Reply:
        """First the lanes."""
        return _lanes(press, await press.look(flagging.lanes_of, self.token))


class FlagForm(ui.Form):
    """What it looked like, what I'd like, who must not see it, how soon, and a few words. Nobody has to be named."""

    worded_as = "rupture"
    lane: ClassVar[Lane]

    def __init__(self, token: str, language: str) -> None:
        super().__init__(token, language)
        parts: tuple[tuple[str, list[Any]], ...] = (("look", [*Look]), ("wish", [*wishes(self.lane)]))
        for name, values in parts:
            self.ask(_choice(name, values, language), hint=False)
        self.ask(discord.ui.UserSelect(custom_id="excluded", min_values=0, max_values=MOST_EXCLUDED, required=False))
        self.ask(_choice("soon", [*Soon], language), hint=False)
        self.ask(words_field(LONGEST_WORDS, required=False))

    @classmethod
    async def submit(cls, press: Press, token: str, values: dict[str, str]) -> Reply:
        """The preview: nothing is sent yet."""
        chosen = [int(one) for one in values.get("excluded", "").split(",") if one]
        us = press.bot.user.id if press.bot.user else 0
        words = values.get("words", "")
        try:
            found = await press.act(
                flagging.draft, token, lane=cls.lane, look=Look(values["look"]), wish=Wish(values["wish"]),
                soon=Soon(values["soon"]), excluded=[one for one in chosen if one != us], words=words,
            )  # fmt: skip
        except Refusal as no:
            return await _not_sent(press, no, words)
        reply = show_preview(press, found)
        if us in chosen:
            reply.text = press.say("rupture.carried_by_us") + "\n\n" + reply.text
        if press.presser.discord_id in chosen:
            reply.text = press.say("rupture.you_see_it") + "\n\n" + reply.text
        return reply


class FrictionForm(FlagForm):
    """The form of the lane that leads to repair."""

    noun, lane = "rupture_friction", Lane.FRICTION


class HarmForm(FlagForm):
    """The form of the lane of harm or fear."""

    noun, lane = "rupture_harm", Lane.HARM


class Friction(ui.Button, noun="rupture", deed="friction", style=discord.ButtonStyle.primary):
    """**Friction**: it can lead to repair."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """The form, where one can be sent."""
        await _open(interaction, FrictionForm, self.token)


class Harm(ui.Button, noun="rupture", deed="harm", style=discord.ButtonStyle.primary):
    """**Harm or fear**: care contacts first."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """The form, where one can be sent."""
        await _open(interaction, HarmForm, self.token)


class Danger(ui.Button, noun="rupture", deed="danger", style=discord.ButtonStyle.danger):
    """**Danger now**."""

    async def press(self, press: Press) -> Reply:
        """The help card, at once; nothing is kept."""
        return await ui.as_if_pressed("help.now", "-", press)


@group.command(name="flag", description=say("command.rupture.flag", "en"))
@ui.options("circle")
async def flag(interaction: discord.Interaction[Any], circle: str | None = None) -> None:
    """`/rupture flag`."""

    async def do(press: Press) -> Reply:
        return _lanes(press, await press.look(flagging.lanes, named=circle))

    await ui.answer(interaction, do)


def _lanes(press: Press, found: flagging.Lanes) -> Reply:
    buttons = [kind(found.token, press.language) for kind in (Friction, Harm, Danger)]
    return press.reply("rupture.lanes", *buttons, name=found.name, operator=harmless(press.bot.operator))


async def _open(interaction: discord.Interaction[Any], form: type[FlagForm], token: str) -> None:
    press = Press(interaction)
    if not press.server_id:
        await only_in_the_server(interaction, "rupture.in_the_server")
        return
    looking = asyncio.ensure_future(press.look(flagging.lanes_of, token))
    await asyncio.wait({looking}, timeout=PATIENCE)
    if looking.done() and not looking.exception() and not looking.result().missing:
        await form.open(interaction, token)
        return

    async def say_why_not(press: Press) -> Reply:
        found: flagging.Lanes = await looking  # what it met is said and logged once, as of any press
        if found.missing:
            return await with_help(press, press.reply("rupture.not_yet"))
        return press.reply("rupture.slow", ui.button(f"rupture.{form.lane.value}", token, press.language))

    await ui.answer(interaction, say_why_not)


async def _not_sent(press: Press, no: Refusal, words: str) -> Reply:
    """Why nothing is sent, with help from outside; and the words, so that they aren't lost."""
    lines = [press.say(no.code, **no.slots)]
    if words.strip():
        lines += [press.say("reply.your_words"), quoted(words)]
    return await with_help(press, Reply("\n".join(lines)))


def _choice(name: str, values: list[Any], language: str) -> discord.ui.Select[Any]:
    options = [discord.SelectOption(label=say(f"menu.{name}.{value.value}", language), value=value) for value in values]
    return discord.ui.Select(custom_id=name, options=options, required=True)

"""`/circle prompts`: all that can be asked, to read ahead; hidden, added and reordered by who facilitates (D1.13)."""

from collections.abc import Awaitable, Callable
from typing import Any, ClassVar

import discord

from bot import ui
from bot.acts import prompts
from bot.acts.prompts import AllPrompts, OnePart
from bot.aloud import prompted
from bot.practice.prompt_list import LONGEST_PROMPT, SHORTEST_PROMPT
from bot.practice.prompts import Part
from bot.practice.refusals import Refusal
from bot.press import Item, Press, Reply
from bot.words import say
from cogs.circle.group import group

LONGEST_LABEL = 100  # of a choice in a list


@group.command(name="prompts", description=say("command.circle.prompts", "en"))
@ui.options("circle")
async def show_prompts(interaction: discord.Interaction[Any], circle: str | None = None) -> None:
    """`/circle prompts`."""

    async def do(press: Press) -> Reply:
        return _all(press, await press.look(prompts.read, named=circle))

    await ui.answer(interaction, do)


class WhichPart(ui.Menu, noun="prompts", deed="part"):
    """The parts of a gathering, to change what is asked there."""

    async def choose(self, press: Press, chosen: str) -> Reply:
        """All of that part, hidden prompts too."""
        return _part(press, await press.look(prompts.look, self.token, Part(chosen)))


class Hide(ui.Button, noun="prompts", deed="hide", points=True):
    """**Hide one**; the part stands after the dot, here and below."""

    async def press(self, press: Press) -> Reply:
        """Which of those that are asked?"""
        return await _which(press, self, HideOne, lambda found, name: name not in found.hidden)


class Show(ui.Button, noun="prompts", deed="show", points=True):
    """**Show one again**."""

    async def press(self, press: Press) -> Reply:
        """Which of those that are hidden?"""
        return await _which(press, self, ShowOne, lambda found, name: name in found.hidden)


class First(ui.Button, noun="prompts", deed="first", points=True):
    """**Put one first**: one press, and with a few of them any order can be made."""

    async def press(self, press: Press) -> Reply:
        """Which but the one that is first now?"""
        return await _which(press, self, FirstOne, lambda found, name: name != found.prompts[0])


class Take(ui.Button, noun="prompts", deed="take", points=True):
    """**Take one back** that was added."""

    async def press(self, press: Press) -> Reply:
        """Which of the circle's own?"""
        return await _which(press, self, TakeOne, lambda found, name: name in found.words)


class Ours(ui.Button, noun="prompts", deed="ours", points=True):
    """**As it was**: all of ours again. The circle's own stay: only taking one back deletes it."""

    async def press(self, press: Press) -> Reply:
        """In their first order."""
        return _part(press, await press.act(prompts.as_ours, self.token, Part(self.about)), "ours")


class Add(ui.Button, noun="prompts", deed="add", style=discord.ButtonStyle.primary, points=True):
    """**Add one**."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Open the form at once; who may is looked up when it is handed in."""
        form = PromptForm(f"{self.token}.{self.about}", Press(interaction).language)
        await interaction.response.send_modal(form)


class PromptForm(ui.Form):
    """One prompt, and before it what nobody is to be asked (D2.3), and whose it is then."""

    noun = "prompt"

    def __init__(self, token: str, language: str) -> None:
        super().__init__(token, language)
        self.add_item(discord.ui.TextDisplay(say("prompts.before_adding", language)))
        self.add_item(
            discord.ui.Label(
                text=say("form.prompt.words", language),
                description=say("form.prompt.words.hint", language),
                component=discord.ui.TextInput(
                    custom_id="words", min_length=SHORTEST_PROMPT, max_length=LONGEST_PROMPT
                ),
            )
        )

    @classmethod
    async def submit(cls, press: Press, token: str, values: dict[str, str]) -> Reply:
        """Put it at the end of its part."""
        circle, _, part = token.partition(".")
        return _part(press, await press.act(prompts.add, circle, Part(part), values.get("words", "")), "added")


class _OneOf(ui.Menu):
    """The prompts of a part to choose one from; each choice names its part and the prompt."""

    deed_of: ClassVar[Callable[..., Awaitable[OnePart]]]
    done: ClassVar[str]

    async def choose(self, press: Press, chosen: str) -> Reply:
        """Do it, and show how the part stands then."""
        part, _, name = chosen.partition(" ")
        deed = type(self).deed_of
        return _part(press, await press.act(deed, self.token, Part(part), name=name), self.done)


class HideOne(_OneOf, noun="prompts", deed="hide-one"):
    """Those that are asked."""

    deed_of, done = prompts.hide, "hidden"


class ShowOne(_OneOf, noun="prompts", deed="show-one"):
    """Those that are hidden."""

    deed_of, done = prompts.show, "shown"


class FirstOne(_OneOf, noun="prompts", deed="first-one"):
    """All but the first."""

    deed_of, done = prompts.put_first, "moved"


class TakeOne(_OneOf, noun="prompts", deed="take-one"):
    """The circle's own."""

    deed_of, done = prompts.take_back, "taken"


async def _which(press: Press, button: ui.Button, menu: type[_OneOf], fits: Callable[[OnePart, str], bool]) -> Reply:
    found: OnePart = await press.look(prompts.look, button.token, Part(button.about))
    options = [
        discord.SelectOption(
            label=_label(place, found.words.get(name) or prompted(name, {}, press.language)),
            value=f"{found.part.value} {name}",
        )
        for place, name in enumerate(found.prompts, 1)
        if fits(found, name)
    ]
    if not options:
        raise Refusal("prompts.nothing_there")
    return press.reply(f"prompts.which.{button.deed}", menu(button.token, press.language, options))


def _all(press: Press, found: AllPrompts) -> Reply:
    """Everything that can be asked, for any member; who facilitates can go on from there."""

    def listed(names: list[str]) -> list[str]:
        return [f"- {prompted(name, found.words, press.language)}" for name in names]

    lines = [press.say("prompts.next"), *listed(found.coming)]
    for part, names in found.parts.items():
        lines += ["", press.say(f"prompts.all.{part.value}"), *listed(names)]
    lines += ["", press.say("prompts.sets")]
    for name, names in found.sets.items():
        lines += [f"**{press.say(f'prompts.set.{name}')}**", *listed(names)]
    if not found.may_change:
        return Reply("\n".join(lines))
    options = [discord.SelectOption(label=press.say(f"prompts.part.{part.value}"), value=part.value) for part in Part]
    menu = WhichPart(found.token, press.language, options)
    return Reply("\n".join([*lines, "", press.say("prompts.may_change")]), [menu])


def _part(press: Press, found: OnePart, done: str = "look") -> Reply:
    """A part as it stands, after what was done, and what can be done in it now."""
    lines = [press.say(f"prompts.part_{done}", name=found.name, part=press.say(f"prompts.part.{found.part.value}"))]
    for place, name in enumerate(found.prompts, 1):
        mark = " " + press.say("prompts.hidden_mark") if name in found.hidden else ""
        own = " " + press.say("prompts.own_mark") if name in found.words else ""
        lines.append(f"{place}. {prompted(name, found.words, press.language)}{own}{mark}")
    fits: dict[type[ui.Button], bool] = {
        Hide: found.may_hide,
        Show: bool(found.hidden),
        Add: found.takes_more,
        First: len(found.prompts) > 1,
        Take: bool(found.words),
        Ours: not found.is_ours,
    }
    buttons: list[Item] = [kind(found.token, press.language, found.part.value) for kind, fit in fits.items() if fit]
    return Reply("\n".join([*lines, press.say("prompts.from_next")]), buttons)


def _label(place: int, text: str) -> str:
    return "".join(sign for sign in f"{place}. {text}" if sign.isprintable())[:LONGEST_LABEL]

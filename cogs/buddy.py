"""Buddies: asking for one, saying yes to one, and the list that nobody else can see."""

from collections.abc import Iterable
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot import choosing, ui
from bot.acts import buddy, pairing
from bot.acts.buddy import Stage
from bot.acts.due import Errand
from bot.app import Trellis
from bot.completion import complete_circle
from bot.press import Item, Press, Reply, Spoken
from bot.tellers import tells
from bot.words import say

TAKE_OFF = "off-"  # chosen twice, a name has no second effect


class Ask(ui.Button, noun="buddy", deed="ask", style=discord.ButtonStyle.primary):
    """**I'd like a buddy**."""

    async def press(self, press: Press) -> Reply:
        """Be in the next draw."""
        return _panel(press, await press.act(buddy.ask, self.token))


class NotAnyMore(ui.Button, noun="buddy", deed="not"):
    """**Not any more**."""

    async def press(self, press: Press) -> Reply:
        """Out of the draw and of any pair; nobody asks why."""
        await press.act(buddy.withdraw, self.token)
        return press.reply("buddy.withdrawn")


class Stay(ui.Button, noun="buddy", deed="stay", style=discord.ButtonStyle.primary):
    """**Wait for the next draw**."""

    async def press(self, press: Press) -> Reply:
        """Be in it."""
        await press.act(buddy.stay, self.token)
        return press.reply("buddy.stays", NotAnyMore(self.token, press.language))


class Join(ui.Button, noun="buddy", deed="join"):
    """**Join a pair**."""

    async def press(self, press: Press) -> Reply:
        """Two who have met may be asked; the answer is the same whether they are."""
        await press.act(buddy.join, self.token)
        return press.reply("buddy.joins", NotAnyMore(self.token, press.language))


class Yes(ui.Button, noun="buddy", deed="yes", style=discord.ButtonStyle.success):
    """**Yes**."""

    async def press(self, press: Press) -> Reply:
        """Yes to this pair."""
        answered = await press.act(buddy.answer, self.token, yes=True)
        if answered.met:
            return press.reply("buddy.you_met", people=_mentions(answered.others))
        return press.reply("buddy.yes_kept")


class NotThisTime(ui.Button, noun="buddy", deed="no"):
    """**Not this time**."""

    async def press(self, press: Press) -> Reply:
        """Nobody asks why, and it is kept nowhere."""
        await press.act(buddy.answer, self.token, yes=False)
        return press.reply("buddy.no_taken")


class NeverWith(ui.Button, noun="buddy", deed="never"):
    """**Never with...**"""

    async def press(self, press: Press) -> Reply:
        """The list, for their eyes alone."""
        return await _never(press, await press.act(buddy.never_list, self.token))


class ChooseNever(ui.Menu, noun="buddy", deed="choose"):
    """Members to put on the list, or to take off it."""

    async def choose(self, press: Press, chosen: str) -> Reply:
        """A person, or the next page."""
        start = choosing.goes_on_from(chosen)
        if start is not None:
            return await _never(press, await press.act(buddy.never_list, self.token), start)
        person, listed = int(chosen.removeprefix(TAKE_OFF)), chosen.startswith(TAKE_OFF)
        return await _never(press, await press.act(buddy.never, self.token, member=person, wanted=not listed))


@app_commands.command(name="buddy", description=say("command.buddy", "en"))
@ui.options("circle")
async def show_buddy(interaction: discord.Interaction[Any], circle: str | None = None) -> None:
    """`/buddy`."""

    async def do(press: Press) -> Reply:
        return _panel(press, await press.look(buddy.look, named=circle))

    await ui.answer(interaction, do)


def _panel(press: Press, found: buddy.Panel) -> Reply:
    token, language = found.token, press.language
    buttons: list[Item] = [NotAnyMore(token, language), NeverWith(token, language)]
    match found.stage:
        case Stage.QUESTION | Stage.THIRD:
            key = "buddy.third" if found.stage is Stage.THIRD else "buddy.question"
            buttons = [Yes(found.pair, language), NotThisTime(found.pair, language), buttons[1]]
        case Stage.NOTHING:
            key, buttons[0] = "buddy.what_it_is", Ask(token, language)
        case Stage.ASKED:
            key = "buddy.asked"
        case Stage.WAITS:
            key = "buddy.waits"
        case Stage.JOINS:
            key = "buddy.joining"
        case Stage.PAIRED:
            key = "buddy.paired"
    return press.reply(key, *buttons, name=found.name, **({"people": _mentions(found.people)} if found.people else {}))


async def _never(press: Press, found: buddy.NeverList, start: int = 0) -> Reply:
    def shown(person: int, name: str) -> discord.SelectOption:
        if person not in found.never:
            return choosing.option(person, name)
        label = press.say("buddy.never_option", name=name[:60])
        return discord.SelectOption(label=label, value=f"{TAKE_OFF}{person}")

    options = await choosing.options(press, found.members, start, shown)
    lists = [ChooseNever(found.token, press.language, options)] if options else []
    listed = _mentions(found.never) or press.say("buddy.never_nobody")
    return press.reply("buddy.never_list", *lists, name=found.name, people=listed)


def _mentions(people: Iterable[int]) -> str:
    return ", ".join(f"<@{person}>" for person in people)


@tells("buddy.question")
@tells("buddy.third")
def question(errand: Errand, names: dict[str, str]) -> Spoken:
    """Would this person be a buddy, or come to the two of you?"""
    facts, language = errand.due.facts, errand.language
    text = say(facts["kind"], language, people=_named(errand), name=errand.circle_name)
    return Spoken(text, [Yes(facts["pair"], language), NotThisTime(facts["pair"], language)])


@tells("buddy.met")
def met(errand: Errand, names: dict[str, str]) -> Spoken:
    """Everybody has said yes."""
    return Spoken(say("buddy.met", errand.language, people=_named(errand), name=errand.circle_name))


@tells("buddy.none")
def none(errand: Errand, names: dict[str, str]) -> Spoken:
    """No pair this time: the same words whatever the reason."""
    token, language = errand.due.facts["token"], errand.language
    text = say("buddy.none", language, name=errand.circle_name)
    return Spoken(text, [kind(token, language) for kind in (Stay, Join, NotAnyMore)])


@tells("buddy.none_joined")
def none_joined(errand: Errand, names: dict[str, str]) -> Spoken:
    """Coming to a pair hasn't come about: the same words whatever the reason."""
    token, language = errand.due.facts["token"], errand.language
    return Spoken(say("buddy.none_joined", language, name=errand.circle_name), [NotAnyMore(token, language)])


@tells("buddy.nudge")
@tells("buddy.nudge_last")
def nudge(errand: Errand, names: dict[str, str]) -> Spoken:
    """A thought of each other, without a name or a word."""
    return Spoken(say(errand.due.facts["kind"], errand.language, name=errand.circle_name))


def _named(errand: Errand) -> str:
    return _mentions([errand.people[person] for person in errand.due.facts["people"] if person in errand.people])


class Buddies(commands.Cog):
    """Carries out what time brings to buddies."""

    def __init__(self, bot: Trellis) -> None:
        self.bot = bot
        bot.carriers.update(draw=self.draw, apart=self.apart, nudge=self.nudge)

    async def draw(self, errand: Errand) -> None:
        """Draw pairs in a circle."""
        async with self.bot.store.unit(errand.due.server_id) as unit:
            await pairing.draw_pairs(unit, errand.due.facts["circle"], errand.due.token)

    async def apart(self, errand: Errand) -> None:
        """Let a pair go that wasn't met in time."""
        async with self.bot.store.unit(errand.due.server_id) as unit:
            await pairing.lapse(unit, errand.due.facts["pair"])

    async def nudge(self, errand: Errand) -> None:
        """Bring them to mind."""
        async with self.bot.store.unit(errand.due.server_id) as unit:
            await pairing.nudge(unit, errand.due.facts["pair"], errand.due.token, final=errand.due.facts["final"])


async def setup(bot: commands.Bot) -> None:
    """Load the cog."""
    assert isinstance(bot, Trellis)
    show_buddy.autocomplete("circle")(complete_circle)
    bot.tree.add_command(show_buddy)
    await bot.add_cog(Buddies(bot))

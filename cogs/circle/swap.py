"""Swapping with somebody else of the circle."""

import discord

from bot import choosing, ui
from bot.acts import swap as swaps
from bot.acts.due import Errand
from bot.press import Press, Reply, Spoken
from bot.tellers import tells
from bot.words import say
from cogs.circle.calling import when, you_hold


class Swap(ui.Button, noun="swap", deed="whom"):
    """**Swap**."""

    async def press(self, press: Press) -> Reply:
        """Choose whom to ask."""
        return await _choice(press, await press.act(swaps.whom, self.token), 0)


class AskToSwap(ui.Menu, noun="swap", deed="ask"):
    """The others of the circle; a long list goes on."""

    async def choose(self, press: Press, chosen: str) -> Reply:
        """They are asked in private, or the list goes on."""
        start = choosing.goes_on_from(chosen)
        if start is not None:
            return await _choice(press, await press.act(swaps.whom, self.token), start)
        found = await press.act(swaps.ask, self.token, member=int(chosen))
        return press.reply("swap.asked", person=f"<@{chosen}>", name=found.name)


class SwapYes(ui.Button, noun="swap", deed="yes", style=discord.ButtonStyle.success):
    """**Yes, I'll hold it**."""

    async def press(self, press: Press) -> Reply:
        """From now on it is with them."""
        return you_hold(press, await press.act(swaps.answer, self.token, yes=True))


class SwapNo(ui.Button, noun="swap", deed="no"):
    """**Not this time**."""

    async def press(self, press: Press) -> Reply:
        """Only who asked is told, and not more than that."""
        found = await press.act(swaps.answer, self.token, yes=False)
        return press.reply("swap.you_said_no", name=found.name)


async def _choice(press: Press, found: swaps.Choice, start: int) -> Reply:
    options = await choosing.options(press, found.people, start)
    if not options:
        return press.reply("fault.stale")
    return press.reply("swap.choose", AskToSwap(found.token, press.language, options), name=found.name)


@tells("swap.question")
def question_note(errand: Errand, names: dict[str, str]) -> Spoken:
    """Would you hold it instead of somebody?"""
    facts, language = errand.due.facts, errand.language
    person = f"<@{errand.people.get(facts['people'][0])}>"
    text = say("swap.question", language, person=person, name=errand.circle_name, when=when(errand))
    return Spoken(text, [kind(facts["calling"], language) for kind in (SwapYes, SwapNo)])

"""Stepping back from facilitating."""

from typing import Any

import discord

from bot import ui
from bot.acts import handover
from bot.acts.due import Errand
from bot.press import Press, Reply, Spoken
from bot.tellers import tells
from bot.words import say
from cogs.circle.group import group


class StepBack(ui.Button, noun="handover", deed="quietly"):
    """**Step back**."""

    async def press(self, press: Press) -> Reply:
        """At once, and nothing is announced."""
        return await _step_back(self.token, press, farewell=False)


class StepBackWithFarewell(ui.Button, noun="handover", deed="farewell", style=discord.ButtonStyle.primary):
    """**Step back, with a farewell**."""

    async def press(self, press: Press) -> Reply:
        """At once; the next opening says so."""
        return await _step_back(self.token, press, farewell=True)


class TakeOn(ui.Button, noun="handover", deed="take"):
    """**Willing to facilitate**, where nobody does."""

    async def press(self, press: Press) -> Reply:
        """Be asked, with all that it means; only one's own yes to that counts."""
        await press.act(handover.take_on, self.token)
        return press.reply("handover.you_are_asked")


@group.command(name="hand-over", description=say("command.circle.hand-over", "en"))
@ui.options("circle")
async def hand_over(interaction: discord.Interaction[Any], circle: str | None = None) -> None:
    """`/circle hand-over`: first what it means."""

    async def do(press: Press) -> Reply:
        found = await press.act(handover.before, named=circle)
        buttons = [kind(found.token, press.language) for kind in (StepBack, StepBackWithFarewell)]
        told = press.reply("handover.before", *buttons, name=found.name)
        return _also_of_the_last(press, told, found, "handover.before_alone")

    await ui.answer(interaction, do)


async def _step_back(token: str, press: Press, *, farewell: bool) -> Reply:
    found = await press.act(handover.step_back, token, farewell=farewell)
    told = press.reply("handover.done_with_farewell" if farewell else "handover.done", name=found.name)
    return _also_of_the_last(press, told, found, "handover.done_alone")


def _also_of_the_last(press: Press, reply: Reply, found: handover.SteppingBack, key: str) -> Reply:
    if found.alone:
        key = key if found.looking else "handover.nobody_to_ask"
        reply.text += "\n\n" + press.say(key, channel=f"<#{found.channel_id}>")
    return reply


@tells("handover.looking")
def looking(errand: Errand, names: dict[str, str]) -> Spoken:
    """One line in the circle's channel, without a name."""
    return Spoken(say("handover.looking", errand.language, name=errand.circle_name))

"""Saying yes to being asked, or taking it back; and how many answers a question needs."""

from typing import Any

import discord

from bot import ui
from bot.acts import checkin
from bot.press import Press, Reply
from bot.words import say
from cogs.checkin.group import group


class About(ui.Button, noun="checkin", deed="about"):
    """**Anonymous check-ins**, at the end of a circle's first session."""

    async def press(self, press: Press) -> Reply:
        """What they are, and what can't be protected, before anybody says yes."""
        return _before(press, await press.act(checkin.about_here, self.token))


class Yes(ui.Button, noun="checkin", deed="yes", style=discord.ButtonStyle.success):
    """**Yes, ask me**."""

    async def press(self, press: Press) -> Reply:
        """From the next one on; nobody is told."""
        found: checkin.Standing = await press.act(checkin.join, self.token)
        return press.reply("rc.joined_next" if found.now_open else "rc.joined", name=found.name)


class No(ui.Button, noun="checkin", deed="no"):
    """**No**: nothing is kept of it."""

    async def press(self, press: Press) -> Reply:
        """Nothing was on, nothing is."""
        return press.reply("rc.not_joined")


class Leave(ui.Button, noun="checkin", deed="leave"):
    """**Don't ask me any more**."""

    async def press(self, press: Press) -> Reply:
        """Take it back, at once."""
        return _left(press, await press.act(checkin.leave, named=self.token))


class Settings(ui.Button, noun="checkin", deed="settings"):
    """**Check-ins**, among the settings of a circle."""

    async def press(self, press: Press) -> Reply:
        """How many answers a question needs, and why that only goes up."""
        found: checkin.Standing = await press.act(checkin.threshold, self.token)
        told = press.reply("rc.threshold", name=found.name, threshold=found.threshold)
        higher = range(found.threshold + 1, found.highest + 1)
        if higher:
            options = [
                discord.SelectOption(label=press.say("rc.threshold_option", threshold=number), value=str(number))
                for number in higher
            ]
            told.buttons.append(Threshold(self.token, press.language, options))
        return told


class Threshold(ui.Menu, noun="checkin", deed="threshold"):
    """How many answers a question needs before anything is shown."""

    async def choose(self, press: Press, chosen: str) -> Reply:
        """From the next check-in on."""
        found = await press.act(checkin.set_threshold, self.token, threshold=int(chosen))
        return press.reply("rc.threshold_set", name=found.name, threshold=found.threshold)


@group.command(name="join", description=say("command.checkin.join", "en"))
@ui.options("circle")
async def join(interaction: discord.Interaction[Any], circle: str | None = None) -> None:
    """`/checkin join`: first what it is, then **Yes, ask me**."""

    async def do(press: Press) -> Reply:
        return _before(press, await press.act(checkin.about, named=circle))

    await ui.answer(interaction, do)


@group.command(name="leave", description=say("command.checkin.leave", "en"))
@ui.options("circle")
async def leave(interaction: discord.Interaction[Any], circle: str | None = None) -> None:
    """`/checkin leave`: at once, and nothing is asked."""

    async def do(press: Press) -> Reply:
        return _left(press, await press.act(checkin.leave, named=circle))

    await ui.answer(interaction, do)


def _before(press: Press, found: checkin.Standing) -> Reply:
    language, token = press.language, found.token
    if found.asked:
        return press.reply("rc.joined_already", Leave(token, language), name=found.name)
    text = (
        press.say("rc.optin", name=found.name, k=found.threshold) + "\n\n" + press.say("rc.limits", k=found.threshold)
    )
    return Reply(text, [Yes(token, language), No(token, language)])


def _left(press: Press, found: checkin.Standing) -> Reply:
    return press.reply("rc.left_open" if found.now_open else "rc.left", name=found.name)

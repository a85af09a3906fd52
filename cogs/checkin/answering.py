"""Answering: one question a screen, one tap, and after every tap the same doors to a person (D4.5, D4.6)."""

from typing import Any, ClassVar

import discord

from bot import ui
from bot.acts import checkin
from bot.practice.checkin import Tap
from bot.press import Press, Reply
from bot.words import say
from cogs.checkin.group import group


class Answer(ui.Button, noun="wave", deed="answer", style=discord.ButtonStyle.primary):
    """**Answer**, on the public line; again, to change what one tapped."""

    async def press(self, press: Press) -> Reply:
        """The first question."""
        return _first(press, await press.act(checkin.begin, self.token))


class Tapping:
    """One of the four; its custom id holds the wave's token and the question, nothing else."""

    tap: ClassVar[Tap]
    token: str
    about: str

    async def press(self, press: Press) -> Reply:
        """Keep it, and ask the next; whatever was tapped, the reply is the same."""
        found: checkin.Question | None = await press.act(checkin.answer, self.token, item=self.about, tap=self.tap)
        if found is None:
            return press.reply("rc.void")
        doors = press.say("rc.private") + "\n" + _doors(press, found)
        if found.item is None:
            return Reply("\n\n".join([doors, press.say("rc.last", until=_moment(found))]), [_help(press)])
        return Reply("\n\n".join([doors, _asked(press, found, found.item)]), _taps(press, found, found.item))


class TapYes(Tapping, ui.Button, noun="wave", deed="yes", points=True):
    """**Yes**."""

    tap = Tap.YES


class TapPartly(Tapping, ui.Button, noun="wave", deed="partly", points=True):
    """**Partly**."""

    tap = Tap.PARTLY


class TapNo(Tapping, ui.Button, noun="wave", deed="no", points=True):
    """**No**."""

    tap = Tap.NO


class TapSkip(Tapping, ui.Button, noun="wave", deed="skip", points=True):
    """**Rather not say**."""

    tap = Tap.SKIP


class Stop(ui.Button, noun="wave", deed="stop"):
    """**Stop here**."""

    async def press(self, press: Press) -> Reply:
        """What was tapped so far stays; nothing is looked up or written."""
        return press.reply("rc.stopped", ui.help_button(press.language))


@group.command(name="answer", description=say("command.checkin.answer", "en"))
@ui.options("circle")
async def answer(interaction: discord.Interaction[Any], circle: str | None = None) -> None:
    """`/checkin answer`."""

    async def do(press: Press) -> Reply:
        return _first(press, await press.act(checkin.begin_here, named=circle))

    await ui.answer(interaction, do)


def _first(press: Press, found: checkin.Question | None) -> Reply:
    if found is None or found.item is None:
        return press.reply("rc.void")
    text = press.say("rc.begin", until=_moment(found)) + "\n\n" + _asked(press, found, found.item)
    return Reply(text, _taps(press, found, found.item))


def _asked(press: Press, found: checkin.Question, item: str) -> str:
    return press.say("rc.question", place=found.place, of=found.of, question=press.say(f"rc.{item}"))


def _taps(press: Press, found: checkin.Question, item: str) -> list[discord.ui.Item[Any]]:
    taps = [kind(found.token, press.language, item) for kind in (TapYes, TapPartly, TapNo, TapSkip)]
    return [*taps, Stop(found.token, press.language), _help(press)]


def _doors(press: Press, found: checkin.Question) -> str:
    if not found.care:
        return press.say("rc.doors")
    return press.say("rc.doors_care", people=", ".join(f"<@{person}>" for person in found.care))


def _help(press: Press) -> discord.ui.Item[Any]:
    return ui.help_button(press.language)


def _moment(found: checkin.Question) -> str:
    return f"<t:{int(found.closes_at.timestamp())}:F>"

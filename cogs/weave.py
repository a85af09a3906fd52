"""The weave: two sentences about the circle, and a chart that says the same."""

from io import BytesIO
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot import chart, ui
from bot.acts import weave
from bot.acts.due import Errand
from bot.app import Trellis
from bot.completion import complete_circle
from bot.practice.weave import Point
from bot.press import Item, Press, Reply, Spoken
from bot.tellers import tells
from bot.words import say

FEWEST_POINTS = 2  # one point is no line
LONGEST_ALT = 1024  # characters; Discord takes no more


class Yes(ui.Button, noun="weave", deed="yes", style=discord.ButtonStyle.primary):
    """**Yes, I'd like it**."""

    async def press(self, press: Press) -> Reply:
        """A yes for oneself."""
        return await _told(press, await press.act(weave.say_yes, self.token))


class Too(ui.Button, noun="weave", deed="too", style=discord.ButtonStyle.primary):
    """**Count me too**: for who came in while it was on."""

    async def press(self, press: Press) -> Reply:
        """The same yes."""
        return await _told(press, await press.act(weave.say_yes, self.token))


class NotForNow(ui.Button, noun="weave", deed="not"):
    """**Not for now**: the yes is taken back."""

    async def press(self, press: Press) -> Reply:
        """Nobody asks why."""
        return await _told(press, await press.act(weave.take_back, self.token))


class TurnOn(ui.Button, noun="weave", deed="on", style=discord.ButtonStyle.success):
    """**Turn it on**, once all said yes."""

    async def press(self, press: Press) -> Reply:
        """From now on all who are in the circle can look."""
        return await _told(press, await press.act(weave.turn_on, self.token))


class TurnOff(ui.Button, noun="weave", deed="off"):
    """**Turn it off**, for anyone."""

    async def press(self, press: Press) -> Reply:
        """At once, for everybody."""
        await press.act(weave.turn_off, self.token)
        return press.reply("weave.you_turned_off")


@app_commands.command(name="weave", description=say("command.weave", "en"))
@ui.options("circle")
async def show_weave(interaction: discord.Interaction[Any], circle: str | None = None) -> None:
    """`/weave`."""

    async def do(press: Press) -> Reply:
        return await _told(press, await press.look(weave.look, named=circle))

    await ui.answer(interaction, do)


@tells("weave.is_on")
@tells("weave.is_off")
def announced(errand: Errand, names: dict[str, str]) -> Spoken:
    """One line in the circle's channel, without a name."""
    return Spoken(say(errand.due.facts["kind"], errand.language, name=errand.circle_name))


async def _told(press: Press, found: weave.Weave) -> Reply:
    if found.figures:
        return await _on(press, found, found.figures)
    key = "weave.ready" if found.ready else "weave.waits" if found.mine else "weave.what_it_is"
    kinds = [TurnOn, NotForNow] if found.ready else [NotForNow] if found.mine else [Yes]
    return press.reply(key, *(kind(found.token, press.language) for kind in kinds), name=found.name)


async def _on(press: Press, found: weave.Weave, figures: weave.Figures) -> Reply:
    parts = [press.say("weave.on", name=found.name), _how_many_hold(press, figures), _one_away(press, figures)]
    pictures = []
    if len(figures.over_time) >= FEWEST_POINTS:
        listed = _listed(press, figures.over_time)
        parts.append(listed)
        drawn = await chart.draw(_chart(press, figures.over_time))
        if drawn:
            alt = f"{press.say('weave.alt')}\n{listed}"[:LONGEST_ALT]
            pictures.append(discord.File(BytesIO(drawn), "picture.png", description=alt))
    parts += [press.say("weave.rests_on"), press.say("weave.anyone")]
    if not found.mine:
        parts.append(press.say("weave.not_counted"))
    kinds = [TurnOff] if found.mine else [Too, TurnOff]
    buttons: list[Item] = [kind(found.token, press.language) for kind in kinds]
    return Reply("\n\n".join(parts), buttons, files=pictures)


def _how_many_hold(press: Press, figures: weave.Figures) -> str:
    return press.say(f"weave.held_by.{figures.held_by.value}" if figures.held_by else "weave.held_by.early")


def _one_away(press: Press, figures: weave.Figures) -> str:
    if figures.one_away is None:
        return press.say("weave.away.early")
    return press.say("weave.away.others", count=figures.one_away) if figures.one_away else press.say("weave.away.few")


def _listed(press: Press, points: list[Point]) -> str:
    """What the chart shows, in words."""
    lines = [
        press.say("weave.point", number=point.number, holders=_in_words(press, point.holders), count=point.ties)
        for point in points
    ]
    return "\n".join([press.say("weave.over_time"), *lines])


def _in_words(press: Press, holders: float | None) -> str:
    return press.say("weave.unknown") if holders is None else press.say("weave.about", holders=f"{holders:.1f}")


def _chart(press: Press, points: list[Point]) -> chart.Chart:
    holders = [None if point.holders is None else round(point.holders, 1) for point in points]
    return chart.Chart(
        press.say("weave.chart.title"),
        press.say("weave.chart.along"),
        [str(point.number) for point in points],
        [
            chart.Line(press.say("weave.chart.holders"), holders),
            chart.Line(press.say("weave.chart.ties"), [float(point.ties) for point in points]),
        ],
    )


async def setup(bot: commands.Bot) -> None:
    """Load the cog."""
    assert isinstance(bot, Trellis)
    show_weave.autocomplete("circle")(complete_circle)
    bot.tree.add_command(show_weave)

"""`/debrief plan`: when a circle meets after something it did. There is no field for what that was (D2.4)."""

from typing import Any

import discord

from bot import dates, ui
from bot.acts import debrief
from bot.completion import complete_moment, on_the_clock, the_one_meant
from bot.practice.debrief import LATEST_COLD, SOONEST_COLD, Debrief
from bot.practice.rhythm import Chosen
from bot.press import Press, Reply
from bot.words import say
from cogs.debrief.group import group


class MoveCold(ui.Button, noun="debrief", deed="move"):
    """**Move the cold one**."""

    async def press(self, press: Press) -> Reply:
        """Choose how many days after the hot one."""
        found: debrief.Planned = await press.look(debrief.look, self.token)
        options = [
            discord.SelectOption(
                label=press.say("debrief.days_option", count=days), value=str(days), default=days == found.days
            )
            for days in range(SOONEST_COLD, LATEST_COLD + 1)
        ]
        menu = Days(self.token, press.language, options)
        return press.reply("debrief.move", menu, number=found.number, cold=dates.shown(found.cold.at))


class Days(ui.Menu, noun="debrief", deed="days"):
    """How many days after the hot one."""

    async def choose(self, press: Press, chosen: str) -> Reply:
        """From now on the cold one is then."""
        found: debrief.Planned = await press.act(debrief.move_cold, self.token, days=int(chosen))
        clock = _on_the_clock(press, found)
        return press.reply(
            "debrief.moved", MoveCold(self.token, press.language), CallOff(self.token, press.language),
            number=found.number, days=press.say("time.days", count=found.days), cold=dates.shown(found.cold.at),
            channel=f"<#{found.channel_id}>", clock=clock and f"\n{clock}",
        )  # fmt: skip


class CallOff(ui.Button, noun="debrief", deed="off"):
    """**Call it off**."""

    async def press(self, press: Press) -> Reply:
        """What hasn't been yet isn't any more."""
        found: debrief.Planned = await press.act(debrief.call_off, self.token)
        return press.reply("debrief.called_off", number=found.number, name=found.name)


@group.command(name="plan", description=say("command.debrief.plan", "en"))
@ui.options("circle", "first")
async def plan(interaction: discord.Interaction[Any], first: str, circle: str | None = None) -> None:
    """`/debrief plan`."""

    async def do(press: Press) -> Reply:
        wall = await the_one_meant(press, first, named=circle)
        return _told(press, await press.act(debrief.plan, named=circle, first=wall))

    await ui.answer(interaction, do)


plan.autocomplete("first")(complete_moment)


def _told(press: Press, found: debrief.Planned) -> Reply:
    clock = _on_the_clock(press, found)
    return press.reply(
        "debrief.planned_so",
        MoveCold(found.token, press.language),
        CallOff(found.token, press.language),
        number=found.number,
        name=found.name,
        hot=dates.shown(found.hot.at),
        cold=dates.shown(found.cold.at),
        days=press.say("time.days", count=found.days),
        channel=f"<#{found.channel_id}>",
        zone=found.zone,
        clock=clock and f"\n{clock}",
    )


def _on_the_clock(press: Press, found: debrief.Planned) -> str:
    """What becomes of a time that the clocks of that day change."""
    coming = [found.hot, found.cold] if found.following is Debrief.HOT else [found.cold]
    return "\n".join(on_the_clock(press, one.said, one) for one in coming if one.chosen is not Chosen.AS_SAID)

"""What is offered, and what is meant, while the name of a circle or a time is typed."""

from datetime import datetime
from typing import Any

import discord
from discord import app_commands

from bot import dates
from bot.acts import circle as circles
from bot.acts import schedule
from bot.practice.refusals import Refusal
from bot.practice.rhythm import Occurrence, moment_of
from bot.practice.wall_time import meant, offered
from bot.press import Press
from bot.store.unit import SomebodyWasFirst, StoreDown

MOST_CHOICES = 25  # Discord's
SHOWN = 3  # moments that may be meant, written out


async def complete_circle(interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
    """The circles this person may name; none while the database is down."""
    try:
        found = await Press(interaction).look(circles.named_like, typed=typed)
    except (StoreDown, SomebodyWasFirst):
        return []
    return [app_commands.Choice(name=name, value=token) for name, token in found]


async def complete_moment(interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
    """The moments that may be meant, written out in the person's language and the circle's zone."""
    press = Press(interaction)
    try:
        clock = await press.look(schedule.wall_clock, named=interaction.namespace.circle)
    except (StoreDown, SomebodyWasFirst, Refusal):
        return []
    words = dates.day_words(press.language, "en")
    return [
        app_commands.Choice(
            name=dates.written(moment_of(wall, clock.zone).wall, clock.zone, press.language), value=_exact(wall)
        )
        for wall in offered(typed, clock.zone, press.bot.now(), words, clock.usual)[:MOST_CHOICES]
    ]


async def the_one_meant(press: Press, typed: str, *, named: str | None) -> datetime:
    """The wall time somebody typed, in the zone of the circle they named.

    Raises Refusal when it isn't clear; where it can mean several, with each of them as it can be written exactly.
    """
    clock = await press.look(schedule.wall_clock, named=named)
    found = meant(typed, clock.zone, press.bot.now(), dates.day_words(press.language, "en"))
    if len(found) > 1:
        raise Refusal("schedule.several", times="\n".join(_one_of(press, wall, clock.zone) for wall in found[:SHOWN]))
    return found[0]


def on_the_clock(press: Press, said: datetime, one: Occurrence) -> str:
    """What becomes of a wall time that doesn't exist that day, or comes twice."""
    return press.say(
        f"schedule.clock.{one.chosen.value}",
        day=dates.day(said, press.language),
        said=dates.hour(said, press.language),
        shown=dates.hour(one.wall, press.language),
    )


def _one_of(press: Press, wall: datetime, zone: str) -> str:
    shown = dates.written(moment_of(wall, zone).wall, zone, press.language)
    return press.say("schedule.one_of_several", exact=_exact(wall), written=shown)


def _exact(wall: datetime) -> str:
    return wall.isoformat(" ", "minutes")

"""Opening a session."""

from typing import Any

import discord
from discord import app_commands

from bot import ui
from bot.acts import circle as circles
from bot.acts import session as sessions
from bot.places import expect_usable
from bot.practice.prompts import SETS
from bot.practice.refusals import Refusal
from bot.press import Press, Reply
from bot.store.unit import SomebodyWasFirst, StoreDown
from bot.words import LANGUAGES, say
from cogs.circle.group import group

SLOW = "slow"


@group.command(name="open", description=say("command.circle.open", "en"))
@ui.options("circle", "format", "rounds", "time", "prompts")
@app_commands.choices(
    format=[app_commands.Choice(name=say(f"choice.{value}", "en"), value=value) for value in ("live", SLOW)]
)
async def open_session(
    interaction: discord.Interaction[Any],
    circle: str | None = None,
    format: app_commands.Choice[str] | None = None,
    rounds: app_commands.Range[int, 0, 3] | None = None,
    time: str | None = None,
    prompts: str | None = None,
) -> None:
    """`/circle open`."""

    async def do(press: Press) -> Reply:
        slow = format is not None and format.value == SLOW
        length = _number(time) if time is not None else None
        sessions.expect_time(length, slow=slow)
        place = await press.look(circles.channel_of, named=circle)
        expect_usable(press, interaction.guild and interaction.guild.get_channel(place))
        opened = await press.act(
            sessions.open_session, named=circle, rounds=rounds, time=length, slow=slow, prompts=_chosen_set(prompts)
        )
        where = {"number": opened.number, "channel": f"<#{opened.channel_id}>"}
        if opened.holder:
            return press.reply("session.opened_for", holder=f"<@{opened.holder}>", **where)
        return press.reply("session.opened_slow" if slow else "session.opened", **where)

    await ui.answer(interaction, do)


@open_session.autocomplete("prompts")
async def complete_prompts(interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
    """The sets of prompts; in a circle's first three sessions the story questions come first (P3)."""
    press = Press(interaction)
    try:
        offered = await press.look(sessions.sets_offered, named=interaction.namespace.circle)
    except (StoreDown, SomebodyWasFirst, Refusal):
        offered = list(SETS)
    named = [(press.say(f"prompts.set.{name}"), name) for name in offered]
    return [
        app_commands.Choice(name=label, value=name)
        for label, name in named
        if typed.casefold() in label.casefold() or typed.casefold() in name
    ]


def _number(typed: str) -> int:
    """The number somebody typed; one that no turn can have where it isn't a number."""
    plain = typed.strip()
    return int(plain[:4]) if plain.isdecimal() else -1


def _chosen_set(typed: str | None) -> str | None:
    """The set that was chosen, or typed by its name in any language."""
    if typed is None:
        return None
    wanted = typed.strip().casefold()
    for name in SETS:
        labels = {say(f"prompts.set.{name}", language).casefold() for language in LANGUAGES}
        if wanted == name or wanted in labels:
            return name
    return typed

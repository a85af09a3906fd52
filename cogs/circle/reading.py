"""`/circle prompts`: everything that can be asked, to read ahead (D1.11)."""

from typing import Any

import discord

from bot import ui
from bot.acts import session as sessions
from bot.practice.prompts import CLOSING, OPENING, SETS, THEME
from bot.press import Press, Reply
from bot.words import say
from cogs.circle.group import group


@group.command(name="prompts", description=say("command.circle.prompts", "en"))
@ui.options("circle")
async def prompts(interaction: discord.Interaction[Any], circle: str | None = None) -> None:
    """`/circle prompts`."""

    async def do(press: Press) -> Reply:
        coming = await press.look(sessions.next_prompts, named=circle)
        lines = [press.say("prompts.next"), *_listed(press, coming), "", press.say("prompts.sets")]
        for name, (opening, themes, closing) in SETS.items():
            lines += [f"**{press.say(f'prompts.set.{name}')}**", *_listed(press, [opening, *themes, closing])]
        for kind, keys in (("opening", OPENING), ("theme", THEME), ("closing", CLOSING)):
            lines += ["", press.say(f"prompts.all.{kind}"), *_listed(press, list(keys))]
        return Reply("\n".join(lines))

    await ui.answer(interaction, do)


def _listed(press: Press, keys: list[str]) -> list[str]:
    return [f"- {press.say(key)}" for key in keys]

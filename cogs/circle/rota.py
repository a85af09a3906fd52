"""Who holds next."""

from typing import Any

import discord

from bot import ui
from bot.acts import rota
from bot.press import Press, Reply
from bot.words import say
from cogs.circle.group import group


class Willing(ui.Button, noun="rota", deed="willing", style=discord.ButtonStyle.primary):
    """**I'd like to hold one**."""

    async def press(self, press: Press) -> Reply:
        """From now on they are among those who may be next."""
        return _told(press, await press.act(rota.set_willing, self.token, willing=True), "rota.willing")


class NotForNow(ui.Button, noun="rota", deed="not"):
    """**Not for now**."""

    async def press(self, press: Press) -> Reply:
        """From now on they aren't; nobody asks why."""
        return _told(press, await press.act(rota.set_willing, self.token, willing=False), "rota.not_for_now")


@group.command(name="rota", description=say("command.circle.rota", "en"))
@ui.options("circle")
async def show_rota(interaction: discord.Interaction[Any], circle: str | None = None) -> None:
    """`/circle rota`."""

    async def do(press: Press) -> Reply:
        return _told(press, await press.act(rota.look, named=circle), "rota.what_it_is")

    await ui.answer(interaction, do)


def _told(press: Press, found: rota.Rota, key: str) -> Reply:
    following = press.say("rota.whoever_opens")
    if found.holder:
        following = press.say("rota.next", holder=f"<@{found.holder}>")
    kind = NotForNow if found.willing else Willing
    return press.reply(key, kind(found.token, press.language), name=found.name, next=following)

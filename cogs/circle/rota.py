"""Who holds next."""

from typing import Any

import discord

from bot import ui
from bot.acts import guardian, rota
from bot.acts.due import Errand
from bot.press import Item, Press, Reply, Spoken
from bot.tellers import tells
from bot.words import say
from cogs.circle.calling import answers, moment, of_late
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


class AnotherHolder(ui.Button, noun="rota", deed="another"):
    """**Another holder next time**."""

    async def press(self, press: Press) -> Reply:
        """Always the same answer, whether they are the first or the second (D3.9)."""
        found = await press.act(rota.ask_for_another, self.token)
        return press.reply("rota.another", name=found.name)


class GuardedYes(ui.Button, noun="guarded", deed="yes", style=discord.ButtonStyle.primary):
    """**I'd like to hold one**, said by whoever guarded (D1.9)."""

    async def press(self, press: Press) -> Reply:
        """They are first in line for the coming session."""
        return _told(press, await press.act(guardian.answer, self.token, yes=True), "rota.willing")


class GuardedNot(ui.Button, noun="guarded", deed="not"):
    """**Not for now**."""

    async def press(self, press: Press) -> Reply:
        """Nothing changes."""
        found = await press.act(guardian.answer, self.token, yes=False)
        return press.reply("rota.guarded_not", name=found.name)


@group.command(name="rota", description=say("command.circle.rota", "en"))
@ui.options("circle")
async def show_rota(interaction: discord.Interaction[Any], circle: str | None = None) -> None:
    """`/circle rota`."""

    async def do(press: Press) -> Reply:
        return _told(press, await press.act(rota.look, named=circle), "rota.what_it_is")

    await ui.answer(interaction, do)


def _told(press: Press, found: rota.Rota, key: str) -> Reply:
    following = press.say("rota.not_said_yet")
    if found.mine:
        following = press.say("rota.mine_held" if found.mine.said_yes else "rota.mine")
    elif found.holder:
        following = press.say("rota.next", holder=f"<@{found.holder}>")
    if found.at:
        following += " " + press.say("rota.planned", at=moment(found.at.timestamp(), press.language))
    told = press.reply(key, *_buttons(press, found), name=found.name, next=following)
    told.text = "\n".join([told.text, *of_late(found.mine.share if found.mine else None, press.language)])
    return told


def _buttons(press: Press, found: rota.Rota) -> list[Item]:
    kind = NotForNow if found.willing else Willing
    buttons: list[Item] = [kind(found.token, press.language)]
    if found.mine:
        return [*answers(found.mine.calling, press.language)[found.mine.said_yes :], *buttons]
    return [*buttons, AnotherHolder(found.token, press.language)]


@tells("rota.guarded")
def guarded_note(errand: Errand, names: dict[str, str]) -> Spoken:
    """Whoever guarded is offered the next one."""
    token, language = errand.due.facts["of"], errand.language
    text = say("rota.guarded", language, name=errand.circle_name)
    return Spoken(text, [GuardedYes(token, language), GuardedNot(token, language)])

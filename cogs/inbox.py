"""What waits for one person."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot import ui
from bot.acts import inbox
from bot.acts.due import Errand
from bot.app import Trellis
from bot.press import Press, Reply
from bot.tellers import TELLERS
from bot.words import say


class Open(ui.Button, noun="dm", deed="open", style=discord.ButtonStyle.primary):
    """**Open**, in the one fixed DM; its token begins with the server's id."""

    async def press(self, press: Press) -> Reply:
        """What waits, shown here, to who is in that server still."""
        await press.come_from(server_of(self.token))
        return await look(press)


class NoMoreDms(ui.Button, noun="dm", deed="off"):
    """**No more DMs**; who has left the server needs it most."""

    from_outside = True

    async def press(self, press: Press) -> Reply:
        """Switch them off, in place."""
        press.server_id = server_of(self.token)
        await press.act(inbox.set_dms, wanted=False)
        return press.reply("dm.off")


class DmsWanted(ui.Button, noun="dm", deed="on", style=discord.ButtonStyle.success):
    """**DMs are fine**."""

    async def press(self, press: Press) -> Reply:
        """Switch them on."""
        if press.member is None:
            await press.come_from(server_of(self.token))
        await press.act(inbox.set_dms, wanted=True)
        return press.reply("dm.on")


class DmsNot(ui.Button, noun="dm", deed="not"):
    """**No DMs**."""

    async def press(self, press: Press) -> Reply:
        """Leave them off."""
        press.server_id = server_of(self.token)
        await press.act(inbox.set_dms, wanted=False)
        return press.reply("dm.off")


def server_of(token: str) -> int:
    """The server whose notes a DM is about: its id, and after that which of the DMs it is."""
    return int(token.partition("-")[0])


async def look(press: Press) -> Reply:
    """Everything that waits for this person, each with its own buttons."""
    errands = await press.act(inbox.look)
    press.something_waits = False
    if not errands:
        return press.reply("inbox.empty")
    first, *others = [await _told(press, errand) for errand in errands]
    first.then = others
    return first


async def _told(press: Press, errand: Errand) -> Reply:
    spoken = TELLERS[errand.due.facts["kind"]](errand, await press.bot.names_of(errand))
    return Reply(spoken.text, spoken.buttons, [errand.due.token])


@app_commands.command(name="inbox", description=say("command.inbox", "en"))
async def inbox_command(interaction: discord.Interaction[Any]) -> None:
    """`/inbox`."""
    await ui.answer(interaction, look)


async def setup(bot: commands.Bot) -> None:
    """Load the cog."""
    assert isinstance(bot, Trellis)
    bot.tree.add_command(inbox_command)

"""The door of a circle: asking to come in, and leaving."""

from typing import Any

import discord
from discord import app_commands

from bot import ui
from bot.acts import door as doors
from bot.acts.due import Errand
from bot.practice.door import Door
from bot.press import Press, Reply, Spoken
from bot.tellers import tells
from bot.words import say
from cogs.circle.group import group


class AskToJoin(ui.Button, noun="circle", deed="join", style=discord.ButtonStyle.primary):
    """**Ask to join**, on the card."""

    async def press(self, press: Press) -> Reply:
        """Ask; or come in, where the door is open."""
        found = await press.act(doors.ask, self.token)
        key = "door.joined" if found.door is Door.OPEN else "door.asked" if found.facilitated else "door.asked_nobody"
        return press.reply(key, name=found.name)


class YesLeave(ui.Button, noun="circle", deed="leave", style=discord.ButtonStyle.danger):
    """**Leave**."""

    async def press(self, press: Press) -> Reply:
        """Leave; nothing is asked."""
        found = await press.act(doors.leave, token=self.token)
        return _also_of_what_stays(press, press.reply("door.left", name=found.name), found, "door.last_left")


@group.command(name="door", description=say("command.circle.door", "en"))
@ui.options("circle", "door")
@app_commands.choices(
    door=[app_commands.Choice(name=say(f"choice.{door.value}", "en"), value=door.value) for door in Door]
)
async def set_door(
    interaction: discord.Interaction[Any], door: app_commands.Choice[str], circle: str | None = None
) -> None:
    """`/circle door`."""

    async def do(press: Press) -> Reply:
        name = await press.act(doors.set_door, named=circle, door=Door(door.value))
        return press.reply("door.set", name=name, door=press.say(f"door.is_{door.value}"))

    await ui.answer(interaction, do)


@group.command(name="join", description=say("command.circle.join", "en"))
@ui.options("circle")
async def join(interaction: discord.Interaction[Any], circle: str | None = None) -> None:
    """`/circle join`: first what happens to one's words."""

    async def do(press: Press) -> Reply:
        return ways_in(press, await press.act(doors.approach, named=circle))

    await ui.answer(interaction, do)


@group.command(name="leave", description=say("command.circle.leave", "en"))
@ui.options("circle")
async def leave(interaction: discord.Interaction[Any], circle: str | None = None) -> None:
    """`/circle leave`: first what happens to one's words."""

    async def do(press: Press) -> Reply:
        found = await press.act(doors.leave, named=circle)
        told = press.reply("door.before_leaving", YesLeave(found.token, press.language), name=found.name)
        return _also_of_what_stays(press, told, found, "door.last_leaves")

    await ui.answer(interaction, do)


def _also_of_what_stays(press: Press, reply: Reply, found: doors.Threshold, key: str) -> Reply:
    if found.paused:
        reply.text += "\n\n" + press.say("door.pause_stays")
    if not found.facilitated:
        reply.text += "\n\n" + press.say(key, channel=f"<#{found.channel_id}>")
    return reply


def ways_in(press: Press, found: doors.Threshold) -> Reply:
    """What happens to one's words, and the button to ask."""
    return press.reply(f"door.before_{found.door.value}", AskToJoin(found.token, press.language), name=found.name)


@tells("door.let_in")
@tells("door.not_now")
def answer_note(errand: Errand, names: dict[str, str]) -> Spoken:
    """What the facilitators answered."""
    return Spoken(say(errand.due.facts["kind"], errand.language, name=errand.circle_name))

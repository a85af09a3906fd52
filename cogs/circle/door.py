"""The door of a circle: asking, answering, leaving, and who facilitates."""

from typing import Any

import discord
from discord import app_commands

from bot import ui
from bot.acts import door as doors
from bot.acts import facilitator
from bot.acts.due import Errand
from bot.practice.door import Answer, Door
from bot.press import Item, Press, Reply, Spoken
from bot.words import say
from cogs.circle.group import group

REQUESTS_SHOWN = 5
OPTIONS = 25  # Discord's limit for one list


class AskToJoin(ui.Button, noun="circle", deed="join", style=discord.ButtonStyle.primary):
    """**Ask to join**, on the card."""

    async def press(self, press: Press) -> Reply:
        """Ask; or come in, where the door is open."""
        found = await press.act(doors.ask, self.token)
        return press.reply("door.joined" if found.door is Door.OPEN else "door.asked", name=found.name)


class YesLeave(ui.Button, noun="circle", deed="leave", style=discord.ButtonStyle.danger):
    """**Leave**."""

    async def press(self, press: Press) -> Reply:
        """Leave; nothing is asked."""
        found = await press.act(doors.leave, token=self.token)
        return press.reply("door.left", name=found.name)


class LetIn(ui.Button, noun="door", deed="let-in", style=discord.ButtonStyle.success):
    """**Let in**."""

    async def press(self, press: Press) -> Reply:
        """The first answer ends it."""
        asker = await press.act(doors.decide, self.token, answer=Answer.LET_IN)
        return press.reply("door.you_let_in", person=f"<@{asker}>")


class NotNow(ui.Button, noun="door", deed="not-now"):
    """**Not now**."""

    async def press(self, press: Press) -> Reply:
        """The first answer ends it."""
        asker = await press.act(doors.decide, self.token, answer=Answer.NOT_NOW)
        return press.reply("door.you_said_not_now", person=f"<@{asker}>")


class AskToFacilitate(ui.Menu, noun="members", deed="facilitate"):
    """**Ask to facilitate**: a list of members."""

    async def choose(self, press: Press, chosen: str) -> Reply:
        """They are asked; nothing changes before they accept."""
        await press.act(facilitator.ask, self.token, member=int(chosen))
        return press.reply("facilitator.asked", person=f"<@{chosen}>")


class FacilitateWithDms(ui.Button, noun="facilitate", deed="dms", style=discord.ButtonStyle.success):
    """**Yes, DMs are fine**."""

    async def press(self, press: Press) -> Reply:
        """Accept."""
        name = await press.act(facilitator.answer, self.token, yes=True, dms=True)
        return press.reply("facilitator.accepted", name=name)


class FacilitateWithoutDms(ui.Button, noun="facilitate", deed="quiet"):
    """**Yes, without DMs**."""

    async def press(self, press: Press) -> Reply:
        """Accept."""
        name = await press.act(facilitator.answer, self.token, yes=True)
        return press.reply("facilitator.accepted", name=name)


class FacilitateNot(ui.Button, noun="facilitate", deed="no"):
    """**Not me**."""

    async def press(self, press: Press) -> Reply:
        """Say no; nobody asks why."""
        name = await press.act(facilitator.answer, self.token, yes=False)
        return press.reply("facilitator.declined", name=name)


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
        return press.reply("door.before_leaving", YesLeave(found.token, press.language), name=found.name)

    await ui.answer(interaction, do)


@group.command(name="members", description=say("command.circle.members", "en"))
@ui.options("circle")
async def members(interaction: discord.Interaction[Any], circle: str | None = None) -> None:
    """`/circle members`."""

    async def do(press: Press) -> Reply:
        found = await press.act(doors.roll, named=circle)
        lines = [press.say("door.roll", name=found.name, count=len(found.members))]
        lines += [
            press.say(
                "door.roll_facilitator" if person in found.facilitators else "door.roll_member", person=f"<@{person}>"
            )
            for person in found.members
        ]
        asking = [_asking(press, token, person) for token, person in found.requests[:REQUESTS_SHOWN]]
        first = asking[0] if asking else Reply("")
        lines += [first.text] if first.text else []
        return Reply("\n".join(lines), [*first.buttons, *await _lists(press, found)], then=asking[1:])

    await ui.answer(interaction, do)


def _asking(press: Press, token: str, person: int) -> Reply:
    return press.reply(
        "door.roll_request", LetIn(token, press.language), NotNow(token, press.language), person=f"<@{person}>"
    )


async def _lists(press: Press, found: doors.Roll) -> list[Item]:
    askable = [person for person in found.members if person not in found.facilitators]
    options = [
        discord.SelectOption(
            label=(await press.bot.display_name(press.server_id, person))[:100] or str(person), value=str(person)
        )
        for person in askable[:OPTIONS]
    ]
    return [AskToFacilitate(found.token, press.language, options)] if options else []


def ways_in(press: Press, found: doors.Threshold) -> Reply:
    """What happens to one's words, and the button to ask."""
    return press.reply(f"door.before_{found.door.value}", AskToJoin(found.token, press.language), name=found.name)


@ui.tells("door.request")
def request_note(errand: Errand, names: dict[str, str]) -> Spoken:
    """Somebody asks to join."""
    facts, language = errand.due.facts, errand.language
    asker = errand.people.get(facts["people"][0])
    text = say("door.request", language, person=f"<@{asker}>", name=errand.circle_name)
    return Spoken(text, [LetIn(facts["request"], language), NotNow(facts["request"], language)])


@ui.tells("door.let_in")
@ui.tells("door.not_now")
def answer_note(errand: Errand, names: dict[str, str]) -> Spoken:
    """What the facilitators answered."""
    return Spoken(say(errand.due.facts["kind"], errand.language, name=errand.circle_name))


@ui.tells("offer.facilitator")
def offer_note(errand: Errand, names: dict[str, str]) -> Spoken:
    """Somebody is asked to facilitate."""
    token, language = errand.due.facts["offer"], errand.language
    kinds = (FacilitateWithDms, FacilitateWithoutDms, FacilitateNot)
    return Spoken(
        say("offer.facilitator", language, name=errand.circle_name), [kind(token, language) for kind in kinds]
    )

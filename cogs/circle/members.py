"""The members of a circle, for those who facilitate it: who asks to be one, who is asked to facilitate."""

from typing import Any

import discord

from bot import ui
from bot.acts import door as doors
from bot.acts import facilitator
from bot.acts.due import Errand
from bot.practice.door import Answer
from bot.press import Item, Press, Reply, Spoken
from bot.tellers import tells
from bot.words import say
from cogs.circle.group import group
from cogs.circle.pausing import PauseSomeone
from cogs.circle.people import ListOfPeople

REQUESTS_SHOWN = 5


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


class AskToFacilitate(ListOfPeople, noun="members", deed="facilitate"):
    """**Ask to facilitate**: a list of members."""

    @staticmethod
    def offered(press: Press, found: doors.Roll) -> list[int]:
        """Who doesn't facilitate yet, and isn't paused."""
        return [person for person in found.members if person not in {*found.facilitators, *found.paused}]

    async def chosen(self, press: Press, person: int) -> Reply:
        """They are asked; nothing changes before they accept."""
        await press.act(facilitator.ask, self.token, member=person)
        return press.reply("facilitator.asked", person=f"<@{person}>")


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


@group.command(name="members", description=say("command.circle.members", "en"))
@ui.options("circle")
async def members(interaction: discord.Interaction[Any], circle: str | None = None) -> None:
    """`/circle members`."""

    async def do(press: Press) -> Reply:
        found: doors.Roll = await press.act(doors.roll, named=circle)
        lines = [press.say("door.roll", name=found.name, count=len(found.members))]
        lines += [press.say(_standing(found, person), person=f"<@{person}>") for person in found.members]
        asking = [_asking(press, token, person) for token, person in found.requests[:REQUESTS_SHOWN]]
        first = asking[0] if asking else Reply("")
        lines += [first.text] if first.text else []
        lists: list[Item] = [
            shown for kind in (AskToFacilitate, PauseSomeone) if (shown := await kind.shown(press, found))
        ]
        return Reply("\n".join(lines), [*first.buttons, *lists], then=asking[1:])

    await ui.answer(interaction, do)


def _standing(found: doors.Roll, person: int) -> str:
    if person in found.paused:
        return "door.roll_facilitator_paused" if person in found.facilitators else "door.roll_paused"
    return "door.roll_facilitator" if person in found.facilitators else "door.roll_member"


def _asking(press: Press, token: str, person: int) -> Reply:
    return press.reply(
        "door.roll_request", LetIn(token, press.language), NotNow(token, press.language), person=f"<@{person}>"
    )


@tells("door.request")
def request_note(errand: Errand, names: dict[str, str]) -> Spoken:
    """Somebody asks to join."""
    facts, language = errand.due.facts, errand.language
    asker = errand.people.get(facts["people"][0])
    text = say("door.request", language, person=f"<@{asker}>", name=errand.circle_name)
    return Spoken(text, [LetIn(facts["request"], language), NotNow(facts["request"], language)])


@tells("offer.facilitator")
def offer_note(errand: Errand, names: dict[str, str]) -> Spoken:
    """Somebody is asked to facilitate."""
    token, language = errand.due.facts["offer"], errand.language
    kinds = (FacilitateWithDms, FacilitateWithoutDms, FacilitateNot)
    return Spoken(
        say("offer.facilitator", language, name=errand.circle_name), [kind(token, language) for kind in kinds]
    )

"""Help, one press away; it works also while the database is down (promise 11)."""

import asyncio
import logging
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot import ui
from bot.acts import company, server
from bot.acts.due import Errand
from bot.app import Trellis
from bot.choosing import OnePersonForm
from bot.press import Item, Press, Reply, Spoken
from bot.tellers import tells
from bot.words import say

log = logging.getLogger("trellis")
PATIENCE = 2  # seconds; help doesn't wait for a slow database
CARDS: dict[int, server.HelpCard] = {}


class HelpNow(ui.Button, noun="help", deed="now", style=discord.ButtonStyle.danger):
    """**Help now**."""

    from_outside = True

    async def press(self, press: Press) -> Reply:
        """The help card, privately."""
        return await help_card(press)


class StopCaring(ui.Button, noun="care", deed="stop"):
    """**Not a care contact any more**, for those who are."""

    async def press(self, press: Press) -> Reply:
        """What was agreed to can be taken back (promise 3)."""
        await press.act(server.stop_caring)
        return press.reply("care.stopped")


class SitForm(OnePersonForm):
    """Whom to ask: anybody here, of one's own choice."""

    noun, in_a_dm = "company", "company.in_the_server"

    @classmethod
    async def chosen(cls, press: Press, token: str, person: int) -> Reply:
        """That one person is asked, in private."""
        await press.act(company.ask, other=person)
        return press.reply("company.is_asked", ui.help_button(press.language), person=f"<@{person}>")


class Sit(ui.Button, noun="help", deed="sit", style=discord.ButtonStyle.primary):
    """**Ask someone to sit with me**."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """A form to choose one person; in a DM there is nobody to choose from."""
        await SitForm.open(interaction, "-")


async def help_card(press: Press) -> Reply:
    """This server's card; the last one seen, or the general one, while the database is down."""
    try:
        card = await asyncio.wait_for(press.look(server.help_card), PATIENCE)
        if card:
            CARDS[press.server_id] = card
    except Exception as fault:  # whatever it is, help is shown
        log.warning("the help card could not be read: %s", type(fault).__name__)
        card = CARDS.get(press.server_id)
    if card is None:
        return press.reply("help.general", Sit("-", press.language))
    people = ", ".join(f"<@{contact}>" for contact in card.care_contacts)
    contacts = press.say("help.care_contacts", people=people) + "\n" if people else ""
    checked = press.say("help.checked", day=discord.utils.format_dt(card.checked_at, "D")) if card.checked_at else ""
    theirs: list[Item] = [Sit("-", press.language)]
    theirs += [StopCaring("-", press.language)] if press.interaction.user.id in card.care_contacts else []
    return press.reply(
        "help.card", *theirs, emergency=card.emergency, lines=card.lines, care_contact=contacts, checked=checked
    )


@tells("company.asked")
def company_note(errand: Errand, names: dict[str, str]) -> Spoken:
    """Somebody asks one person to sit with them."""
    person = errand.people.get(errand.due.facts["people"][0])
    who = f"<@{person}>" if person else say("person.gone", errand.language)
    return Spoken(say("company.asked", errand.language, person=who), [ui.help_button(errand.language)])


@app_commands.command(name="help-now", description=say("command.help-now", "en"))
async def help_now(interaction: discord.Interaction[Any]) -> None:
    """`/help-now`."""
    await ui.answer(interaction, help_card)


async def setup(bot: commands.Bot) -> None:
    """Load the cog."""
    assert isinstance(bot, Trellis)
    bot.tree.add_command(help_now)

"""Setting a server up, and what Trellis is."""

from typing import Any
from zoneinfo import available_timezones

import discord
from discord import app_commands
from discord.ext import commands

from bot import __version__, ui
from bot.acts import server
from bot.acts.due import Errand
from bot.app import Trellis, lacking
from bot.practice.refusals import Refusal
from bot.press import Item, Press, Reply, Spoken, harmless
from bot.tellers import tells
from bot.words import language_of, say

LANGUAGE_NAMES = {"en": "English", "es": "Español"}


class HelpCardForm(ui.Form):
    """The form in which an admin writes the help card."""

    noun = "help_card"

    def __init__(self, token: str, language: str) -> None:
        super().__init__(token, language)
        for part in ("emergency", "lines"):
            self.ask(
                discord.ui.TextInput(
                    custom_id=part, style=discord.TextStyle.paragraph, max_length=server.LONGEST_CARD_LINE
                )
            )

    @classmethod
    async def submit(cls, press: Press, token: str, values: dict[str, str]) -> Reply:
        """Keep the card."""
        found = await press.act(
            server.write_help_card, emergency=values.get("emergency", ""), lines=values.get("lines", "")
        )
        return _state(press, found, press.say("server.card_saved"))


class OpenHelpCard(ui.Button, noun="server", deed="card", style=discord.ButtonStyle.primary):
    """**Help card**."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Open the form; nothing is looked up first, so that it opens at once."""
        press = Press(interaction)
        if press.presser.administers:
            await HelpCardForm.open(interaction, "-")
        else:
            await ui.answer(interaction, _admins_only)


class AcceptCare(ui.Button, noun="care", deed="yes", style=discord.ButtonStyle.success):
    """**Yes, I'll be a care contact**."""

    async def press(self, press: Press) -> Reply:
        """Accept, and be asked about DMs in the same reply."""
        await _answer_care(press, self.token, yes=True, facilitates=await _facilitates(press))
        return press.reply("care.accepted", *_dm_choice(press))


class DeclineCare(ui.Button, noun="care", deed="no"):
    """**Not me**."""

    async def press(self, press: Press) -> Reply:
        """Say no; nobody asks why."""
        await _answer_care(press, self.token, yes=False, facilitates=False)
        return press.reply("care.declined")


async def _answer_care(press: Press, token: str, *, yes: bool, facilitates: bool) -> None:
    """Answer; a question that isn't open any more goes from the channel all the same."""
    message = press.interaction.message.id if press.interaction.message else None
    try:
        await press.act(server.answer_care, token, yes=yes, facilitates=facilitates, message=message)
    except Refusal:
        await press.act(server.let_go_of_question, token, message=message)
        raise


def _dm_choice(press: Press) -> list[Item]:
    return [ui.button(name, str(press.server_id), press.language) for name in ("dm.on", "dm.not")]


async def _admins_only(press: Press) -> Reply:
    raise Refusal("server.admins_only")


async def _facilitates(press: Press) -> bool:
    return await press.act(server.facilitator_role) in press.presser.roles


trellis = app_commands.Group(name="trellis", description=say("command.trellis", "en"))


@trellis.command(name="setup", description=say("command.trellis.setup", "en"))
@ui.options("facilitators", "care_contact", "timezone", "language")
@app_commands.choices(language=[app_commands.Choice(name=name, value=code) for code, name in LANGUAGE_NAMES.items()])
async def set_up(
    interaction: discord.Interaction[Any],
    facilitators: discord.Role | None = None,
    care_contact: discord.Member | None = None,
    timezone: str | None = None,
    language: str | None = None,
) -> None:
    """`/trellis setup`."""

    async def do(press: Press) -> Reply:
        if timezone is not None and timezone not in available_timezones():
            raise Refusal("server.unknown_zone", zone=harmless(timezone[:40]))
        if facilitators is not None and facilitators.is_default():
            raise Refusal("server.everyone_role")
        _expect_possible_contact(interaction, care_contact)
        role = facilitators.id if facilitators else await press.act(server.facilitator_role)
        found = await press.act(
            server.set_up,
            facilitators=facilitators.id if facilitators else None,
            zone=timezone,
            language=language,
            care_contact=care_contact.id if care_contact else None,
            contact_facilitates=bool(care_contact and role in {held.id for held in care_contact.roles}),
        )
        return _state(press, found, press.say("server.saved_asked" if care_contact else "server.saved"))

    await ui.answer(interaction, do)


@set_up.autocomplete("timezone")
async def complete_zone(interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
    """Zones that hold what was typed."""
    wanted = typed.strip().lower().replace(" ", "_")
    found = sorted(zone for zone in available_timezones() if wanted in zone.lower())
    return [app_commands.Choice(name=zone, value=zone) for zone in found[:25]]


@trellis.command(name="about", description=say("command.trellis.about", "en"))
async def about(interaction: discord.Interaction[Any]) -> None:
    """`/trellis about`."""

    async def do(press: Press) -> Reply:
        return press.reply(
            "server.about", ui.help_button(press.language), operator=harmless(press.bot.operator), version=__version__
        )

    await ui.answer(interaction, do)


def _expect_possible_contact(interaction: discord.Interaction[Any], contact: discord.Member | None) -> None:
    if contact is None:
        return
    if contact.bot:
        raise Refusal("server.care_is_bot")
    channel = interaction.channel
    if not isinstance(channel, discord.TextChannel):
        raise Refusal("server.care_ordinary_channel")  # a mention in a thread would pull them in
    if not channel.permissions_for(contact).view_channel:
        raise Refusal("server.care_cannot_see")
    if not interaction.app_permissions.send_messages or not interaction.app_permissions.view_channel:
        lacks = say("permission.send_messages", language_of(str(interaction.locale)))
        raise Refusal("circle.cannot_write_there", channel=channel.mention, lacking=lacks)


def _state(press: Press, found: server.Setup, done: str) -> Reply:
    lines = [done]
    lines += [press.say(f"server.missing.{step}") for step in found.missing]
    guild, channel = press.interaction.guild, press.interaction.channel
    role_is_gone = bool(guild and found.facilitator_role_id and guild.get_role(found.facilitator_role_id) is None)
    if role_is_gone:
        lines.append(press.say("server.missing.role_gone"))
    if guild and isinstance(channel, discord.TextChannel):
        lacks = [press.say(f"permission.{name}") for name in lacking(channel.permissions_for(guild.me))]
        if lacks:
            lines.append(press.say("server.lacks", lacking=", ".join(lacks)))
    if not found.missing and not role_is_gone:
        lines.append(press.say("server.complete"))
    else:
        lines.append(press.say("server.until_then"))
    return Reply("\n".join(lines), [OpenHelpCard("-", press.language)])


@tells("server.care_question")
def care_question(errand: Errand, names: dict[str, str]) -> Spoken:
    """The question to a care contact, by name, in the channel of the command."""
    facts, language = errand.due.facts, errand.language
    asked = errand.people[facts["person_asked"]]
    buttons: list[Item] = [AcceptCare(facts["token"], language), DeclineCare(facts["token"], language)]
    return Spoken(say("care.question", language, name=f"<@{asked}>"), buttons, [asked])


@tells("server.changed_care")
@tells("server.changed_facilitators")
@tells("server.changed_help_card")
@tells("circle.changed_facilitators")
def changed(errand: Errand, names: dict[str, str]) -> Spoken:
    """Something each circle rests on has changed."""
    return Spoken(say(errand.due.facts["kind"], errand.language))


async def setup(bot: commands.Bot) -> None:
    """Load the cog."""
    assert isinstance(bot, Trellis)
    bot.tree.add_command(trellis)

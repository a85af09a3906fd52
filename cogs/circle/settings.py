"""What a circle has set, for those who facilitate it."""

from typing import Any

import discord

from bot import ui
from bot.acts import settings
from bot.places import expect_usable
from bot.practice.refusals import Refusal
from bot.press import Item, Press, Reply
from bot.words import LANGUAGES, say
from cogs.circle.group import group

LONGEST_ZONE = 64


class Language(ui.Menu, noun="settings", deed="language"):
    """The language of public messages."""

    async def choose(self, press: Press, chosen: str) -> Reply:
        """From now on; the card changes now."""
        found = await press.act(settings.set_language, self.token, language=chosen)
        return press.reply("settings.language_set", name=found.name, language=press.say(f"choice.{found.language}"))


class ThreadDays(ui.Menu, noun="settings", deed="days"):
    """How long a session's thread stays."""

    async def choose(self, press: Press, chosen: str) -> Reply:
        """For sessions that close from now on."""
        found = await press.act(settings.set_thread_days, self.token, days=int(chosen))
        return press.reply("settings.days_set", name=found.name, days=press.say("settings.days", count=int(chosen)))


class DebriefDays(ui.Menu, noun="settings", deed="debrief-days"):
    """How long a debrief's thread stays."""

    async def choose(self, press: Press, chosen: str) -> Reply:
        """For debriefs that close from now on."""
        found = await press.act(settings.set_debrief_days, self.token, days=int(chosen))
        days = press.say("settings.days", count=int(chosen))
        return press.reply("settings.debrief_days_set", name=found.name, days=days)


class DebriefsCount(ui.Button, noun="settings", deed="debriefs"):
    """**Count debriefs**."""

    async def press(self, press: Press) -> Reply:
        """They count for the check-ins from now on."""
        found = await press.act(settings.let_debriefs_count, self.token, wanted=True)
        return press.reply("settings.debriefs_count_set", DebriefsNot(self.token, press.language), name=found.name)


class DebriefsNot(ui.Button, noun="settings", deed="debriefs-not"):
    """**Don't count debriefs**."""

    async def press(self, press: Press) -> Reply:
        """They don't."""
        found = await press.act(settings.let_debriefs_count, self.token, wanted=False)
        return press.reply("settings.debriefs_not_set", DebriefsCount(self.token, press.language), name=found.name)


class ZoneForm(ui.Form):
    """The form in which the time zone is written."""

    noun = "zone"

    def __init__(self, token: str, language: str) -> None:
        super().__init__(token, language)
        self.ask(discord.ui.TextInput(custom_id="zone", max_length=LONGEST_ZONE))

    @classmethod
    async def submit(cls, press: Press, token: str, values: dict[str, str]) -> Reply:
        """Keep it, or say which names are near."""
        found = await press.act(settings.set_zone, token, zone=values.get("zone", ""))
        key = "settings.zone_set_planned" if found.meets_next else "settings.zone_set"
        return press.reply(key, name=found.name, zone=found.zone, at=_moment(found))


class OpenZone(ui.Button, noun="settings", deed="zone"):
    """**Time zone**."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Open the form at once; who may is looked up when it is handed in."""
        await ZoneForm.open(interaction, self.token)


class MeetHere(ui.Button, noun="settings", deed="move"):
    """**Meet in this channel**."""

    async def press(self, press: Press) -> Reply:
        """The card comes here, and the circle with it."""
        found = await press.act(settings.by_circle, self.token)
        if not _may_meet_here(press):
            raise Refusal("settings.not_here")
        guild = press.interaction.guild
        gone = guild is None or guild.get_channel(found.channel_id) is None
        found = await press.act(
            settings.move, self.token, channel_id=press.interaction.channel_id or 0, old_is_gone=gone
        )
        return press.reply("settings.moved", name=found.name, channel=f"<#{found.channel_id}>")


@group.command(name="settings", description=say("command.circle.settings", "en"))
@ui.options("circle")
async def show_settings(interaction: discord.Interaction[Any], circle: str | None = None) -> None:
    """`/circle settings`."""

    async def do(press: Press) -> Reply:
        found: settings.Settings = await press.act(settings.look, named=circle)
        told = press.reply(
            "settings.show",
            *_lists(press, found),
            OpenZone(found.token, press.language),
            *_of_schedule(press, found),
            ui.button("checkin.settings", found.token, press.language),
            (DebriefsNot if found.debriefs_count else DebriefsCount)(found.token, press.language),
            name=found.name,
            language=press.say(f"choice.{found.language}"),
            days=press.say("settings.days", count=found.thread_days),
            debrief_days=press.say("settings.days", count=found.debrief_days),
            counting=press.say(f"settings.debriefs_{'count' if found.debriefs_count else 'not'}"),
            zone=found.zone,
            planned=_planned(press, found),
            reminders=press.say(f"settings.reminders_are_{'on' if found.reminders else 'off'}"),
            channel=f"<#{found.channel_id}>",
        )
        if found.channel_id != interaction.channel_id and _may_meet_here(press):
            told.buttons.append(MeetHere(found.token, press.language))
            told.text += "\n\n" + press.say("settings.may_move")
        return told

    await ui.answer(interaction, do)


def _lists(press: Press, found: settings.Settings) -> list[Item]:
    languages = [
        discord.SelectOption(
            label=press.say("settings.language_option", language=press.say(f"choice.{language}")),
            value=language,
            default=language == found.language,
        )
        for language in LANGUAGES
    ]
    return [
        Language(found.token, press.language, languages),
        ThreadDays(found.token, press.language, _days(press, "settings.days_option", found.thread_days)),
        DebriefDays(found.token, press.language, _days(press, "settings.debrief_days_option", found.debrief_days)),
    ]


def _days(press: Press, key: str, chosen: int) -> list[discord.SelectOption]:
    return [
        discord.SelectOption(label=press.say(key, count=days), value=str(days), default=days == chosen)
        for days in settings.THREAD_DAYS
    ]


def _of_schedule(press: Press, found: settings.Settings) -> list[Item]:
    ending = [ui.button("schedule.end", found.schedule, press.language)] if found.schedule else []
    reminders = "settings.remind-not" if found.reminders else "settings.remind"
    return [*ending, ui.button(reminders, found.token, press.language)]


def _planned(press: Press, found: settings.Settings) -> str:
    if found.every is None:
        return press.say("settings.nothing_planned")
    return press.say("settings.planned", at=_moment(found), every=press.say(f"schedule.every.{found.every.value}"))


def _moment(found: settings.Settings) -> str:
    return discord.utils.format_dt(found.meets_next, "F") if found.meets_next else ""


def _may_meet_here(press: Press) -> bool:
    """Whether a circle can meet in this channel, and this person could make one here."""
    channel, member = press.interaction.channel, press.interaction.user
    if not isinstance(channel, discord.TextChannel) or not isinstance(member, discord.Member):
        return False
    try:
        expect_usable(press, channel)
    except Refusal:
        return False
    return channel.permissions_for(member).send_messages

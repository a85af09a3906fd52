"""`/circle schedule`: when a circle meets."""

from datetime import datetime
from typing import Any

import discord
from discord import app_commands

from bot import dates, ui
from bot.acts import schedule
from bot.acts.due import Errand
from bot.practice.refusals import Refusal
from bot.practice.rhythm import Every, moment_of
from bot.practice.timetable import OPENS_BEFORE, Coming
from bot.practice.wall_time import meant, offered
from bot.press import Press, Reply, Spoken
from bot.store.unit import SomebodyWasFirst, StoreDown
from bot.words import say
from cogs.circle.group import group
from cogs.circle.reminders import RemindMe

MOST_CHOICES = 25  # Discord's
SHOWN = 3  # moments that may be meant, written out


class Save(ui.Button, noun="schedule", deed="save", style=discord.ButtonStyle.success):
    """**Save**."""

    async def press(self, press: Press) -> Reply:
        """From now on it holds."""
        saved: schedule.Saved = await press.act(schedule.save, self.token)
        holder = press.say("schedule.holder_next" if saved.holder else "schedule.holder_open")
        lines = [_opening(press, saved), _reminding(press, saved), holder]
        return press.reply("schedule.saved", name=saved.name, at=_shown(saved.at), more=" ".join(filter(None, lines)))


class No(ui.Button, noun="schedule", deed="no"):
    """**No**."""

    async def press(self, press: Press) -> Reply:
        """Nothing is planned, and nothing changed."""
        await press.act(schedule.discard, self.token)
        return press.reply("schedule.discarded")


class End(ui.Button, noun="schedule", deed="end"):
    """**End the schedule**, under the settings."""

    async def press(self, press: Press) -> Reply:
        """Nothing is planned any more."""
        return press.reply("schedule.end_done", name=await press.act(schedule.end, self.token))


@group.command(name="schedule", description=say("command.circle.schedule", "en"))
@ui.options("circle", "first", "every")
@app_commands.choices(
    every=[app_commands.Choice(name=say(f"choice.{every.value}", "en"), value=every.value) for every in Every]
)
async def plan(
    interaction: discord.Interaction[Any],
    first: str,
    every: app_commands.Choice[str],
    circle: str | None = None,
) -> None:
    """`/circle schedule`."""

    async def do(press: Press) -> Reply:
        clock = await press.look(schedule.wall_clock, named=circle)
        found = meant(first, clock.zone, press.bot.now(), dates.day_words(press.language, "en"))
        if len(found) > 1:
            raise Refusal(
                "schedule.several", times="\n".join(_one_of(press, wall, clock.zone) for wall in found[:SHOWN])
            )
        return _asked(press, await press.act(schedule.draft, named=circle, first=found[0], every=Every(every.value)))

    await ui.answer(interaction, do)


@plan.autocomplete("first")
async def complete_first(interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
    """The moments that may be meant, written out in the person's language and the circle's zone."""
    press = Press(interaction)
    try:
        clock = await press.look(schedule.wall_clock, named=interaction.namespace.circle)
    except (StoreDown, SomebodyWasFirst, Refusal):
        return []
    words = dates.day_words(press.language, "en")
    return [
        app_commands.Choice(
            name=dates.written(moment_of(wall, clock.zone).wall, clock.zone, press.language), value=_exact(wall)
        )
        for wall in offered(typed, clock.zone, press.bot.now(), words, clock.usual)[:MOST_CHOICES]
    ]


def _one_of(press: Press, wall: datetime, zone: str) -> str:
    """One of several moments that may be meant, as it can be written exactly."""
    shown = dates.written(moment_of(wall, zone).wall, zone, press.language)
    return press.say("schedule.one_of_several", exact=_exact(wall), written=shown)


def _exact(wall: datetime) -> str:
    return wall.isoformat(" ", "minutes")


def _asked(press: Press, draft: schedule.Draft) -> Reply:
    """What was understood, before anything is saved."""
    lines = [f"- {_shown(one.at)}" for one in draft.times]
    lines += [
        press.say(
            f"schedule.clock.{one.chosen.value}",
            day=dates.day(wall, press.language),
            said=dates.hour(wall, press.language),
            shown=dates.hour(one.wall, press.language),
        )
        for wall, one in draft.odd
    ]
    if draft.before:
        lines.append(press.say("schedule.replaces", at=_shown(draft.before)))
    return press.reply(
        "schedule.draft",
        Save(draft.token, press.language),
        No(draft.token, press.language),
        name=draft.name,
        every=press.say(f"schedule.every.{draft.every.value}"),
        zone=draft.zone,
        times="\n".join(lines),
        channel=f"<#{draft.channel_id}>",
    )


def _opening(press: Press, saved: schedule.Saved) -> str:
    """When the invitation comes: of one that is near it is said how soon."""
    key = "schedule.opens_now"
    if Coming.SOON in saved.ahead:
        key = "schedule.opens"
    elif Coming.OPENING in saved.ahead:
        key = "schedule.opens_soon"
    opens = int((saved.at - OPENS_BEFORE).timestamp())
    return press.say(key, channel=f"<#{saved.channel_id}>", opens=f"<t:{opens}:R>")


def _reminding(press: Press, saved: schedule.Saved) -> str:
    """Which reminders are still to come."""
    if not saved.reminders:
        return press.say("schedule.without_reminders")
    if Coming.DAY_BEFORE in saved.ahead:
        return press.say("schedule.with_reminders")
    return press.say("schedule.with_last_reminder") if Coming.SOON in saved.ahead else ""


def _shown(moment: datetime | float) -> str:
    """A moment as Discord shows it: in each reader's own zone, and how far away it is."""
    stamp = int(moment.timestamp() if isinstance(moment, datetime) else moment)
    return f"<t:{stamp}:F> (<t:{stamp}:R>)"


@ui.tells("schedule.set")
def announced(errand: Errand, names: dict[str, str]) -> Spoken:
    """When the circle meets next, for all."""
    facts = errand.due.facts
    text = say(
        "schedule.set",
        errand.language,
        name=errand.circle_name,
        at=_shown(facts["at"]),
        every=say(f"schedule.every.{facts['every']}", errand.language),
    )
    return Spoken(text, [RemindMe(facts["token"], errand.language)])


@ui.tells("schedule.ended")
def ended(errand: Errand, names: dict[str, str]) -> Spoken:
    """Nothing is planned any more, for all."""
    return Spoken(say("schedule.ended", errand.language, name=errand.circle_name))


@ui.tells("schedule.missed")
def missed(errand: Errand, names: dict[str, str]) -> Spoken:
    """A session didn't open, for all; nobody is named."""
    facts = errand.due.facts
    following = ""
    if facts["following"]:
        following = say("schedule.following", errand.language, at=_shown(facts["following"]))
    text = say("schedule.missed", errand.language, name=errand.circle_name, at=_shown(facts["at"]), following=following)
    return Spoken(text)


@ui.tells("schedule.nobody")
def nobody(errand: Errand, names: dict[str, str]) -> Spoken:
    """There was nobody who could hold it, for all."""
    text = say("schedule.nobody", errand.language, name=errand.circle_name, at=_shown(errand.due.facts["at"]))
    return Spoken(text, [ui.button("handover.take", errand.due.facts["token"], errand.language)])


@ui.tells("schedule.you_hold")
@ui.tells("schedule.still_open")
@ui.tells("schedule.missed_holder")
def asked_alone(errand: Errand, names: dict[str, str]) -> Spoken:
    """What whoever holds, or was to hold, is told alone."""
    facts = errand.due.facts
    text = say(
        facts["kind"],
        errand.language,
        name=errand.circle_name,
        channel=f"<#{errand.circle_channel_id}>",
        at=_shown(facts["at"]),
        number=facts.get("number", 0),
    )
    return Spoken(text)

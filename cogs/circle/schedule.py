"""`/circle schedule`: when a circle meets."""

from typing import Any

import discord
from discord import app_commands

from bot import dates, ui
from bot.acts import schedule
from bot.acts.due import Errand
from bot.completion import complete_moment, on_the_clock, the_one_meant
from bot.practice.rhythm import Every
from bot.practice.timetable import OPENS_BEFORE, Coming
from bot.press import Press, Reply, Spoken
from bot.tellers import tells
from bot.words import say
from cogs.circle.group import group
from cogs.circle.reminders import RemindMe


class Save(ui.Button, noun="schedule", deed="save", style=discord.ButtonStyle.success):
    """**Save**."""

    async def press(self, press: Press) -> Reply:
        """From now on it holds."""
        saved: schedule.Saved = await press.act(schedule.save, self.token)
        holder = press.say("schedule.holder_next" if saved.holder else "schedule.holder_open")
        lines = [_opening(press, saved), _reminding(press, saved), holder]
        return press.reply(
            "schedule.saved", name=saved.name, at=dates.shown(saved.at), more=" ".join(filter(None, lines))
        )


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
        wall = await the_one_meant(press, first, named=circle)
        return _asked(press, await press.act(schedule.draft, named=circle, first=wall, every=Every(every.value)))

    await ui.answer(interaction, do)


plan.autocomplete("first")(complete_moment)


def _asked(press: Press, draft: schedule.Draft) -> Reply:
    """What was understood, before anything is saved."""
    lines = [f"- {dates.shown(one.at)}" for one in draft.times]
    lines += [on_the_clock(press, wall, one) for wall, one in draft.odd]
    if draft.before:
        lines.append(press.say("schedule.replaces", at=dates.shown(draft.before)))
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


@tells("schedule.set")
def announced(errand: Errand, names: dict[str, str]) -> Spoken:
    """When the circle meets next, for all."""
    facts = errand.due.facts
    text = say(
        "schedule.set",
        errand.language,
        name=errand.circle_name,
        at=dates.shown(facts["at"]),
        every=say(f"schedule.every.{facts['every']}", errand.language),
    )
    return Spoken(text, [RemindMe(facts["token"], errand.language)])


@tells("schedule.ended")
def ended(errand: Errand, names: dict[str, str]) -> Spoken:
    """Nothing is planned any more, for all."""
    return Spoken(say("schedule.ended", errand.language, name=errand.circle_name))


@tells("schedule.missed")
def missed(errand: Errand, names: dict[str, str]) -> Spoken:
    """A session didn't open, for all; nobody is named."""
    facts = errand.due.facts
    following = ""
    if facts["following"]:
        following = say("schedule.following", errand.language, at=dates.shown(facts["following"]))
    text = say(
        "schedule.missed", errand.language, name=errand.circle_name, at=dates.shown(facts["at"]), following=following
    )
    return Spoken(text)


@tells("schedule.nobody")
def nobody(errand: Errand, names: dict[str, str]) -> Spoken:
    """There was nobody who could hold it, for all."""
    text = say("schedule.nobody", errand.language, name=errand.circle_name, at=dates.shown(errand.due.facts["at"]))
    return Spoken(text, [ui.button("handover.take", errand.due.facts["token"], errand.language)])


@tells("schedule.you_hold")
@tells("schedule.still_open")
@tells("schedule.missed_holder")
def asked_alone(errand: Errand, names: dict[str, str]) -> Spoken:
    """What whoever holds, or was to hold, is told alone."""
    facts = errand.due.facts
    text = say(
        facts["kind"],
        errand.language,
        name=errand.circle_name,
        channel=f"<#{errand.circle_channel_id}>",
        at=dates.shown(facts["at"]),
        number=facts.get("number", 0),
    )
    return Spoken(text)

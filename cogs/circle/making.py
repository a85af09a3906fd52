"""Circles: made, and shown."""

from typing import Any

import discord

from bot import dates, ui
from bot.acts import circle as circles
from bot.acts import debrief, server
from bot.acts.due import Errand
from bot.places import expect_usable
from bot.practice.debrief import Debrief
from bot.practice.refusals import Refusal
from bot.press import Item, Press, Reply, Spoken, harmless
from bot.readers import readers
from bot.tellers import tells
from bot.words import say
from cogs.circle.group import group


class CreateWithDms(ui.Button, noun="draft", deed="dms", style=discord.ButtonStyle.success):
    """**Create, DMs are fine**."""

    async def press(self, press: Press) -> Reply:
        """Make it."""
        name = await press.act(circles.create, self.token, dms=True)
        return press.reply("circle.created", name=name)


class CreateWithoutDms(ui.Button, noun="draft", deed="quiet"):
    """**Create without DMs**."""

    async def press(self, press: Press) -> Reply:
        """Make it."""
        name = await press.act(circles.create, self.token, dms=False)
        return press.reply("circle.created", name=name)


class Discard(ui.Button, noun="draft", deed="no"):
    """**No**."""

    async def press(self, press: Press) -> Reply:
        """Nothing is made."""
        await press.act(circles.discard, self.token)
        return press.reply("circle.discarded")


class About(ui.Button, noun="circle", deed="about"):
    """**About**."""

    async def press(self, press: Press) -> Reply:
        """What anybody here may know of the circle."""
        return portrait(press, await press.act(circles.about, self.token), "circle.about")


def portrait(press: Press, found: circles.Portrait, key: str) -> Reply:
    """A circle in words."""
    holder = f"<@{found.holder}>" if found.holder else press.say("session.whoever")
    now = press.say("circle.session_none")
    if found.session and found.thread_lost:
        now = press.say("circle.session_lost", holder=holder)
    elif found.session and found.thread_id:
        now = press.say("circle.session_now", thread=f"<#{found.thread_id}>", holder=holder)
    agreed = press.say("circle.agreement_none")
    if found.agreement_version and found.agreed_at:
        since = discord.utils.format_dt(found.agreed_at, "D")
        agreed = press.say("circle.agreement_stands", version=found.agreement_version, since=since)
    following = press.say("circle.nothing_planned")
    if found.meets_next:
        at = discord.utils.format_dt(found.meets_next, "F")
        following = press.say("circle.meets_next", at=at, ago=discord.utils.format_dt(found.meets_next, "R"))
    return press.reply(
        key,
        name=found.name,
        purpose=harmless(found.purpose) if found.purpose else press.say("circle.no_purpose"),
        door=press.say(f"door.is_{found.door.value}"),
        channel=f"<#{found.channel_id}>",
        facilitators=", ".join(f"<@{person}>" for person in found.facilitators) or press.say("circle.nobody_yet"),
        held=press.say("circle.held", count=found.sessions_held),
        agreement=agreed,
        readers=readers(press, found.channel_id),
        following=following,
        now=now,
    )


def _debrief(press: Press, one: debrief.Planned) -> str:
    coming = one.hot if one.following is Debrief.HOT else one.cold
    return "\n" + press.say("circle.debrief", number=one.number, at=dates.shown(coming.at))


@group.command(name="create", description=say("command.circle.create", "en"))
@ui.options("name", "channel", "purpose")
async def create(
    interaction: discord.Interaction[Any],
    name: str,
    channel: discord.TextChannel | None = None,
    purpose: str | None = None,
) -> None:
    """`/circle create`."""

    async def do(press: Press) -> Reply:
        role = await press.act(server.facilitator_role)
        if role and interaction.guild and interaction.guild.get_role(role) is None:
            raise Refusal("circle.role_gone")
        if channel and channel.id not in press.presser.channels:
            raise Refusal("circle.channel_unseen")
        member = interaction.user
        if channel and isinstance(member, discord.Member) and not channel.permissions_for(member).send_messages:
            raise Refusal("circle.not_yours_to_write")
        place = expect_usable(press, channel or interaction.channel)
        draft = await press.act(circles.draft, name=name, channel_id=place.id, purpose=purpose)
        buttons = [kind(draft.token, press.language) for kind in (CreateWithDms, CreateWithoutDms, Discard)]
        return press.reply("circle.draft", *buttons, name=draft.name, channel=place.mention)

    await ui.answer(interaction, do)


@group.command(name="show", description=say("command.circle.show", "en"))
@ui.options("circle")
async def show(interaction: discord.Interaction[Any], circle: str | None = None) -> None:
    """`/circle show`."""

    async def do(press: Press) -> Reply:
        found = await press.act(circles.show, named=circle)
        shown = portrait(press, found, "circle.show")
        shown.text += "".join(_debrief(press, one) for one in await press.look(debrief.planned, named=found.token))
        if found.looks_for_somebody:
            shown.buttons.append(ui.button("handover.take", found.token, press.language))
        if found.session:  # also for when the invitation or the thread can't be reached
            doors = ("session.speak", "session.listen", "session.more")
            shown.buttons += [ui.button(name, found.session, press.language) for name in doors]
        return shown

    await ui.answer(interaction, do)


@tells("circle.card")
def card(errand: Errand, names: dict[str, str]) -> Spoken:
    """The circle's public card."""
    token, language = errand.due.facts["token"], errand.language
    purpose = harmless(errand.circle_purpose)
    text = say("circle.card", language, name=errand.circle_name, purpose=purpose).replace("\n\n\n", "\n\n")
    buttons: list[Item] = [
        ui.button(name, token, language) for name in ("circle.join", "circle.about", "rupture.begin")
    ]
    return Spoken(text, buttons)

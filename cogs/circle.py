"""Circles: made, shown, and their sessions opened."""

from typing import Any

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot import ui
from bot.acts import circle as circles
from bot.acts import door as doors
from bot.acts import session as sessions
from bot.acts.due import Errand
from bot.app import PERMISSIONS, Trellis
from bot.practice.door import Answer, Door
from bot.practice.refusals import Refusal
from bot.ui import Press, Reply, Spoken
from bot.words import say


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
    now = press.say("circle.session_none")
    if found.session_open and found.thread_id:
        now = press.say("circle.session_now", thread=f"<#{found.thread_id}>", holder=f"<@{found.holder}>")
    return press.reply(
        key,
        name=found.name,
        purpose=discord.utils.escape_markdown(found.purpose) if found.purpose else press.say("circle.no_purpose"),
        door=press.say(f"door.is_{found.door.value}"),
        channel=f"<#{found.channel_id}>",
        facilitators=", ".join(f"<@{person}>" for person in found.facilitators),
        held=found.sessions_held,
        now=now,
    )


group = app_commands.Group(name="circle", description=locale_str("Circles", key="command.circle"))


@group.command(name="create", description=locale_str("Make a circle", key="command.circle.create"))
@app_commands.describe(
    name=locale_str("What the circle is called", key="option.name"),
    channel=locale_str("Where it meets; here if left out", key="option.channel"),
    purpose=locale_str("What it is for, in one line", key="option.purpose"),
)
async def create(
    interaction: discord.Interaction[Any],
    name: str,
    channel: discord.TextChannel | None = None,
    purpose: str | None = None,
) -> None:
    """`/circle create`."""

    async def do(press: Press) -> Reply:
        place = channel or interaction.channel
        if not isinstance(place, discord.TextChannel) or interaction.guild is None:
            raise Refusal("circle.not_a_text_channel")
        if place.id not in press.presser.channels:
            raise Refusal("circle.channel_unseen")
        has = place.permissions_for(interaction.guild.me)
        lacking = [press.say(f"permission.{need}") for need, wanted in PERMISSIONS if wanted and not getattr(has, need)]
        if lacking:
            raise Refusal("circle.cannot_write_there", channel=place.mention, lacking="\n".join(lacking))
        draft = await press.act(circles.draft, name=name, channel_id=place.id, purpose=purpose)
        buttons = [kind(draft.token, press.language) for kind in (CreateWithDms, CreateWithoutDms, Discard)]
        return press.reply("circle.draft", *buttons, name=draft.name, channel=place.mention)

    await ui.answer(interaction, do)


@group.command(name="show", description=locale_str("How the circle stands", key="command.circle.show"))
@app_commands.describe(circle=locale_str("Which circle", key="option.circle"))
async def show(interaction: discord.Interaction[Any], circle: str | None = None) -> None:
    """`/circle show`."""

    async def do(press: Press) -> Reply:
        return portrait(press, await press.act(circles.show, named=circle), "circle.show")

    await ui.answer(interaction, do)


@group.command(name="door", description=locale_str("Who may come in", key="command.circle.door"))
@app_commands.describe(
    circle=locale_str("Which circle", key="option.circle"), door=locale_str("How it is opened", key="option.door")
)
@app_commands.choices(
    door=[app_commands.Choice(name=locale_str(door.value, key=f"choice.{door.value}"), value=door.value) for door in Door]
)
async def door_command(
    interaction: discord.Interaction[Any], door: app_commands.Choice[str], circle: str | None = None
) -> None:
    """`/circle door`."""

    async def do(press: Press) -> Reply:
        name = await press.act(circles.set_door, named=circle, door=Door(door.value))
        return press.reply("door.set", name=name, door=press.say(f"door.is_{door.value}"))

    await ui.answer(interaction, do)


@group.command(name="open", description=locale_str("Open a session", key="command.circle.open"))
@app_commands.describe(
    circle=locale_str("Which circle", key="option.circle"),
    format=locale_str("Live, in one evening", key="option.format"),
    rounds=locale_str("Theme rounds between check-in and check-out", key="option.rounds"),
    time=locale_str("Minutes a turn, 1 to 10", key="option.time"),
)
@app_commands.choices(format=[app_commands.Choice(name="live", value="live")])
async def open_command(
    interaction: discord.Interaction[Any],
    circle: str | None = None,
    format: app_commands.Choice[str] | None = None,
    rounds: app_commands.Range[int, 0, 3] | None = None,
    time: str | None = None,
) -> None:
    """`/circle open`."""

    async def do(press: Press) -> Reply:
        if time is not None and not time.strip().isdecimal():
            raise Refusal("session.time_range", fewest=sessions.SHORTEST_TURN, most=sessions.LONGEST_TURN)
        minutes = int(time.strip()[:4]) if time is not None else None
        opened = await press.act(sessions.open_session, named=circle, rounds=rounds, minutes=minutes)
        return press.reply("session.opened", number=opened.number, channel=f"<#{opened.channel_id}>")

    await ui.answer(interaction, do)


async def complete_circle(interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
    """The circles this person may name."""
    found = await Press(interaction).act(circles.named_like, typed=typed)
    return [app_commands.Choice(name=name, value=token) for name, token in found]


class AskToJoin(ui.Button, noun="circle", deed="join", style=discord.ButtonStyle.primary):
    """**Ask to join**, on the card."""

    async def press(self, press: Press) -> Reply:
        """First what happens to one's words."""
        return _knocked(press, await press.act(doors.knock, token=self.token))


class YesJoin(ui.Button, noun="circle", deed="ask", style=discord.ButtonStyle.success):
    """**Ask**, or come in where the door is open."""

    async def press(self, press: Press) -> Reply:
        """Ask."""
        found = await press.act(doors.ask, self.token)
        return press.reply("door.joined" if found.door is Door.OPEN else "door.asked", name=found.name)


class YesLeave(ui.Button, noun="circle", deed="leave", style=discord.ButtonStyle.danger):
    """**Leave**."""

    async def press(self, press: Press) -> Reply:
        """Leave; nothing is asked."""
        found = await press.act(doors.leave, token=self.token, sure=True)
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


def _knocked(press: Press, found: doors.Knock) -> Reply:
    return press.reply(f"door.before_{found.door.value}", YesJoin(found.token, press.language), name=found.name)


@group.command(name="join", description=locale_str("Ask to join a circle", key="command.circle.join"))
@app_commands.describe(circle=locale_str("Which circle", key="option.circle"))
async def join(interaction: discord.Interaction[Any], circle: str | None = None) -> None:
    """`/circle join`."""

    async def do(press: Press) -> Reply:
        return _knocked(press, await press.act(doors.knock, named=circle))

    await ui.answer(interaction, do)


@group.command(name="leave", description=locale_str("Leave a circle", key="command.circle.leave"))
@app_commands.describe(circle=locale_str("Which circle", key="option.circle"))
async def leave(interaction: discord.Interaction[Any], circle: str | None = None) -> None:
    """`/circle leave`."""

    async def do(press: Press) -> Reply:
        found = await press.act(doors.leave, named=circle, sure=False)
        return press.reply("door.before_leaving", YesLeave(found.token, press.language), name=found.name)

    await ui.answer(interaction, do)


@group.command(name="members", description=locale_str("Who is in, and who asks", key="command.circle.members"))
@app_commands.describe(circle=locale_str("Which circle", key="option.circle"))
async def members(interaction: discord.Interaction[Any], circle: str | None = None) -> None:
    """`/circle members`."""

    async def do(press: Press) -> Reply:
        found = await press.act(doors.roll, named=circle)
        buttons: list[ui.Item] = []
        lines = [press.say("door.roll", name=found.name, count=len(found.members))]
        lines += [f"<@{person}>" for person in found.members]
        for token, person in found.requests[:12]:
            lines.append(press.say("door.roll_request", person=f"<@{person}>"))
            buttons += [LetIn(token, press.language), NotNow(token, press.language)]
        return Reply("\n".join(lines), buttons)

    await ui.answer(interaction, do)


@ui.tells("circle.card")
def card(errand: Errand, names: dict[str, str]) -> Spoken:
    """The circle's public card."""
    token, language = errand.due.facts["token"], errand.language
    purpose = discord.utils.escape_mentions(discord.utils.escape_markdown(errand.circle_purpose))
    text = say("circle.card", language, name=errand.circle_name, purpose=purpose).replace("\n\n\n", "\n\n")
    return Spoken(text, [AskToJoin(token, language), About(token, language)])


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


async def setup(bot: commands.Bot) -> None:
    """Load the cog."""
    assert isinstance(bot, Trellis)
    for command in (show, door_command, open_command, join, leave, members):
        command.autocomplete("circle")(complete_circle)
    bot.add_dynamic_items(
        CreateWithDms, CreateWithoutDms, Discard, About, AskToJoin, YesJoin, YesLeave, LetIn, NotNow
    )
    bot.tree.add_command(group)

"""A session: opened, come into, begun, closed."""

import discord
from discord.ext import commands

from bot import ui
from bot.acts import arrival
from bot.acts import session as sessions
from bot.acts.door import Threshold
from bot.acts.due import Errand
from bot.practice.door import Door
from bot.press import Item, Press, Reply, Spoken
from bot.readers import readers
from bot.words import say


class Speak(ui.Button, noun="session", deed="speak", style=discord.ButtonStyle.primary):
    """**Here to speak**."""

    async def press(self, press: Press) -> Reply:
        """Who is here, and who could open the thread, before anything happens."""
        return await _arrive(self.token, press, listening=False)


class Listen(ui.Button, noun="session", deed="listen"):
    """**Here to listen**."""

    async def press(self, press: Press) -> Reply:
        """The same, to listen."""
        return await _arrive(self.token, press, listening=True)


class ComeInSpeaking(ui.Button, noun="session", deed="in-speaking", style=discord.ButtonStyle.success):
    """**Come in**."""

    async def press(self, press: Press) -> Reply:
        """Take a seat to speak."""
        return await _come_in(self.token, press, listening=False)


class ComeInListening(ui.Button, noun="session", deed="in-listening", style=discord.ButtonStyle.success):
    """**Come in**, to listen."""

    async def press(self, press: Press) -> Reply:
        """Take a seat to listen."""
        return await _come_in(self.token, press, listening=True)


class Begin(ui.Button, noun="session", deed="begin", style=discord.ButtonStyle.success):
    """**Begin**."""

    async def press(self, press: Press) -> Reply:
        """The order is drawn and the check-in round opens."""
        await press.act(sessions.begin, self.token)
        return press.reply("session.you_began")


class Close(ui.Button, noun="session", deed="close"):
    """**Close the circle**."""

    async def press(self, press: Press) -> Reply:
        """Close early."""
        await press.act(sessions.close, self.token)
        return press.reply("session.you_closed")


class More(ui.Button, noun="session", deed="more"):
    """**More...**, private and different by person."""

    async def press(self, press: Press) -> Reply:
        """What this person can do besides."""
        found = await press.act(sessions.look, self.token)
        buttons: list[Item] = [Begin(self.token, press.language)] if found.may_begin else []
        if found.turn:  # also for when the turn's own message was deleted
            buttons += [ui.button(f"round.{deed}", found.turn, press.language) for deed in ("spoke", "pass")]
        if not found.is_holder:
            return press.reply("session.more", *buttons)
        key = "session.more_holder_before" if found.may_begin else "session.more_holder"
        return press.reply(key, *buttons, Close(self.token, press.language))


async def _arrive(token: str, press: Press, *, listening: bool) -> Reply:
    found = await press.act(arrival.arrive, token, listening=listening)
    if isinstance(found, Threshold):
        asked = "door.asked" if found.facilitated else "door.asked_nobody"
        key = "door.before_open" if found.door is Door.OPEN else asked
        buttons = [ui.button("circle.join", found.token, press.language)] if found.door is Door.OPEN else []
        return press.reply(key, *buttons, name=found.name)
    button = ComeInListening if listening else ComeInSpeaking
    return press.reply(
        "session.arrive",
        button(token, press.language),
        here=_here(press, found),
        readers=readers(press, found.channel_id),
        you=press.interaction.user.mention,
    )


async def _come_in(token: str, press: Press, *, listening: bool) -> Reply:
    found = await press.act(sessions.come_in, token, listening=listening)
    place = f"<#{found.thread_id}>" if found.thread_id else press.say("session.thread_soon")
    buttons: list[Item] = [Begin(token, press.language)] if found.is_holder else []
    key = "session.in_holder" if found.is_holder else "session.in_listening" if listening else "session.in_speaking"
    return press.reply(key, *buttons, thread=place)


def _here(press: Press, found: sessions.Arrival) -> str:
    people = [f"<@{person}>" for person in [*found.speaking, *found.listening]]
    return ", ".join(people) or press.say("session.nobody_yet")


@ui.tells("session.waiting")
def waiting_message(errand: Errand, names: dict[str, str]) -> Spoken:
    """The first message in the thread."""
    facts, language = errand.due.facts, errand.language
    holder = names.get(facts["people"][0], "?")
    return Spoken(say("session.waiting", language, holder=holder), [More(facts["token"], language)])


@ui.tells("session.begun")
def begun_message(errand: Errand, names: dict[str, str]) -> Spoken:
    """What the waiting message becomes."""
    facts, language = errand.due.facts, errand.language
    order = "\n".join(f"{place}. {names.get(person, '?')}" for place, person in enumerate(facts["people"], 1))
    return Spoken(say("session.begun", language, order=order), [More(facts["token"], language)])


@ui.tells("session.invitation")
def invitation(errand: Errand, names: dict[str, str]) -> Spoken:
    """The public message in the circle's channel."""
    facts, language = errand.due.facts, errand.language
    holder = names.get(facts["people"][0], "?")
    text = say("session.invitation", language, number=facts["number"], name=errand.circle_name, holder=holder)
    return Spoken(text, [Speak(facts["token"], language), Listen(facts["token"], language)])


@ui.tells("session.closed")
def closed_message(errand: Errand, names: dict[str, str]) -> Spoken:
    """The last line."""
    facts, language = errand.due.facts, errand.language
    lines = [say("round.thanks", language, before=names.get(facts["before"], "?"))] if facts["before"] else []
    key = "session.closed" if facts["held"] else "session.closed_early"
    return Spoken("\n".join([*lines, say(key, language, channel=f"<#{facts['channel_hint']}>")]))


async def setup(bot: commands.Bot) -> None:
    """Nothing to load: its buttons and messages are known by name."""

"""Coming in: first who is here and who could open the thread, then the press that adds anybody."""

import discord

from bot import ui
from bot.acts import arrival
from bot.acts import session as sessions
from bot.acts.door import Threshold
from bot.practice.door import Door
from bot.practice.more import More
from bot.press import Item, Press, Reply
from bot.readers import readers


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


class ReadSpeaking(ui.Button, noun="session", deed="read-speaking", style=discord.ButtonStyle.primary):
    """**I've read this**."""

    async def press(self, press: Press) -> Reply:
        """Who is here, before the press that adds anybody."""
        return await _arrive(self.token, press, listening=False, has_read=True)


class ReadListening(ui.Button, noun="session", deed="read-listening", style=discord.ButtonStyle.primary):
    """**I've read this**, to listen."""

    async def press(self, press: Press) -> Reply:
        """The same, to listen."""
        return await _arrive(self.token, press, listening=True, has_read=True)


class NotToday(ui.Button, noun="session", deed="not-today"):
    """**Not today**."""

    async def press(self, press: Press) -> Reply:
        """Nothing happens, and nobody is told."""
        return press.reply("debrief.not_today")


async def _arrive(token: str, press: Press, *, listening: bool, has_read: bool = False) -> Reply:
    found = await press.act(arrival.arrive, token, listening=listening)
    if isinstance(found, Threshold):
        asked = "door.asked" if found.facilitated else "door.asked_nobody"
        key = "door.before_open" if found.door is Door.OPEN else asked
        buttons = [ui.button("circle.join", found.token, press.language)] if found.door is Door.OPEN else []
        return press.reply(key, *buttons, name=found.name)
    arriving = _caution(token, press, found, listening) if found.debrief and not has_read else None
    arriving = arriving or _before_coming_in(token, press, found, listening)
    if not found.asks_for_yes or has_read:
        return arriving
    agreement = await ui.as_if_pressed("agreement.read", token, press)
    agreement.then = [arriving]
    return agreement


def _caution(token: str, press: Press, found: sessions.Arrival, listening: bool) -> Reply:
    """The legal caution of a debrief: before the press that adds anybody (D2.4)."""
    read = ReadListening if listening else ReadSpeaking
    buttons = [read(token, press.language), NotToday(token, press.language)]
    return press.reply("debrief.caution", *buttons, readers=readers(press, found.channel_id))


def _before_coming_in(token: str, press: Press, found: sessions.Arrival, listening: bool) -> Reply:
    button = ComeInListening if listening else ComeInSpeaking
    key = "debrief.arrive" if found.debrief else "session.arrive"  # whoever could open it stood in the caution
    read = {} if found.debrief else {"readers": readers(press, found.channel_id)}
    return press.reply(
        key,
        button(token, press.language),
        **read,
        here=_here(press, found),
        you=press.interaction.user.mention,
        days=press.say("time.days", count=found.thread_days),
    )


async def _come_in(token: str, press: Press, *, listening: bool) -> Reply:
    found = await press.act(sessions.come_in, token, listening=listening)
    place = f"<#{found.thread_id}>" if found.thread_id else press.say("session.thread_soon")
    may_begin = More.BEGIN in found.offers
    buttons: list[Item] = [ui.button("session.begin", token, press.language)] if may_begin else []
    key = "session.in_listening" if listening else "session.in_speaking"
    if found.is_holder:
        key = "session.in_holder"
    if found.slow:
        key = "session.in_slow"
    return press.reply(key, *buttons, thread=place)


def _here(press: Press, found: sessions.Arrival) -> str:
    people = [f"<@{person}>" for person in [*found.speaking, *found.listening]]
    return ", ".join(people) or press.say("session.nobody_yet")

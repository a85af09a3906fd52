"""What a session's holder is told when Discord's own things are gone, and what they can do about it."""

import discord

from bot import ui
from bot.acts import broken
from bot.acts import session as sessions
from bot.acts.due import Errand
from bot.practice.refusals import Refusal
from bot.press import Press, Reply, Spoken
from bot.tellers import tells
from bot.words import say


class NewThread(ui.Button, noun="session", deed="new-thread", style=discord.ButtonStyle.primary):
    """**New thread**."""

    async def press(self, press: Press) -> Reply:
        """The session goes on in another thread."""
        return await renew_thread(press, self.token)


class TryAgain(ui.Button, noun="session", deed="try-again", style=discord.ButtonStyle.primary):
    """**Try again**."""

    async def press(self, press: Press) -> Reply:
        """What was put off is tried at once."""
        await press.act(broken.try_again, self.token)
        return press.reply("session.trying_again")


async def renew_thread(press: Press, token: str) -> Reply:
    """Another thread, if there is a channel to make it in."""
    found = await press.look(sessions.look, token)
    guild = press.interaction.guild or press.bot.get_guild(press.server_id)
    if guild is None or guild.get_channel(found.channel_id) is None:
        raise Refusal("session.no_channel")
    await press.act(broken.renew_thread, token)
    return press.reply("did.new-thread")


@tells("session.thread_gone")
def thread_gone_note(errand: Errand, names: dict[str, str]) -> Spoken:
    """The thread of a session is gone."""
    facts, language = errand.due.facts, errand.language
    text = say("session.thread_gone", language, number=facts["number"], name=errand.circle_name)
    return Spoken(text, [ui.button(f"session.{deed}", facts["token"], language) for deed in ("new-thread", "close")])


@tells("session.needs")
def needs_note(errand: Errand, names: dict[str, str]) -> Spoken:
    """Discord refuses what the session needs."""
    facts, language = errand.due.facts, errand.language
    lacking = ", ".join(say(f"permission.{name}", language) for name in facts["lacking"])
    text = say(
        "session.needs", language, number=facts["number"], name=errand.circle_name, channel=f"<#{facts['where']}>",
        lacking=lacking or say("permission.unclear", language),
    )  # fmt: skip
    return Spoken(text, [ui.button(f"session.{deed}", facts["token"], language) for deed in ("try-again", "close")])

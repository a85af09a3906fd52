"""Calling for somebody who holds the coming session: what they are asked, and what they press."""

import discord

from bot import ui
from bot.acts import away, rota
from bot.acts import calling as callings
from bot.acts.calling import Answered
from bot.acts.due import Errand
from bot.acts.rota import Share
from bot.app import Trellis
from bot.press import Item, Press, Reply, Spoken
from bot.tellers import tells
from bot.words import say


class Hold(ui.Button, noun="calling", deed="hold", style=discord.ButtonStyle.success):
    """**I'll hold it**, in private or under the line to everybody."""

    async def press(self, press: Press) -> Reply:
        """The first yes ends the asking."""
        return you_hold(press, await press.act(callings.hold, self.token))


class NotThisTime(ui.Button, noun="calling", deed="not"):
    """**Not this time**."""

    async def press(self, press: Press) -> Reply:
        """It goes on to the next; nobody asks why."""
        found = await press.act(callings.decline, self.token)
        return press.reply("calling.declined", name=found.name)


def you_hold(press: Press, found: Answered) -> Reply:
    """What somebody is told who said yes."""
    when = moment(found.at.timestamp() if found.at else None, press.language)
    return press.reply("calling.held", *answers(found.token, press.language)[1:], name=found.name, when=when)


def answers(token: str, language: str) -> list[Item]:
    """**I'll hold it** · **Not this time** · **Swap**."""
    return [Hold(token, language), NotThisTime(token, language), ui.button("swap.whom", token, language)]


def of_late(share: Share | None, language: str) -> list[str]:
    """What somebody alone is told of how much they hold, and what they may want to think of (D5.2, D5.3)."""
    if share is None or not share.held:
        return []
    told = [say("rota.share", language, held=share.held, of=share.of)]
    return [*told, *(say(f"rota.limit.{limit.value}", language) for limit in share.limits)]


def when(errand: Errand) -> str:
    """When the session is that a note is about."""
    return moment(errand.due.facts["at"], errand.language)


def moment(stamp: float | None, language: str) -> str:
    """When a session is, in each reader's own zone; or that its time isn't set."""
    return f"<t:{int(stamp)}:F>, <t:{int(stamp)}:R>" if stamp else say("calling.no_time_yet", language)


@tells("calling.call")
def call_note(errand: Errand, names: dict[str, str]) -> Spoken:
    """Would you hold the next one?"""
    key = "calling.call_again" if errand.due.facts["again"] else "calling.call"
    asked = say(key, errand.language, name=errand.circle_name, when=when(errand))
    text = "\n".join([asked, *of_late(errand.share, errand.language)])
    return Spoken(text, answers(errand.due.facts["calling"], errand.language))


@tells("calling.moved")
@tells("swap.not")
def still_with_you_note(errand: Errand, names: dict[str, str]) -> Spoken:
    """It is with you as before: at another time, or because the swap didn't come about."""
    facts = errand.due.facts
    text = say(facts["kind"], errand.language, name=errand.circle_name, when=when(errand))
    said_yes = facts["kind"] == "calling.moved"
    return Spoken(text, answers(facts["calling"], errand.language)[1 if said_yes else 0 :])


@tells("calling.in_other_hands")
def in_other_hands_note(errand: Errand, names: dict[str, str]) -> Spoken:
    """The same words whatever the reason."""
    return Spoken(say("calling.in_other_hands", errand.language, name=errand.circle_name, when=when(errand)))


@tells("calling.care")
def care_note(errand: Errand, names: dict[str, str]) -> Spoken:
    """A care contact is asked to find somebody."""
    return Spoken(say("calling.care", errand.language, name=errand.circle_name, when=when(errand)))


@tells("calling.open")
def open_line(errand: Errand, names: dict[str, str]) -> Spoken:
    """One line to everybody, without a name."""
    text = say("calling.open", errand.language, name=errand.circle_name, when=when(errand))
    return Spoken(text, [Hold(errand.due.facts["calling"], errand.language)])


async def carry_out_callings(bot: Trellis) -> None:
    """Let the moments of a calling come, and look up whoever it is about to reach."""

    async def call(errand: Errand) -> None:
        server_id, circle_id = errand.due.server_id, errand.due.facts["circle"]
        while True:
            async with bot.store.unit(server_id) as unit:
                member = await callings.whom_to_reach(unit, circle_id)
            if member is None or await _is_here(bot, server_id, member):
                break
            async with bot.store.unit(server_id) as unit:
                await away.note_gone(unit, member)
        async with bot.store.unit(server_id) as unit:
            await callings.meet(unit, circle_id)

    async def pass_over(errand: Errand) -> None:
        async with bot.store.unit(errand.due.server_id) as unit:
            await rota.pass_over(unit, errand.due.token, errand.due.facts["circle"], errand.due.facts["about"])

    bot.carriers.update({"calling": call, "pass-over": pass_over})


async def _is_here(bot: Trellis, server_id: int, member: int) -> bool:
    """Whether somebody is in the server; asked of Discord anew each time."""
    guild = bot.get_guild(server_id)
    if guild is None or guild.unavailable:
        raise TimeoutError
    try:
        await guild.fetch_member(member)
    except discord.NotFound:
        return False
    return True

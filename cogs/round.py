"""The talking piece: its messages and its buttons."""

import discord
from discord.ext import commands

from bot import ui
from bot.acts import round as rounds
from bot.acts.due import Errand
from bot.aloud import asked, read_aloud
from bot.practice.events import Lead
from bot.practice.prompts import FIRST_THEME
from bot.press import Press, Reply, Spoken
from bot.tellers import tells
from bot.words import say


class Done(ui.Button, noun="round", deed="spoke", style=discord.ButtonStyle.primary):
    """**I'm done, pass it on**."""

    async def press(self, press: Press) -> Reply:
        """The turn ends; the piece goes on."""
        await press.act(rounds.pass_piece, self.token)
        return press.reply("did.spoke")


class Pass(ui.Button, noun="round", deed="pass"):
    """**Pass**."""

    async def press(self, press: Press) -> Reply:
        """The same for everybody who reads (promise 4)."""
        await press.act(rounds.pass_piece, self.token)
        return press.reply("did.pass")


class HadMyTurn(ui.Button, noun="round", deed="had", style=discord.ButtonStyle.primary):
    """**I've had my turn**, in a slow round."""

    async def press(self, press: Press) -> Reply:
        """Kept nowhere; it says what comes next."""
        until, last = await press.act(rounds.have_had_turn, self.token)
        return press.reply("round.had_last" if last else "round.had", until=_moment(until.timestamp()))


@tells("round.turn")
def turn_message(errand: Errand, names: dict[str, str]) -> Spoken:
    """One turn's message: how the piece came here, the prompt when a round begins, and the speaker."""
    facts, language = errand.due.facts, errand.language
    speaker = errand.people.get(facts["speaker"])
    called = f"<@{speaker}>" if speaker and facts.get("pinged", True) else names.get(facts["speaker"], "?")
    lines = [*_lead(errand, names), *read_aloud(errand, names)]
    if facts["order"]:
        lines.append(f"{_begins(errand)} {say('round.time', language, count=facts['minutes'])}")
        lines.append(say("round.order", language))
        lines += [f"{place}. {names.get(person, '?')}" for place, person in enumerate(facts["order"], 1)]
    lines += _prompts(errand)
    if facts["prompt"] == FIRST_THEME:
        lines.append(say("round.propose", language))
    lines.append(say("round.yours", language, name=called))
    buttons = [
        Done(facts["turn"], language),
        Pass(facts["turn"], language),
        ui.button("session.pause", facts["token"], language),
        ui.button("session.more", facts["token"], language),
    ]
    return Spoken("\n".join(lines), buttons, [speaker] if speaker and facts.get("pinged", True) else [])


@tells("round.asked")
def asked_message(errand: Errand, names: dict[str, str]) -> Spoken:
    """After a round: whoever would like a turn (D1.3)."""
    lines = [*_lead(errand, names), *read_aloud(errand, names), _asked(errand, names)]
    return Spoken("\n".join(lines), _buttons(errand, "session.turn", "session.go-on", "session.more"))


def _asked(errand: Errand, names: dict[str, str]) -> str:
    facts = errand.due.facts
    key = "round.asked_last" if facts["last"] else "round.asked"
    held = facts["holder"] in errand.people  # else whoever held it was forgotten
    holder = names.get(facts["holder"], "?") if held else say("session.whoever", errand.language)
    return say(key, errand.language, holder=holder)


@tells("round.still")
def still_message(errand: Errand, names: dict[str, str]) -> Spoken:
    """The piece is still with somebody (D1.4)."""
    name = names.get(errand.due.facts["people"][0], "?")
    return Spoken(say("round.still", errand.language, name=name), _buttons(errand, "session.more"))


@tells("round.slow")
def slow_message(errand: Errand, names: dict[str, str]) -> Spoken:
    """A round of days (D1.6)."""
    facts, language = errand.due.facts, errand.language
    lines = [
        *read_aloud(errand, names),
        _begins(errand),
        *_prompts(errand),
        say("round.slow", language, until=_moment(facts["until"])),
    ]
    had = HadMyTurn(facts["token"], language)
    return Spoken("\n".join(lines), [had, *_buttons(errand, "session.more")])


@tells("round.halfway")
def halfway_message(errand: Errand, names: dict[str, str]) -> Spoken:
    """The one reminder of a slow round (D1.6)."""
    text = say("round.halfway", errand.language, until=_moment(errand.due.facts["until"]))
    return Spoken(text, _buttons(errand, "session.more"))


def _begins(errand: Errand) -> str:
    """Which round this is."""
    facts, slow = errand.due.facts, "slow_begins" if errand.due.facts["slow"] else "begins"
    key = f"debrief.{slow}.{facts['round']}" if facts["debrief"] else f"round.{slow}.{facts['round']}"
    return say(key, errand.language)


def _prompts(errand: Errand) -> list[str]:
    """What this round asks; in a debrief after the short reminder of what isn't asked (D2.4)."""
    facts, language = errand.due.facts, errand.language
    reminder = [say("debrief.reminder_short", language)] if facts["debrief"] else []
    return [*reminder, *asked(errand)]


def _lead(errand: Errand, names: dict[str, str]) -> list[str]:
    facts = errand.due.facts
    lead = Lead(facts["lead"])
    forgotten = facts["before"] and facts["before"] not in errand.people
    if lead is Lead.NOTHING or forgotten:
        return []
    return [say(f"round.{lead.value}", errand.language, before=names.get(facts["before"], "?"))]


def _buttons(errand: Errand, *names: str) -> list[discord.ui.Item[discord.ui.View]]:
    return [ui.button(name, errand.due.facts["token"], errand.language) for name in names]


def _moment(timestamp: float) -> str:
    """A moment as Discord shows it, in each reader's own time zone."""
    return f"<t:{int(timestamp)}:F>"


async def setup(bot: commands.Bot) -> None:
    """Nothing to load: its buttons and messages are known by name."""

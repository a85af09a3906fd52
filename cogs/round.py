"""The talking piece: its message and its buttons."""

import discord
from discord.ext import commands

from bot import ui
from bot.acts import round as rounds
from bot.acts.due import Errand
from bot.press import Press, Reply, Spoken
from bot.words import say


class Done(ui.Button, noun="round", deed="spoke", style=discord.ButtonStyle.primary):
    """**I'm done, pass it on**."""

    async def press(self, press: Press) -> Reply:
        """The turn ends; the piece goes on."""
        return await _end_turn(self.token, press, "round.done")


class Pass(ui.Button, noun="round", deed="pass"):
    """**Pass**."""

    async def press(self, press: Press) -> Reply:
        """The same for everybody who reads (promise 4)."""
        return await _end_turn(self.token, press, "round.passed")


async def _end_turn(token: str, press: Press, key: str) -> Reply:
    await press.act(rounds.pass_piece, token)
    return press.reply(key)


@ui.tells("round.turn")
def turn_message(errand: Errand, names: dict[str, str]) -> Spoken:
    """One turn's message: thanks for the turn before, the prompt when a round begins, and the speaker."""
    facts, language = errand.due.facts, errand.language
    speaker = errand.people.get(facts["speaker"])
    called = f"<@{speaker}>" if speaker and facts.get("present", True) else names.get(facts["speaker"], "?")
    lines = []
    if facts["before"]:
        lines.append(say("round.thanks", language, before=names.get(facts["before"], "?")))
    if facts["order"]:
        lines.append(say(f"round.begins.{facts['round']}", language))
        lines.append(say("round.time", language, count=facts["minutes"]))
        lines += [f"{place}. {names.get(person, '?')}" for place, person in enumerate(facts["order"], 1)]
    lines.append(f"**{say(facts['prompt'], language)}**")
    lines.append(say("round.yours", language, name=called))
    buttons = [
        Done(facts["turn"], language),
        Pass(facts["turn"], language),
        ui.button("session.more", facts["token"], language),
    ]
    return Spoken("\n".join(lines), buttons, [speaker] if speaker and facts.get("present", True) else [])


async def setup(bot: commands.Bot) -> None:
    """Nothing to load: its buttons and messages are known by name."""

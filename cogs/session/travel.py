"""How far what one shares may travel: chosen alone, read by all in the thread."""

import discord

from bot import ui
from bot.acts import travel
from bot.acts.due import Errand
from bot.practice.travel import Travel
from bot.press import Press, Reply, Spoken
from bot.tellers import tells
from bot.words import say


def ask(press: Press, token: str) -> Reply:
    """The three ways, and what saying one of them means; nothing is said yet."""
    options = [
        discord.SelectOption(
            label=press.say(f"choice.travel.{way.value}"),
            description=press.say(f"choice.travel.{way.value}.hint"),
            value=way.value,
        )
        for way in Travel
    ]
    return press.reply("travel.ask", TravelList(token, press.language, options))


class TravelList(ui.Menu, noun="session", deed="travel"):
    """The list of the three."""

    async def choose(self, press: Press, chosen: str) -> Reply:
        """Say it in the thread."""
        way = Travel(chosen)
        await press.act(travel.tag, self.token, travel=way)
        return press.reply(f"travel.done.{way.value}")


@tells("travel.said")
def said_message(errand: Errand, names: dict[str, str]) -> Spoken:
    """One line, by name and without a mention; it stays as long as the thread."""
    facts = errand.due.facts
    (person,) = facts["people"]
    stage = "changed" if facts["changed"] else "said"
    return Spoken(say(f"travel.{stage}.{facts['travel']}", errand.language, name=names.get(person, "?")))

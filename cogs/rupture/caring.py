"""`/rupture care`: the flags that lie before one, and what one can do with each."""

from typing import Any

import discord

from bot import ui
from bot.acts.rupture import caring, reading
from bot.acts.rupture.reading import Shown
from bot.practice.rupture.words import LONGEST_WORDS, Lane
from bot.press import Item, Press, Reply
from bot.words import say
from cogs.rupture.group import group, words_field
from cogs.rupture.mending import shown_to_writer
from cogs.rupture.shown import advice, describe, one_by_one

STEPS = 5


class Read(ui.Button, noun="rupture", deed="read", style=discord.ButtonStyle.primary):
    """**Read it**."""

    async def press(self, press: Press) -> Reply:
        """What it says, if this person may see it."""
        found: Shown = await press.look(reading.read, self.token)
        return shown_to_writer(press, found) if found.mine else shown_to_carer(press, found)


class AcknowledgeForm(ui.Form):
    """That one has read it, with own words or none."""

    noun = "rupture_read"

    def __init__(self, token: str, language: str) -> None:
        super().__init__(token, language)
        self.ask(words_field(LONGEST_WORDS, required=False))

    @classmethod
    async def submit(cls, press: Press, token: str, values: dict[str, str]) -> Reply:
        """Their writer hears who has read it."""
        await press.act(caring.acknowledge, token, words=values.get("words", ""))
        found: Shown = await press.look(reading.read, token)
        return press.reply("rupture.you_read", *_buttons(press, found))


class Acknowledge(ui.Button, noun="rupture", deed="acknowledge", style=discord.ButtonStyle.success):
    """**Acknowledge**."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """A form for own words, or none."""
        await AcknowledgeForm.open(interaction, self.token)


class HandOn(ui.Button, noun="rupture", deed="hand-on"):
    """**Hand on**."""

    async def press(self, press: Press) -> Reply:
        """No reason, and no way back to it."""
        await press.act(caring.hand_on, self.token)
        return press.reply("rupture.handed_on")


class WriteForm(ui.Form):
    """A few words to the person who flagged it."""

    noun = "rupture_write"

    def __init__(self, token: str, language: str) -> None:
        super().__init__(token, language)
        self.ask(words_field(LONGEST_WORDS, required=True))

    @classmethod
    async def submit(cls, press: Press, token: str, values: dict[str, str]) -> Reply:
        """Brought to them in private."""
        await press.act(caring.write, token, words=values.get("words", ""))
        return press.reply("rupture.written")


class Write(ui.Button, noun="rupture", deed="write"):
    """**Write**."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """A form for the words."""
        await WriteForm.open(interaction, self.token)


class Ask(ui.Button, noun="rupture", deed="ask"):
    """**Ask whether it can close**."""

    async def press(self, press: Press) -> Reply:
        """Only their answer closes it."""
        await press.act(caring.ask, self.token)
        return press.reply("rupture.you_asked")


class Guide(ui.Button, noun="rupture", deed="guide"):
    """**Repair guide**."""

    async def press(self, press: Press) -> Reply:
        """Five steps, to read before and during a talk (D3.7)."""
        steps = [press.say(f"repair.{step}") for step in range(STEPS + 1)]
        return Reply("\n".join(steps), [Plan(self.token, press.language)])


class PlanForm(ui.Form):
    """One change, and when to look at it again."""

    noun = "rupture_plan"

    def __init__(self, token: str, language: str) -> None:
        super().__init__(token, language)
        self.ask(words_field(caring.LONGEST_CHANGE, required=True))
        options = [
            discord.SelectOption(label=say(f"menu.days.{name}", language), value=str(days))
            for name, days in caring.PLAN_DAYS.items()
        ]
        self.ask(discord.ui.Select(custom_id="days", options=options, required=True), hint=False)

    @classmethod
    async def submit(cls, press: Press, token: str, values: dict[str, str]) -> Reply:
        """Both are reminded on that day."""
        await press.act(caring.plan, token, change=values.get("words", ""), days=int(values["days"]))
        return press.reply("rupture.you_planned")


class Plan(ui.Button, noun="rupture", deed="plan"):
    """**One change and a date**."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """A form for both."""
        await PlanForm.open(interaction, self.token)


@group.command(name="care", description=say("command.rupture.care", "en"))
async def care(interaction: discord.Interaction[Any]) -> None:
    """`/rupture care`."""

    async def do(press: Press) -> Reply:
        found = await press.look(reading.care)
        return one_by_one(press, found, shown_to_carer) if found else press.reply("rupture.care_empty")

    await ui.answer(interaction, do)


def shown_to_carer(press: Press, found: Shown) -> Reply:
    """A flag, what helps, and what can be done."""
    return Reply(f"{describe(press, found)}\n\n{advice(press, found)}", _buttons(press, found))


def _buttons(press: Press, found: Shown) -> list[Item]:
    kinds: list[type[ui.Button]] = [HandOn, Write, Ask] if found.carer else [Acknowledge, HandOn, Write]
    own: list[Item] = [kind(found.token, press.language) for kind in kinds]
    if found.lane is Lane.HARM:
        return [*own, Plan(found.token, press.language)] if found.carer else own
    talk = ui.button("rupture.talk", found.token, press.language)
    return [*own[:2], talk, Guide(found.token, press.language), *own[2:]]

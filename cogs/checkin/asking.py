"""What the circle reads of a check-in: that it is due, open, over; what we said, and what we'll do differently."""

from typing import Any

import discord

from bot import ui
from bot.acts import one_thing, wave
from bot.acts.due import Errand
from bot.app import Trellis
from bot.practice.checkin import CORE, VITALITY
from bot.practice.wave import LONGEST_THING
from bot.press import Press, Reply, Spoken, harmless
from bot.tellers import tells
from bot.words import say


class OpenIt(ui.Button, noun="wave", deed="open", style=discord.ButtonStyle.primary):
    """**Open it**, for those who facilitate."""

    async def press(self, press: Press) -> Reply:
        """From now on it can be answered, for 72 hours."""
        found: wave.Opened = await press.act(wave.open_wave, self.token)
        where = {"name": found.name, "channel": f"<#{found.channel_id}>"}
        if found.closes_at is None:
            return press.reply("rc.opened_small", **where)
        return press.reply("rc.opened", until=f"<t:{int(found.closes_at.timestamp())}:F>", **where)


class Differently(ui.Button, noun="wave", deed="differently", style=discord.ButtonStyle.primary):
    """**One thing we'll do differently**, under the result."""

    async def press(self, press: Press) -> Reply:
        """What happens to it, before anybody writes."""
        name = await press.act(one_thing.expect_to_write, self.token)
        return press.reply("rc.thing_before", Write(self.token, press.language), name=name)


class Write(ui.Button, noun="wave", deed="write", style=discord.ButtonStyle.primary):
    """**Write it down**."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Open the form; nothing is looked up first, so that it opens at once."""
        await ThingForm.open(interaction, self.token)


class ThingForm(ui.Form):
    """One thing we'll do differently, and before it what happens to it."""

    noun = "thing"

    def __init__(self, token: str, language: str) -> None:
        super().__init__(token, language)
        self.ask(discord.ui.TextInput(custom_id="words", max_length=LONGEST_THING))

    @classmethod
    async def submit(cls, press: Press, token: str, values: dict[str, str]) -> Reply:
        """Keep it until the next opening."""
        thing = await press.act(one_thing.write_thing, token, values.get("words", ""))
        return press.reply("rc.thing_kept", thing=harmless(thing))


def _say(errand: Errand, key: str, /, **slots: Any) -> str:
    return say(key, errand.language, **slots)


def _button(errand: Errand, name: str) -> discord.ui.Item[Any]:
    return ui.button(name, errand.due.facts["token"], errand.language)


@tells("checkin.due")
def due_line(errand: Errand, names: dict[str, str]) -> Spoken:
    """It is due; nobody is named. Where nobody who facilitates took it up, it is for everyone."""
    return Spoken(
        _say(errand, "rc.due_for_all" if errand.due.facts["for_all"] else "rc.due"), [_button(errand, "wave.open")]
    )


@tells("checkin.your_turn")
def your_turn_note(errand: Errand, names: dict[str, str]) -> Spoken:
    """The same, to the one who facilitates and whose turn it is."""
    text = _say(errand, "rc.your_turn", name=errand.circle_name, channel=f"<#{errand.circle_channel_id}>")
    return Spoken(text, [_button(errand, "wave.open")])


@tells("checkin.open")
def open_line(errand: Errand, names: dict[str, str]) -> Spoken:
    """It can be answered."""
    facts = errand.due.facts
    return Spoken(_say(errand, "rc.open", k=facts["threshold"], until=_until(errand)), [_button(errand, "wave.answer")])


@tells("checkin.reminder")
def reminder_line(errand: Errand, names: dict[str, str]) -> Spoken:
    """One line for all, whoever has answered."""
    return Spoken(_say(errand, "rc.reminder", until=_until(errand)), [_button(errand, "wave.answer")])


@tells("checkin.closed")
def closed_line(errand: Errand, names: dict[str, str]) -> Spoken:
    """What the line with **Answer** becomes."""
    if errand.due.facts["until"] is None:
        return Spoken(_say(errand, "rc.closed_void"))
    return Spoken(_say(errand, "rc.closed", until=_until(errand)))


@tells("checkin.void")
def void_line(errand: Errand, names: dict[str, str]) -> Spoken:
    """It ended without a result, and why."""
    return Spoken(_say(errand, "rc.void_all"))


@tells("checkin.few")
def few_line(errand: Errand, names: dict[str, str]) -> Spoken:
    """Not enough answers to any question; who or how many is told to nobody."""
    return Spoken(_with_questions(errand, _say(errand, "rc.few", k=errand.due.facts["threshold"])))


@tells("checkin.small")
def small_line(errand: Errand, names: dict[str, str]) -> Spoken:
    """The open round instead, with the reason (D4.7)."""
    return Spoken(_with_questions(errand, _say(errand, "rc.small", k=errand.due.facts["threshold"])))


@tells("checkin.raised")
def raised_line(errand: Errand, names: dict[str, str]) -> Spoken:
    """More answers are needed from now on; who said so isn't."""
    return Spoken(_say(errand, "rc.raised", k=errand.due.facts["threshold"]))


@tells("checkin.result")
def result(errand: Errand, names: dict[str, str]) -> Spoken:
    """What several of us said, all at once, in no order of weight, without a number."""
    several = [f"- {_say(errand, f'rc.res.{item}')}" for item in CORE + VITALITY if item in errand.due.facts["several"]]
    told = "\n".join(several) if several else _say(errand, "rc.res.quiet")
    text = "\n\n".join([_say(errand, "rc.res.head"), told, _say(errand, "rc.loop")])
    return Spoken(text, [_button(errand, "wave.differently")])


def _with_questions(errand: Errand, text: str) -> str:
    return "\n".join([text, *(f"- {_say(errand, f'rc.{item}')}" for item in errand.due.facts["items"])])


def _until(errand: Errand) -> str:
    return f"<t:{int(errand.due.facts['until'])}:F>"


def carry_out_steps(bot: Trellis) -> None:
    """Let time bring to a wave what it brings; the scrub is tried until nobody is reading."""

    async def step(errand: Errand) -> None:
        facts = errand.due.facts
        if facts["step"] == "scrub":
            if not await bot.store.scrub(facts["wave"]):
                raise TimeoutError
            return
        async with bot.store.unit(errand.due.server_id) as unit:
            await wave.meet(unit, errand.due)

    bot.carriers["checkin"] = step

"""The agreement: read, said yes to, changed, and the public list of its lines."""

from typing import Any

import discord

from bot import ui
from bot.acts import agreement as agreements
from bot.acts.due import Errand
from bot.acts.lines import LineShown, View
from bot.practice.agreement import LONGEST_LINE, SHORTEST_LINE
from bot.practice.refusals import Refusal
from bot.press import Item, Press, Reply, Spoken, harmless
from bot.tellers import tells
from bot.words import say
from cogs.circle.group import group

LONGEST_LABEL = 100  # of a choice in a list


class Yes(ui.Button, noun="agreement", deed="yes", style=discord.ButtonStyle.success):
    """**Yes, for today**."""

    async def press(self, press: Press) -> Reply:
        """Consent for today, not forever (D1.8)."""
        version = await press.act(agreements.assent, self.token)
        return press.reply("agreement.said_yes", Unsure(self.token, press.language), version=version)


class Unsure(ui.Button, noun="agreement", deed="unsure"):
    """**Not sure yet**."""

    async def press(self, press: Press) -> Reply:
        """Nothing is kept of it, and nobody is kept out."""
        await press.act(agreements.unsure, self.token)
        return press.reply("agreement.said_unsure", Change(self.token, press.language))


class Change(ui.Button, noun="agreement", deed="change"):
    """**I'd like to change a line**."""

    async def press(self, press: Press) -> Reply:
        """Which line?"""
        found = await press.act(agreements.open_list, self.token)
        return press.reply(
            "agreement.choose_line",
            WhichLine(self.token, press.language, _choices(found.lines, found.lines, press.language)),
            Propose(self.token, press.language),
        )


class WhichLine(ui.Menu, noun="agreement", deed="line"):
    """The lines, to ask to change one or to take that back."""

    async def choose(self, press: Press, chosen: str) -> Reply:
        """It blocks the line, not a person."""
        asked = await press.act(agreements.object, chosen)
        key = "agreement.line_asked" if asked.now else "agreement.line_not_asked"
        told = press.reply(key, Propose(self.token, press.language), number=asked.place)
        return _where(press, told, listed=asked.listed)


class Propose(ui.Button, noun="agreement", deed="propose", style=discord.ButtonStyle.primary):
    """**Propose a line**."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Open the form; nothing is looked up first, so that it opens at once."""
        await LineForm.open(interaction, self.token)


class LineForm(ui.Form):
    """One line, and before it what happens to it."""

    noun = "line"

    def __init__(self, token: str, language: str) -> None:
        super().__init__(token, language)
        self.add_item(discord.ui.TextDisplay(say("agreement.before_proposing", language)))
        self.ask(discord.ui.TextInput(custom_id="words", min_length=SHORTEST_LINE, max_length=LONGEST_LINE))

    @classmethod
    async def submit(cls, press: Press, token: str, values: dict[str, str]) -> Reply:
        """Put it in the list."""
        listed = await press.act(agreements.propose, token, values.get("words", ""))
        return _where(press, press.reply("agreement.proposed"), listed=listed)


class Remind(ui.Button, noun="agreement", deed="remind"):
    """**Remind us**."""

    async def press(self, press: Press) -> Reply:
        """Which line shall be read to all?"""
        found = await press.look(agreements.read, named=self.token)
        in_force = [line for line in found.lines if line.adopted]
        if not in_force:
            raise Refusal("agreement.none_yet")
        choices = _choices(found.lines, in_force, press.language)
        return press.reply("agreement.choose_reminder", WhichToRead(self.token, press.language, choices))


class WhichToRead(ui.Menu, noun="agreement", deed="recall"):
    """The lines in force, to have one read."""

    async def choose(self, press: Press, chosen: str) -> Reply:
        """Nobody is named."""
        at_once = await press.act(agreements.remind, chosen)
        return press.reply("agreement.remind_turn" if at_once else "agreement.remind_opening")


class ReadAgreement(ui.Button, noun="agreement", deed="read"):
    """**Our agreement**, in a session; its token is the session's."""

    async def press(self, press: Press) -> Reply:
        """The lines, privately."""
        return shown(press, await press.look(agreements.of_session, self.token))


class CloseList(ui.Button, noun="agreement", deed="close"):
    """**Close the list**; its token is the session's."""

    async def press(self, press: Press) -> Reply:
        """Adopt what nobody asked to change, once it has stood in the thread."""
        version = await press.act(agreements.close_list, self.token)
        if version is None:
            return press.reply("agreement.list_first", CloseList(self.token, press.language))
        return press.reply("agreement.closed", ReadAgreement(self.token, press.language), version=version)


@group.command(name="agreement", description=say("command.circle.agreement", "en"))
@ui.options("circle")
async def show_agreement(interaction: discord.Interaction[Any], circle: str | None = None) -> None:
    """`/circle agreement`."""

    async def do(press: Press) -> Reply:
        return shown(press, await press.look(agreements.read, named=circle))

    await ui.answer(interaction, do)


def shown(press: Press, found: View) -> Reply:
    """The agreement for one person: its lines, and what they can do about them now."""
    token, language = found.circle_token, press.language
    lines = _numbered(found.lines, language)
    if not found.version and not found.opened and not found.session:
        return Reply("\n".join([press.say("agreement.none_shown", name=found.name), *lines]))
    changing: list[Item] = [Change(token, language), Propose(token, language)]
    closing: list[Item] = [CloseList(found.session, language)] if found.session and found.may_close else []
    if not found.version:
        begins, ends = press.say("agreement.making_shown", name=found.name), [press.say("agreement.making_next")]
    else:
        since = discord.utils.format_dt(found.agreed_at, "D") if found.agreed_at else "-"
        begins = press.say("agreement.stands_shown", name=found.name, version=found.version, since=since)
        ends = [press.say("agreement.yes_stands")]
        if not found.said_yes:
            ends = [press.say("agree.ask"), press.say("agreement.stands_next")]
        yes: list[Item] = [] if found.said_yes else [Yes(token, language)]
        changing = [*yes, Change(token, language), Unsure(token, language), Remind(token, language)]
    return Reply("\n".join([begins, *lines, *_marked(found, language), *ends]), [*changing, *closing])


@tells("agreement.list")
def public_list(errand: Errand, names: dict[str, str]) -> Spoken:
    """The list of lines in the thread, as it is now: being made, or agreed."""
    found, language = errand.agreement, errand.language
    assert found is not None
    stage = "agreed" if not found.is_open else "changing" if found.version else "making"
    lines = [
        say(f"agreement.list_{stage}", language, version=found.version),
        *_numbered(found.lines, language),
        *_marked(found, language),
        say("agreement.list_open" if found.is_open else "agreement.list_kept", language),
    ]
    buttons = [
        Propose(found.circle_token, language),
        Change(found.circle_token, language),
        ui.button("session.more", errand.due.facts["token"], language),
    ]
    return Spoken("\n".join(lines), buttons)


def _worded(line: LineShown, language: str) -> str:
    return say(line.starter, language) if line.starter else line.text or ""


def _numbered(lines: list[LineShown], language: str) -> list[str]:
    worded = [_worded(line, language) if line.starter else harmless(_worded(line, language)) for line in lines]
    return [f"{place}. {line}" for place, line in enumerate(worded, 1)]


def _marked(found: View, language: str) -> list[str]:
    """Which lines somebody would like to change, and which are new; never whose."""
    asked = [str(place) for place, line in enumerate(found.lines, 1) if line.asked]
    new = [str(place) for place, line in enumerate(found.lines, 1) if found.version and not line.adopted]
    marks = {"agreement.asked_lines": asked, "agreement.new_lines": new}
    return [say(key, language, numbers=", ".join(places)) for key, places in marks.items() if places]


def _choices(lines: list[LineShown], wanted: list[LineShown], language: str) -> list[discord.SelectOption]:
    """The wanted lines under the numbers they have in the list."""
    found = []
    for place, line in enumerate(lines, 1):
        if line in wanted:
            mark = "agreement.option_mine" if line.mine else "agreement.option_asked" if line.asked else None
            label = "".join(sign for sign in f"{place}. {_worded(line, language)}" if sign.isprintable())
            found.append(
                discord.SelectOption(
                    label=label[:LONGEST_LABEL], value=line.id, description=say(mark, language) if mark else None
                )
            )
    return found


def _where(press: Press, told: Reply, *, listed: bool) -> Reply:
    told.text += "\n" + press.say("agreement.listed" if listed else "agreement.not_listed")
    return told

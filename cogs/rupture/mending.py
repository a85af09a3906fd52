"""`/rupture mine`: one's own flags; only who wrote one says how it ends (D3.5)."""

from typing import Any

import discord

from bot import ui
from bot.acts.rupture import mending, reading
from bot.acts.rupture.reading import Shown
from bot.practice.rupture.flag import How, Stage
from bot.practice.rupture.words import LONGEST_WORDS
from bot.press import Item, Press, Reply
from bot.words import say
from cogs.rupture.group import group, words_field
from cogs.rupture.shown import describe, one_by_one, standing
from cogs.rupture.talk import WishTalk


class TakeBack(ui.Button, noun="rupture", deed="take-back"):
    """**Take back**."""

    async def press(self, press: Press) -> Reply:
        """Nobody sees it any more."""
        return await _close(press, self.token, How.WITHDRAWN)


class Mended(ui.Button, noun="rupture", deed="mended", style=discord.ButtonStyle.success):
    """**Mended**."""

    async def press(self, press: Press) -> Reply:
        """Only this person can say so."""
        return await _close(press, self.token, How.MENDED)


class Settled(ui.Button, noun="rupture", deed="settled"):
    """**Settled enough**."""

    async def press(self, press: Press) -> Reply:
        """That is an ending too."""
        return await _close(press, self.token, How.SETTLED)


class Outside(ui.Button, noun="rupture", deed="outside"):
    """**It goes on elsewhere**."""

    async def press(self, press: Press) -> Reply:
        """It is cared for outside of this bot."""
        return await _close(press, self.token, How.OUTSIDE)


class NotYet(ui.Button, noun="rupture", deed="not-yet"):
    """**Not yet**."""

    async def press(self, press: Press) -> Reply:
        """It stays open."""
        await press.act(mending.go_on, self.token)
        return press.reply("rupture.goes_on")


class Reopen(ui.Button, noun="rupture", deed="reopen"):
    """**Reopen**."""

    async def press(self, press: Press) -> Reply:
        """It isn't over after all."""
        await press.act(mending.reopen, self.token)
        return press.reply("rupture.reopened")


class WriteBackForm(ui.Form):
    """A few words to whoever has it."""

    noun, worded_as = "rupture_write_back", "rupture_write"

    def __init__(self, token: str, language: str) -> None:
        super().__init__(token, language)
        self.ask(words_field(LONGEST_WORDS, required=True))

    @classmethod
    async def submit(cls, press: Press, token: str, values: dict[str, str]) -> Reply:
        """Brought to them in private; a name that is held back stays so."""
        await press.act(mending.write, token, words=values.get("words", ""))
        return press.reply("rupture.written_back")


class WriteBack(ui.Button, noun="rupture", deed="write-back"):
    """**Write**."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """A form for the words."""
        await WriteBackForm.open(interaction, self.token)


class PassYes(ui.Button, noun="rupture", deed="pass-yes", style=discord.ButtonStyle.success):
    """**They may see it**."""

    async def press(self, press: Press) -> Reply:
        """Somebody new sees it, by this yes."""
        await press.act(mending.let_pass, self.token, yes=True)
        return press.reply("rupture.let_pass")


class PassNo(ui.Button, noun="rupture", deed="pass-no"):
    """**No**."""

    async def press(self, press: Press) -> Reply:
        """Then nobody does."""
        await press.act(mending.let_pass, self.token, yes=False)
        return press.reply("rupture.not_passed")


@group.command(name="mine", description=say("command.rupture.mine", "en"))
async def mine(interaction: discord.Interaction[Any]) -> None:
    """`/rupture mine`."""

    async def do(press: Press) -> Reply:
        found = await press.look(reading.my_own)
        return one_by_one(press, found, shown_to_writer) if found else press.reply("rupture.mine_empty")

    await ui.answer(interaction, do)


def shown_to_writer(press: Press, found: Shown) -> Reply:
    """One's own flag, where it stands, and what one can do."""
    open_kinds: list[type[ui.Button]] = [TakeBack, Mended, Settled, Outside, WriteBack]
    kinds = [Reopen] if found.stage is Stage.CLOSED else open_kinds
    buttons: list[Item] = [kind(found.token, press.language) for kind in kinds]
    if found.may_wish_for_talk:
        buttons = [*buttons[:4], WishTalk(found.token, press.language)]
    if found.may_pass_to:
        buttons = [PassYes(found.token, press.language), PassNo(found.token, press.language), *buttons[:3]]
    return Reply(f"{describe(press, found)}\n{standing(press, found)}", buttons)


async def _close(press: Press, token: str, how: How) -> Reply:
    await press.act(mending.close, token, how=how)
    return press.reply(f"rupture.you_closed_{how.value}", Reopen(token, press.language))

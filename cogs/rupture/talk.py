"""A talk with a companion: each side says yes alone, and the one who flagged it first (D3.7)."""

from typing import Any

import discord

from bot import ui
from bot.acts.rupture import talking
from bot.choosing import OnePersonForm
from bot.press import Press, Reply


class OfferTalk(ui.Button, noun="rupture", deed="talk"):
    """**Offer a talk**."""

    async def press(self, press: Press) -> Reply:
        """Only the person who flagged it hears so."""
        await press.act(talking.offer, self.token)
        return press.reply("rupture.talk_you_offered")


class WithWhomForm(OnePersonForm):
    """With whom."""

    noun, in_a_dm = "rupture_talk", "rupture.talk_in_the_server"

    @classmethod
    async def chosen(cls, press: Press, token: str, person: int) -> Reply:
        """That one person is asked."""
        await press.act(talking.accept, token, other=person)
        return press.reply("rupture.talk_is_asked", person=f"<@{person}>")


class TalkYes(ui.Button, noun="rupture", deed="talk-yes", style=discord.ButtonStyle.success):
    """**Yes, and I say with whom**."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """A form to choose."""
        await WithWhomForm.open(interaction, self.token)


class TalkNo(ui.Button, noun="rupture", deed="talk-no"):
    """**No talk**."""

    async def press(self, press: Press) -> Reply:
        """Nobody asks why."""
        await press.act(talking.decline, self.token)
        return press.reply("rupture.talk_declined", WishTalk(self.token, press.language))


class WishTalk(ui.Button, noun="rupture", deed="talk-wish"):
    """**A talk after all**."""

    async def press(self, press: Press) -> Reply:
        """Their own no is lifted; whoever carries it hears so and can offer one."""
        await press.act(talking.wish, self.token)
        return press.reply("rupture.talk_is_wished")


class JoinTalk(ui.Button, noun="talk", deed="yes", style=discord.ButtonStyle.success):
    """**Yes**, of the other side."""

    async def press(self, press: Press) -> Reply:
        """Now both have said so."""
        await press.act(talking.answer, self.token, yes=True)
        return press.reply("rupture.talk_you_join")


class NotThisTalk(ui.Button, noun="talk", deed="no"):
    """**Not now**, of the other side."""

    async def press(self, press: Press) -> Reply:
        """Nobody asks why."""
        await press.act(talking.answer, self.token, yes=False)
        return press.reply("rupture.talk_you_decline")

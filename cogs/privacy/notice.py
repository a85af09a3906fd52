"""What is kept, why, for how long, and who can read it: an operator's text, true for what exists."""

from typing import Any

import discord

from bot import ui
from bot.press import Press, Reply, harmless
from bot.words import say
from cogs.privacy.group import group

KEEPS = (  # what keeps something of a person adds itself
    "circles", "questions", "sessions", "debriefs", "rota", "relationship", "check_ins", "agreement", "care", "you",
)  # fmt: skip
PARTS = ("never", "how_long", "who", "cannot", "yours")


@group.command(name="notice", description=say("command.privacy.notice", "en"))
async def notice(interaction: discord.Interaction[Any]) -> None:
    """`/privacy notice`; it works also while the database is down."""

    async def do(press: Press) -> Reply:
        operator, contact = harmless(press.bot.operator), harmless(press.bot.contact)
        kept = [press.say("privacy.notice.kept"), *(press.say(f"privacy.keeps.{what}") for what in KEEPS)]
        parts = [press.say(f"privacy.notice.{part}", operator=operator) for part in PARTS]
        how = "privacy.notice.contact" if contact else "privacy.notice.no_contact"
        return Reply("\n\n".join(["\n".join(kept), *parts, press.say(how, operator=operator, contact=contact)]))

    await ui.answer(interaction, do)

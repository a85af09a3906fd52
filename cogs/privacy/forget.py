"""Forget me, in two steps."""

from typing import Any

import discord

from bot import ui
from bot.acts.privacy import forgetting
from bot.press import Press, Reply
from bot.words import say
from cogs.privacy.group import group


class ForgetMe(ui.Button, noun="privacy", deed="forget", style=discord.ButtonStyle.danger):
    """**Forget me**, the second step."""

    async def press(self, press: Press) -> Reply:
        """From now on a waiting row sees to it; nothing of this press is held."""
        await press.act(forgetting.ask)
        press.leaves_no_trace, press.something_waits = True, False
        return press.reply("privacy.forgotten")


@group.command(name="forget", description=say("command.privacy.forget", "en"))
async def forget_me(interaction: discord.Interaction[Any]) -> None:
    """`/privacy forget`: first what it means."""

    async def do(press: Press) -> Reply:
        return _before(press, await press.look(forgetting.before))

    await ui.answer(interaction, do)


def _before(press: Press, found: forgetting.Farewell) -> Reply:
    threads = "\n".join(f"- <#{thread}>" for thread in found.threads)
    own = press.say("privacy.forget.threads", threads=threads) if threads else press.say("privacy.forget.no_threads")
    parts = [press.say("privacy.forget.before"), own, press.say("privacy.forget.goes")]
    for key, names in (("alone", found.alone), ("unheld", found.unheld), ("holding", found.holding)):
        if names:
            parts.append(press.say(f"privacy.forget.{key}", names=", ".join(f"**{name}**" for name in names)))
    if found.cares:
        parts.append(press.say("privacy.forget.cares"))
    parts += [press.say("privacy.forget.stays"), press.say("privacy.forget.then")]
    return Reply("\n\n".join(parts), [ForgetMe("-", press.language)])

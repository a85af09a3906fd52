"""A rupture: flagged in private, cared for by who may see it, mended with consent."""

from typing import Any

from discord import app_commands
from discord.ext import commands

from bot.acts.due import Errand
from bot.acts.rupture.caring import PLAN, remind_of_plan
from bot.acts.rupture.keeping import MOMENT
from bot.acts.rupture.passing import STANDS_DOWN, meet, move_on
from bot.acts.rupture.talking import TALK, lapse
from bot.app import Trellis
from bot.completion import complete_circle
from cogs.rupture import caring, flagging, mending, notes, preview, talk
from cogs.rupture.group import group

__all__ = ["caring", "flagging", "mending", "notes", "preview", "setup", "talk"]


async def setup(bot: commands.Bot) -> None:
    """Load the cog, and let it carry out what time brings to flags."""
    assert isinstance(bot, Trellis)
    named: app_commands.Command[Any, ..., None] = flagging.flag
    named.autocomplete("circle")(complete_circle)
    bot.tree.add_command(group)
    for deed, brought in ((MOMENT, meet), (PLAN, remind_of_plan), (TALK, lapse), (STANDS_DOWN, move_on)):
        bot.carriers[deed] = _carrier(bot, brought)


def _carrier(bot: Trellis, brought: Any) -> Any:
    async def carry_out(errand: Errand) -> None:
        async with bot.store.unit(errand.due.server_id) as unit:
            await brought(unit, errand.due.token)

    return carry_out

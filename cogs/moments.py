"""What time brings: to a session, and to the one person who asked to be told of theirs."""

import discord
from discord.ext import commands

from bot.acts import holding, schedule
from bot.acts.due import Errand
from bot.app import Trellis
from bot.press import NOBODY, private
from bot.words import say


class Moments(commands.Cog):
    """Carries out the moments that waited."""

    def __init__(self, bot: Trellis) -> None:
        self.bot = bot
        bot.carriers.update(moment=self.moment, schedule=self.schedule, whisper=self.whisper)

    async def moment(self, errand: Errand) -> None:
        """Let time bring what it brings."""
        async with self.bot.store.unit(errand.due.server_id) as unit:
            await holding.meet_moment(unit, errand.due.facts["session"])

    async def schedule(self, errand: Errand) -> None:
        """Let time bring what it brings to a circle that has planned something."""
        async with self.bot.store.unit(errand.due.server_id) as unit:
            await schedule.meet_moment(unit, errand.due.facts["circle"])

    async def whisper(self, errand: Errand) -> None:
        """Tell one person that their time is nearly up, by the press that asked; after a restart nothing is said."""
        for person in errand.people.values():
            press = self.bot.way_to(errand.due.server_id, person)
            if press:
                try:
                    await press.followup.send(
                        private(say("round.nearly_up", errand.language), errand.language),
                        ephemeral=True,
                        allowed_mentions=NOBODY,
                    )
                except discord.HTTPException:
                    continue


async def setup(bot: commands.Bot) -> None:
    """Load the cog."""
    assert isinstance(bot, Trellis)
    await bot.add_cog(Moments(bot))

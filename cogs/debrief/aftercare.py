"""What somebody can ask for at the end of a debrief, for themselves alone."""

import discord

from bot import ui
from bot.acts import aftercare
from bot.acts.buddy import Stage
from bot.acts.due import Errand
from bot.press import Press, Reply, Spoken
from bot.tellers import tells
from bot.words import say


class WriteLater(ui.Button, noun="debrief", deed="write"):
    """**Write to me in two weeks**."""

    async def press(self, press: Press) -> Reply:
        """One note, to them alone."""
        later: aftercare.Later = await press.act(aftercare.write_later, self.token)
        day = discord.utils.format_dt(later.at, "D")
        return press.reply("debrief.writes", WriteNot(self.token, press.language), day=day)


class WriteNot(ui.Button, noun="debrief", deed="write-not"):
    """**Don't write to me**."""

    async def press(self, press: Press) -> Reply:
        """It doesn't come."""
        await press.act(aftercare.write_not, self.token)
        return press.reply("debrief.writes_not")


class Company(ui.Button, noun="debrief", deed="company"):
    """**I'd like a buddy**."""

    async def press(self, press: Press) -> Reply:
        """Be in a draw that is soon."""
        found = await press.act(aftercare.ask_for_company, self.token)
        if found.stage is not Stage.ASKED:
            return await ui.as_if_pressed("buddy.ask", found.token, press)
        return press.reply("debrief.company", ui.button("buddy.not", found.token, press.language), name=found.name)


@tells("debrief.day28")
def day_28(errand: Errand, names: dict[str, str]) -> Spoken:
    """The one note, some four weeks later (D2.1)."""
    return Spoken(say("debrief.day28", errand.language), [ui.help_button(errand.language)])

"""Being reminded of a session that comes."""

import discord

from bot import ui
from bot.acts import reminders
from bot.acts.due import Errand
from bot.press import Press, Reply, Spoken
from bot.tellers import tells
from bot.words import say


class RemindMe(ui.Button, noun="reminder", deed="on"):
    """**Remind me privately**."""

    async def press(self, press: Press) -> Reply:
        """From now on this person is told alone too."""
        found = await press.act(reminders.set_reminded, self.token, wanted=True)
        key = "reminder.on" if found.reminders else "reminder.on_later"
        return press.reply(key, RemindMeNot(self.token, press.language), name=found.name)


class RemindMeNot(ui.Button, noun="reminder", deed="off"):
    """**No more private reminders**."""

    async def press(self, press: Press) -> Reply:
        """No more."""
        found = await press.act(reminders.set_reminded, self.token, wanted=False)
        return press.reply("reminder.off", RemindMe(self.token, press.language), name=found.name)


class RemindAll(ui.Button, noun="settings", deed="remind", style=discord.ButtonStyle.success):
    """**Reminders on**, under the settings."""

    async def press(self, press: Press) -> Reply:
        """The channel is reminded again."""
        name = await press.act(reminders.set_for_circle, self.token, wanted=True)
        return press.reply("settings.reminders_on", RemindNobody(self.token, press.language), name=name)


class RemindNobody(ui.Button, noun="settings", deed="remind-not"):
    """**Reminders off**."""

    async def press(self, press: Press) -> Reply:
        """Nobody is reminded any more, in private neither."""
        name = await press.act(reminders.set_for_circle, self.token, wanted=False)
        return press.reply("settings.reminders_off", RemindAll(self.token, press.language), name=name)


@tells("reminder.all")
def to_all(errand: Errand, names: dict[str, str]) -> Spoken:
    """One line in the channel, for nobody in particular."""
    return Spoken(_line("reminder.all", errand), [RemindMe(errand.due.facts["token"], errand.language)])


@tells("reminder.private")
def to_one(errand: Errand, names: dict[str, str]) -> Spoken:
    """The same for one person who asked."""
    return Spoken(_line("reminder.private", errand), [RemindMeNot(errand.due.facts["token"], errand.language)])


def _line(key: str, errand: Errand) -> str:
    stamp = int(errand.due.facts["at"])
    return say(
        key,
        errand.language,
        name=errand.circle_name,
        channel=f"<#{errand.circle_channel_id}>",
        at=f"<t:{stamp}:F> (<t:{stamp}:R>)",
    )

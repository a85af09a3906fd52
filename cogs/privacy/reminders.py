"""`/privacy reminders`: how each person wants to be reached."""

from typing import Any

import discord

from bot import ui
from bot.acts import reaching
from bot.acts.reaching import Reach
from bot.practice.quiet import wall_time
from bot.press import Press, Reply
from bot.words import say
from cogs.privacy.group import group

LONGEST_TIME, LONGEST_ZONE = 10, 64
ANYONE = "-"  # these buttons are about whoever presses them


class QuietForm(ui.Form):
    """The form in which quiet hours are written."""

    noun = "quiet"

    def __init__(self, token: str, language: str) -> None:
        super().__init__(token, language)
        for name, longest, needed in (
            ("from", LONGEST_TIME, True), ("until", LONGEST_TIME, True), ("zone", LONGEST_ZONE, False),
        ):  # fmt: skip
            self.ask(discord.ui.TextInput(custom_id=name, max_length=longest, required=needed))

    @classmethod
    async def submit(cls, press: Press, token: str, values: dict[str, str]) -> Reply:
        """Keep them, or say which name of a zone is near."""
        start, end, zone = (values.get(name) or "" for name in ("from", "until", "zone"))
        return _panel(press, await press.act(reaching.keep_quiet, start=start, end=end, zone=zone), "quiet_kept")


class QuietHours(ui.Button, noun="reminders", deed="quiet"):
    """**Quiet hours**."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Open the form at once."""
        await QuietForm.open(interaction, self.token)


class NoQuietHours(ui.Button, noun="reminders", deed="no-quiet"):
    """**No quiet hours**."""

    async def press(self, press: Press) -> Reply:
        """From now on."""
        return _panel(press, await press.act(reaching.end_quiet), "quiet_ended")


class FewerPings(ui.Button, noun="reminders", deed="fewer"):
    """**Fewer pings**."""

    async def press(self, press: Press) -> Reply:
        """From the next message on."""
        return _panel(press, await press.act(reaching.ping_less, wanted=True), "pings_changed")


class PingsAsBefore(ui.Button, noun="reminders", deed="all"):
    """**Pings as before**."""

    async def press(self, press: Press) -> Reply:
        """From the next message on."""
        return _panel(press, await press.act(reaching.ping_less, wanted=False), "pings_changed")


@group.command(name="reminders", description=say("command.privacy.reminders", "en"))
async def show_reminders(interaction: discord.Interaction[Any]) -> None:
    """`/privacy reminders`."""

    async def do(press: Press) -> Reply:
        return _panel(press, await press.look(reaching.look), "show")

    await ui.answer(interaction, do)


def _panel(press: Press, chosen: Reach, first: str) -> Reply:
    """What is chosen now, each with what it means, and the buttons that change it."""
    lines = [
        press.say(f"reminders.{first}"),
        press.say("reminders.dms_on" if chosen.dms else "reminders.dms_off"),
        _quiet(press, chosen),
        press.say("reminders.fewer_pings" if chosen.fewer_pings else "reminders.all_pings"),
        press.say("reminders.kept", operator=press.bot.operator),
    ]
    names = ["reminders.quiet", "reminders.all" if chosen.fewer_pings else "reminders.fewer"]
    names += ["reminders.no-quiet"] if chosen.quiet else []
    dms = ui.button("dm.off" if chosen.dms else "dm.on", str(press.server_id), press.language)
    return Reply("\n".join(lines), [dms, *(ui.button(name, ANYONE, press.language) for name in names)])


def _quiet(press: Press, chosen: Reach) -> str:
    if chosen.quiet is None or chosen.next_quiet is None:
        return press.say("reminders.no_quiet")
    begins, ends = (f"<t:{int(moment.timestamp())}:t>" for moment in chosen.next_quiet)
    hours = chosen.quiet
    return press.say(
        "reminders.quiet", start=wall_time(hours.start), end=wall_time(hours.end), zone=hours.zone,
        begins=begins, ends=ends,
    )  # fmt: skip

"""**More...**: one private list, different by person."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import discord

from bot import ui
from bot.acts import holding
from bot.acts import round as rounds
from bot.acts import session as sessions
from bot.practice.more import More
from bot.press import Press, Reply
from cogs.session.broken import renew_thread
from cogs.session.holding import Close, begin, close, go_on, now_holding
from cogs.session.travel import ask as ask_how_far

Deed = Callable[..., Awaitable[Any]]

OF_TURN: dict[More, Deed] = {
    More.SPOKE: rounds.pass_piece,
    More.PASS: rounds.pass_piece,
    More.MORE_TIME: rounds.take_more_time,
    More.TELL_TIME: rounds.tell_time,
    More.COME_BACK: rounds.come_back_later,
}
OF_SESSION: dict[More, Deed] = {
    More.NOT_FINISHED: rounds.take_up_again,
    More.TURN: rounds.ask_for_turn,
    More.PAUSE: holding.pause,
    More.STEP_OUT: sessions.step_out,
    More.BE_BACK: sessions.be_back,
    More.GUARD: partial(holding.guard, wanted=True),
    More.GUARD_NOT: partial(holding.guard, wanted=False),
}
OF_CIRCLE = {More.PROPOSE, More.CARE}


class MoreButton(ui.Button, noun="session", deed="more"):
    """**More...**."""

    async def press(self, press: Press) -> Reply:
        """What this person can do besides."""
        found = await press.look(sessions.look, self.token)
        if not found.offers:
            return press.reply("session.more_nothing")
        options = [
            discord.SelectOption(label=press.say(f"more.{deed.value}"), value=_value(deed, found))
            for deed in found.offers
        ]
        return press.reply("session.more", MoreList(self.token, press.language, options))


def _value(deed: More, found: sessions.Arrival) -> str:
    """What belongs to a turn carries that turn's token, and a line its circle's."""
    token = found.turn if deed in OF_TURN else found.circle if deed in OF_CIRCLE else None
    return f"{deed.value}:{token}" if token else deed.value


class MoreList(ui.Menu, noun="session", deed="choose"):
    """The list itself."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """A line is written in a form, which has to be the first answer; all else is answered as usual."""
        data: Any = interaction.data or {}
        name, _, circle = str(data.get("values", [""])[0]).partition(":")
        if name == More.PROPOSE:
            await ui.FORMS["line"].open(interaction, circle)
        else:
            await super().callback(interaction)

    async def choose(self, press: Press, chosen: str) -> Reply:
        """Do what was chosen."""
        name, _, turn = chosen.partition(":")
        match deed := More(name):
            case More.BEGIN:
                return await begin(press, self.token)
            case More.TOGETHER:
                await press.act(sessions.sit_together, self.token)
                return press.reply("did.together", Close(self.token, press.language))
            case More.SLOW:
                begun = await press.act(sessions.take_days, self.token)
                return press.reply("did.slow-begun" if begun else "did.slow")
            case More.HOLD:
                await press.act(holding.take_hold, self.token)
                return await now_holding(press, self.token, "did.hold")
            case More.HOLD_BACK:
                await press.act(holding.take_hold_back, self.token)
                return await now_holding(press, self.token, "did.hold-back")
            case More.GO_ON:
                return await go_on(press, self.token)
            case More.COME_BACK:
                later = await press.act(rounds.come_back_later, turn)
                return press.reply("did.come-back" if later else "did.come-back-over")
            case More.NEW_THREAD:
                return await renew_thread(press, self.token)
            case More.AGREEMENT:
                return await ui.as_if_pressed("agreement.read", self.token, press)
            case More.CLOSE:
                return await close(press, self.token)
            case More.CARE:
                return await ui.as_if_pressed("rupture.begin", turn, press)
            case More.CLOSE_LIST:
                return await ui.as_if_pressed("agreement.close", self.token, press)
            case More.TRAVEL:
                return ask_how_far(press, self.token)
            case More.TOO_MUCH:
                buttons = [kind(self.token, press.language) for kind in (Quiet, WriteToMe, Leave)]
                return press.reply("session.too_much", *buttons)
        await (press.act(OF_TURN[deed], turn) if deed in OF_TURN else press.act(OF_SESSION[deed], self.token))
        return press.reply(f"did.{deed.value}")


class Quiet(ui.Button, noun="session", deed="quiet"):
    """**Quiet**."""

    async def press(self, press: Press) -> Reply:
        """The piece goes past this person; they stay."""
        await press.act(sessions.step_out, self.token)
        return press.reply("did.quiet")


class Leave(ui.Button, noun="session", deed="leave"):
    """**Leave**."""

    async def press(self, press: Press) -> Reply:
        """Out of the order; leaving the thread is theirs to do."""
        await press.act(sessions.step_out, self.token)
        return press.reply("did.leave")


class WriteToMe(ui.Button, noun="session", deed="write"):
    """**Someone writes to me**."""

    async def press(self, press: Press) -> Reply:
        """Choose who."""
        people = await press.look(holding.may_write, self.token)
        if not people:
            return press.reply("session.nobody_to_write", ui.help_button(press.language))
        options = [
            discord.SelectOption(
                label=(await press.bot.display_name(press.server_id, person))[:100] or str(person), value=str(person)
            )
            for person in people
        ]
        return press.reply("session.who_writes", WhoWrites(self.token, press.language, options))


class WhoWrites(ui.Menu, noun="session", deed="write-to"):
    """Whom to ask, of those who are here."""

    async def choose(self, press: Press, chosen: str) -> Reply:
        """That one person is asked."""
        await press.act(holding.ask_to_write, self.token, member=int(chosen))
        return press.reply("session.asked_to_write", person=f"<@{chosen}>")

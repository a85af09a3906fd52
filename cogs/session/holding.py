"""What holds a session: beginning, going on, pausing, taking over, closing."""

import discord

from bot import ui
from bot.acts import holding
from bot.acts import round as rounds
from bot.acts import session as sessions
from bot.practice.session import FEWEST_FOR_ROUNDS
from bot.press import Press, Reply


class Begin(ui.Button, noun="session", deed="begin", style=discord.ButtonStyle.success):
    """**Begin**."""

    async def press(self, press: Press) -> Reply:
        """The order is drawn and the check-in round opens."""
        return await begin(press, self.token)


class BeginAll(ui.Button, noun="session", deed="begin-all"):
    """**Begin all together**, with nine and more."""

    async def press(self, press: Press) -> Reply:
        """Begin anyway."""
        return await begin(press, self.token, anyway=True)


class Together(ui.Button, noun="session", deed="together"):
    """**Sit together without rounds**."""

    async def press(self, press: Press) -> Reply:
        """Two sit together."""
        await press.act(sessions.sit_together, self.token)
        return press.reply("did.together", Close(self.token, press.language))


class Close(ui.Button, noun="session", deed="close"):
    """**Close the circle**."""

    async def press(self, press: Press) -> Reply:
        """Close early, or be asked once."""
        return await close(press, self.token)


class CloseNow(ui.Button, noun="session", deed="close-now", style=discord.ButtonStyle.danger):
    """**Close now**, though a round is open."""

    async def press(self, press: Press) -> Reply:
        """Close early."""
        await press.act(sessions.close, self.token)
        return press.reply("did.close")


class CloseNotNow(ui.Button, noun="session", deed="close-not"):
    """**Not now**."""

    async def press(self, press: Press) -> Reply:
        """Nothing happens; it went on all the while."""
        return press.reply("did.close-not")


class PausePlease(ui.Button, noun="session", deed="pause"):
    """**Pause, please**."""

    async def press(self, press: Press) -> Reply:
        """The circle stops for a breath; nobody is told who asked."""
        await press.act(holding.pause, self.token)
        return press.reply("did.pause")


class GoOn(ui.Button, noun="session", deed="go-on"):
    """**Go on**."""

    async def press(self, press: Press) -> Reply:
        """The holder goes on."""
        return await go_on(press, self.token)


class LikeATurn(ui.Button, noun="session", deed="turn", style=discord.ButtonStyle.primary):
    """**I'd like a turn**."""

    async def press(self, press: Press) -> Reply:
        """The piece comes to this person."""
        await press.act(rounds.ask_for_turn, self.token)
        return press.reply("did.turn")


class Hold(ui.Button, noun="session", deed="hold", style=discord.ButtonStyle.success):
    """**I'll hold the circle**."""

    async def press(self, press: Press) -> Reply:
        """Take over from a holder who is awaited."""
        await press.act(holding.take_hold, self.token)
        return await now_holding(press, self.token, "did.hold")


class HoldBack(ui.Button, noun="session", deed="hold-back"):
    """**I'm back, I'll hold it**."""

    async def press(self, press: Press) -> Reply:
        """The former holder holds it again."""
        await press.act(holding.take_hold_back, self.token)
        return await now_holding(press, self.token, "did.hold-back")


async def begin(press: Press, token: str, *, anyway: bool = False) -> Reply:
    """Begin, or say what else could be done with two, or with nine and more."""
    found = await press.act(sessions.begin, token, anyway=anyway)
    if found.began:
        return press.reply("did.begin")
    if found.speakers < FEWEST_FOR_ROUNDS:
        return press.reply("session.two", Together(token, press.language))
    return press.reply("session.many", BeginAll(token, press.language), people=found.speakers, minutes=found.minutes)


async def close(press: Press, token: str) -> Reply:
    """Close, or ask once while a round is open: a slip would end the evening for everybody."""
    if await press.act(sessions.close, token, ask_first=True):
        return press.reply("did.close")
    buttons = [kind(token, press.language) for kind in (CloseNow, CloseNotNow)]
    return press.reply("session.close_now", *buttons)


async def go_on(press: Press, token: str) -> Reply:
    """Go on, or close after the last round."""
    goes_on = await press.act(holding.go_on, token)
    return press.reply("did.go-on" if goes_on else "did.go-on-closed")


async def now_holding(press: Press, token: str, key: str) -> Reply:
    """What somebody who holds the session now can do next."""
    found = await press.look(sessions.look, token)
    buttons = [
        ui.button(f"session.{deed}", token, press.language) for deed in ("begin", "go-on") if deed in found.offers
    ]
    return press.reply(key, *buttons)

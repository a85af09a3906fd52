"""The preview: whom it may reach and when, who will not see it, and what can't be kept from anybody (D3.2)."""

import discord

from bot import ui
from bot.acts.rupture import flagging
from bot.acts.rupture.flagging import Preview, Reached, Sent
from bot.practice.rupture.words import Lane
from bot.press import Item, Press, Reply, harmless, quoted
from cogs.rupture.group import with_help
from cogs.rupture.shown import what_it_says


class Send(ui.Button, noun="rupture", deed="send", style=discord.ButtonStyle.success):
    """**Send**."""

    async def press(self, press: Press) -> Reply:
        """Send it, or show a new preview when the old one isn't true any more."""
        done: Sent | Preview = await press.act(flagging.send, self.token)
        if isinstance(done, Preview):
            return await _anew(press, done)
        by = discord.utils.format_dt(done.answer_by, "f")
        reply = press.reply(f"rupture.sent_{done.lane.value}", by=by)
        return await with_help(press, reply) if done.lane is Lane.HARM else reply


class ShowName(ui.Button, noun="rupture", deed="name"):
    """**Show my name**."""

    async def press(self, press: Press) -> Reply:
        """The preview anew."""
        return await _anew(press, await press.act(flagging.choose, self.token, named=True))


class HoldName(ui.Button, noun="rupture", deed="hold"):
    """**Hold my name back**."""

    async def press(self, press: Press) -> Reply:
        """The preview anew."""
        return await _anew(press, await press.act(flagging.choose, self.token, named=False))


class Tick(ui.Button, noun="rupture", deed="tick"):
    """**Facilitators too**."""

    async def press(self, press: Press) -> Reply:
        """The preview anew."""
        return await _anew(press, await press.act(flagging.choose, self.token, ticked=True))


class Untick(ui.Button, noun="rupture", deed="untick"):
    """**No facilitators**."""

    async def press(self, press: Press) -> Reply:
        """The preview anew."""
        return await _anew(press, await press.act(flagging.choose, self.token, ticked=False))


class ThrowAway(ui.Button, noun="rupture", deed="drop"):
    """**Throw away**."""

    async def press(self, press: Press) -> Reply:
        """Nothing is kept."""
        await press.act(flagging.throw_away, self.token)
        return press.reply("rupture.thrown_away")


class AddTo(ui.Button, noun="rupture", deed="add", style=discord.ButtonStyle.success):
    """**Add these words**."""

    async def press(self, press: Press) -> Reply:
        """Where no other can be sent, the words go to one that is open."""
        await press.act(flagging.add, self.token)
        return press.reply("rupture.is_added")


def show_preview(press: Press, found: Preview) -> Reply:
    """The preview, and what can be done with it."""
    if found.full:
        return _full(press, found)
    none = press.say("rupture.preview.none")
    lines = [press.say("rupture.preview.renewed")] if found.renewed else []
    if found.lane is Lane.HARM:
        lines.append(press.say("rupture.preview.harm"))
    elif found.reaches and found.reaches[0].outside:
        lines.append(press.say("rupture.preview.no_facilitator"))
    lines.append(press.say("rupture.preview.reaches"))
    lines += [_line(press, place, reach) for place, reach in enumerate(found.reaches, 1)] or [
        press.say("rupture.nobody_unless_ticked")
    ]
    excluded = ", ".join(f"<@{person}>" for person in found.excluded) or none
    lines.append(press.say("rupture.preview.excluded", people=excluded))
    lines.append(press.say("rupture.preview.named" if found.named else "rupture.preview.held_back"))
    lines += what_it_says(press, found.look, found.wish, found.soon)
    lines += [press.say("rupture.preview.words"), quoted(found.words)] if found.words else []
    lines.append(press.say("rupture.preview.limits", operator=harmless(press.bot.operator)))
    return Reply("\n".join(lines), _buttons(press, found))


async def _anew(press: Press, found: Preview) -> Reply:
    """The preview as it is now; who isn't in the circle any more is shown where help is outside of it."""
    shown = show_preview(press, found)
    return await with_help(press, shown) if found.full == "left" else shown


def _line(press: Press, place: int, reach: Reached) -> str:
    slots = {"place": str(place), "person": f"<@{reach.person}>"}
    if not reach.hours:
        first = "rupture.preview.first_outside" if reach.outside else "rupture.preview.first_inside"
        return press.say(first, **slots)
    later = "rupture.preview.later_outside" if reach.outside else "rupture.preview.later_inside"
    return press.say(later, hours=str(reach.hours), **slots)


def _buttons(press: Press, found: Preview) -> list[Item]:
    kinds: list[type[ui.Button]] = [Send] if found.reaches else []
    kinds.append(HoldName if found.named else ShowName)
    if found.ticked is not None:
        kinds.append(Untick if found.ticked else Tick)
    return [kind(found.token, press.language) for kind in [*kinds, ThrowAway]]


def _full(press: Press, found: Preview) -> Reply:
    lines = [press.say(f"rupture.full_{found.full}")]
    buttons: list[Item] = []
    if found.adds_to:
        people = ", ".join(f"<@{person}>" for person in found.adds_to)
        lines.append(press.say("rupture.can_add", people=people))
        buttons.append(AddTo(found.token, press.language))
    if found.words:
        lines += [press.say("reply.your_words"), quoted(found.words)]
    return Reply("\n".join(lines), [*buttons, ThrowAway(found.token, press.language)])

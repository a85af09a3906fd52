"""A flag before somebody's eyes: always in private, always at their own press (D3.6)."""

from collections.abc import Callable

import discord

from bot.acts.rupture.reading import Shown
from bot.practice.rupture.flag import Stage
from bot.practice.rupture.words import Lane, Look, Soon, Wish
from bot.press import Press, Reply, quoted

SHOWN_AT_ONCE = 5


def describe(press: Press, found: Shown) -> str:
    """What it says, without what can be done with it."""
    lines = [
        press.say("rupture.shown.head", name=found.name, day=discord.utils.format_dt(found.raised_at, "D")),
        press.say(f"rupture.shown.{found.lane.value}"),
        *what_it_says(press, found.look, found.wish, found.soon),
    ]
    if not found.mine:
        held = press.say("rupture.shown.held_back")
        lines.append(press.say("rupture.shown.writer", person=f"<@{found.writer}>") if found.writer else held)
    for words in found.words:
        lines += [press.say("rupture.preview.words" if found.mine else "rupture.shown.words"), quoted(words)]
    return "\n".join(lines)


def what_it_says(press: Press, look: Look, wish: Wish, soon: Soon) -> list[str]:
    """What was chosen in its form."""
    return [
        press.say("rupture.shown.look", look=press.say(f"menu.look.{look.value}")),
        press.say("rupture.shown.wish", wish=press.say(f"menu.wish.{wish.value}")),
        press.say("rupture.shown.soon", soon=press.say(f"menu.soon.{soon.value}")),
    ]


def one_by_one(press: Press, found: list[Shown], shown: Callable[[Press, Shown], Reply]) -> Reply:
    """Several flags, each in a message of its own with its own buttons; of many only the first."""
    first, *others = [shown(press, one) for one in found[:SHOWN_AT_ONCE]]
    more = [press.reply("rupture.more_of_them")] if len(found) > SHOWN_AT_ONCE else []
    first.then = [*others, *more]
    return first


def standing(press: Press, found: Shown) -> str:
    """How far it has come, for its writer."""
    if found.stage is Stage.CLOSED and found.how and found.kept_until:
        day = discord.utils.format_dt(found.kept_until, "D")
        return press.say("rupture.stands.closed", how=press.say(f"rupture.how.{found.how.value}"), day=day)
    if found.carer:
        return press.say("rupture.stands.carried", person=f"<@{found.carer}>")
    if found.may_pass_to:
        return press.say("rupture.stands.may_pass", person=f"<@{found.may_pass_to}>")
    return press.say("rupture.stands.raised", by=discord.utils.format_dt(found.answer_by, "f"))


def advice(press: Press, found: Shown) -> str:
    """What helps, for who cares for it."""
    lines = [press.say("rupture.party")] if found.carer is None else []
    lines.append(press.say("rupture.harm_advice" if found.lane is Lane.HARM else "rupture.advice"))
    return "\n".join(lines)

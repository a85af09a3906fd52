"""Where a circle can meet."""

import discord

from bot.app import lacking
from bot.practice.refusals import Refusal
from bot.press import Press


def expect_usable(press: Press, channel: object) -> discord.TextChannel:
    """The channel, if a circle can meet there. Raises Refusal when it isn't there or Trellis lacks a permission."""
    guild = press.interaction.guild
    if not isinstance(channel, discord.TextChannel) or guild is None:
        raise Refusal("circle.not_a_text_channel")
    lacks = [press.say(f"permission.{name}") for name in lacking(channel.permissions_for(guild.me))]
    if lacks:
        raise Refusal("circle.cannot_write_there", channel=channel.mention, lacking=", ".join(lacks))
    return channel

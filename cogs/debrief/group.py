"""`/debrief`: the group its commands belong to."""

from discord import app_commands

from bot.words import say

group = app_commands.Group(name="debrief", description=say("command.debrief", "en"))

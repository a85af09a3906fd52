"""`/circle`: the group its commands belong to."""

from discord import app_commands

from bot.words import say

group = app_commands.Group(name="circle", description=say("command.circle", "en"))

"""`/privacy`: the group its commands belong to."""

from discord import app_commands

from bot.words import say

group = app_commands.Group(name="privacy", description=say("command.privacy", "en"))

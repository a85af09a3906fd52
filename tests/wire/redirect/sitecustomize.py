"""With this folder on PYTHONPATH, Python reads this at its start: discord.py then speaks to the Discord of the test.

The clock on the bot's wall goes ahead as that Discord's does.
"""

import os
from datetime import datetime, timedelta, tzinfo
from typing import Self

if url := os.environ.get("WIRE_DISCORD_URL"):
    import discord.gateway
    import discord.http
    import yarl

    discord.http.Route.BASE = f"{url}/api/v10"
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(url.replace("http", "ws", 1) + "/gateway")

if ahead := float(os.environ.get("WIRE_AHEAD", "0")):
    import bot.app

    class Ahead(datetime):
        """Tells a later time than it is."""

        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return super().now(tz) + timedelta(seconds=ahead)

    vars(bot.app)["datetime"] = Ahead

"""With this folder on PYTHONPATH, Python reads this at its start: discord.py then speaks to the Discord of the test."""

import os

if url := os.environ.get("WIRE_DISCORD_URL"):
    import discord.gateway
    import discord.http
    import yarl

    discord.http.Route.BASE = f"{url}/api/v10"
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(url.replace("http", "ws", 1) + "/gateway")

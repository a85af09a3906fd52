"""A small, strict Discord on loopback, to run the real bot against, unmodified, and to kill it at any step.

    async with Discord(INVITE_PERMISSIONS) as discord:
        ana, garden = discord.person("Ana", roles=["Facilitators"], locale="es-ES"), discord.channel("garden")
        write_env(tmp_path, discord)
        async with BotProcess(discord, tmp_path) as bot:
            answer = await ana.slash("circle create", garden, name="Rivers")
            bot.kill_at(2, "after")  # its second change of anything from now on is carried out, its answer is lost
            try:
                await ana.press(answer, "Create, DMs are fine")
            except NoAnswer:
                ...
            await bot.killed.wait()
            await bot.start()
            card = await discord.message(garden, "Rivers")
        assert discord.violations == []

Where to look: `people.py` what people do · `server.py` the routes and what a test can ask · `process.py` its process ·
`rules*.py` what may be sent · `permissions.py` who may do what · `gateway.py` the socket · `world.py` the state.
Simpler than Discord: one server, one shard, one bot process at a time; public threads, reactions, pins, roles given by
the bot, guild commands, scheduled events and voice do not exist (their routes are recorded as unknown).
"""

"""A server on simcord with the real bot in it, as the rehearsal has it."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from pathlib import Path

import discord
import pytest

from bot.rehearsal.world import World, open_world
from bot.settings import Settings
from tests.cogs.evening import Evening


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        token=None,
        operator="the harbour collective",
        key=secrets.token_bytes(32),
        pepper=secrets.token_bytes(32),
        database_url=f"sqlite+aiosqlite:///{tmp_path / 'trellis.db'}",
        keyring=tmp_path / "trellis.db.keyring",
        log_level="info",
        contact="write to the harbour@example.org",
    )


@pytest.fixture
async def world(settings: Settings) -> AsyncIterator[World]:
    made: list[World] = []
    opened, over = asyncio.Event(), asyncio.Event()

    async def hold() -> None:
        # Opened and closed in one task: simcord keeps context variables.
        try:
            async with open_world(settings, "en") as world:
                made.append(world)
                opened.set()
                await over.wait()
                assert world.env.errors == []
        finally:
            opened.set()

    holding = asyncio.create_task(hold())
    await opened.wait()
    if not made:
        await holding
    yield made[0]
    over.set()
    await holding


@pytest.fixture
async def evening(world: World) -> Evening:
    """Ana facilitates, Ben, Cleo and Dan are there, Mara administers; nothing is set up yet."""
    role = world.guild.create_role("Facilitators")
    admins = world.guild.create_role("Admins", permissions=discord.Permissions(administrator=True))
    world.add("Ana", role)
    for name in ("Ben", "Cleo", "Dan"):
        world.add(name)
    world.add("Mara", admins)
    return Evening(world, role)

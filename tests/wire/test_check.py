"""`trellis check` and `trellis run` as an operator meets them."""

import shutil
from pathlib import Path

import pytest

from bot.app import PERMISSIONS

from .evening import new_discord
from .process import RUN, BotProcess, write_env
from .server import Discord

CHECK = ("-m", "bot", "check")


async def told_by(discord: Discord, folder: Path, command: tuple[str, ...] = CHECK) -> tuple[int, str]:
    """What the command prints, and its exit code."""
    bot = BotProcess(discord, folder, command)
    await bot.launch()
    assert bot.process is not None
    code = await bot.process.wait()
    return code, bot.log


async def test_when_all_is_well_it_says_so_and_gives_the_link_to_invite_it(tmp_path: Path) -> None:
    async with new_discord() as discord:
        write_env(tmp_path, discord)
        code, told = await told_by(discord, tmp_path)
        assert code == 0, told
        assert "Everything is in its place" in told
        assert f"permissions={PERMISSIONS.value}" in told
        assert "scope=bot+applications.commands" in told


async def test_every_fault_comes_at_once_with_its_cure(tmp_path: Path) -> None:
    async with Discord(PERMISSIONS.value & ~PERMISSIONS.manage_threads.real) as discord:
        discord.bot_role.permissions = type(discord.bot_role.permissions)(0)
        (tmp_path / "file").touch()
        write_env(tmp_path, discord, DATABASE_URL=f"sqlite+aiosqlite:///{tmp_path}/file/trellis.db", LOG_LEVEL="loud",
                  TRELLIS_PEPER="x")  # fmt: skip
        code, told = await told_by(discord, tmp_path)
        assert code == 1
        for part in ("LOG_LEVEL", "TRELLIS_PEPPER", "database", "lacks", "manage_threads"):
            assert part in told
        assert "Traceback" not in told


@pytest.mark.parametrize("command", [CHECK, RUN])
async def test_a_token_that_discord_does_not_accept_is_a_sentence(tmp_path: Path, command: tuple[str, ...]) -> None:
    async with new_discord() as discord:
        write_env(tmp_path, discord, DISCORD_TOKEN="not.a.token")
        code, told = await told_by(discord, tmp_path, command)
        assert code == 1
        assert "doesn't accept DISCORD_TOKEN" in told
        assert "Traceback" not in told


async def test_a_lost_keyring_refuses_to_start_and_makes_no_new_one(tmp_path: Path) -> None:
    async with new_discord() as discord:
        write_env(tmp_path, discord)
        async with BotProcess(discord, tmp_path) as bot:
            assert await bot.stop() == 0
        for lost in tmp_path.glob("*.keyring*"):
            lost.unlink()
        for command in (CHECK, RUN):
            code, told = await told_by(discord, tmp_path, command)
            assert code == 1
            assert "There is no keyring at" in told
        assert list(tmp_path.glob("*.keyring")) == []


async def test_a_second_process_stands_by_and_takes_over(tmp_path: Path) -> None:
    async with new_discord() as discord:
        write_env(tmp_path, discord)
        other = tmp_path / "other"
        other.mkdir()
        shutil.copy(tmp_path / ".env", other)
        async with BotProcess(discord, tmp_path) as first:
            second = BotProcess(discord, other)
            identified = discord.gateway.identified
            await second.launch()
            try:
                garden = discord.channel("garden")
                while "standing by" not in second.log:
                    assert (await discord.owner.slash("help-now", garden)).messages
                assert discord.gateway.identified == identified
                await first.kill()
                await discord.until(lambda: discord.gateway.identified > identified, "the second to take over", 30)
            finally:
                await second.kill()

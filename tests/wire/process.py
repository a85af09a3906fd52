"""The real bot as a process of its own: started, killed without warning, started again."""

from __future__ import annotations

import asyncio
import base64
import os
import secrets
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from .call import Call
from .errors import ApiError
from .server import Discord, Phase

CHECKOUT = Path(__file__).resolve().parents[2]
REDIRECT = Path(__file__).resolve().parent / "redirect"
INHERITED = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TEMP", "SYSTEMROOT", "VIRTUAL_ENV", "LD_LIBRARY_PATH")
RUN = ("-m", "bot", "run")


def write_env(folder: Path, discord: Discord, **more: str) -> Path:
    """The `.env` of a new operator: fresh keys, and a database file in this folder."""

    def key() -> str:
        return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()

    settings = {
        "DISCORD_TOKEN": discord.token, "OPERATOR": "the harbour collective", "TRELLIS_KEY": key(),
        "TRELLIS_PEPPER": key(), "DATABASE_URL": f"sqlite+aiosqlite:///{(folder / 'trellis.db').resolve()}",
    } | more  # fmt: skip
    path = folder / ".env"
    path.touch(mode=0o600)
    path.write_text("".join(f"{name}={value!r}\n" for name, value in settings.items()), encoding="utf-8")
    return path


class BotProcess:
    """`async with BotProcess(discord, folder) as bot:` starts it and waits until people can use it."""

    def __init__(
        self, discord: Discord, folder: Path, command: Sequence[str] = RUN, environment: Mapping[str, str] | None = None
    ) -> None:
        self.discord, self.folder, self.command = discord, folder, command
        self.environment = dict(environment or {})
        self.process: asyncio.subprocess.Process | None = None
        self.starts = 0
        self.killed = asyncio.Event()
        self._ending: asyncio.Task[int] | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.kill()

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.returncode is None

    @property
    def log_files(self) -> list[Path]:
        return [self.folder / f"bot-{number}.log" for number in range(1, self.starts + 1)]

    @property
    def log(self) -> str:
        """All that it printed, over all its lives."""
        return "".join(path.read_text(encoding="utf-8", errors="replace") for path in self.log_files)

    async def launch(self) -> None:
        """Starts the process and does not wait for it."""
        assert not self.running, "it runs already"
        self.starts += 1
        self.killed = asyncio.Event()
        environment = {name: os.environ[name] for name in INHERITED if name in os.environ} | {
            "PYTHONPATH": os.pathsep.join((str(REDIRECT), str(CHECKOUT))), "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1",
            "WIRE_DISCORD_URL": self.discord.public_base, "WIRE_AHEAD": str(self.discord.offset),
        } | self.environment  # fmt: skip
        with self.log_files[-1].open("wb") as out:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable, *self.command, cwd=self.folder, env=environment, stdout=out, stderr=out
            )
        self._ending = asyncio.create_task(self.process.wait())
        self._ending.add_done_callback(lambda _: self.discord.bot_died())

    async def start(self, timeout: float = 30.0) -> None:
        """Starts it, and waits until it has identified itself and its commands are registered."""
        before = self.discord.gateway.identified
        await self.launch()
        discord = self.discord

        def there() -> bool:
            return not self.running or (discord.gateway.identified > before and bool(discord.commands))

        try:
            await discord.until(there, "the bot to be ready", timeout)
        except AssertionError as error:
            raise AssertionError(f"{error}\n{self.log[-4000:]}") from None
        if not self.running:
            raise AssertionError(f"the bot ended with {self.process and self.process.returncode}:\n{self.log[-4000:]}")

    async def kill(self) -> None:
        """SIGKILL: no goodbye, nothing written any more."""
        if self.process is not None and self.process.returncode is None:
            self.process.kill()
        await self._gone()

    async def stop(self, timeout: float = 15.0) -> int:
        """SIGTERM, as `systemctl stop` sends it. Answers with the exit code."""
        assert self.process is not None
        self.process.terminate()
        await asyncio.wait_for(asyncio.shield(self._gone()), timeout)
        return self.process.returncode or 0

    async def _gone(self) -> None:
        if self._ending is not None:
            await self._ending
            self.killed.set()

    async def restart(self) -> None:
        await self.kill()
        await self.start()

    def kill_at(
        self, number: int, phase: Phase = "before", only: Callable[[Call], bool] | None = None
    ) -> Callable[[], None]:
        """Kills it at its `number`th request from now on that changes something (or that `only` picks).

        "before": Discord has not seen the request. "after": Discord has carried it out, and the answer is lost.
        Then `await bot.killed.wait()`, and start it again. Answers with a function that takes the trap away."""
        left = number

        async def trap(now: Literal["before", "after"], call: Call) -> None:
            nonlocal left
            wanted = only(call) if only else call.method != "GET"
            if now != phase or not wanted or not self.running:
                return
            left -= 1
            if left == 0:
                self.discord.log.append(f"KILLED {phase} {call.name}")
                take_away()
                await self.kill()
                raise ApiError(503, 0, "the bot is dead")

        def take_away() -> None:
            if trap in self.discord.hooks:
                self.discord.hooks.remove(trap)

        self.discord.hooks.append(trap)
        return take_away

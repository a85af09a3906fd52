"""The running bot: loads cogs, carries out acts, tells what happened."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Any

import discord
from discord.ext import commands

from bot.acts import Presser
from bot.acts import due as waiting
from bot.clock import Clock
from bot.practice.refusals import Refusal
from bot.settings import Settings
from bot.store.keyring import Keyring
from bot.store.migrate import upgrade
from bot.store.unit import SomebodyWasFirst, Store, StoreDown
from bot.store.waiting import Due
from bot.ui import Press, Reply, answer, route
from bot.words import catalogue, language_of, say

log = logging.getLogger("trellis")
COGS = ("cogs.help", "cogs.server", "cogs.circle", "cogs.session", "cogs.round", "cogs.inbox", "cogs.post")
PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    read_message_history=True,
    create_private_threads=True,
    send_messages_in_threads=True,
    manage_threads=True,
)
TOKEN_LASTS = timedelta(minutes=14)
TRIES = 3

Carrier = Callable[[waiting.Errand], Awaitable[int | None]]


def utcnow() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


class Translator(discord.app_commands.Translator):
    """Gives Discord our command names and descriptions in each language."""

    async def translate(
        self, string: discord.app_commands.locale_str, locale: discord.Locale, context: Any
    ) -> str | None:
        """The words under the string's `key`, where they differ from English."""
        language = language_of(locale.value)
        key = string.extras.get("key")
        return catalogue(language).get(key) if key and language != "en" else None


class Tree(discord.app_commands.CommandTree["Trellis"]):
    """Commands whose faults become private sentences."""

    async def on_error(self, interaction: discord.Interaction[Any], error: discord.app_commands.AppCommandError) -> None:
        """A command Discord knows and we don't, or one that went wrong before it began."""

        async def say_so(press: Press) -> Reply:
            raise error.__cause__ or error

        await answer(interaction, say_so)


class Trellis(commands.AutoShardedBot):
    """The bot. `now` gives the time in UTC; tests and rehearsals move it."""

    def __init__(self, store: Store, operator: str, now: Callable[[], datetime] = utcnow) -> None:
        super().__init__(
            command_prefix=(),
            intents=discord.Intents(guilds=True),
            help_command=None,
            tree_cls=Tree,
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_contexts=discord.app_commands.AppCommandContext(guild=True),
            max_messages=None,
            max_ratelimit_timeout=30,
        )
        self.store = store
        self.operator = operator
        self.now = now
        self.carriers: dict[str, Carrier] = {}
        self.presses: dict[tuple[int, int], tuple[discord.Interaction[Any], datetime]] = {}
        self.names: dict[tuple[int, int], str] = {}
        self._knocked = asyncio.Event()
        self._clock = Clock(now, self._knocked.set, self._next_due)
        self._worker: asyncio.Task[None] | None = None

    async def setup_hook(self) -> None:
        """Before the gateway: cogs, commands, the clock and the one worker."""
        for cog in COGS:
            await self.load_extension(cog)
        await self.tree.set_translator(Translator())
        await self.tree.sync()
        self._clock.start()
        self._worker = asyncio.create_task(self._work())

    async def close(self) -> None:
        """Stop the worker and the clock, then leave."""
        if self._worker:
            self._worker.cancel()
            await asyncio.gather(self._worker, return_exceptions=True)
        await self._clock.stop()
        await super().close()

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Forms arrive here, also those opened before a restart."""
        await route(interaction)

    async def on_ready(self) -> None:
        """What was left waiting is carried out now."""
        self._knocked.set()

    def remember(self, interaction: discord.Interaction[Any]) -> None:
        """Hold the way back to this person for 14 minutes, in RAM only; and their name, to print it."""
        key = (interaction.guild_id or 0, interaction.user.id)
        self.presses[key] = (interaction, self.now())
        self.names[key] = interaction.user.display_name
        for old in [key for key, (_, when) in self.presses.items() if self.now() - when > TOKEN_LASTS]:
            del self.presses[old]

    async def act(
        self, server_id: int, deed: Callable[..., Awaitable[Any]], by: Presser, *args: Any, **more: Any
    ) -> tuple[Any, bool]:
        """Carry out an act in one transaction, looking again if somebody else was first; then hurry what waits.

        Returns its outcome and whether something waits for `by`. A cancelled press doesn't cancel it half-way.
        """
        for attempt in range(TRIES):
            try:
                done = await asyncio.shield(asyncio.ensure_future(self._once(server_id, deed, by, *args, **more)))
            except SomebodyWasFirst:
                if attempt == TRIES - 1:
                    raise
            else:
                self._knocked.set()
                return done
        raise SomebodyWasFirst

    async def carry_out_due(self) -> None:
        """Carry out everything that is due, lane by lane in the order written, until nothing more can be done."""
        while True:
            async with self.store.unit(0) as unit:
                rows = await waiting.waiting_now(unit)
            lanes = groupby(sorted(rows, key=lambda row: row.lane), key=lambda row: row.lane)
            progress = await asyncio.gather(*(self._carry_out_lane(list(lane)) for _, lane in lanes))
            if not any(progress):
                return

    async def names_of(self, errand: waiting.Errand) -> dict[str, str]:
        """How the people of an errand are called in their server, safe to print; looked up, never stored."""
        return {person: await self._name_of(errand, discord_id) for person, discord_id in errand.people.items()}

    async def _name_of(self, errand: waiting.Errand, discord_id: int) -> str:
        key = (errand.due.server_id, discord_id)
        if key not in self.names:
            guild = self.get_guild(errand.due.server_id)
            try:
                member = await guild.fetch_member(discord_id) if guild else None
            except discord.NotFound:
                member = None
            if member is None:
                return say("person.gone", errand.language)
            self.names[key] = member.display_name
        plain = "".join(sign for sign in self.names[key] if sign.isprintable())
        return discord.utils.escape_mentions(discord.utils.escape_markdown(plain)) or say("person.gone", errand.language)

    async def _once(
        self, server_id: int, deed: Callable[..., Awaitable[Any]], by: Presser, *args: Any, **more: Any
    ) -> tuple[Any, bool]:
        async with self.store.unit(server_id) as unit:
            try:
                outcome = await deed(unit, by, *args, **more)
            except Refusal as no:
                for slot in no.slots.keys() & {"speaker", "holder"}:
                    no.slots[slot] = f"<@{await unit.people.address(str(no.slots[slot]))}>"
                raise
            return outcome, await waiting.anything_waits(unit, by)

    async def _carry_out_lane(self, lane: list[Due]) -> bool:
        moved = False
        for due in lane:
            if due.retry_at and due.retry_at > self.now():
                break
            if not await self._carry_out(due):
                break
            moved = True
        return moved

    async def _carry_out(self, due: Due) -> bool:
        async with self.store.unit(due.server_id) as unit:
            errand = await waiting.claim(unit, due.token)
        if errand is None:
            return True
        try:
            made = await self.carriers[due.deed](errand)
        except discord.NotFound:
            made = None
        except (discord.DiscordException, OSError, TimeoutError) as fault:
            log.warning("a waiting row was put off: %s", type(fault).__name__)
            async with self.store.unit(due.server_id) as unit:
                await waiting.postpone(unit, due.token)
            return False
        if made != RESTS:
            async with self.store.unit(due.server_id) as unit:
                await waiting.done(unit, due.token, made=made)
        return True

    async def _next_due(self) -> datetime | None:
        async with self.store.unit(0) as unit:
            return await waiting.next_due(unit)

    async def _work(self) -> None:
        await self.wait_until_ready()
        while True:
            await self._knocked.wait()
            self._knocked.clear()
            try:
                await self.carry_out_due()
                await self._clock.arm()
            except (StoreDown, SomebodyWasFirst) as fault:
                log.warning("the waiting rows can't be read now: %s", type(fault).__name__)
            except Exception as fault:
                log.error("the worker met %s", type(fault).__name__)


RESTS = -1


async def start(settings: Settings) -> None:
    """Bring the database up to date and hold the gateway until stopped."""
    keyring = Keyring(settings.keyring, settings.key)
    store = Store(settings.database_url, keyring, settings.pepper, utcnow)
    try:
        await upgrade(settings.database_url)
        await store.recognise()
    except (StoreDown, OSError) as fault:
        log.warning("the database doesn't answer (%s); it will be tried again", type(fault).__name__)
    try:
        async with Trellis(store, settings.operator) as bot:
            await bot.start(settings.token or "")
    finally:
        await store.close()


def run(settings: Settings) -> int:
    """`trellis run`: the bot, until it is stopped."""
    logging.basicConfig(level=settings.log_level.upper(), format="%(asctime)s %(levelname)s %(name)s %(message)s")
    for noisy in ("discord", "apscheduler"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    try:
        asyncio.run(start(settings))
    except KeyboardInterrupt:
        return 0
    return 0

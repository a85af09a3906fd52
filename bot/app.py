"""The running bot: loads cogs, carries out acts, tells what happened."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import discord
from discord.ext import commands

from bot.acts import Presser
from bot.acts import due as waiting
from bot.acts.privacy import gone
from bot.clock import Clock
from bot.practice.refusals import Refusal
from bot.press import harmless
from bot.store.keyring import KeyringFault
from bot.store.unit import SomebodyWasFirst, Store, StoreDown
from bot.store.waiting import Due
from bot.tree import Translator, Tree
from bot.ui import BUTTONS, MENUS, route
from bot.words import say

log = logging.getLogger("trellis")
COGS = (
    "help",
    "server",
    "circle",
    "session",
    "round",
    "rupture",
    "inbox",
    "privacy",
    "post",
    "moments",
    "world",
    "weave",
    "buddy",
    "checkin",
    "debrief",
)
NEEDED = (  # by the names we have words for; discord.py, asked for them one by one, calls the first "read_messages"
    "view_channel",
    "send_messages",
    "read_message_history",
    "create_private_threads",
    "send_messages_in_threads",
    "manage_threads",
)
PERMISSIONS = discord.Permissions(**dict.fromkeys(NEEDED, True))
TOKEN_LASTS = timedelta(minutes=14)
TRIES = 3
TRY_AGAIN_AFTER = 5  # seconds, while the database is away
HANDS = 5  # lanes that write at once: a press must not wait behind a thousand of them
RESTS = -1  # what a carrier gives back when its row isn't done, but waits for its person

Carrier = Callable[[waiting.Errand], Awaitable[int | None]]


def lacking(has: discord.Permissions) -> list[str]:
    """The names of the permissions we need and don't have; each has its words under `permission.<name>`."""
    return [name for name in NEEDED if not getattr(has, name)]


def utcnow() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


class Trellis(commands.AutoShardedBot):
    """The bot. `now` gives the time in UTC; tests and rehearsals move it."""

    def __init__(self, store: Store, operator: str, now: Callable[[], datetime] = utcnow, *, contact: str = "") -> None:
        super().__init__(
            command_prefix=(),
            intents=discord.Intents(guilds=True),
            help_command=None,
            tree_cls=Tree,
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_contexts=discord.app_commands.AppCommandContext(guild=True),
            max_messages=None,
            max_ratelimit_timeout=30,
            guild_ready_timeout=0.5,  # seconds; what meets a server that isn't there yet is put off
        )
        self.store = store
        self.operator = operator
        self.contact = contact
        self.now = now
        self.carriers: dict[str, Carrier] = {}
        self.presses: dict[tuple[int, int], tuple[discord.Interaction[Any], datetime]] = {}
        self.names: dict[tuple[int, int], str] = {}
        self.put_off: set[int] = set()  # servers in which something could not be carried out
        self._knocked = False
        self._clock = Clock(now, self.hurry, self.next_due)
        self._worker: asyncio.Task[None] | None = None
        self._lanes: dict[str, asyncio.Task[None]] = {}
        self._under_way: set[str] = set()  # tokens of the rows these lanes have before them
        self._next_try: datetime | None = None  # of all that is put off
        self._hands = asyncio.Semaphore(HANDS)
        self._leaving: asyncio.Future[None] | None = None

    async def setup_hook(self) -> None:
        """Before the gateway: cogs, commands, the clock and the one worker."""
        for cog in COGS:
            await self.load_extension(f"cogs.{cog}")
        self.add_dynamic_items(*BUTTONS.values(), *MENUS.values())
        await self.tree.set_translator(Translator())
        await self.tree.sync()
        self._clock.start()

    async def stop_working(self) -> None:
        """Stop the worker and the clock."""
        working = [*self._lanes.values(), *([self._worker] if self._worker else [])]
        for task in working:
            task.cancel()
        await asyncio.gather(*working, return_exceptions=True)
        await self._clock.stop()

    async def close(self) -> None:
        """Stop working, then leave."""
        await self.stop_working()
        await super().close()

    def leave(self) -> None:
        """Close, from a signal."""
        self._leaving = asyncio.ensure_future(self.close())

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Forms arrive here, also those opened before a restart."""
        await route(interaction)

    async def on_ready(self) -> None:
        """What was left waiting is carried out now."""
        self.hurry()

    def hurry(self) -> None:
        """Let what waits be carried out soon."""
        self._knocked = True
        if self.is_ready() and (self._worker is None or self._worker.done()):
            self._worker = asyncio.create_task(self._work())

    async def at_rest(self) -> None:
        """Until nothing is being carried out any more; for those who move the clock."""
        while working := [task for task in (self._worker, *self._lanes.values()) if task and not task.done()]:
            await asyncio.wait(working)

    def remember(self, interaction: discord.Interaction[Any]) -> None:
        """Hold the way back to this person for 14 minutes, in RAM only; and their name, to print it."""
        key = (interaction.guild_id or 0, interaction.user.id)
        self.presses[key] = (interaction, self.now())
        self.names[key] = interaction.user.display_name
        for old in [key for key, (_, when) in self.presses.items() if self.now() - when > TOKEN_LASTS]:
            del self.presses[old]

    def forget(self, server_id: int, discord_id: int) -> None:
        """Let go of what RAM holds of this person."""
        self.names.pop((server_id, discord_id), None)
        self.presses.pop((server_id, discord_id), None)

    def way_to(self, server_id: int, discord_id: int) -> discord.Interaction[Any] | None:
        """The last press of this person, while it can still be followed up."""
        interaction, when = self.presses.get((server_id, discord_id), (None, self.now()))
        return interaction if self.now() - when < TOKEN_LASTS else None

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
                self.hurry()
                return done
        raise SomebodyWasFirst

    async def look(
        self, server_id: int, deed: Callable[..., Awaitable[Any]], by: Presser, *args: Any, **more: Any
    ) -> tuple[Any, bool]:
        """Carry out an act that changes nothing; it waits for no writer. Returns the same as `act`."""
        async with self.store.reading(server_id) as unit:
            return await deed(unit, by, *args, **more), await waiting.anything_waits(unit, by)

    async def names_of(self, errand: waiting.Errand) -> dict[str, str]:
        """How the people of an errand are called in their server, safe to print; looked up, never stored."""
        names = await asyncio.gather(*(self._name_of(errand, discord_id) for discord_id in errand.people.values()))
        forgotten = dict.fromkeys(errand.due.facts.get("people", []), say("person.gone", errand.language))
        return forgotten | dict(zip(errand.people, names, strict=True))

    async def _name_of(self, errand: waiting.Errand, discord_id: int) -> str:
        plain = await self.display_name(errand.due.server_id, discord_id)
        return harmless(plain) or say("person.gone", errand.language)

    async def display_name(self, server_id: int, discord_id: int) -> str:
        """How somebody is called in a server, as plain text; empty when they are gone."""
        key = (server_id, discord_id)
        if key not in self.names:
            guild = self.get_guild(server_id)
            if guild is None:
                raise TimeoutError
            try:
                self.names[key] = (await guild.fetch_member(discord_id)).display_name
            except discord.NotFound:
                return ""
        return self.names[key]

    async def _once(
        self, server_id: int, deed: Callable[..., Awaitable[Any]], by: Presser, *args: Any, **more: Any
    ) -> tuple[Any, bool]:
        async with self.store.unit(server_id) as unit:
            try:
                outcome = await deed(unit, by, *args, **more)
            except Refusal as no:
                for slot in no.slots.keys() & {"speaker", "holder"}:
                    person = await unit.people.known_address(str(no.slots[slot]))
                    no.slots[slot] = f"<@{person}>" if person else say("person.gone", by.language)
                raise
            await gone.seen(unit, by)
            return outcome, await waiting.anything_waits(unit, by)

    async def _begin_lanes(self) -> None:
        """Let each lane that has something due go on by itself; a slow one holds up no other."""
        async with self.store.reading(0) as unit:
            rows = await waiting.waiting_now(unit, but=self._under_way)
        lanes: dict[str, list[Due]] = {}
        for due in rows:
            lanes.setdefault(due.lane, []).append(due)
        put_off = []
        for lane, rows in lanes.items():
            if rows[0].retry_at and rows[0].retry_at > self.now():
                put_off.append(rows[0].retry_at)
            elif lane not in self._lanes:
                self._under_way.update(due.token for due in rows)
                self._lanes[lane] = asyncio.create_task(self._carry_out_lane(lane, rows))
        self._next_try = min(put_off, default=None)

    async def _carry_out_lane(self, lane: str, rows: list[Due]) -> None:
        """Carry out what is due in a lane, in the order written, until something can't be done now."""
        try:
            for due in rows:
                if (due.retry_at and due.retry_at > self.now()) or not await self._carry_out(due):
                    break
        except (StoreDown, SomebodyWasFirst, KeyringFault) as fault:
            self._try_again(fault)
        else:
            self.hurry()
        finally:
            del self._lanes[lane]
            self._under_way.difference_update(due.token for due in rows)

    async def _carry_out(self, due: Due) -> bool:
        async with self._hands, self.store.unit(due.server_id) as unit:
            errand = await waiting.claim(unit, due.token)
        if errand is None:
            return True
        try:
            made = await self.carriers[due.deed](errand)
        except discord.NotFound:
            made = None
        except Exception as fault:  # whatever it is, the row stays and other lanes go on
            expected = isinstance(fault, discord.DiscordException | OSError | TimeoutError)
            log.warning("a waiting row was put off: %s", type(fault).__name__, exc_info=not expected)
            async with self._hands, self.store.unit(due.server_id) as unit:
                await waiting.postpone(unit, due.token)
            self.put_off.add(due.server_id)
            return False
        if made != RESTS:
            async with self._hands, self.store.unit(due.server_id) as unit:
                await waiting.done(unit, due.token, made=made)
        return True

    def _try_again(self, fault: Exception) -> None:
        log.warning("the waiting rows can't be read now: %s", type(fault).__name__)
        asyncio.get_running_loop().call_later(TRY_AGAIN_AFTER, self.hurry)

    async def next_due(self) -> datetime | None:
        """When (UTC) something is due next; None when nothing waits for its time."""
        async with self.store.reading(0) as unit:
            moments = [await waiting.next_due(unit), self._next_try]
        return min((moment for moment in moments if moment), default=None)

    async def _work(self) -> None:
        while self._knocked:
            self._knocked = False
            try:
                await self._begin_lanes()
                await self.store.keep_safe()
                await self._clock.arm()
            except (StoreDown, SomebodyWasFirst, KeyringFault) as fault:
                self._try_again(fault)
            except Exception as fault:
                log.error("the worker met %s", type(fault).__name__, exc_info=True)

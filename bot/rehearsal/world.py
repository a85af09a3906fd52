"""A server without Discord: the real bot on simcord, a real database file, and what each person can see.

simcord 3.2.1 isn't Discord. Here it is put right that it tells a channel of a private thread made in it, and says
nothing when somebody is added to a thread; the rest stands in `corrected.py`.
"""

import contextlib
import contextvars
import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import discord
import simcord

from bot import dates
from bot.app import PERMISSIONS, Trellis
from bot.rehearsal.corrected import Corrected
from bot.settings import Settings
from bot.store.keyring import Keyring
from bot.store.unit import Store
from bot.words import say

SHORTEST_STEP, LONGEST_STEP = timedelta(seconds=1), timedelta(hours=6)  # Discord's heart beats every 41 seconds of it
PATIENCE = 20.0  # seconds for one press: a busy machine takes its time, above all for a chart


class NotAsExpected(Exception):
    """Something in the rehearsal didn't come out as it should; the message says what."""


@dataclass(frozen=True)
class Sight:
    """One message as one person has it before their eyes."""

    place: str
    text: str
    labels: tuple[str, ...] = ()
    private: bool = False


@dataclass(eq=False)
class Person:
    """Somebody in the rehearsal."""

    name: str
    actor: simcord.MemberActor
    language: str
    view: dict[int | tuple[int, int], Sight] = field(default_factory=dict)


class World:
    """The server, its people, and the bot in it. Open it with `open_world`."""

    def __init__(self, env: simcord.Env, settings: Settings, language: str) -> None:
        self.env = env
        self.settings = settings
        self.language = language
        self.zone = "UTC"  # of the clocks in people's pockets
        self.people: dict[str, Person] = {}
        self.guild = env.create_guild("Trellis rehearsal")
        self.garden = self.guild.create_text_channel(say("rehearsal.channel", language))
        ours = next(role for role in env.backend.get_guild(self.guild.id).roles.values() if role.managed)
        ours.name, ours.permissions = "Trellis", PERMISSIONS.value
        self._context = contextvars.copy_context()
        self._corrected = Corrected(env, self.language_of)

    def add(self, name: str, *roles: simcord.RoleHandle, language: str | None = None) -> Person:
        """Somebody comes into the server."""
        actor = self.guild.add_member(self.env.create_user(name.lower(), global_name=name), roles=roles)
        self.people[name] = Person(name, actor, language or self.language)
        return self.people[name]

    async def slash(self, person: Person, command: str, /, **options: Any) -> str:
        """A command. Returns what the bot answered in private."""
        return _answer(await person.actor.slash(self.garden, command, **options))

    async def write(self, person: Person, words: str) -> str:
        """Somebody writes in the newest thread."""
        await person.actor.send(self.garden.threads[-1], words)
        return words

    async def press(self, person: Person, deed: str, *, twice: bool = False) -> str:
        """A press on the newest button of that deed this person can see. Returns what the bot answered in private."""
        message, custom_id, _ = self._find(person, deed)
        self._corrected.pressed_twice = twice
        who = person.actor if message.guild else person.actor.user
        return _answer(await who.click(message, custom_id=custom_id))

    async def fill_in(self, person: Person, deed: str, values: Mapping[str, Any]) -> str:
        """A press that opens a form, filled in by field and handed in."""
        return await self.hand_in(person, await self.open_form(person, deed), values)

    async def open_form(self, person: Person, deed: str) -> simcord.InteractionResult:
        """A press that opens a form."""
        message, custom_id, _ = self._find(person, deed)
        return await person.actor.click(message, custom_id=custom_id)

    async def hand_in(self, person: Person, form: simcord.InteractionResult, values: Mapping[str, Any]) -> str:
        """A form, filled in by field."""
        return _answer(await person.actor.submit_modal(form, dict(values)))

    async def choose(self, person: Person, deed: str, value: str) -> str:
        """A choice from the newest list of that deed this person can see."""
        message, custom_id, _ = self._find(person, deed)
        return _answer(await person.actor.select(message, [value], custom_id=custom_id))

    async def more(self, person: Person, deed: str) -> str:
        """A choice from **More...** in the newest thread."""
        return _answer(await self.open_from_more(person, deed))

    async def open_from_more(self, person: Person, deed: str) -> simcord.InteractionResult:
        """A choice from **More...**; of some a form comes."""
        await self.press(person, "session.more")
        message, custom_id, _ = self._find(person, "session.choose")
        value = next((value for value in _options(message, custom_id) if value.split(":")[0] == deed), None)
        if value is None:
            raise NotAsExpected(say("rehearsal.no_button", self.language, name=person.name, deed=deed))
        return await person.actor.select(message, [value], custom_id=custom_id)

    def offered(self, person: Person) -> list[str]:
        """What the newest **More...** of this person offers."""
        return [value.split(":")[0] for value in self.choices(person, "session.choose")]

    def choices(self, person: Person, deed: str) -> list[str]:
        """The values of the newest list of that deed this person can see."""
        message, custom_id, _ = self._find(person, deed)
        return _options(message, custom_id)

    async def complete(self, person: Person, command: str, option: str, typed: str) -> list[str]:
        """What is offered while an option is typed."""
        return [choice["name"] for choice in await person.actor.autocomplete(self.garden, command, option, typed)]

    def label(self, person: Person, deed: str) -> str:
        """What stands on the button."""
        return self._find(person, deed)[2]

    @property
    def bot(self) -> Trellis:
        """The bot as it runs now."""
        assert isinstance(self.env.bot, Trellis)
        return self.env.bot

    async def restart(self) -> None:
        """The bot goes and a new one comes: nothing is left but the database and the keyring."""
        await retire(self.bot)
        await self.env.restart_bot(new_bot(self.env_now, self.settings))

    async def wait(self, seconds: float) -> None:
        """Let time go by, and the bot notice what it brings."""
        await self.env.advance_time(seconds)
        self._context.run(self.bot.hurry)  # in simcord's own context, whoever lets time go by
        await self.bot.at_rest()
        await self.env.settle()

    async def live_until(self, moment: datetime) -> None:
        """Let time go by until then (UTC), with the bot there all the while: each thing comes when it is due."""
        while (now := self.env_now()) < moment:
            due = await self.bot.next_due()
            upcoming = min(moment, now + LONGEST_STEP, max(due, now + SHORTEST_STEP) if due else moment)
            await self.wait((upcoming - now).total_seconds())

    def env_now(self) -> Any:
        """The time in this world."""
        return self.env.now()

    def language_of(self, user: int) -> str:
        """The language of somebody's Discord."""
        return next((person.language for person in self.people.values() if person.actor.id == user), self.language)

    def look_around(self) -> dict[str, list[tuple[str, Sight]]]:
        """What each person newly sees since the last look: ("new" | "edited" | "gone", sight)."""
        changes: dict[str, list[tuple[str, Sight]]] = {}
        for person in self.people.values():
            now = dict(self._view(person))
            before = person.view
            found = [("gone", before[key]) for key in before.keys() - now.keys()]
            found += [
                ("edited" if key in before else "new", sight) for key, sight in now.items() if before.get(key) != sight
            ]
            if found:
                changes[person.name] = found
            person.view = now
        return changes

    def plain(self, text: str, seen_at: datetime | None = None) -> str:
        """The text with names and times as Discord's clients show them; how far off a time is, as it was `seen_at`."""
        for person in self.people.values():
            text = text.replace(f"<@{person.actor.id}>", f"@{person.name}")
        for place in [self.garden, *self.garden.threads]:
            text = text.replace(f"<#{place.id}>", f"#{place.name}")
        for role in self.guild.roles.values():
            text = text.replace(f"<@&{role.id}>", f"@{role.name}")
        return re.sub(r"<t:(\d+):(\w)>", lambda found: self._moment(found, seen_at or self.env_now()), text)

    def _moment(self, found: re.Match[str], seen_at: datetime) -> str:
        moment = datetime.fromtimestamp(int(found[1]), ZoneInfo(self.zone))
        if found[2] == "R":
            return dates.from_now(moment - seen_at, self.language)
        return moment.strftime({"t": "%H:%M", "D": "%Y-%m-%d"}.get(found[2], "%Y-%m-%d %H:%M"))

    def _places(self, person: Person) -> list[tuple[simcord.ChannelHandle, str]]:
        threads = [(thread, f"#{thread.name}") for thread in self.garden.threads]
        return [(self.garden, f"#{self.garden.name}"), *threads]

    def _view(self, person: Person) -> list[tuple[int | tuple[int, int], Sight]]:
        seen: list[tuple[int | tuple[int, int], Sight]] = []
        for channel, place in self._places(person):
            with contextlib.suppress(simcord.SetupError):
                history = channel.history(viewer=person.actor)
                if channel.is_thread:
                    added = self._members_of(channel)
                    seen += [((channel.id, one), self._added_line(place, one)) for one in added]
                # A private thread is announced to nobody in its channel.
                said = [one for one in history if one.type is not discord.MessageType.thread_created]
                seen += [(message.id, self._sight(place, message)) for message in said]
        for message in person.actor.user.dm_channel.history(viewer=person.actor.user):
            seen.append((message.id, self._sight(say("rehearsal.dm", self.language), message)))
        return seen

    def _sight(self, place: str, message: discord.Message) -> Sight:
        labels = tuple(_label(item) for item in _items(message))
        return Sight(place, self.plain(message.content, message.created_at), labels, message.flags.ephemeral)

    def _members_of(self, thread: simcord.ChannelHandle) -> list[int]:
        people = {person.actor.id for person in self.people.values()}
        return [one for one in self.env.backend.get_channel(thread.id).thread_members if one in people]

    def _added_line(self, place: str, added: int) -> Sight:
        return Sight(place, say("rehearsal.added", self.language, name=self.plain(f"<@{added}>").removeprefix("@")))

    def _find(self, person: Person, deed: str) -> tuple[discord.Message, str, str]:
        noun, _, what = deed.partition(".")
        places = [channel for channel, _ in self._places(person)] + [person.actor.user.dm_channel]
        found = []
        for channel in places:
            viewer = person.actor.user if channel.guild is None else person.actor
            with contextlib.suppress(simcord.SetupError):
                found += [
                    (message, str(item.custom_id), _label(item))
                    for message in channel.history(viewer=viewer)
                    for item in _items(message)
                    if str(item.custom_id).startswith(f"{noun}:") and str(item.custom_id).endswith(f":{what}")
                ]
        if not found:
            raise NotAsExpected(say("rehearsal.no_button", self.language, name=person.name, deed=deed))
        return max(found, key=lambda one: one[0].id)


@contextlib.asynccontextmanager
async def open_world(settings: Settings, language: str) -> AsyncIterator[World]:
    """A server with nobody in it yet but the bot, which has exactly the permissions of the invite link."""
    clock: list[Any] = [discord.utils.utcnow]
    bot = new_bot(lambda: clock[0](), settings)
    async with simcord.run(bot, shard_count=1, check_errors=True, settle_timeout=PATIENCE) as env:
        clock[0] = env.now
        world = World(env, settings, language)
        try:
            yield world
        finally:
            await retire(world.bot)


def new_bot(now: Any, settings: Settings) -> Trellis:
    """The real bot, with the clock of this world."""
    keyring = Keyring(settings.keyring, settings.key)
    return Trellis(
        Store(settings.database_url, keyring, settings.pepper, now), settings.operator, now, contact=settings.contact
    )


async def retire(bot: Trellis) -> None:
    """Let a bot go without a word to anybody, as a crash does."""
    await bot.stop_working()
    await bot.store.close()


def _items(message: discord.Message) -> list[discord.Button | discord.SelectMenu]:
    rows = [row for row in message.components if isinstance(row, discord.ActionRow)]
    return [part for row in rows for part in row.children if isinstance(part, discord.Button | discord.SelectMenu)]


def _options(message: discord.Message, custom_id: str) -> list[str]:
    lists = [item for item in _items(message) if isinstance(item, discord.SelectMenu) and item.custom_id == custom_id]
    return [option.value for found in lists for option in found.options]


def _label(item: discord.Button | discord.SelectMenu) -> str:
    if isinstance(item, discord.Button):
        return str(item.label)
    return f"{item.placeholder}: {' | '.join(option.label for option in item.options)}"


def _answer(result: simcord.InteractionResult) -> str:
    told = [result.response, *result.followups]
    return "\n".join(message.content for message in told if message is not None)

"""The state of one server, its clock and ids, who sees what, and what went wrong."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING, TypeVar

from . import permissions
from .errors import unknown
from .model import TEXT, Channel, Guild, Interaction, Json, Message, Role, Sight, User
from .permissions import NOBODY, ORDINARY, P

if TYPE_CHECKING:
    from .people import Person

EPOCH = 1_420_070_400_000
ANSWER_WITHIN, TOKEN_LIVES, NONCE_LIVES = 3.0, 15 * 60.0, 5 * 60.0
T = TypeVar("T")


class World:
    def __init__(self, bot_permissions: int, *, server: str, locale: str, token: str) -> None:
        self.token = token
        self.offset = 0.0
        self._counter = count(1)
        self._last_id = 0
        self._changed = asyncio.Event()
        self.violations: list[str] = []
        self.log: list[str] = []  # one line for each request, event and press, in order
        self.pulled_in: list[tuple[Channel, User]] = []  # added to a thread by a mention
        self.deduplicated: list[Message] = []  # sent again with the same nonce; not made again
        self.emitters: list[Callable[[str, Json, int], None]] = []
        self.public_base = ""
        self.commands: list[Json] = []
        self.dms: dict[int, Channel] = {}  # by person
        self.people: dict[int, Person] = {}
        self.interactions: dict[str, Interaction] = {}  # by token
        self.posted: list[Message] = []  # every message ever made, in order
        self.seen: dict[int, list[Sight]] = {}
        self.app_id = self.new_id()
        self.bot = User(self.app_id, "Trellis", bot=True, joined_at=self.now())
        guild_id = self.new_id()
        everyone = Role(guild_id, "@everyone", NOBODY, position=0)
        self.guild = Guild(guild_id, server, everyone, owner_id=0, locale=locale)
        self.members = self.role("Members", ORDINARY)
        self.bot_role = self.role("Trellis", P(bot_permissions), managed=True)
        self.bot_role.bot_id = self.app_id
        self.bot.roles.append(self.bot_role)

    # -- clock and ids

    def now(self) -> float:
        return time.time() + self.offset

    def advance(self, seconds: float) -> None:
        """Moves Discord's clock only: tokens run out, nonces are forgotten. A bot sees it at its start."""
        self.offset += seconds

    def new_id(self) -> int:
        self._last_id = max(self._last_id + 1, (int(self.now() * 1000) - EPOCH) << 22 | next(self._counter) & 0xFFF)
        return self._last_id

    @staticmethod
    def iso(at: float) -> str:
        return datetime.fromtimestamp(at, UTC).isoformat()

    # -- making things

    def role(self, name: str, permissions: int = 0, *, managed: bool = False, mentionable: bool = False) -> Role:
        position = len(self.guild.roles) + 1
        made = Role(self.new_id(), name, P(permissions), managed, mentionable, position)
        self.guild.roles[made.id] = made
        self.emit("GUILD_ROLE_CREATE", {"guild_id": str(self.guild.id), "role": role_json(made)}, 1 << 0)
        return made

    def channel(self, name: str, *, allow: dict[int, int] | None = None, deny: dict[int, int] | None = None) -> Channel:
        made = Channel(self.new_id(), TEXT, name, self.now())
        for target in {**(allow or {}), **(deny or {})}:
            made.overwrites[target] = (P((allow or {}).get(target, 0)), P((deny or {}).get(target, 0)))
        self.guild.channels[made.id] = made
        return made

    def channel_by_id(self, channel_id: int) -> Channel:
        found = self.guild.channels.get(channel_id)
        found = found or next((dm for dm in self.dms.values() if dm.id == channel_id), None)
        if found is None:
            raise unknown("Channel")
        return found

    def user_by_id(self, user_id: int) -> User:
        found: User | None = self.bot if user_id == self.bot.id else self.people.get(user_id)
        if found is None:
            raise unknown("User")
        return found

    def owner_user(self) -> User:
        return self.user_by_id(self.guild.owner_id)

    def dm(self, user: User) -> Channel:
        if user.id not in self.dms:
            made = Channel(self.new_id(), 1, f"DM with {user.name}", self.now(), recipients=[user, self.bot])
            self.dms[user.id] = made
        return self.dms[user.id]

    # -- who sees what

    def may(self, user: User, channel: Channel) -> P:
        return permissions.in_channel(self.guild, user, channel)

    def sees(self, user: User, channel: Channel) -> bool:
        return not channel.deleted and permissions.sees(self.guild, user, channel)

    def can_read(self, user: User, message: Message) -> bool:
        if message.deleted:
            return False
        if message.only_for is not None:
            return message.only_for is user
        return self.sees(user, message.channel)

    def show(self, message: Message, how: str) -> None:
        """Records who has this before their eyes now."""
        for person in self.people.values():
            if self.can_read(person, message):
                self._record(person, message, how)
        self.touch()

    def enter(self, user: User, thread: Channel) -> None:
        """Who comes into a thread can read all that was written before."""
        for message in thread.messages.values():
            if self.can_read(user, message):
                self._record(user, message, "found on entering")
        self.touch()

    def _record(self, user: User, message: Message, how: str) -> None:
        sight = Sight(
            self.now(), message.channel.name, message.id, message.author.name, message.text, tuple(message.labels),
            message.only_for is not None or message.channel.is_dm, how,
        )  # fmt: skip
        self.seen.setdefault(user.id, []).append(sight)

    # -- telling the bot, and the test

    def emit(self, event: str, data: Json, intent: int) -> None:
        for emitter in self.emitters:
            emitter(event, data, intent)
        self.touch()

    def violate(self, text: str) -> None:
        self.violations.append(text)
        self.log.append(f"VIOLATION {text}")
        self.touch()

    def touch(self) -> None:
        self._changed.set()

    async def until(self, happened: Callable[[], T | None], what: str, timeout: float = 10.0) -> T:
        """Waits until `happened` answers with something. It is asked again after each change, never by the clock."""

        async def watch() -> T:
            while not (found := happened()):
                self._changed.clear()
                await self._changed.wait()
            return found

        try:
            return await asyncio.wait_for(watch(), timeout)
        except TimeoutError:
            last = "\n  ".join(self.log[-25:])
            raise AssertionError(f"waited {timeout:g} s in vain for {what}; what happened last:\n  {last}") from None

    def bot_died(self) -> None:
        """Nobody answers any more: people read "The application did not respond"."""
        for interaction in self.interactions.values():
            if interaction.waiting:
                interaction.dead = True
                self.log.append(f"no answer to {interaction.what}: the bot died")
        self.touch()


def role_json(role: Role) -> Json:
    found: Json = {
        "id": str(role.id), "name": role.name, "permissions": str(int(role.permissions)), "position": role.position,
        "color": 0, "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None}, "hoist": False,
        "managed": role.managed, "mentionable": role.mentionable, "icon": None, "unicode_emoji": None, "flags": 0,
    }  # fmt: skip
    return found | ({"tags": {"bot_id": str(role.bot_id)}} if role.bot_id else {})

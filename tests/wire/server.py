"""The Discord of a test: an HTTP and WebSocket server on loopback around one server full of people."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable
from types import TracebackType
from typing import Literal, Self

from aiohttp import web

from . import call as calls
from . import payloads, rest_guild, rest_interactions, rest_messages, rest_threads
from .call import Call, Reply
from .errors import ApiError
from .gateway import Gateway
from .limits import Limits
from .model import Channel, Interaction, Message, Role, User
from .people import Person
from .permissions import P
from .world import ANSWER_WITHIN, World, role_json

Handler = Callable[[Call], Awaitable[Reply]]
Phase = Literal["before", "after"]
Hook = Callable[[Phase, Call], Awaitable[None]]
API = "/api/v10"
CHANNEL, WEBHOOK, GUILD = "/channels/{channel}", "/webhooks/{application}/{token}", "/guilds/{guild}"
NO_TOKEN = ("/interactions/", "/webhooks/")  # these carry their own

ROUTES: dict[str, Handler] = {
    "GET /gateway/bot": rest_guild.gateway_bot,
    "GET /users/@me": rest_guild.me,
    "GET /users/@me/guilds": rest_guild.my_guilds,
    "GET /users/{user}": rest_guild.user,
    "GET /applications/@me": rest_guild.application,
    "GET /oauth2/applications/@me": rest_guild.application,
    "GET /applications/{application}/commands": rest_guild.commands,
    "PUT /applications/{application}/commands": rest_guild.replace_commands,
    f"GET {GUILD}": rest_guild.guild,
    f"GET {GUILD}/roles": rest_guild.roles,
    f"GET {GUILD}/channels": rest_guild.channels,
    f"GET {GUILD}/members": rest_guild.all_members,
    f"GET {GUILD}/members/{{user}}": rest_guild.member,
    f"GET {GUILD}/threads/active": rest_threads.active,
    "POST /users/@me/channels": rest_messages.open_dm,
    f"GET {CHANNEL}": rest_threads.get,
    f"PATCH {CHANNEL}": rest_threads.edit,
    f"DELETE {CHANNEL}": rest_threads.delete,
    f"POST {CHANNEL}/typing": rest_messages.typing,
    f"GET {CHANNEL}/messages": rest_messages.history,
    f"POST {CHANNEL}/messages": rest_messages.create,
    f"GET {CHANNEL}/messages/{{message}}": rest_messages.get,
    f"PATCH {CHANNEL}/messages/{{message}}": rest_messages.edit,
    f"DELETE {CHANNEL}/messages/{{message}}": rest_messages.delete,
    f"POST {CHANNEL}/threads": rest_threads.create,
    f"GET {CHANNEL}/thread-members": rest_threads.members,
    f"PUT {CHANNEL}/thread-members/@me": rest_threads.join,
    f"GET {CHANNEL}/thread-members/{{user}}": rest_threads.member,
    f"PUT {CHANNEL}/thread-members/{{user}}": rest_threads.add,
    f"DELETE {CHANNEL}/thread-members/{{user}}": rest_threads.remove,
    "POST /interactions/{interaction}/{token}/callback": rest_interactions.callback,
    f"POST {WEBHOOK}": rest_interactions.follow_up,
    f"GET {WEBHOOK}/messages/@original": rest_interactions.get_original,
    f"PATCH {WEBHOOK}/messages/@original": rest_interactions.edit_original,
    f"DELETE {WEBHOOK}/messages/@original": rest_interactions.delete_original,
    f"GET {WEBHOOK}/messages/{{message}}": rest_interactions.get_one,
    f"PATCH {WEBHOOK}/messages/{{message}}": rest_interactions.edit_one_of_it,
    f"DELETE {WEBHOOK}/messages/{{message}}": rest_interactions.delete_one,
}


def pattern(route: str) -> str:
    """Ids are digits; the token of an interaction is not."""
    names = ("channel", "application", "guild", "user", "message", "interaction")
    for name in names:
        route = route.replace(f"{{{name}}}", f"{{{name}:\\d+}}")
    return API + route


def as_json(body: object, *, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """Without a charset, as Discord does it: discord.py compares the whole header."""
    return web.Response(body=json.dumps(body).encode(), status=status, headers=headers, content_type="application/json")


class Discord(World):
    """`async with Discord(permissions) as discord:` - see `people.py` for what people can do in it."""

    def __init__(
        self,
        permissions: int,
        *,
        server: str = "Harbour",
        owner: str = "Odile",
        locale: str = "en-US",
        token: str = "wire.test.token-of-the-bot",
    ) -> None:
        super().__init__(permissions, server=server, locale=locale, token=token)
        self.gateway = Gateway(self)
        self.limits = Limits()
        self.hooks: list[Hook] = []
        self.calls: list[str] = []  # every request, by its route: "POST /channels/{channel}/messages"
        self.owner = self.person(owner)
        self.guild.owner_id = self.owner.id
        self._timers: list[asyncio.TimerHandle] = []
        self._runner: web.AppRunner | None = None

    # -- running

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=25 << 20)
        for name, handler in ROUTES.items():
            method, route = name.split(" ")
            app.router.add_route(method, pattern(route), self._serve(route, handler))
        app.router.add_get("/gateway", self.gateway.connect)
        app.router.add_get("/gateway/", self.gateway.connect)
        app.router.add_route("*", "/{rest:.*}", self._unknown)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.public_base = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for timer in self._timers:
            timer.cancel()
        for connection in list(self.gateway.connections):
            await connection.socket.close(code=4000)
        if self._runner is not None:
            await self._runner.cleanup()

    def _serve(self, route: str, handler: Handler) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def serve(request: web.Request) -> web.Response:
            name = f"{request.method} {route}"
            self.calls.append(name)
            self.log.append(f"{request.method} {request.path.removeprefix(API)}")
            first = ("channel", "guild", "token", "application")
            major = next((request.match_info[one] for one in first if one in request.match_info), "")
            headers, refusal = self.limits.check(name, route, major)
            if refusal is not None:
                return as_json(refusal, status=429, headers=headers)
            try:
                self._greet(request, route)
                call = await calls.read(self, request, route)
                for hook in list(self.hooks):
                    await hook("before", call)
                reply = await handler(call)
                for hook in list(self.hooks):
                    await hook("after", call)
            except ApiError as error:
                self.log.append(f"  refused: {error}")
                return as_json(error.body, status=error.status, headers=headers)
            if reply is None:
                return web.Response(status=204, headers=headers)
            return as_json(reply, headers=headers)

        return serve

    def _greet(self, request: web.Request, route: str) -> None:
        agent = request.headers.get("User-Agent", "")
        if not route.startswith(NO_TOKEN):
            if not agent.startswith("DiscordBot ("):
                self.violate(f"{request.method} {route}: User-Agent {agent!r}")
            if request.headers.get("Authorization") != f"Bot {self.token}":
                self.violate(f"{request.method} {route}: 401 Unauthorized")
                raise ApiError(401, 0, "401: Unauthorized")

    async def _unknown(self, request: web.Request) -> web.Response:
        self.violate(f"unknown route {request.method} {request.path}")
        self.touch()
        return as_json({"message": "404: Not Found", "code": 0}, status=404)

    def bot_died(self) -> None:
        """The process is gone: its session is forgotten, and whoever waits for an answer reads that none came."""
        self.gateway.bot_died()
        super().bot_died()

    def expect_answer(self, asked: Interaction) -> None:
        """Three seconds, then the token is void."""

        def deadline() -> None:
            if asked.answer is None and not asked.dead:
                asked.dead = True
                self.violate(f"{asked.what} was not answered within 3 s")
                self.touch()

        self._timers.append(asyncio.get_running_loop().call_later(ANSWER_WITHIN, deadline))

    def fail(self, name: str, status: int = 500, *, times: int = 1, phase: Phase = "before") -> None:
        """Answers the next requests to a route ("POST /channels/{channel}/messages") with this error.

        "after": Discord has carried the request out, and still says that it failed."""
        left = times

        async def broken(now: Phase, call: Call) -> None:
            nonlocal left
            if now == phase and call.name == name and left:
                left -= 1
                raise ApiError(status, 0, f"{status}: on purpose")

        self.hooks.append(broken)

    # -- what happens in the server

    def channel(self, name: str, *, allow: dict[int, int] | None = None, deny: dict[int, int] | None = None) -> Channel:
        """A text channel. `allow` and `deny`: id of a role, a person or the server -> permissions."""
        made = super().channel(name, allow=allow, deny=deny)
        self.emit("CHANNEL_CREATE", payloads.channel(self, made), 1 << 0)
        return made

    def overwrite(self, channel: Channel, who: Role | User, *, allow: int = 0, deny: int = 0) -> None:
        """Somebody changes who may do what in a channel."""
        channel.overwrites[who.id] = (P(allow), P(deny))
        self.emit("CHANNEL_UPDATE", payloads.channel(self, channel), 1 << 0)

    def change_role(self, role: Role, permissions: int) -> None:
        """Somebody changes what a role may do."""
        role.permissions = P(permissions)
        self.emit("GUILD_ROLE_UPDATE", {"guild_id": str(self.guild.id), "role": role_json(role)}, 1 << 0)

    def remove_bot(self) -> None:
        """Somebody puts the bot out of the server: its role goes, and its place in every thread. It is told once."""
        self.log.append("the bot is removed from the server")
        self.emit("GUILD_DELETE", {"id": str(self.guild.id)}, 1 << 0)
        self.bot.here = False
        self.guild.roles.pop(self.bot_role.id)
        self.bot.roles.remove(self.bot_role)
        for channel in self.guild.channels.values():
            channel.joined.pop(self.bot.id, None)

    def invite_bot(self, permissions: int) -> None:
        """Somebody invites it again, with these permissions."""
        self.bot_role = self.role("Trellis", permissions, managed=True)  # it isn't there yet to be told of it
        self.bot_role.bot_id = self.app_id
        self.bot.roles.append(self.bot_role)
        self.bot.here, self.bot.joined_at = True, self.now()
        self.log.append("the bot is invited again")
        joined = payloads.guild(self, whole=True)
        del joined["unavailable"]  # there in a server that comes back after an outage, not in a new one
        self.emit("GUILD_CREATE", joined, 1 << 0)

    def delete_channel(self, channel: Channel) -> None:
        """Somebody else deletes a channel or a thread."""
        rest_threads.drop(self, channel)

    def archive(self, thread: Channel) -> None:
        """A moderator closes a thread."""
        rest_threads.archive(self, thread)

    def person(
        self, name: str, *, roles: Iterable[Role | str] = (), locale: str = "en-US", dms_open: bool = True
    ) -> Person:
        """Somebody in the server. A role given by name is made if there is none."""
        known = {role.name: role for role in self.guild.roles.values()}
        held = [one if isinstance(one, Role) else known.get(one) or self.role(one) for one in roles]
        made = Person(self.new_id(), name, locale, [self.members, *held], dms_open=dms_open, joined_at=self.now())
        made.enter(self)
        self.people[made.id] = made
        return made

    def public_messages(self, where: Channel | None = None, *, deleted: bool = False) -> list[Message]:
        """What stands (or, with `deleted`, ever stood) in channels and threads for all who can open them."""
        found = [one for one in self.posted if one.only_for is None and not one.channel.is_dm]
        return [one for one in found if (deleted or not one.deleted) and where in (None, one.channel)]

    def threads(self, parent: Channel | None = None) -> list[Channel]:
        found = [one for one in self.guild.channels.values() if one.is_thread]
        return [one for one in found if parent in (None, one.parent)]

    async def message(
        self,
        where: Channel,
        text: str = "",
        *,
        by: User | None = None,
        after: Message | None = None,
        timeout: float = 10.0,
    ) -> Message:
        """Waits for a public message here that holds this text, and answers with the newest."""

        def found() -> Message | None:
            here = [one for one in where.messages.values() if one.only_for is None and one.type == 0]
            here = [one for one in here if text in one.text and by in (None, one.author)]
            here = [one for one in here if after is None or one.id > after.id]
            return here[-1] if here else None

        return await self.until(found, f"a message in {where.name} with {text!r}", timeout)

    async def thread(self, parent: Channel, *, but: Iterable[Channel] = (), timeout: float = 10) -> Channel:
        """Waits for a thread under this channel, other than these."""
        old = list(but)

        def found() -> Channel | None:
            return next((one for one in self.threads(parent) if one not in old), None)

        return await self.until(found, f"a thread in {parent.name}", timeout)

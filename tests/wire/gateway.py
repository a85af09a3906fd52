"""The gateway: hello, identify, ready, heartbeats, resume; events by intents."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections import deque
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from . import payloads
from .model import Json
from .world import World

DISPATCH, HEARTBEAT, IDENTIFY, PRESENCE, RESUME = 0, 1, 2, 3, 6
RECONNECT, MEMBERS, INVALID, HELLO, ACK = 7, 8, 9, 10, 11
PRIVILEGED = {1 << 1: "GUILD_MEMBERS", 1 << 8: "GUILD_PRESENCES", 1 << 15: "MESSAGE_CONTENT"}
KNOWN_INTENTS = (1 << 26) - 1
SENDS_A_MINUTE, LONGEST = 120, 4096


@dataclass(eq=False)
class Session:
    id: str
    intents: int
    shard: list[int]
    events: list[Json] = field(default_factory=list)
    socket: Connection | None = None


class Close(Exception):
    def __init__(self, code: int, why: str) -> None:
        super().__init__(f"{code} {why}")
        self.code, self.why = code, why


class Connection:
    """One socket. What is sent waits in a queue, so that telling the bot never waits for it."""

    def __init__(self, socket: web.WebSocketResponse) -> None:
        self.socket = socket
        self.waiting: asyncio.Queue[Json] = asyncio.Queue()
        self.session: Session | None = None
        self.received: deque[float] = deque(maxlen=SENDS_A_MINUTE)
        self.writer = asyncio.create_task(self._write())

    def send(self, body: Json) -> None:
        self.waiting.put_nowait(body)

    async def _write(self) -> None:
        while True:
            body = await self.waiting.get()
            try:
                await self.socket.send_str(json.dumps(body))
            except ConnectionError:
                return


class Gateway:
    def __init__(self, world: World) -> None:
        self.world = world
        self.sessions: dict[str, Session] = {}
        self.connections: set[Connection] = set()
        self.identified = 0  # how often; each start of the bot is one
        self.resumed = 0
        world.emitters.append(self.dispatch)

    # -- events

    def dispatch(self, event: str, data: Json, intent: int) -> None:
        if not self.world.bot.here:
            return
        for session in self.sessions.values():
            if intent == 0 or session.intents & intent:
                self._tell(session, event, data)

    def _tell(self, session: Session, event: str, data: Json) -> None:
        body: Json = {"op": DISPATCH, "t": event, "s": len(session.events) + 1, "d": data}
        session.events.append(body)
        if session.socket is not None:
            session.socket.send(body)

    @property
    def connected(self) -> bool:
        return any(session.socket is not None for session in self.sessions.values())

    def bot_died(self) -> None:
        """A killed process never resumes: Discord forgets its session."""
        self.sessions.clear()

    async def drop_connection(self, *, resumable: bool = True) -> None:
        """Discord asks the bot to come again, as it does every few hours."""
        for connection in list(self.connections):
            if resumable:
                connection.send({"op": RECONNECT, "d": None})
            else:
                self.sessions.clear()
                connection.send({"op": INVALID, "d": False})

    # -- one connection

    async def connect(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(max_msg_size=1 << 20)
        await socket.prepare(request)
        connection = Connection(socket)
        self.connections.add(connection)
        if request.query.get("v") != "10":
            self.world.violate(f"gateway: version {request.query.get('v')} asked for, not 10")
        connection.send({"op": HELLO, "d": {"heartbeat_interval": 41_250}})
        try:
            async for frame in socket:
                if frame.type is WSMsgType.TEXT:
                    self._receive(connection, frame.data)
        except Close as closing:
            self.world.violate(f"gateway: closed with {closing}")
            await socket.close(code=closing.code, message=closing.why.encode())
        finally:
            connection.writer.cancel()
            self.connections.discard(connection)
            if connection.session is not None and connection.session.socket is connection:
                connection.session.socket = None
                if socket.close_code in (1000, 1001):
                    self.sessions.pop(connection.session.id, None)
            self.world.touch()
        return socket

    def _receive(self, connection: Connection, text: str) -> None:
        now = asyncio.get_running_loop().time()
        if len(connection.received) == SENDS_A_MINUTE and now - connection.received[0] < 60:
            raise Close(4008, "more than 120 payloads in a minute")
        connection.received.append(now)
        if len(text.encode()) > LONGEST:
            raise Close(4002, f"a payload of {len(text.encode())} bytes, at most {LONGEST}")
        try:
            body = json.loads(text)
        except ValueError:
            raise Close(4002, "not JSON") from None
        op = body.get("op")
        if op == HEARTBEAT:
            connection.send({"op": ACK})
        elif op == IDENTIFY:
            self._identify(connection, body["d"])
        elif op == RESUME:
            self._resume(connection, body["d"])
        elif connection.session is None:
            raise Close(4003, "not authenticated")
        elif op == MEMBERS:
            self._members(connection.session, body["d"])
        elif op != PRESENCE:
            raise Close(4001, f"unknown opcode {op}")

    def _identify(self, connection: Connection, body: Json) -> None:
        if connection.session is not None:
            raise Close(4005, "already authenticated")
        if body.get("token") != self.world.token:
            raise Close(4004, "authentication failed")
        intents = body.get("intents")
        if not isinstance(intents, int) or intents & ~KNOWN_INTENTS:
            raise Close(4013, f"invalid intents {intents}")
        if asked := [name for bit, name in PRIVILEGED.items() if intents & bit]:
            raise Close(4014, f"disallowed intents {', '.join(asked)}")
        shard = body.get("shard", [0, 1])
        if shard != [0, 1]:
            raise Close(4010, f"invalid shard {shard}")
        world = self.world
        session = Session(secrets.token_hex(16), intents, shard, socket=connection)
        connection.session = session
        if any(other.socket is not None for other in self.sessions.values()):
            world.violate("gateway: a second session was opened beside a living one")
        self.sessions[session.id] = session
        guilds = [{"id": str(world.guild.id), "unavailable": True}] if world.bot.here else []
        ready: Json = {
            "v": 10, "user": payloads.user(world.bot) | {"verified": True, "mfa_enabled": True, "email": None},
            "guilds": guilds, "session_id": session.id, "shard": shard,
            "resume_gateway_url": world.public_base.replace("http", "ws", 1) + "/gateway", "private_channels": [],
            "application": {"id": str(world.app_id), "flags": 0},
        }  # fmt: skip
        self._tell(session, "READY", ready)
        if intents & 1 and world.bot.here:
            self._tell(session, "GUILD_CREATE", payloads.guild(world, whole=True))
        self.identified += 1
        world.log.append(f"gateway: identified, intents {intents}")
        world.touch()

    def _resume(self, connection: Connection, body: Json) -> None:
        if body.get("token") != self.world.token:
            raise Close(4004, "authentication failed")
        session = self.sessions.get(str(body.get("session_id")))
        if session is None:
            connection.send({"op": INVALID, "d": False})
            return
        session.socket = connection
        connection.session = session
        for event in session.events[int(body.get("seq") or 0) :]:
            connection.send(event)
        self._tell(session, "RESUMED", {})
        self.resumed += 1
        self.world.log.append("gateway: resumed")
        self.world.touch()

    def _members(self, session: Session, body: Json) -> None:
        """Request Guild Members, by id only: the whole list needs the intent."""
        world = self.world
        if "user_ids" not in body and not body.get("query"):
            world.violate("gateway: the list of all members asked for without the intent")
            return
        wanted = body.get("user_ids") or []
        wanted = [str(one) for one in (wanted if isinstance(wanted, list) else [wanted])]
        query = str(body.get("query") or "").lower()
        people = [one for one in world.people.values() if one.here]
        found = [one for one in people if str(one.id) in wanted or (query and one.name.lower().startswith(query))]
        missing = [one for one in wanted if one not in {str(person.id) for person in people}]
        chunk: Json = {
            "guild_id": str(world.guild.id), "members": [payloads.member(world, one) for one in found[:100]],
            "chunk_index": 0, "chunk_count": 1, "not_found": missing, "nonce": body.get("nonce"),
        }  # fmt: skip
        self._tell(session, "GUILD_MEMBERS_CHUNK", chunk)

"""One request of the bot, as the handlers see it, and the checks they share."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from . import permissions
from .errors import ApiError, Faults
from .model import Channel, Json
from .permissions import P
from .world import World

Reply = Json | list[Json] | None


@dataclass(eq=False)
class Call:
    world: World
    method: str
    route: str  # with the names of the parts instead of the ids
    parts: dict[str, str]
    query: dict[str, str]
    body: Any = None
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)

    def id(self, name: str) -> int:
        return int(self.parts[name])

    @property
    def name(self) -> str:
        return f"{self.method} {self.route}"

    def violate(self, text: str) -> None:
        self.world.violate(f"{self.name}: {text}")

    def deny(self, status: int, code: int, text: str) -> ApiError:
        """An answer that no careful bot would ever get."""
        self.violate(f"{code} {text}")
        return ApiError(status, code, text)

    def valid(self, faults: Faults) -> None:
        if faults.found:
            for path, text in faults.found:
                self.violate(f"{path} {text}")
            raise faults.error()

    def channel(self, name: str = "channel") -> Channel:
        return self.world.channel_by_id(self.id(name))

    def see(self, channel: Channel) -> None:
        if not self.world.sees(self.world.bot, channel):
            raise self.deny(403, 50001, f"Missing Access to {channel.name}")

    def need(self, channel: Channel, needed: P) -> None:
        self.see(channel)
        missing = needed & ~self.world.may(self.world.bot, channel)
        if missing:
            raise self.deny(403, 50013, f"Missing Permissions in {channel.name}: {permissions.names(missing)}")

    def has(self, channel: Channel, wanted: P) -> bool:
        return wanted in self.world.may(self.world.bot, channel)


async def read(world: World, request: web.Request, route: str) -> Call:
    call = Call(world, request.method, route, dict(request.match_info), dict(request.query))
    kind = request.content_type
    if kind == "multipart/form-data":
        async for part in await request.multipart():
            name = getattr(part, "name", None) or ""
            content = bytes(await part.read())  # type: ignore[union-attr]
            if name == "payload_json":
                call.body = json.loads(content)
            else:
                call.files[name] = (getattr(part, "filename", None) or "file", content)
    elif request.can_read_body:
        try:
            call.body = await request.json()
        except ValueError:
            raise call.deny(400, 50109, "The request body contains invalid JSON.") from None
    return call

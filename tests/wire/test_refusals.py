"""What a careless bot gets: each refusal of Discord, asked for by hand over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest

from .errors import NoAnswer
from .model import Channel, Json
from .people import Answer, Person
from .permissions import P
from .server import API, Discord

pytestmark = pytest.mark.asyncio
INVITE = P.VIEW_CHANNEL | P.SEND_MESSAGES | P.SEND_MESSAGES_IN_THREADS | P.CREATE_PRIVATE_THREADS
PRIVATE: Json = {"type": 4, "data": {"content": "hello", "flags": 64}}


class Hand:
    """A bot of one's own hands: every request is made on purpose."""

    def __init__(self, discord: Discord, http: aiohttp.ClientSession, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.discord, self.http, self.socket = discord, http, socket

    async def ask(self, method: str, path: str, body: object = None) -> tuple[int, Any]:
        """The status, and the error's code or else the whole answer."""
        async with self.http.request(method, self.discord.public_base + API + path, json=body) as reply:
            answer = await reply.json() if reply.status != 204 else {}
            return reply.status, answer["code"] if reply.status >= 400 else answer

    async def event(self, name: str) -> Json:
        while True:
            body = await self.socket.receive_json()
            if body.get("t") == name:
                found: Json = body["d"]
                return found

    async def pressed(self, person: Person, where: Channel) -> tuple[asyncio.Task[Answer], str, str]:
        """Somebody uses /go: what they will get, the path of the first answer, the path of follow-ups."""
        task = asyncio.create_task(person.slash("go", where))
        told = await self.event("INTERACTION_CREATE")
        return (
            task,
            f"/interactions/{told['id']}/{told['token']}/callback",
            f"/webhooks/{told['application_id']}/{told['token']}",
        )


@asynccontextmanager
async def by_hand(permissions: int = INVITE, intents: int = 1) -> AsyncIterator[tuple[Discord, Hand]]:
    headers = {"Authorization": "Bot t", "User-Agent": "DiscordBot (by hand, 1)"}
    async with (
        Discord(permissions, token="t") as discord,
        aiohttp.ClientSession(headers=headers) as http,
        http.ws_connect(f"{discord.public_base}/gateway?v=10") as socket,
    ):
        await socket.send_json({"op": 2, "d": {"token": "t", "intents": intents}})
        hand = Hand(discord, http, socket)
        await hand.event("GUILD_CREATE")
        await hand.ask("PUT", f"/applications/{discord.app_id}/commands", [{"name": "go", "description": "Go"}])
        yield discord, hand


async def test_one_answer_in_three_seconds_and_a_token_for_fifteen_minutes() -> None:
    async with by_hand() as (discord, hand):
        ana, garden = discord.person("Ana"), discord.channel("garden")
        task, callback, hook = await hand.pressed(ana, garden)
        assert await hand.ask("POST", hook, {"content": "too early", "flags": 64}) == (404, 10015)
        assert (await hand.ask("POST", callback, PRIVATE))[0] == 204
        assert (await task).text == "hello"
        assert await hand.ask("POST", callback, PRIVATE) == (400, 40060)
        assert (await hand.ask("PATCH", f"{hook}/messages/@original", {"content": "later"}))[1]["content"] == "later"
        private = f"/channels/{garden.id}/messages/{(await task).message.id}"
        assert await hand.ask("PATCH", private, {"content": "by the wrong door"}) == (404, 10008)
        discord.advance(901)
        assert await hand.ask("PATCH", f"{hook}/messages/@original", {"content": "much later"}) == (401, 50027)
        assert [one.split(": ")[1].split()[0] for one in discord.violations] == ["10015", "40060", "50027"]

        task, callback, _ = await hand.pressed(ana, garden)
        discord.advance(4)
        assert await hand.ask("POST", callback, PRIVATE) == (404, 10062)
        discord.bot_died()
        with pytest.raises(NoAnswer):
            await task


async def test_nothing_public_answers_a_press() -> None:
    async with by_hand() as (discord, hand):
        ana, garden = discord.person("Ana"), discord.channel("garden")
        task, callback, hook = await hand.pressed(ana, garden)
        await hand.ask("POST", callback, {"type": 5, "data": {"flags": 64}})
        await hand.ask("POST", hook, {"content": "fills what was deferred, privately"})
        assert (await task).message.only_for is ana
        assert discord.violations == []
        await hand.ask("POST", hook, {"content": "a second one, for all"})
        assert len(discord.violations) == 1
        assert "is public" in discord.violations[0]


async def test_threads_archived_locked_and_lost() -> None:
    async with by_hand(INVITE) as (discord, hand):
        ana, garden = discord.person("Ana"), discord.channel("garden")
        inside = {"name": "circle 1", "type": 12, "invitable": True}
        _, made = await hand.ask("POST", f"/channels/{garden.id}/threads", inside)
        here, thread = f"/channels/{made['id']}", discord.threads()[0]
        assert (await hand.ask("PUT", f"{here}/thread-members/{ana.id}"))[0] == 204
        (line,) = thread.messages
        assert await hand.ask("DELETE", f"{here}/messages/{line}") == (403, 50021)
        assert await hand.ask("GET", f"{here}/thread-members") == (403, 50001)
        assert (await hand.ask("GET", f"{here}/thread-members/{ana.id}"))[0] == 200
        ana.steps_out(thread)
        assert await hand.ask("GET", f"{here}/thread-members/{ana.id}") == (404, 10007)
        assert await hand.ask("DELETE", here) == (403, 50013)
        assert await hand.ask("PATCH", here, {"locked": True}) == (403, 50013)
        _, said = await hand.ask("POST", f"{here}/messages", {"content": "hello"})
        assert (await hand.ask("PATCH", here, {"archived": True}))[0] == 200
        assert await hand.ask("PATCH", f"{here}/messages/{said['id']}", {"content": "no"}) == (400, 50083)
        assert await hand.ask("PUT", f"{here}/thread-members/{ana.id}") == (400, 50083)
        before = len(discord.violations)
        await hand.ask("POST", f"{here}/messages", {"content": "opens it again"})
        assert not thread.archived
        assert "archived thread" in discord.violations[before]
        _, active = await hand.ask("GET", f"/guilds/{discord.guild.id}/threads/active")
        assert [one["id"] for one in active["threads"]] == [made["id"]]
        garden.overwrites[discord.bot_role.id] = (P(0), P.VIEW_CHANNEL)
        assert await hand.ask("POST", f"{here}/messages", {"content": "unseen"}) == (403, 50001)


async def test_nonces_pages_and_routes() -> None:
    async with by_hand(INVITE | P.READ_MESSAGE_HISTORY) as (discord, hand):
        garden = discord.channel("garden")
        here = f"/channels/{garden.id}/messages"
        once = {"content": "once", "nonce": "n", "enforce_nonce": True}
        ids = [(await hand.ask("POST", here, once))[1]["id"] for _ in range(2)]
        assert ids[0] == ids[1]
        assert len(discord.deduplicated) == 1
        discord.advance(301)
        ids.append((await hand.ask("POST", here, once))[1]["id"])
        assert ids[2] != ids[0]
        ids += [(await hand.ask("POST", here, {"content": text}))[1]["id"] for text in "abc"]

        async def page(query: str) -> list[str]:
            return [one["content"] for one in (await hand.ask("GET", f"{here}?{query}"))[1]]

        assert await page("limit=2") == ["c", "b"]
        assert await page(f"after={ids[2]}&limit=2") == ["b", "a"]
        assert await page(f"before={ids[3]}&limit=1") == ["once"]
        assert "nonce" not in (await hand.ask("GET", f"{here}/{ids[0]}"))[1]
        assert discord.violations == []

        assert await hand.ask("POST", here, {"content": " "}) == (400, 50006)
        assert await hand.ask("POST", here, {"content": "x" * 2001}) == (400, 50035)
        assert await hand.ask("GET", "/channels/1/pins") == (404, 0)
        assert await hand.ask("GET", "/channels/1") == (404, 10003)
        assert [one.rpartition(": ")[2] for one in discord.violations] == [
            "50006 Cannot send an empty message",
            "content must be 0-2000 long, is 2001",
            f"unknown route GET {API}/channels/1/pins",
        ]


async def test_too_many_requests() -> None:
    async with by_hand() as (discord, hand):
        garden = discord.channel("garden")
        discord.limits.per_route["POST /channels/{channel}/typing"] = (2, 60.0)
        found = []
        for _ in range(3):
            async with hand.http.post(f"{discord.public_base}{API}/channels/{garden.id}/typing") as reply:
                found.append((reply.status, reply.headers["X-RateLimit-Remaining"], "Retry-After" in reply.headers))
        assert found == [(204, "1", False), (204, "0", False), (429, "0", True)]
        assert discord.limits.refused == ["POST /channels/{channel}/typing"]


async def test_a_failure_on_purpose_comes_once() -> None:
    async with by_hand() as (discord, hand):
        here = f"/channels/{discord.channel('garden').id}/messages"
        discord.fail("POST /channels/{channel}/messages", 503, phase="after")
        assert await hand.ask("POST", here, {"content": "made, and not told"}) == (503, 0)
        assert (await hand.ask("POST", here, {"content": "as usual"}))[0] == 200
        assert len(discord.public_messages()) == 2

"""Killed at every statement and every request between a waiting row and its message: each is said once (promise 9).

simcord forgets every nonce at once, so what was sent must be found by looking back, as after a long time on Discord.
"""

import asyncio
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from typing import Any

import discord
import pytest
import simcord
from sqlalchemy import event
from sqlalchemy.util import await_only

from bot.acts import Presser, due, inbox
from bot.app import Trellis
from bot.practice.session import Session
from bot.press import view_of
from bot.rehearsal.world import World, retire
from bot.settings import Settings
from bot.store.rows import Notice
from bot.store.unit import Unit
from bot.ui import help_button
from bot.words import say
from tests.cogs.evening import Evening

LATER = 20 * 60  # seconds
TOGETHER, STILL = (say(kind, "en", holder="Ana", name="Ana") for kind in ("session.together", "round.still"))
FEWEST_STEPS = 15  # even of a single note: looked for, claimed, sent, marked
FIRST = 100  # the threads here are numbered after the session's own


class Death:
    """Lets a bot die before its `at`th statement, or before or after its `at`th request, whichever number is first.

    From then on nothing of it moves: no statement and no request goes out any more, and nothing is written.
    """

    def __init__(self, bot: Trellis, at: int) -> None:
        self.left = at
        self.came = asyncio.Event()
        self._request = bot.http.request
        bot.http.request = self._die_around  # type: ignore[method-assign]
        for engine in {bot.store.engine, bot.store.readers}:
            event.listen(engine.sync_engine, "before_cursor_execute", self._die_before)

    def _step(self) -> bool:
        self.left -= 1
        if self.left <= 0:
            self.came.set()
        return self.came.is_set()

    def _die_before(self, *_: Any) -> None:
        if self._step():
            await_only(asyncio.Event().wait())

    async def _die_around(self, *what: Any, **more: Any) -> Any:
        if self._step():
            await asyncio.Event().wait()
        answer = await self._request(*what, **more)
        if self._step():
            await asyncio.Event().wait()
        return answer


@dataclass
class Way:
    """An open session, and what is sent on its behalf again and again; `number` is how often."""

    evening: Evening
    session: str
    ana: str
    number: int = 0
    spent: int = 0

    @property
    def bot(self) -> Trellis:
        return self.evening.world.bot

    def read(self, place: simcord.ChannelHandle) -> list[discord.Message]:
        """What stands there."""
        return [one for one in place.history(viewer=self.evening["Mara"].actor) if one.content]

    @property
    def thread(self) -> simcord.ChannelHandle:
        """The newest thread."""
        return self.evening.world.garden.threads[-1]

    def unit(self) -> AbstractAsyncContextManager[Unit]:
        return self.bot.store.unit(self.evening.world.guild.id)

    async def kept(self, unit: Unit) -> Session:
        session = await unit.one(Session, id=self.session)
        assert isinstance(session, Session)
        return session

    async def write(self, parcel: "Parcel") -> None:
        """Let the parcel wait."""
        self.number += 1
        garden = self.bot.get_partial_messageable(self.evening.world.garden.id)
        self.spent = (await garden.send("spent")).id
        async with self.unit() as unit:
            session = await self.kept(unit)
            await unit.waiting.done(session.moment or "")  # nothing else happens in it
            common = {
                "circle": session.circle_id, "session": session.id, "token": session.token, "language": "en",
                "number": FIRST + self.number, "holder": self.ana, "people": [self.ana],
            }  # fmt: skip
            await parcel.write(self, unit, common)


class Parcel:
    """Some rows in one lane that are carried out together, and what has come of them."""

    async def write(self, way: Way, unit: Unit, common: dict[str, Any]) -> None:
        """Write the rows."""
        raise NotImplementedError

    async def expect(self, way: Way, unit: Unit) -> None:
        """Everything is there, and once."""
        raise NotImplementedError


class Opening(Parcel):
    """A session's thread, and its first message."""

    async def write(self, way: Way, unit: Unit, common: dict[str, Any]) -> None:
        channel = way.evening.world.garden.id
        await unit.waiting.write("thread", way.session, **common, channel=channel)
        await unit.waiting.write("post", way.session, **common, kind="session.together", mark=["waiting", way.session])

    async def expect(self, way: Way, unit: Unit) -> None:
        threads = [one for one in way.evening.world.garden.threads if one.name == f"circle {FIRST + way.number}"]
        assert [one.id for one in threads] == [way.thread.id]
        (message,) = way.read(way.thread)
        session = await way.kept(unit)
        assert (session.thread_id, session.waiting_message_id) == (way.thread.id, message.id)


class Step(Parcel):
    """A new message, what was said changed, a spent message gone."""

    async def write(self, way: Way, unit: Unit, common: dict[str, Any]) -> None:
        notice = Notice(f"still-{way.number}", way.session, "round.still")
        unit.add(notice)
        await unit.waiting.write("post", way.session, **common, kind="round.still", mark=["notice", notice.token])
        await unit.waiting.write("edit", way.session, **common, kind="session.together", message="waiting")
        channel = way.evening.world.garden.id
        await unit.waiting.write("unsay", way.session, session=way.session, channel=channel, message=way.spent)

    async def expect(self, way: Way, unit: Unit) -> None:
        first, *others = way.read(way.thread)
        assert first.content == TOGETHER
        assert [one.content for one in others] == [STILL] * way.number
        (notice,) = await unit.all(Notice, token=f"still-{way.number}")
        assert notice.message_id == others[-1].id
        assert way.spent not in [one.id for one in way.read(way.evening.world.garden)]


class Ending(Parcel):
    """Somebody is added, and the thread is put away without buttons."""

    async def write(self, way: Way, unit: Unit, common: dict[str, Any]) -> None:
        thread = way.bot.get_partial_messageable(way.thread.id)
        await thread.send("has a button", view=view_of([help_button("en")]))
        await unit.waiting.write("add", way.session, session=way.session, people=[way.ana])
        await unit.waiting.write("archive", way.session, session=way.session)

    async def expect(self, way: Way, unit: Unit) -> None:
        messages = way.read(way.thread)
        assert [one.components for one in messages] == [[]] * (1 + way.number)
        kept = way.evening.world.env.backend.get_channel(way.thread.id)
        assert way.evening["Ana"].actor.id in kept.thread_members


class Note(Parcel):
    """Something for one person, of which a DM tells."""

    async def write(self, way: Way, unit: Unit, common: dict[str, Any]) -> None:
        await unit.waiting.write("note", way.ana, person=way.ana, kind="door.let_in", circle=common["circle"])

    async def expect(self, way: Way, unit: Unit) -> None:
        ana = way.evening["Ana"].actor.user
        assert len(list(ana.dm_channel.history(viewer=ana))) == way.number
        by = Presser(ana.id)
        (errand,) = await inbox.look(unit, by)
        await inbox.seen(unit, by, [errand.due.token])


@pytest.fixture
def settings(settings: Settings, url: str) -> Settings:
    """The same, with each database."""
    return replace(settings, database_url=url)


@pytest.fixture
async def way(evening: Evening) -> Way:
    await evening.make_circle()
    await evening.gather("Ana")
    ana = Presser(evening["Ana"].actor.id)
    async with evening.world.bot.store.unit(evening.world.guild.id) as unit:
        await inbox.set_dms(unit, ana, wanted=True)
        person = await unit.people.meet(ana.discord_id)
        (session,) = await unit.all(Session)
    await evening.world.restart()  # without a young press there is only the DM
    return Way(evening, session.id, person.id)


async def dies(world: World, at: int) -> bool:
    """Carry out what waits; whether the bot died on the way, there."""
    death = Death(world.bot, at)
    going, dying = asyncio.ensure_future(world.wait(0)), asyncio.ensure_future(death.came.wait())
    await asyncio.wait({going, dying}, return_when=asyncio.FIRST_COMPLETED)
    for waiting in (going, dying):
        waiting.cancel()
    await asyncio.gather(going, dying, return_exceptions=True)
    return death.came.is_set()


async def walk(way: Way, parcel: Parcel, away: int) -> int:
    """Send the parcel again and again, and let the bot die one step later each time, until it comes through alive.

    Returns how many steps there are.
    """
    world, died = way.evening.world, True
    while died:
        await way.write(parcel)
        died = await dies(world, at=way.number)
        await retire(world.bot)
        await world.env.advance_time(away)
        await world.restart()
        await world.wait(0)
        async with way.unit() as unit:
            assert await due.waiting_now(unit) == []
            await parcel.expect(way, unit)
    return way.number


every_parcel = pytest.mark.parametrize(
    "parcel", [Opening(), Step(), Ending(), Note()], ids=lambda one: type(one).__name__
)


@every_parcel
async def test_killed_at_every_step_and_back_after_a_while_each_is_said_once(way: Way, parcel: Parcel) -> None:
    assert await walk(way, parcel, LATER) > FEWEST_STEPS


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_a_dm_is_told_from_one_of_some_seconds_before(way: Way) -> None:
    assert await walk(way, Note(), 0) > FEWEST_STEPS

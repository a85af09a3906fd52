"""A server with people in it who act, as `bot.app.Trellis.act` lets them, and a Discord where nothing ever fails."""

import asyncio
import itertools
import re
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from typing import Any, Concatenate, ParamSpec, TypeVar

import pytest

from bot.acts import Presser, circle, door, due, server, session
from bot.acts import round as rounds
from bot.acts.due import Errand
from bot.practice.door import Door
from bot.practice.refusals import Refusal
from bot.store.unit import SomebodyWasFirst, Store, Unit
from tests.conftest import Moments

SNOWFLAKES = itertools.count(210_000_000_000_000_001)
TRIES = 3

P = ParamSpec("P")
T = TypeVar("T")


def refused(code: str) -> pytest.RaisesExc[Refusal]:
    """Expect this refusal."""
    return pytest.raises(Refusal, match=f"^{re.escape(code)}$")


@dataclass
class Home:
    """One server."""

    store: Store
    moments: Moments
    role: int = 0

    def __post_init__(self) -> None:
        self.id, self.role, self.channel = (next(SNOWFLAKES) for _ in range(3))

    def person(self, **more: Any) -> "Someone":
        """Somebody new, who sees the channel."""
        seen = Presser(next(SNOWFLAKES), place=self.channel, channels=frozenset({self.channel}))
        return Someone(self, replace(seen, **more))

    def facilitator(self, **more: Any) -> "Someone":
        """Somebody new with the role that may make circles."""
        return self.person(roles=frozenset({self.role}), **more)

    async def is_set_up(self) -> None:
        """Its admin has chosen the role."""
        await self.person(administers=True).does(
            server.set_up, facilitators=self.role, zone=None, language=None, care_contact=None
        )

    async def at_once(self, *presses: Awaitable[object]) -> list[object]:
        """All presses side by side, and what became of each; PostgreSQL has its connections open already."""
        async with AsyncExitStack() as opened:
            for _ in presses if self.store.url.startswith("postgresql") else ():
                await opened.enter_async_context(self.store.engine.connect())
        return await asyncio.gather(*presses, return_exceptions=True)

    async def carry_out(self) -> list[Errand]:
        """Everything that is due, in any server, as `bot.app` does it; what was carried out, in that order."""
        carried: list[Errand] = []
        while True:
            self.moments.advance(1)
            async with self.store.unit(0) as unit:
                rows = await due.waiting_now(unit)
            if not rows:
                return carried
            for row in rows:
                async with self.store.unit(row.server_id) as unit:
                    errand = await due.claim(unit, row.token)
                if errand is None:
                    continue
                carried.append(errand)
                async with self.store.unit(row.server_id) as unit:
                    if row.deed == "note":
                        await due.rest(unit, row.token, knocked=errand.reader_takes_dms)
                    else:
                        made = next(SNOWFLAKES) if row.deed in {"thread", "post"} else None
                        await due.done(unit, row.token, made=made)


@dataclass
class Someone:
    """A person who presses something in a server."""

    home: Home
    presser: Presser

    @property
    def id(self) -> int:
        """Their Discord id."""
        return self.presser.discord_id

    def at(self, place: int) -> "Someone":
        """The same person, in another channel or thread."""
        return Someone(self.home, replace(self.presser, place=place))

    def in_(self, home: Home) -> "Someone":
        """The same person, in another server."""
        return Someone(home, replace(self.presser, place=home.channel, channels=frozenset({home.channel})))

    async def does(
        self, deed: Callable[Concatenate[Unit, Presser, P], Awaitable[T]], *args: P.args, **more: P.kwargs
    ) -> T:
        """Carry out an act in one transaction, looking again when somebody else was first."""
        self.home.moments.advance(1)
        for _ in range(TRIES - 1):
            try:
                return await self._once(deed, *args, **more)
            except SomebodyWasFirst:
                continue
        return await self._once(deed, *args, **more)

    async def _once(
        self, deed: Callable[Concatenate[Unit, Presser, P], Awaitable[T]], *args: P.args, **more: P.kwargs
    ) -> T:
        async with self.home.store.unit(self.home.id) as unit:
            return await deed(unit, self.presser, *args, **more)

    async def makes_circle(self, name: str = "Garden", channel: int | None = None) -> str:
        """Make a circle with an open door; returns its token."""
        draft = await self.does(circle.draft, name=name, channel_id=channel or self.home.channel, purpose=None)
        await self.does(circle.create, draft.token, dms=False)
        card = next(errand for errand in await self.home.carry_out() if errand.due.facts["kind"] == "circle.card")
        await self.does(door.set_door, named=str(card.due.facts["token"]), door=Door.OPEN)
        return str(card.due.facts["token"])

    async def joins(self, circle_token: str) -> "Someone":
        """Come into a circle whose door is open."""
        await self.does(door.ask, circle_token)
        return self


@dataclass
class Evening:
    """A session in a circle, and what was posted of it."""

    holder: Someone
    others: list[Someone]
    circle: str
    token: str
    thread: int
    posted: list[Errand]

    @property
    def people(self) -> list[Someone]:
        return [self.holder, *self.others]

    @property
    def turns(self) -> list[Errand]:
        """The turn messages so far."""
        return [errand for errand in self.posted if errand.due.facts.get("kind") == "round.turn"]

    @property
    def turn(self) -> str:
        """The token in the newest turn message."""
        return str(self.turns[-1].due.facts["turn"])

    @property
    def speaker(self) -> Someone:
        """Whom the newest turn message names."""
        return self.named_in(self.turns[-1])

    def named_in(self, turn: Errand) -> Someone:
        """Whom this turn message names."""
        return next(person for person in self.people if person.id == turn.people[turn.due.facts["speaker"]])

    async def shows(self) -> list[Errand]:
        """Let Discord show what is due; what came anew."""
        anew = await self.holder.home.carry_out()
        self.posted += anew
        return anew

    async def goes_on(self) -> list[Errand]:
        """The speaker passes the piece on; what came anew."""
        await self.speaker.does(rounds.pass_piece, self.turn, message_id=next(SNOWFLAKES))
        return await self.shows()


async def gathered(home: Home, *, speakers: int = 3, listeners: int = 0, themes: int = 1) -> Evening:
    """A session of a new circle into which everybody has come; the holder is the first to speak."""
    await home.is_set_up()
    holder = home.facilitator()
    token = await holder.makes_circle()
    others = [await home.person().joins(token) for _ in range(speakers + listeners - 1)]
    await holder.does(session.open_session, named=token, rounds=themes)
    posted = await home.carry_out()
    evening = Evening(holder, others, token, str(posted[-1].due.facts["token"]), posted[-2].thread_id or 0, posted)
    for number, person in enumerate(evening.people):
        await person.does(session.come_in, evening.token, listening=number >= speakers)
    await evening.shows()
    return evening


async def begun(home: Home, *, speakers: int = 3, listeners: int = 0, themes: int = 1) -> Evening:
    """The same, and its holder has begun it."""
    evening = await gathered(home, speakers=speakers, listeners=listeners, themes=themes)
    await evening.holder.does(session.begin, evening.token)
    await evening.shows()
    return evening

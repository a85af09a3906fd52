"""A server with people in it who act, as `bot.app.Trellis.act` lets them, and a Discord where nothing ever fails."""

import asyncio
import itertools
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, Concatenate, ParamSpec, TypeVar

import pytest
from sqlalchemy import text

from bot.acts import Presser, circle, door, due, facilitator, holding, inbox, server, session
from bot.acts import round as rounds
from bot.acts.due import Errand
from bot.acts.rupture.passing import STANDS_DOWN
from bot.practice.door import Door
from bot.practice.refusals import Refusal
from bot.store.unit import SomebodyWasFirst, Store, Unit
from tests.conftest import Moments

from .time_brings import bring, reach

SNOWFLAKES = itertools.count(210_000_000_000_000_001)
TRIES, MOST_LOOKS = 3, 1000

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
        self._at_the_end: Callable[[], None] | None = None
        self._commits = asyncio.Event()
        self.shown: dict[int, Errand] = {}
        self.apart = 0.0  # seconds between transactions
        self.gone: set[int] = set()  # who has left the server
        self.takes_no_dms: set[int] = set()
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

    async def at_once(self, first: Awaitable[object], *others: Awaitable[object]) -> list[object]:
        """Presses side by side, and what became of each.

        In PostgreSQL the first has done everything but its commit when the others come, and commits only when they are
        over or wait for it. SQLite lets in one at a time.
        """
        self.apart = 0.001  # no two transactions of a server are of the same moment
        if self.store.url.startswith("sqlite"):
            return await asyncio.gather(first, *others, return_exceptions=True)
        self._commits, arrived = asyncio.Event(), asyncio.Event()
        self._at_the_end = arrived.set
        holding = asyncio.ensure_future(first)
        holding.add_done_callback(lambda _: arrived.set())
        await arrived.wait()
        self._at_the_end = None
        coming = [asyncio.ensure_future(other) for other in others]
        for _ in range(MOST_LOOKS):
            if await self._waiting_backends() >= sum(not other.done() for other in coming):
                break
        self._commits.set()
        return await asyncio.gather(holding, *coming, return_exceptions=True)

    async def before_commit(self) -> None:
        """Where the first of those at once waits for the others."""
        if self._at_the_end:
            self._at_the_end()
            await self._commits.wait()

    async def _waiting_backends(self) -> int:
        waiting = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
        async with self.store.engine.begin() as connection:
            return int((await connection.execute(waiting)).scalar_one())

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
                carried += [errand] if row.deed != STANDS_DOWN else []  # nobody meets it; every joining brings one
                made = self._show(errand)
                await bring(self.store, row, self.gone)
                async with self.store.unit(row.server_id) as unit:
                    if row.deed == "note":
                        await reach(unit, errand, self.takes_no_dms)
                    else:
                        await due.done(unit, row.token, made=made)

    def _show(self, errand: Errand) -> int | None:
        """What Discord does with it; the id of what was made. Of what was claimed before, it is looked for first."""
        match errand.due.deed:
            case "thread":
                return next(SNOWFLAKES)
            case "post":
                there = (made for made, one in self.shown.items() if one.due.token == errand.due.token)
                made = next(there, None) if errand.claimed_at else None
                self.shown[made := made or next(SNOWFLAKES)] = errand
                return made
            case "edit" if errand.message_id in self.shown:
                self.shown[errand.message_id] = errand
            case "unsay":
                assert errand.message_id in self.shown or errand.claimed_at  # nothing is taken away twice
                self.shown.pop(errand.message_id or 0, None)
            case "delete":
                self.shown = {made: one for made, one in self.shown.items() if one.channel_id != errand.thread_id}
        return None

    async def passes(self, time: timedelta) -> list[Errand]:
        """Let time go by and bring what it brings; what was carried out."""
        self.moments.advance(time.total_seconds())
        return await self.carry_out()


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

    async def looks(self) -> list[Errand]:
        """Look into the inbox; all that is shown arrives."""
        notes: list[Errand] = await self.does(inbox.look)
        await self.does(inbox.seen, [note.due.token for note in notes])
        return notes

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
            self.home.moments.advance(self.home.apart)
            outcome = await deed(unit, self.presser, *args, **more)
            await unit.flush()
            await self.home.before_commit()
            return outcome

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

    async def shares(self, circle_token: str) -> "Someone":
        """Have somebody new facilitate this circle too."""
        member = self.home.person()
        async with self.home.store.unit(self.home.id) as unit:
            how = (await circle.by_token(unit, circle_token)).door
        await self.does(door.set_door, named=circle_token, door=Door.OPEN)
        await member.joins(circle_token)
        await self.does(door.set_door, named=circle_token, door=how)
        await self.does(facilitator.ask, circle_token, member=member.id)
        (note,) = await member.looks()
        await member.does(facilitator.answer, str(note.due.facts["offer"]), yes=True)
        return member


@dataclass
class Evening:
    """A session in a circle, and what was posted of it."""

    holder: Someone
    others: list[Someone]
    circle: str
    token: str = ""
    thread: int = 0
    posted: list[Errand] = field(default_factory=list)

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

    async def opens(self, *, themes: int = 1, speakers: int = 99) -> None:
        """Open a session, into which everybody comes; the first so many to speak."""
        await self.holder.does(session.open_session, named=self.circle, rounds=themes)
        *_, waits, invitation = await self.shows()
        self.token, self.thread = str(invitation.due.facts["token"]), waits.thread_id or 0
        for number, person in enumerate(self.people):
            await person.does(session.come_in, self.token, listening=number >= speakers)
        await self.shows()

    async def shows(self) -> list[Errand]:
        """Let Discord show what is due; what came anew."""
        anew = await self.holder.home.carry_out()
        self.posted += anew
        return anew

    async def goes_on(self) -> list[Errand]:
        """The speaker passes the piece on, and after a round the holder goes on; what came anew."""
        await self.speaker.does(rounds.pass_piece, self.turn)
        anew = await self.shows()
        if any(errand.due.facts.get("kind") == "round.asked" for errand in anew):
            await self.holder.does(holding.go_on, self.token)
            anew += await self.shows()
        return anew


async def gathered(home: Home, *, speakers: int = 3, listeners: int = 0, themes: int = 1) -> Evening:
    """A session of a new circle into which everybody has come; the holder is the first to speak."""
    await home.is_set_up()
    holder = home.facilitator()
    token = await holder.makes_circle()
    others = [await home.person().joins(token) for _ in range(speakers + listeners - 1)]
    evening = Evening(holder, others, token)
    await evening.opens(themes=themes, speakers=speakers)
    return evening


async def begun(home: Home, *, speakers: int = 3, listeners: int = 0, themes: int = 1) -> Evening:
    """The same, and its holder has begun it."""
    evening = await gathered(home, speakers=speakers, listeners=listeners, themes=themes)
    await evening.holder.does(session.begin, evening.token)
    await evening.shows()
    return evening

"""Lives of a flag in Discord, step by step; in an evening without one only the time passes."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta

from bot.practice.rupture.clock import REST_LASTS, WORDS_LAST
from bot.rehearsal.world import NotAsExpected
from bot.store.rows import Waiting
from tests.cogs.evening import Evening
from tests.cogs.test_rupture import fill_in, told, write
from tests.cogs.unseen import OTHER, WATCHER, WRITER

HOUR, DAY = 60, 24 * 60  # minutes
HEARD = HOUR + 1  # by then the first has heard of it


@dataclass
class Life:
    """One evening's flag, or its absence. `looks` is called after each step; `in_it` are who may know of it by then."""

    evening: Evening
    flagged: bool
    looks: Callable[[str], Awaitable[None]]
    reaches: list[str] = field(default_factory=list)
    in_it: set[str] = field(default_factory=lambda: {WRITER})
    lane: str = ""

    async def begins(self, *, lane: str, by_kind: bool, shows_name: bool) -> None:
        """Cleo writes it, and sends it or throws it away."""
        evening, self.lane = self.evening, lane
        look = ["facilitates"] if by_kind else ["hurt"]
        shown = await write(evening, WRITER, *([] if by_kind else [WATCHER]), lane=lane, look=look)
        if shows_name:
            shown = evening.world.plain(await evening.press(WRITER, "rupture.name"))
        if lane == "harm" and not by_kind:
            with_facilitators = await self._tick()
            shown = with_facilitators or shown
        self.reaches = re.findall(r"(?m)^\d\. .*?@(\w+)", shown)
        assert self.reaches
        assert WATCHER not in self.reaches
        self.in_it |= set(self.reaches)
        answer = await evening.press(WRITER, "rupture.send" if self.flagged else "rupture.drop")
        assert ("It's sent" in answer or "It is sent" in answer) == self.flagged, answer
        await self.passes("sent", 0)
        await self.passes("heard", HEARD)

    async def _tick(self) -> str:
        try:
            return self.evening.world.plain(await self.evening.press(WRITER, "rupture.tick"))
        except NotAsExpected:  # nobody else facilitates
            return ""

    async def passes(self, step: str, minutes: float) -> None:
        """So much time, and then everybody looks."""
        await self.evening.wait(minutes=minutes)
        await self.looks(step)

    async def leaps(self, step: str, time: timedelta) -> None:
        """The same for long times: all that waits comes so much sooner, which is quicker than to live it."""
        world = self.evening.world
        async with world.bot.store.unit(world.guild.id) as unit:
            for due in await unit.waiting.here():
                row = await unit.one(Waiting, token=due.token)
                if row and row.due_at:
                    row.due_at -= time
        await self.passes(step, 1)

    async def is_read(self) -> None:
        """The first of those named acknowledges it."""
        if self.flagged:
            reader = self.reaches[0]
            await self.evening.slash(reader, "rupture care")
            assert "You carry it" in await fill_in(self.evening, reader, "rupture.acknowledge", {"words": "Here."})
        await self.passes("acknowledged", 1)

    async def is_planned(self) -> None:
        """One change, and its day."""
        if self.flagged:
            values = {"words": "Turns.", "days": ["7"]}
            await self.evening.slash(self.reaches[0], "rupture care")
            if self.lane == "friction":
                await self.evening.press(self.reaches[0], "rupture.guide")
            assert "Noted" in await fill_in(self.evening, self.reaches[0], "rupture.plan", values)
        await self.passes("planned", 1)
        await self.leaps("its day", timedelta(days=7))

    async def closes(self, deed: str) -> None:
        """Cleo says that it is over."""
        if self.flagged:
            await self.evening.slash(WRITER, "rupture mine")
            assert "Closed" in await self.evening.press(WRITER, f"rupture.{deed}")
        await self.passes("closed", HOUR)


async def is_answered(life: Life) -> None:
    """Read, words to and fro, one change and its day."""
    await life.is_read()
    if life.flagged:
        await life.evening.slash(WRITER, "rupture mine")
        await fill_in(life.evening, WRITER, "rupture.write-back", {"words": "Thanks."})
        await life.evening.slash(life.reaches[0], "inbox")
        await fill_in(life.evening, life.reaches[0], "rupture.write", {"words": "Always."})
        assert "> Always." in told(life.evening, WRITER) + await life.evening.slash(WRITER, "inbox")
    await life.passes("relayed", 1)
    await life.is_planned()


async def is_talked_through(life: Life) -> None:
    """A talk is offered, asked for, agreed to by both; one change and its day."""
    await life.is_read()
    life.in_it.add(OTHER)
    if life.flagged:
        await life.evening.slash(life.reaches[0], "rupture care")
        assert "Offered" in await life.evening.press(life.reaches[0], "rupture.talk")
    await life.passes("talk offered", 1)
    if life.flagged:
        await life.evening.slash(WRITER, "inbox")
        await fill_in(life.evening, WRITER, "rupture.talk-yes", {"other": [life.evening[OTHER].actor]})
    await life.passes("talk asked for", 1)
    if life.flagged:
        await life.evening.slash(OTHER, "inbox")
        assert "you said yes" in await life.evening.press(OTHER, "talk.yes")
    await life.passes("talk agreed", 1)
    await life.is_planned()


async def is_handed_on(life: Life) -> None:
    """From each to the next, and then to somebody new if Cleo agrees."""
    for name in life.reaches:
        if life.flagged:
            await life.evening.slash(name, "rupture care")
            await life.evening.press(name, "rupture.hand-on")
        await life.passes("handed on", HOUR)
    if life.flagged:
        await life.evening.slash(WRITER, "inbox")
        asked = re.findall(r"May @(\w+) see", told(life.evening, WRITER))
        if asked:
            yes = asked[-1] != WATCHER
            life.in_it |= {asked[-1]} - {WATCHER}
            await life.evening.press(WRITER, "rupture.pass-yes" if yes else "rupture.pass-no")
    await life.passes("passed to somebody new", HOUR)


async def is_not_answered(life: Life) -> None:
    """Reminded, then the next, then the last, then its writer reads that nobody answered."""
    for step in ("reminded", "at the backup", "at the care contact", "unanswered"):
        await life.passes(step, DAY)


async def is_over(life: Life) -> None:
    """Closed, opened again, closed; its words go, and then the rest."""
    await life.is_read()
    await life.closes("mended")
    if life.flagged:
        await life.evening.press(WRITER, "rupture.reopen")
    await life.passes("reopened", HOUR)
    await life.closes("settled")
    await life.leaps("words gone", WORDS_LAST)
    assert "There is nothing of yours" in await life.evening.slash(WRITER, "rupture mine")
    await life.leaps("all gone", REST_LASTS)

"""Days played twice, with something that one person must not see and without: at each step both views are compared.

Promise 5 says that nobody kept out of a flag can infer it from the bot. So nothing here looks for words: the whole view
of that one person, channel, threads, direct messages and private replies, has to be the same.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self

from bot.rehearsal.evening import Evening
from bot.rehearsal.telling import Telling
from bot.rehearsal.world import NotAsExpected, Person, Sight, open_world

LOOKS = ("rupture care", "inbox", "circle show", "rupture mine", "circle members", "circle rota", "help-now")
LISTED = re.compile(r"@\w+(?:, @\w+)+|^- @.*(?:\n- @.*)+", re.MULTILINE)

Met = list[tuple[str, Sight]]


class Beside(Evening):
    """The same days beside each other: `hidden` is whether what must not be seen happens in these."""

    onlooker: str  # who must not see it

    def __init__(self, telling: Telling, folder: Path, language: str, *, hidden: bool = True) -> None:
        super().__init__(telling, folder, language)
        self.hidden = hidden
        self.met: list[Met] = []  # what the onlooker met, step by step
        self.other: list[Met] = []  # the same, on the days without
        self._newly: Met = []
        self._left_out = False
        self._looks = cycle(LOOKS)

    async def live(self) -> None:
        """The days without it first, untold; then those with it, told and compared."""
        if self.hidden:
            self.telling.line("beside.first", name=self.onlooker)
            with TemporaryDirectory(prefix="trellis-rehearsal-") as folder, self.telling.hushed():
                self.other = (await self._days_without(Path(folder))).met
        await super().live()

    async def _days_without(self, folder: Path) -> Self:
        days = type(self)(self.telling, folder, self.language, hidden=False)
        async with open_world(days.settings, days.language) as days.world:
            days.world.zone = days.zone
            days.gather_people()
            await days.tell_story()
        return days

    @contextmanager
    def unseen(self) -> Iterator[None]:
        """What is done meanwhile isn't done on the days without it; time and the onlooker's looks go on there too."""
        self._left_out = not self.hidden
        yield
        self._left_out = False

    async def command(self, person: Person, command: str, told: str | None, **options: Any) -> None:
        """Somebody types a command."""
        if not self._left_out:
            await super().command(person, command, told, **options)
        await self._compare()

    async def press(self, person: Person, deed: str, told: str | None, *, twice: bool = False) -> None:
        """Somebody presses a button."""
        if not self._left_out:
            await super().press(person, deed, told, twice=twice)
        await self._compare()

    async def hand_in(self, person: Person, deed: str, told: str, given: str, /, **values: Any) -> None:
        """Somebody presses a button that opens a form, and fills it in."""
        if not self._left_out:
            label = self.world.label(person, deed)
            filling = self.world.fill_in(person, deed, values)
            await self.step(person, "hands_in", filling, told, label=label, given=given)
        await self._compare()

    async def wait(self, minutes: float, expected: str | None = None) -> None:
        """Time goes by."""
        await super().wait(minutes, expected)
        await self._compare()

    def say_all_alike(self) -> None:
        """At the end: how much was compared, all of it alike."""
        if len(self.met) != len(self.other):
            raise NotAsExpected(self.telling.say("beside.differs", name=self.onlooker, met=[], other=[]))
        self.telling.line("beside.alike", name=self.onlooker, sights=self._sights(), looks=len(self.met))

    async def _compare(self) -> None:
        """The onlooker looks into one more place, and what came before their eyes since the last step is compared."""
        await self.world.slash(self.world.people[self.onlooker], next(self._looks))
        others = {name: found for name, found in self._look_around().items() if name != self.onlooker}
        if others:
            self.telling.sights(others, len(self.world.people))
        self.met.append(_comparable(self._newly))
        self._newly = []
        if not self.hidden:
            return
        expected = self.other[len(self.met) - 1] if len(self.met) <= len(self.other) else []
        if self.met[-1] != expected:
            raise NotAsExpected(
                self.telling.say("beside.differs", name=self.onlooker, met=_texts(self.met[-1]), other=_texts(expected))
            )
        self.telling.aside("beside.so_far", name=self.onlooker, sights=self._sights())

    def _sights(self) -> int:
        return sum(len(found) for found in self.met)

    def _look_around(self) -> dict[str, Met]:
        found = super()._look_around()
        theirs = found.get(self.onlooker, [])
        gone = [one for one in theirs if one[0] == "gone"]  # they have no order of their own
        self._newly += [*sorted(gone, key=repr), *(one for one in theirs if one[0] != "gone")]
        return found


def _comparable(found: Met) -> Met:
    """Lists of names stand in the order of random ids, another one in each database: who stands in them counts."""
    return [
        (change, replace(sight, text=LISTED.sub(_in_order, sight.text), labels=tuple(map(_options, sight.labels))))
        for change, sight in found
    ]


def _options(label: str) -> str:
    placeholder, colon, options = label.partition(": ")
    return placeholder + colon + " | ".join(sorted(options.split(" | ")))


def _in_order(listed: re.Match[str]) -> str:
    between = "\n" if listed[0].startswith("- ") else ", "
    return between.join(sorted(listed[0].split(between)))


def _texts(found: Met) -> list[str]:
    return [f"{change}: {sight.text}" for change, sight in found]

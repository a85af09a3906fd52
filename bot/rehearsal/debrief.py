"""After an action: both debriefs and the note, twice - with somebody who never answers, and without (P4, P5, D2.2)."""

import tempfile
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import ClassVar
from zoneinfo import ZoneInfo

from bot.rehearsal.chance import falling_alike
from bot.rehearsal.evening import Evening
from bot.rehearsal.world import NotAsExpected, Person, Sight
from bot.store.counts import row_counts
from bot.words import say

HOLDS, LISTENS, STEPS_OUT, SILENT, COMES, NOT_TODAY = (
    "Amalia", "Benedikt", "Celeste", "Damaris", "Ezequiel", "Farida",
)  # fmt: skip
HOT = datetime(2026, 1, 6, 19, 30)  # on the clock in Madrid
MOVED_TO = 14  # days after the hot one
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
EARLY, DRAWN = timedelta(minutes=15), timedelta(minutes=16)
OF_PEOPLE = ("seat", "turn", "round", "pair", "partner", "debrief_plan")  # tables that are empty afterwards

Seen = Counter[tuple[str, str, Sight]]


class AfterAnAction(Evening):
    """Hot, cold, day 28, and nothing left."""

    story = "debrief"
    names: tuple[str, ...] = (HOLDS, LISTENS, STEPS_OUT, SILENT, COMES, NOT_TODAY)
    roles: ClassVar = {
        "holds": HOLDS, "listens": LISTENS, "silent": SILENT, "steps_out": STEPS_OUT, "not_today": NOT_TODAY,
    }  # fmt: skip
    looks: list[Seen]  # what came before everybody else's eyes, look by look, since it was planned

    async def play(self) -> None:
        """All of it; then once more unseen, without the one who never answers, and what both show is compared."""
        self.looks = []
        with falling_alike():
            await super().play()
        self.telling.open("debrief_unseen")
        self.telling.line("again", name=SILENT)
        with tempfile.TemporaryDirectory(prefix="trellis-rehearsal-") as folder, self.telling.hushed():
            without = WithoutOne(self.telling, Path(folder), self.language)
            with falling_alike():
                await without.play()
        self._expect_no_difference(without.looks)

    async def tell_story(self) -> None:
        """From the plan to the note, four weeks later."""
        with self.telling.hushed():
            await self.set_up()
            await self.make_circle()
        self.looks.clear()
        _, self.listener, self.steps_out, self.comes, self.not_today = (
            person for person in self.speakers if person.name != SILENT
        )
        await self._plan()
        await self._hot()
        await self._tonight()
        await self._cold()
        await self._four_weeks_later()

    async def _plan(self) -> None:
        self.telling.open("debrief_plan")
        await self.command(self.holder, "debrief plan", "debrief.planned_so", first=f"{HOT:%Y-%m-%d %H:%M}")
        await self.press(self.holder, "debrief.move", "debrief.move")
        days = say("debrief.days_option", self.language, count=MOVED_TO)
        choosing = self.world.choose(self.holder, "debrief.days", str(MOVED_TO))
        await self.step(self.holder, "chooses", choosing, "debrief.moved", label=days)
        await self.until(self._at(HOT - DAY), "debrief.soon")
        await self.restart("restart_between")

    async def _hot(self) -> None:
        self.telling.open("debrief_hot")
        await self.until(self._at(HOT - EARLY), "debrief.invitation")
        await self.press(self.not_today, "session.speak", "debrief.caution")
        await self.press(self.not_today, "session.not-today", "debrief.not_today")
        await self._come("speaking", self.holder, told="session.in_holder")
        await self._come("listening", self.listener)
        await self._come("speaking", self.steps_out, self.comes)
        await self.press(self.holder, "session.begin", "did.begin")
        self._expect_first(self.holder)
        words = self.telling.say("written")
        await self.step(self.holder, "writes", self.world.write(self.holder, words), None, words=words)
        await self.press(self.holder, "round.spoke", "did.spoke")
        await self.press(self.speaker(), "round.pass", "did.pass")
        await self.restart()
        await self.press(self.speaker(), "round.spoke", "did.spoke")
        await self.press(self.holder, "session.go-on", "did.go-on")
        await self.more(self.steps_out, "step-out", "did.step-out")
        await self._go_round()

    async def _tonight(self) -> None:
        """Two ask for company; days go by, and the thread goes."""
        self.telling.open("debrief_tonight")
        closed = self.world.env_now()
        one, other = self.steps_out, self.comes
        await self.press(one, "debrief.company", "debrief.company")
        await self.press(other, "debrief.company", "debrief.company")
        await self.until(closed + DRAWN)
        await self.command(one, "inbox", "buddy.question")
        await self.press(one, "buddy.yes", "buddy.yes_kept")
        await self.command(other, "inbox", "buddy.question")
        await self.press(other, "buddy.yes", "buddy.you_met")
        met = self.world.env_now()
        await self.until(met + DAY + HOUR)
        await self.command(one, "inbox", "buddy.nudge")
        await self.until(closed + 3 * DAY - HOUR, "debrief.goes")
        await self.until(closed + 3 * DAY)
        self._expect_no_thread()
        await self.until(met + 3 * DAY + HOUR)
        for person in (one, other):
            await self.command(person, "inbox", "buddy.nudge_last")

    async def _cold(self) -> None:
        self.telling.open("debrief_cold")
        cold = HOT + MOVED_TO * DAY
        await self.until(self._at(cold - DAY), "debrief.soon_cold")
        await self.until(self._at(cold - EARLY), "debrief.invitation")
        with self.telling.hushed():
            await self._come("speaking", self.holder, told="session.in_holder")
            await self._come("listening", self.listener)
            await self._come("speaking", self.steps_out, self.comes, self.not_today)
        await self.press(self.holder, "session.begin", "did.begin")
        await self._go_round(only_beginnings=True)
        await self.press(self.steps_out, "debrief.write", "debrief.writes")
        await self.press(self.not_today, "debrief.write", "debrief.writes")
        await self.press(self.not_today, "debrief.write-not", "debrief.writes_not")
        await self.command(self.holder, "debrief clear", "debrief.clears")
        await self.until(self.world.env_now() + HOUR)
        self._expect_no_thread()

    async def _four_weeks_later(self) -> None:
        self.telling.open("debrief_note")
        await self.until(self._at(HOT + 28 * DAY) + HOUR)
        await self.command(self.steps_out, "inbox", "debrief.day28")
        await self.command(self.not_today, "inbox", "inbox.empty")
        await self.command(self.listener, "circle show", "circle.show")

    async def _come(self, how: str, *people: Person, told: str | None = None) -> None:
        """These people come in, once they have read what to be careful about."""
        for person in people:
            await self.press(person, f"session.{how.removesuffix('ing')}", "debrief.caution")
            await self.press(person, f"session.read-{how}", "debrief.arrive")
            await self.press(person, f"session.in-{how}", told or f"session.in_{how}")

    async def _go_round(self, *, only_beginnings: bool = False) -> None:
        """Everybody has their turn, and the holder goes on after each round, until it is closed."""
        begins = True
        while self._turns():
            with self.telling.told(begins or not only_beginnings):
                await self.press(self.speaker(), "round.spoke", "did.spoke")
            begins = not self._turns()
            if begins:
                await self.press(self.holder, "session.go-on", None)

    async def show_what_is_kept(self) -> None:
        """As after every story; and no row is left of who was there."""
        await super().show_what_is_kept()
        counts = await row_counts(self.settings.database_url)
        left = {table: counts[table] for table in OF_PEOPLE if counts[table]}
        if left:
            raise NotAsExpected(self.telling.say("rows_left", rows=left))
        self.telling.line("no_rows_left", tables=", ".join(OF_PEOPLE))

    def _look_around(self) -> dict[str, list[tuple[str, Sight]]]:
        found = super()._look_around()
        others = {name: sights for name, sights in found.items() if name != SILENT}
        self.looks.append(Counter((name, *one) for name, sights in others.items() for one in sights))
        return found

    def _expect_no_difference(self, without: list[Seen]) -> None:
        """Nobody else saw anything other than if the one who never answers weren't there."""
        if self.looks != without:
            differing = [(one - other) or (other - one) for one, other in zip(self.looks, without, strict=False)]
            seen = next((next(iter(one)) for one in differing if one), None)
            raise NotAsExpected(self.telling.say("differs", name=SILENT, seen=seen))
        sights = sum(look.total() for look in self.looks)
        people = len({name for look in self.looks for name, *_ in look})
        self.telling.line("no_difference", name=SILENT, sights=sights, people=people, looks=len(self.looks))

    def _expect_first(self, person: Person) -> None:
        if self.speaker() is not person:
            raise NotAsExpected(self.telling.say("not_first", name=person.name))

    def _expect_no_thread(self) -> None:
        if self.world.garden.threads:
            raise NotAsExpected(self.telling.say("thread_left"))

    def _at(self, wall: datetime) -> datetime:
        return wall.replace(tzinfo=ZoneInfo(self.zone)).astimezone(UTC)


class WithoutOne(AfterAnAction):
    """The same, in a server where the one who never answers isn't."""

    names = tuple(name for name in AfterAnAction.names if name != SILENT)

    async def play(self) -> None:
        """Once."""
        self.looks = []
        await Evening.play(self)

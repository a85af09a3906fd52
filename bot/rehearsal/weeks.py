"""Ten weeks of a circle of eight: it meets by itself, is asked how it is treated, and doesn't rest on one person."""

from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from zoneinfo import ZoneInfo

from bot.practice.checkin import EASY, Tap, items
from bot.rehearsal.evening import Evening, gist, is_said
from bot.rehearsal.world import NotAsExpected, Person

EIGHT = ("Amalia", "Benedikt", "Celeste", "Damaris", "Ezequiel", "Farida", "Gaspar", "Henrike")
COME = 5  # each week, not always the same
WILLING = 3
ANSWER = 6
WEEKS, QUICK_WEEKS = 10, 3
FIRST = datetime(2026, 1, 8, 19, 30)  # in the week of the tenth the clocks are put forward
WAVES = (3, 8)  # after which week's session
HOLDER_LATE, WOVEN = 3, 5  # in which week
DAY, SOON = timedelta(days=1), timedelta(minutes=20)
FRICTION = {"rushed": 3, "motions": 4}  # how many of those who answer say so


class TenWeeks(Evening):
    """Sessions that come by themselves, a rota, two check-ins, clocks that change, the weave."""

    story = "weeks"
    names = EIGHT
    zone = "America/New_York"

    @property
    def weeks(self) -> int:
        """How many are played."""
        return QUICK_WEEKS if self.telling.quick else WEEKS

    async def tell_story(self) -> None:
        """From the first plan to the look at the whole."""
        with self.telling.hushed():
            await self.set_up()
            await self.make_circle()
            await self.until(self._meets(1) - 4 * DAY)
        await self._plan()
        for week in range(1, self.weeks + 1):
            await self._week(week)
            if week in WAVES:
                await self._check_in(week)
            if week == WOVEN:
                await self._weave()
        await self._look_back()
        self._expect_what_was_due()

    async def _plan(self) -> None:
        self.telling.open("plan")
        first = f"{FIRST:%Y-%m-%d %H:%M}"
        await self.command(self.holder, "circle schedule", "schedule.draft", first=first, every="week")
        await self.press(self.holder, "schedule.save", "schedule.saved")
        with self.telling.hushed():
            for person in self.speakers[1:WILLING]:
                await self.command(person, "circle rota", "rota.what_it_is")
                await self.press(person, "rota.willing", "rota.willing")
        await self.command(self.holder, "circle rota", "rota.what_it_is")
        await self.press(self.holder, "rota.willing", "rota.willing")

    async def _week(self, week: int) -> None:
        told = week in {1, HOLDER_LATE, self.weeks}
        self.telling.open("week", number=week)
        with self.telling.told(told):
            await self.until(self._meets(week) - 2 * DAY)
            holder = await self._who_says_yes()
            await self.until(self._meets(week) - DAY, "reminder.all")
            await self.until(self._meets(week) - SOON, "reminder.all")
            await self.until(self._meets(week), "session.invitation_at")
        here, late = self._here(week, holder), week == HOLDER_LATE
        with self.telling.hushed():
            await self.come_in(*(here[1:] if late else here), told=None)
        if late:
            await self.wait(5, "session.awaits")
            holder = here[1]
            await self.press(holder, "session.hold", "did.hold")
        with self.telling.hushed():
            await self.more(holder, "begin", "did.begin")
            await self._go_round(holder)
        if week == 1:
            await self._say_yes_to_check_ins()

    async def _who_says_yes(self) -> Person:
        """Whoever is called for the coming session finds it waiting, and says yes."""
        for person in self.speakers[:WILLING]:
            if gist("calling.call", person.language) in await self.world.slash(person, "inbox"):
                self.look()
                await self.press(person, "calling.hold", "calling.held")
                return person
            with self.telling.hushed():
                self.look()
        raise NotAsExpected(self.telling.say("nobody_called"))

    async def _go_round(self, holder: Person) -> None:
        """Everybody has their turn, and the holder goes on after each round, until it is closed."""
        while self._turns():
            await self.press(self.speaker(), "round.spoke", "did.spoke")
            if not self._turns():
                await self.press(holder, "session.go-on", None)

    async def _say_yes_to_check_ins(self) -> None:
        self.telling.open("say_yes")
        for number, person in enumerate(self.speakers[:ANSWER]):
            with self.telling.told(number == 0):
                await self.command(person, "checkin join", "rc.optin")
                await self.press(person, "checkin.yes", "rc.joined")

    async def _check_in(self, week: int) -> None:
        self.telling.open("check_in")
        await self.press(self.holder, "wave.open", "rc.opened")
        opened = self.world.env_now()
        for number, person in enumerate(self.speakers[:ANSWER]):
            with self.telling.told(number == 0):
                await self.press(person, "wave.answer", "rc.begin")
                for item in items(week):
                    tap = Tap.PARTLY if number < FRICTION.get(item, 0) else EASY[item]
                    await self.press(person, f"wave.{tap.value}.{item}", "rc.private")
        await self.until(opened + 2 * DAY, "rc.reminder")
        await self.until(opened + 4 * DAY, "rc.res.head")

    async def _weave(self) -> None:
        self.telling.open("weave")
        for number, person in enumerate(self.speakers):
            with self.telling.told(number == 0):
                await self.command(person, "weave", "weave.what_it_is")
                await self.press(person, "weave.yes", None)
        await self.command(self.holder, "weave", "weave.ready")
        await self.press(self.holder, "weave.on", None)

    async def _look_back(self) -> None:
        self.telling.open("after")
        await self.command(self.speakers[1], "circle show", "circle.show")
        if self.weeks >= WOVEN:
            await self.command(self.speakers[1], "weave", "weave.on")
            self.telling.line("picture")

    def _meets(self, week: int) -> datetime:
        """When the session of this week is (UTC): the same time on the wall, also when the clocks have changed."""
        wall = FIRST + (week - 1) * timedelta(weeks=1)
        return wall.replace(tzinfo=ZoneInfo(self.zone)).astimezone(UTC)

    def _here(self, week: int, holder: Person) -> list[Person]:
        """Who comes this week: whoever holds, and some of the others."""
        others = [one for one in self.speakers if one is not holder]
        return [holder, *islice(cycle(others), week, week + COME - 1)]

    def _expect_what_was_due(self) -> None:
        """Exactly the lines that were due stood in the channel: none twice, none missing."""
        waves = sum(week <= self.weeks for week in WAVES)
        due = {
            "schedule.set": 1, "reminder.all": 2 * self.weeks, "rc.due": waves, "rc.open": waves, "rc.reminder": waves,
            "weave.is_on": int(self.weeks >= WOVEN),
        }  # fmt: skip
        kinds = [next((key for key in due if is_said(key, text, self.language)), None) for text in self.public]
        said = {key: kinds.count(key) for key in due}
        if said != due:
            raise NotAsExpected(self.telling.say("lines_differ", said=said, due=due))
        self.telling.line("lines_due", lines=sum(due.values()))

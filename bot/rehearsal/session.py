"""A whole session: the holder is late, somebody is overwhelmed, a turn is long, and the circle goes on."""

from bot.rehearsal.evening import DAY, Evening
from bot.rehearsal.world import Person

WEEK = 7 * DAY


class WholeSession(Evening):
    """Taking over, pauses, soft time, turns again, and what becomes of the thread."""

    story = "session"

    async def tell_story(self) -> None:
        """From the invitation to the deleted thread."""
        with self.telling.hushed():
            await self.set_up()
            await self.make_circle()
        await self._wait_for_holder()
        await self._check_in()
        await self._make_agreement()
        await self._theme_round()
        await self._check_out()

    async def _wait_for_holder(self) -> None:
        self.telling.open("late")
        _, second, third, fourth, fifth = self.speakers
        await self.command(self.holder, "circle open", "session.opened")
        with self.telling.hushed():
            await self.come_in(second, third, fourth)
        await self.wait(5, "session.awaits")
        await self.press(second, "session.hold", "did.hold")
        await self.come_in(self.holder)
        await self.press(self.holder, "session.hold-back", "did.hold-back")
        await self.press(self.holder, "session.begin", "did.begin")
        await self.come_in(fifth)

    async def _check_in(self) -> None:
        self.telling.open("time")
        first = self.speaker()
        await self.more(first, "tell-time", "did.tell-time")
        await self.wait(3)
        await self.press(first, "round.spoke", "did.spoke")
        second = self.speaker()
        await self.more(first, "not-finished", "did.not-finished")
        await self.press(first, "round.spoke", "did.spoke")
        await self.wait(8, "round.still")
        await self.more(self.holder, "come-back", "did.come-back")
        third = self.speaker()
        await self.press(self._other(third), "session.pause", "did.pause")
        await self.press(third, "round.spoke", "round.in_pause")
        await self.press(self.holder, "session.go-on", "did.go-on")
        await self._pass_on(until=second)
        await self._pass_on(1)
        self.telling.open("asked")
        await self.press(third, "session.turn", "did.turn")
        await self._pass_on(1)
        await self.wait(2, "round.begins.theme")

    async def _make_agreement(self) -> None:
        self.telling.open("agreement")
        proposes, objects = self._other(self.speaker()), self.holder
        words = self.telling.say("line")
        form = await self.world.open_from_more(proposes, "propose")
        await self.step(
            proposes,
            "proposes",
            self.world.hand_in(proposes, form, {"words": words}),
            "agreement.proposed",
            words=words,
        )
        await self.press(objects, "agreement.change", "agreement.choose_line")
        eighth = self.world.choices(objects, "agreement.line")[7]
        await self.step(
            objects, "chooses", self.world.choose(objects, "agreement.line", eighth), "agreement.line_asked", label="8."
        )
        await self.more(self.holder, "close-list", "agreement.closed")
        await self.press(self.holder, "agreement.read", "agree.ask")
        await self.press(self.holder, "agreement.yes", "agreement.said_yes")

    async def _theme_round(self) -> None:
        self.telling.open("much")
        guardian, tired = self._other(self.speaker()), self.speaker()
        await self.more(guardian, "guard", "did.guard")
        await self.more(tired, "too-much", "session.too_much")
        await self.press(tired, "session.write", "session.who_writes")
        await self.step(
            tired, "chooses", self.world.choose(tired, "session.write-to", str(guardian.actor.id)),
            "session.asked_to_write", label=guardian.name,
        )  # fmt: skip
        await self.press(tired, "session.quiet", "did.quiet")
        await self.restart()
        await self.more(tired, "be-back", "did.be-back")
        with self.telling.hushed():
            await self._pass_on(len(self.speakers) - 1)
            await self.press(self.holder, "session.go-on", "did.go-on")

    async def _check_out(self) -> None:
        self.telling.open("end")
        await self._pass_on(1)
        with self.telling.hushed():
            await self._pass_on(len(self.speakers) - 2)
        await self._pass_on(1)
        await self.wait(2, "session.closed")
        await self.wait(DAY)
        await self.wait(WEEK)

    async def _pass_on(self, turns: int = 99, until: Person | None = None) -> None:
        for _ in range(turns):
            speaker = self.speaker()
            if speaker is until:
                return
            await self.press(speaker, "round.spoke", "did.spoke")

    def _other(self, *but: Person) -> Person:
        return next(person for person in self.speakers[1:] if person not in but)

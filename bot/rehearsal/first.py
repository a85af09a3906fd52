"""The first evening: from an empty server to a closed circle, and what is left of it."""

from bot.rehearsal.evening import Evening
from bot.rehearsal.world import NotAsExpected, Person

ROUNDS = 3
RESTART_AT = 6  # the turn before which the bot is restarted: in the middle of the theme round


class FirstEvening(Evening):
    """Set up, made, opened, gone round."""

    story = "first"

    async def tell_story(self) -> None:
        """From nothing to the end."""
        await self.set_up()
        await self.make_circle()
        await self.command(self.outsider, "circle open", "circle.members_only")
        await self._open()
        await self._go_round()
        await self._look_back()

    async def _open(self) -> None:
        self.telling.open("session")
        await self.command(self.holder, "circle open", "session.opened")
        await self.press(self.outsider, "session.speak", "door.asked")
        await self.come_in(self.holder, told="session.in_holder")
        await self.come_in(*self.speakers[1:])
        await self.press(self.speakers[1], "session.more", "session.more")
        await self.press(self.holder, "session.begin", "did.begin")

    async def _go_round(self) -> None:
        self.telling.open("rounds")
        order: list[Person] = []
        for turn in range(ROUNDS * len(self.speakers)):
            if turn == RESTART_AT:
                await self.restart()
            speaker = self.speaker()
            order.append(speaker)
            if turn == 0:
                words = self.telling.say("written")
                await self.step(speaker, "writes", self.world.write(speaker, words), None, words=words)
            if turn == 1:
                other = next(person for person in self.speakers if person is not speaker)
                await self.press(other, "round.spoke", "round.not_your_turn")
            deed, told = ("round.pass", "did.pass") if turn in (2, 8) else ("round.spoke", "did.spoke")
            await self.press(speaker, deed, told, twice=turn == 3)
            if (turn + 1) % len(self.speakers) == 0:
                last = turn + 1 == ROUNDS * len(self.speakers)
                await self.press(self.holder, "session.go-on", "did.go-on-closed" if last else "did.go-on")
        seats = len(self.speakers)
        for start in range(ROUNDS):
            expected = order[start:seats] + order[:start]
            if order[start * seats : (start + 1) * seats] != expected:
                raise NotAsExpected(self.telling.say("order_changed"))

    async def _look_back(self) -> None:
        self.telling.open("after")
        await self.command(self.holder, "circle show", "circle.show")
        await self.command(self.speakers[-1], "inbox", "inbox.empty")
        await self.command(self.outsider, "help-now", "help.card")

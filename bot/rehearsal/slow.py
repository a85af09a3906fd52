"""A slow circle: days for each round, in any order, and nobody is counted."""

from bot.rehearsal.evening import DAY, Evening


class SlowCircle(Evening):
    """Rounds that last days."""

    story = "slow"

    async def tell_story(self) -> None:
        """From the invitation to the closing, a week and a half later."""
        with self.telling.hushed():
            await self.set_up()
            await self.make_circle()
        self.telling.open("slow")
        first, second, third, late, _ = self.speakers
        await self.command(self.holder, "circle open", "session.opened_slow", format="slow", time="2")
        await self.come_in(first, second, third, told="session.in_slow")
        words = self.telling.say("written")
        await self.step(second, "writes", self.world.write(second, words), None, words=words)
        await self.press(second, "round.had", "round.had")
        await self.wait(DAY, "round.halfway")
        await self.come_in(late, told="session.in_slow")
        await self.wait(DAY, "round.slow_begins.theme")
        await self.press(third, "round.had", "round.had")
        await self.restart()
        await self.more(self.holder, "go-on", "did.go-on")
        await self.wait(DAY, "round.halfway")
        await self.wait(DAY, "session.closed")

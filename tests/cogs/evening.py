"""Steps that many tests begin with."""

from dataclasses import dataclass

import simcord

from bot.rehearsal.world import Person, Sight, World


@dataclass
class Evening:
    """A world with people in it, and how far they have come."""

    world: World
    role: simcord.RoleHandle

    def __getitem__(self, name: str) -> Person:
        return self.world.people[name]

    async def slash(self, name: str, command: str, /, **options: object) -> str:
        return await self.world.slash(self[name], command, **options)

    async def press(self, name: str, deed: str, /, *, twice: bool = False) -> str:
        return await self.world.press(self[name], deed, twice=twice)

    async def set_up(self, language: str = "en") -> None:
        await self.slash("Mara", "trellis setup", facilitators=self.role, timezone="Europe/Madrid", language=language)

    async def make_circle(self, *members: str, name: str = "Harbour") -> None:
        """A circle that Ana facilitates, with these members."""
        await self.set_up()
        await self.slash("Ana", "circle create", name=name)
        await self.press("Ana", "draft.quiet")
        for member in members:
            await self.press(member, "circle.join")
            await self.press("Ana", "door.let-in")

    async def gather(self, *speaking: str, listening: tuple[str, ...] = ()) -> None:
        """An open session, with these people in its thread."""
        await self.slash("Ana", "circle open")
        for name in speaking:
            await self.press(name, "session.speak")
            await self.press(name, "session.in-speaking")
        for name in listening:
            await self.press(name, "session.listen")
            await self.press(name, "session.in-listening")

    async def begin(self) -> None:
        await self.more("Ana", "begin")

    async def wait(self, *, minutes: float) -> None:
        await self.world.wait(minutes * 60)

    async def more(self, name: str, deed: str, /) -> str:
        return await self.world.more(self[name], deed)

    async def offered(self, name: str, /) -> list[str]:
        """What **More...** offers somebody."""
        await self.press(name, "session.more")
        return self.world.offered(self[name])

    async def pass_on(self, deed: str = "round.spoke", /) -> str:
        """Whoever has the piece passes it on; after a round Ana goes on. Returns who it was."""
        speaker = self.speaker()
        await self.press(speaker, deed)
        if any("would like a turn now" in text for text in self.public()):
            await self.press("Ana", "session.go-on")
        return speaker

    def sees(self, name: str) -> list[Sight]:
        """All that is before somebody's eyes now."""
        self.world.look_around()
        return list(self[name].view.values())

    def public(self, name: str = "Mara") -> list[str]:
        """What is written for all where this person can read."""
        return [sight.text for sight in self.sees(name) if not sight.private]

    def speaker(self) -> str:
        """Whom the one turn message names."""
        turns = [sight.text for sight in self.sees("Mara") if "Pass" in sight.labels]
        assert len(turns) == 1
        last = turns[0].splitlines()[-1]
        return next(name for name in self.world.people if f"@{name}" in last)

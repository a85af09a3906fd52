"""A circle in which something hurt: Celeste flags it, Benedikt must not see it, Amalia or Noriko cares for it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

from .evening import PATIENCE, Evening, a_bot
from .model import Message, User
from .people import Answer, Person

NAMES = ("Amalia", "Benedikt", "Celeste", "Damaris")
IT_HURT, FACILITATES = "Something said or done hurt me", "It concerns someone who facilitates"
FRICTION, HARM = "Friction between us", "Harm or fear"
KNOCK, ENTRUSTED = "Something is waiting for you.", "Something was entrusted to you"
WORDS, READ_WORDS = "It stung a great deal, quietly.", "Thank you for telling me."
HOUR, DAY = 3600.0, 86400.0  # seconds


class Care(Evening):
    """An evening with a flag in it."""

    @property
    def ben(self) -> Person:
        """Facilitates too."""
        return self.people["Benedikt"]

    @property
    def celeste(self) -> Person:
        """A member; to her something was done."""
        return self.people["Celeste"]

    async def two_facilitate(self) -> Message:
        """A circle that Amalia and Benedikt hold together. Answers with its card."""
        card = await self.make_circle()
        roll = await self.slash(self.ana, "circle members")
        await self.insist(lambda: self.ana.select(roll, ["Benedikt"], "Ask to facilitate"))
        await self.press(self.ben, await self.before(self.ben, "Not me"), "Yes, DMs are fine")
        await self.discord.message(self.garden, "Who facilitates this circle has changed", timeout=PATIENCE)
        await self.press(self.contact, await self.slash(self.contact, "privacy reminders"), "DMs are fine")
        return card

    async def before(self, person: Person, label: str) -> Message:
        """Waits for what only this person sees, with this button."""

        def found() -> Message | None:
            mine = [one for one in self.discord.posted if person in (one.only_for, *one.channel.recipients)]
            return next((one for one in reversed(mine) if label in one.labels and not one.deleted), None)

        return await self.discord.until(found, f"{label!r} before {person.name}", PATIENCE)

    async def previewed(
        self, person: Person, *excluded: User, lane: str = FRICTION, look: str = IT_HURT, words: str = WORDS
    ) -> Answer:
        """The form filled in; nothing is sent yet."""
        form = await self.press(person, await self.slash(person, "rupture flag"), lane)
        return await self.insist(lambda: person.submit(form, _filled_in(look, excluded, words)))

    async def sent(self, *excluded: User, lane: str = FRICTION, look: str = IT_HURT) -> Answer:
        """Celeste sends it."""
        shown = await self.previewed(self.celeste, *excluded, lane=lane, look=look)
        sent = await self.press(self.celeste, shown, "Send")
        if lane == HARM:
            await sent.more()  # where help is
        return sent

    async def heard(self, person: Person) -> Answer:
        """Waits for the fixed DM to this person, and opens it there."""
        return await self.press(person, await self.before(person, "Open"), "Open")

    async def acknowledged(self, person: Person, entrusted: Message | Answer) -> Answer:
        """Somebody reads what was entrusted to them, and says so in a few words."""
        read = await self.press(person, entrusted, "Read it")
        form = await self.press(person, read, "Acknowledge")
        answers = {"A few words with it, if you want": READ_WORDS}
        return await self.insist(lambda: person.submit(form, answers))

    async def later(self, seconds: float) -> None:
        """The bot is away meanwhile."""
        self.discord.advance(seconds)
        await self.bot.restart()

    def knocks(self, person: Person) -> int:
        """How often they were told by DM that something waits."""
        return sum(one.text == KNOCK for one in self.discord.posted if person in one.channel.recipients)


@asynccontextmanager
async def a_circle_of_two(folder: Path) -> AsyncIterator[Care]:
    """A server that is set up, with a circle in it that two facilitate, and nothing flagged yet."""
    async with a_bot(folder) as bot:
        evening = Care(bot.discord, bot, NAMES)
        await evening.set_up()
        await evening.two_facilitate()
        yield evening


def _filled_in(look: str, excluded: Iterable[User], words: str) -> dict[str, object]:
    return {
        "What did it look like?": look,
        "What would you like?": "I don't know yet",
        "Who must not see this? (optional)": list(excluded),
        "How soon?": "No hurry",
        "A few words, if you want": words,
    }

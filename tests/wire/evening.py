"""An evening as people have it, from an empty server to a closed circle, on the strict Discord."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from bot.app import PERMISSIONS

from .errors import NoAnswer
from .model import Channel, Message, Role
from .people import Answer, Person
from .process import BotProcess, write_env
from .server import Discord

TRIES, LOOKS = 20, 200
PATIENCE = 60.0  # seconds, while a bot dies and comes back
SPEAKERS = ("Amalia", "Benedikt", "Celeste", "Damaris", "Ezequiel")
EMERGENCY, LINES = "112 from any phone", "The night line, 555 0100"


def new_discord() -> Discord:
    """A server in which the bot has exactly the permissions of the invite link."""
    return Discord(PERMISSIONS.value)


@dataclass
class Evening:
    """Who is there, where, and what was done so far. Every step may be repeated: people press again."""

    discord: Discord
    bot: BotProcess
    names: tuple[str, ...] = SPEAKERS
    people: dict[str, Person] = field(default_factory=dict)
    unanswered: int = 0

    def __post_init__(self) -> None:
        self.role: Role = self.discord.role("Facilitators")
        self.garden: Channel = self.discord.channel("garden")
        for name in self.names:
            self.people[name] = self.discord.person(name, roles=[self.role] if name == SPEAKERS[0] else [])
        self.outsider = self.discord.person("Olympia")
        self.contact = self.discord.person("Noriko")
        self.admin = self.discord.owner

    @property
    def ana(self) -> Person:
        return self.people[SPEAKERS[0]]

    async def press(self, person: Person, on: Message | Answer, label: str) -> Answer:
        """A press, repeated if the bot died on it."""
        return await self.insist(lambda: person.press(on, label, stale=True))

    async def slash(self, person: Person, command: str, /, **options: object) -> Answer:
        """A command, repeated if the bot died on it."""
        return await self.insist(lambda: person.slash(command, self.garden, **options))

    async def insist(self, deed: Callable[[], Awaitable[Answer]]) -> Answer:
        """Do it again until it is answered, as people do."""
        for _ in range(TRIES):
            with suppress(NoAnswer):
                return await deed()
            self.unanswered += 1
            await self.bot_is_there()
        raise AssertionError("never answered")

    async def insist_reviving(self, command: str, person: Person) -> Answer:
        """A command on which the bot dies once; it is started again."""
        with suppress(NoAnswer):
            return await person.slash(command, self.garden)
        await self.bot.killed.wait()
        await self.bot.start()
        return await person.slash(command, self.garden)

    async def set_up(self) -> None:
        """The server, from nothing, by commands."""
        answer = await self.slash(
            self.admin, "trellis setup", facilitators=self.role, care_contact=self.contact, timezone="Europe/Madrid",
            language="en",
        )  # fmt: skip
        form = await self.press(self.admin, answer, "Help card")
        await self.insist(
            lambda: self.admin.submit(form, {"In danger right now": EMERGENCY, "Someone to talk to": LINES})
        )
        question = await self.discord.message(self.garden, "care contact", timeout=PATIENCE)
        await self.press(self.contact, question, "Yes, I'll be a care contact")
        await self.discord.until(lambda: question.deleted, "the answered question to go", PATIENCE)

    async def make_circle(self, name: str = "Harbour") -> Message:
        """A circle, with everybody let in."""
        answer = await self.slash(self.ana, "circle create", name=name, purpose="after long days")
        await self.press(self.ana, answer, "Create, DMs are fine")
        card = await self.discord.message(self.garden, f"**{name}**", timeout=PATIENCE)
        for person in list(self.people.values())[1:]:
            await self.press(person, card, "Ask to join")
            roll = await self.slash(self.ana, "circle members", circle=name)
            await self.press(self.ana, roll, "Let in")
        return card

    async def gather(self, *, late: Person | None = None) -> tuple[Channel, Message]:
        """A session, with everybody in its thread but for whoever is late."""
        before = self.discord.threads(self.garden)
        await self.slash(self.ana, "circle open")
        invitation = await self.discord.message(self.garden, "is open", timeout=PATIENCE)
        thread = await self.discord.thread(self.garden, but=before, timeout=PATIENCE)
        await self.come_in(thread, invitation, *(one for one in self.people.values() if one is not late))
        return thread, invitation

    async def come_in(self, thread: Channel, invitation: Message, *people: Person) -> None:
        """These people come in to speak."""
        for person in people:
            arrived = await self.press(person, invitation, "Here to speak")
            await self.press(person, arrived, "Come in")
        await self.discord.until(lambda: all(one.sees(thread) for one in people), "them in the thread", PATIENCE)

    async def come_back_later(self, seconds: float) -> None:
        """The bot dies, and time goes by until it is there again; somebody else starts it."""
        await self.bot_is_there()
        self.discord.advance(seconds)
        await self.bot.kill()
        await self.bot_is_there()

    async def bot_is_there(self) -> None:
        """Until it has been started again, if it died."""
        await self.discord.until(
            lambda: self.bot.running and self.discord.gateway.sessions, "the bot to be back", PATIENCE
        )

    async def close_early(self, person: Person, on: Message | Answer) -> None:
        """Whoever holds the circle closes it, and is asked once."""
        asked = await self.choose(person, on, "Close the circle")
        await self.press(person, asked, "Close now")

    async def begin(self, thread: Channel) -> None:
        """Ana, who holds it, begins."""
        waiting = await self.discord.message(thread, "We begin when", timeout=PATIENCE)
        await self.choose(self.ana, waiting, "Begin")

    async def in_session(self) -> tuple[Channel, Person, Message]:
        """A circle whose session has begun: its thread, who has the talking piece, and the message that says so."""
        await self.make_circle()
        thread, _ = await self.gather()
        await self.begin(thread)
        return thread, *await self.speaker_in(thread)

    async def reads(self, person: Person, words: str) -> str:
        """They look until these words are before them: in the inbox, or brought after a press of theirs."""
        for _ in range(LOOKS):
            for sight in person.saw:
                if words in sight.text:
                    return sight.text
            await self.slash(person, "inbox")
        raise AssertionError(f"{words!r} never came before {person.name}")

    async def choose(self, person: Person, on: Message | Answer, label: str) -> Answer:
        """A choice from **More...**, repeated if the bot died on it."""
        more = await self.press(person, on, "More...")
        return await self.insist(lambda: person.select(more, [label], stale=True))

    async def speaker_in(self, thread: Channel, after: Message | None = None) -> tuple[Person, Message]:
        """Who has the talking piece now, and the message that says so."""

        def turn() -> Message | None:
            there = [one for one in thread.messages.values() if "Pass" in one.labels and not one.deleted]
            newest = there[-1] if there else None
            return newest if newest is not after else None

        message = await self.discord.until(turn, "a turn", PATIENCE)
        speaker = next(one for one in self.people.values() if f"{one.mention}, the talking piece" in message.text)
        return speaker, message

    async def asked_in(self, thread: Channel) -> Message:
        """The line after a round, for whoever would like a turn."""

        def asked() -> Message | None:
            there = [one for one in thread.messages.values() if "I'd like a turn" in one.labels and not one.deleted]
            return there[-1] if there else None

        return await self.discord.until(asked, "the line after the round", PATIENCE)

    async def pass_round(self, thread: Channel, turns: int) -> list[str]:
        """Everybody in turn, until the circle is closed. Answers with the names in the order they had the piece."""
        names, last = [], None
        for turn in range(turns):
            speaker, message = await self.speaker_in(thread, last)
            names.append(speaker.name)
            await self.press(speaker, message, "Pass" if turn % 3 == 1 else "I'm done, pass it on")
            last = message
            if (turn + 1) % len(self.people) == 0:
                asked = await self.asked_in(thread)
                await self.press(self.ana, asked, "Go on")
        await self.discord.message(thread, "closed", timeout=PATIENCE)
        return names


@asynccontextmanager
async def a_bot(folder: Path) -> AsyncIterator[BotProcess]:
    """The bot in a new server; at the end nothing was done that Discord doesn't forgive."""
    async with new_discord() as discord:
        write_env(folder, discord)
        async with BotProcess(discord, folder) as bot:
            yield bot
        assert discord.violations == []


@asynccontextmanager
async def an_evening(folder: Path) -> AsyncIterator[Evening]:
    """A server that is set up, with the bot in it; at the end nothing was done that Discord doesn't forgive."""
    async with a_bot(folder) as bot:
        evening = Evening(bot.discord, bot)
        await evening.set_up()
        yield evening


def everything_kept(folder: Path) -> bytes:
    """Database, WAL, keyring, backup and log of a bot that lived in this folder."""
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file() and path.name != ".env")

"""An evening as people have it, from an empty server to a closed circle, on the strict Discord."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from bot.app import PERMISSIONS

from .errors import NoAnswer
from .model import Channel, Message, Role
from .people import Answer, Person
from .process import BotProcess
from .server import Discord

SPEAKERS = ("Ana", "Ben", "Cleo", "Dan", "Esra")
EMERGENCY, LINES = "112 from any phone", "The night line, 555 0100"


def new_discord() -> Discord:
    """A server in which the bot has exactly the permissions of the invite link."""
    return Discord(PERMISSIONS.value)


@dataclass
class Evening:
    """Who is there, where, and what was done so far. Every step may be repeated: people press again."""

    discord: Discord
    bot: BotProcess
    people: dict[str, Person] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.role: Role = self.discord.role("Facilitators")
        self.garden: Channel = self.discord.channel("garden")
        for name in SPEAKERS:
            self.people[name] = self.discord.person(name, roles=[self.role] if name == "Ana" else [])
        self.outsider = self.discord.person("Olga")
        self.contact = self.discord.person("Carmen")
        self.admin = self.discord.owner

    @property
    def ana(self) -> Person:
        return self.people["Ana"]

    async def set_up(self) -> None:
        """The server, from nothing, by commands."""
        answer = await self.admin.slash(
            "trellis setup", self.garden, facilitators=self.role, care_contact=self.contact, timezone="Europe/Madrid",
            language="en",
        )  # fmt: skip
        form = await self.admin.press(answer, "Help card")
        await self.admin.submit(form, {"In danger right now": EMERGENCY, "Someone to talk to": LINES})
        question = await self.discord.message(self.garden, "care contact")
        await self.contact.press(question, "Yes, I'll be a care contact")

    async def make_circle(self, name: str = "Harbour") -> Message:
        """A circle, with everybody let in."""
        answer = await self.ana.slash("circle create", self.garden, name=name, purpose="after long days")
        await self.ana.press(answer, "Create, DMs are fine")
        card = await self.discord.message(self.garden, f"**{name}**")
        for person in list(self.people.values())[1:]:
            await person.press(card, "Ask to join")
            roll = await self.ana.slash("circle members", self.garden, circle=name)
            await self.ana.press(roll, "Let in")
        return card

    async def gather(self) -> tuple[Channel, Message]:
        """A session, with everybody in its thread."""
        before = self.discord.threads(self.garden)
        await self.ana.slash("circle open", self.garden)
        invitation = await self.discord.message(self.garden, "is open")
        thread = await self.discord.thread(self.garden, but=before)
        for person in self.people.values():
            arrived = await person.press(invitation, "Here to speak")
            await person.press(arrived, "Come in")
        await self.discord.until(lambda: all(one.sees(thread) for one in self.people.values()), "everybody in the thread", 10)
        return thread, invitation

    async def begin(self, thread: Channel) -> None:
        """Ana, who holds it, begins."""
        waiting = await self.discord.message(thread, "We begin when")
        more = await self.ana.press(waiting, "More...")
        await self.ana.press(more, "Begin")

    async def speaker_in(self, thread: Channel, after: Message | None = None) -> tuple[Person, Message]:
        """Who has the talking piece now, and the message that says so."""

        def turn() -> Message | None:
            there = [one for one in thread.messages.values() if "Pass" in one.labels and not one.deleted]
            newest = there[-1] if there else None
            return newest if newest is not after else None

        message = await self.discord.until(turn, "a turn", 15)
        speaker = next(one for one in self.people.values() if f"{one.mention}, the talking piece" in message.text)
        return speaker, message

    async def pass_round(self, thread: Channel, turns: int) -> list[str]:
        """Everybody in turn, until the circle is closed. Answers with the names in the order they had the piece."""
        names, last = [], None
        for turn in range(turns):
            speaker, message = await self.speaker_in(thread, last)
            names.append(speaker.name)
            await speaker.press(message, "Pass" if turn % 3 == 1 else "I'm done, pass it on")
            last = message
        await self.discord.message(thread, "closed")
        return names


async def insist(person: Person, on: Message | Answer, label: str) -> Answer | None:
    """A press that may meet a dying bot; None when no answer came."""
    with suppress(NoAnswer):
        return await person.press(on, label, stale=True)
    return None


def everything_kept(folder: Path) -> bytes:
    """Database, WAL, keyring, backup and log of a bot that lived in this folder."""
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file() and path.name != ".env")

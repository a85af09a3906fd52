"""What every story of the rehearsal is made of: people, steps, and what is expected to come of each."""

import re
import secrets
from collections.abc import Awaitable
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

import discord

from bot.rehearsal.search import search
from bot.rehearsal.telling import Telling
from bot.rehearsal.world import NotAsExpected, Person, Sight, World, open_world
from bot.settings import Settings
from bot.store.counts import row_counts
from bot.words import catalogue, say

SPEAKERS = ("Amalia", "Benedikt", "Celeste", "Damaris", "Ezequiel")
OUTSIDER, ADMIN, CONTACT = "Olympia", "Marisol", "Noriko"
KEY_BYTES = 32
DAY = 24 * 60  # minutes
WORDS_USED = ("circle", "purpose", "card.emergency", "card.lines", "written", "line")


class Evening:
    """One evening: who comes, what they do, and what is expected to come of it."""

    story: str
    world: World
    names: tuple[str, ...] = SPEAKERS
    zone = "Europe/Madrid"
    words_used: tuple[str, ...] = WORDS_USED  # keys of the sentences that must not stand in any file
    roles: ClassVar[dict[str, str]] = {}  # who is named at the beginning, and in which slot

    def __init__(self, telling: Telling, folder: Path, language: str) -> None:
        self.telling = telling
        self.folder = folder
        self.language = language
        self.public: list[str] = []  # what everybody in the server could read, as it came
        self.settings = Settings(
            token=None,
            operator=say("rehearsal.operator", language),
            key=secrets.token_bytes(KEY_BYTES),
            pepper=secrets.token_bytes(KEY_BYTES),
            database_url=f"sqlite+aiosqlite:///{(folder / 'trellis.db').absolute().as_posix()}",
            keyring=folder / "trellis.db.keyring",
            log_level="debug",
        )

    async def play(self) -> None:
        """Everything, from an empty server to the search of what was kept."""
        self.telling.line(f"intro.{self.story}", **self.roles)
        await self.live()
        self.telling.line("limits")

    async def live(self) -> None:
        """The evening itself, and the search of what was kept of it."""
        async with open_world(self.settings, self.language) as self.world:
            self.world.zone = self.zone
            self.gather_people()
            await self.tell_story()
            await self.show_what_is_kept()

    async def tell_story(self) -> None:
        """What happens."""
        raise NotImplementedError

    def gather_people(self) -> None:
        """Who is in the server."""
        world = self.world
        self.role = world.guild.create_role(say("rehearsal.role", self.language))
        for name in self.names:
            # One of them has Discord in the other language.
            other = next(code for code in ("es", "en") if code != self.language)
            language = other if name == self.names[-1] else self.language
            world.add(name, *([self.role] if name == self.names[0] else []), language=language)
        admins = world.guild.create_role(say("rehearsal.admins", self.language), permissions=_administrator())
        self.speakers = [world.people[name] for name in self.names]
        self.holder = self.speakers[0]
        self.outsider, self.admin, self.contact = world.add(OUTSIDER), world.add(ADMIN, admins), world.add(CONTACT)

    async def set_up(self) -> None:
        """A server, from nothing."""
        self.telling.open("setup")
        zone = {"timezone": self.zone, "language": self.language}
        await self.command(self.admin, "trellis setup", "server.saved", facilitators=self.role, **zone)
        card = {part: say(f"rehearsal.card.{part}", self.language) for part in ("emergency", "lines")}
        await self.step(
            self.admin, "fills_in", self.world.fill_in(self.admin, "server.card", card), "server.card_saved",
            form=say("form.help_card.title", self.language),
        )  # fmt: skip
        await self.command(self.admin, "trellis setup", "server.saved_asked", care_contact=self.contact.actor)
        await self.press(self.contact, "care.yes", "care.accepted")
        await self.press(self.contact, "dm.on", "dm.on")

    async def make_circle(self) -> None:
        """A circle, with everybody let in."""
        self.telling.open("circle")
        await self.command(
            self.holder, "circle create", "circle.draft", name=say("rehearsal.circle", self.language),
            purpose=say("rehearsal.purpose", self.language),
        )  # fmt: skip
        await self.press(self.holder, "draft.dms", "circle.created")
        for person in self.speakers[1:]:
            await self.press(person, "circle.join", "door.asked")
            await self.press(self.holder, "door.let-in", "door.you_let_in")

    async def come_in(self, *people: Person, told: str | None = "session.in_speaking") -> None:
        """These people come in to speak."""
        for person in people:
            await self.press(person, "session.speak", "session.arrive")
            await self.press(person, "session.in-speaking", told)

    async def restart(self, told: str = "restart") -> None:
        """The bot dies and comes back; nothing but the rows is left."""
        before = self._turns()
        self.telling.step(self.telling.say(told))
        await self.world.restart()
        self.look()
        if self._turns() != before:
            raise NotAsExpected(self.telling.say("speaker_changed"))

    def speaker(self) -> Person:
        """Whom the one turn message in the thread names."""
        turns = self._turns()
        named = [person for person in self.speakers if turns and f"@{person.name}" in turns[-1].splitlines()[-1]]
        if len(turns) != 1 or len(named) != 1:
            raise NotAsExpected(self.telling.say("no_one_turn", turns=len(turns)))
        return named[0]

    def _turns(self) -> list[str]:
        label = say("button.round.pass", self.language)
        return [sight.text for sight in self.admin.view.values() if label in sight.labels and not sight.private]

    async def command(self, person: Person, command: str, told: str | None, **options: Any) -> None:
        """Somebody types a command; `told` is the key of what they are answered."""
        given = "".join(
            f" {say(f'option.{name}.name', person.language)}:{self._shown(value)}" for name, value in options.items()
        )
        parts = command.split(" ")
        typed = " ".join(
            say(f"command.{'.'.join(parts[: depth + 1])}.name", person.language) for depth in range(len(parts))
        )
        await self.step(person, "commands", self.world.slash(person, command, **options), told, command=typed + given)

    async def press(self, person: Person, deed: str, told: str | None, *, twice: bool = False) -> None:
        """Somebody presses a button."""
        label = self.world.label(person, deed)
        pressing = self.world.press(person, deed, twice=twice)
        await self.step(person, "presses_twice" if twice else "presses", pressing, told, label=label)

    async def more(self, person: Person, deed: str, told: str) -> None:
        """Somebody chooses from **More...**."""
        label = say(f"more.{deed}", person.language)
        await self.step(person, "chooses", self.world.more(person, deed), told, label=label)

    async def wait(self, minutes: float, expected: str | None = None) -> None:
        """Time goes by; `expected` is the key of what the thread reads then."""
        spoken = "days" if minutes >= DAY else "minutes"
        self.telling.step(self.telling.say(f"time.{spoken}", count=round(minutes / (DAY if spoken == "days" else 1))))
        await self.world.wait(minutes * 60)
        self.look(expected)

    async def until(self, moment: datetime, expected: str | None = None) -> None:
        """Time goes by until then (UTC), and each thing comes when it is due; `expected` as in `wait`."""
        wall = moment.astimezone(ZoneInfo(self.zone))
        self.telling.step(self.telling.say("until", moment=f"{wall:%Y-%m-%d %H:%M}"))
        await self.world.live_until(moment)
        self.look(expected)

    def look(self, expected: str | None = None) -> None:
        """Everybody looks what is new."""
        new = self._look_around()
        self.telling.sights(new, len(self.world.people))
        read = "\n".join(sight.text for found in new.values() for _, sight in found)
        if expected and gist(expected, self.language) not in read:
            raise NotAsExpected(self.telling.say("other_answer", key=expected, answer=read))

    async def step(self, person: Person, how: str, deed: Awaitable[str], told: str | None, **slots: Any) -> None:
        """Somebody does something, and everybody looks what is new."""
        self.telling.step(self.telling.say(how, name=person.name, **slots))
        try:
            answer = await deed
        except NotAsExpected:
            raise
        except Exception as fault:
            raise NotAsExpected(self.telling.say("fault", kinds=type(fault).__name__)) from fault
        self.telling.sights(self._look_around(), len(self.world.people))
        if told and gist(told, person.language) not in answer:
            raise NotAsExpected(self.telling.say("other_answer", key=told, answer=answer))
        if self.world.env.errors:
            raise NotAsExpected(
                self.telling.say("fault", kinds=", ".join(type(one).__name__ for one in self.world.env.errors))
            )

    def _look_around(self) -> dict[str, list[tuple[str, Sight]]]:
        found = self.world.look_around()
        mine = f"#{self.world.garden.name}"
        new = [sight for change, sight in found.get(OUTSIDER, []) if change == "new" and not sight.private]
        self.public += [sight.text for sight in new if sight.place == mine]
        return found

    def _shown(self, value: object) -> str:
        return self.world.plain(str(getattr(value, "mention", value)))

    async def show_what_is_kept(self) -> None:
        """The rows, and a search of every file for what must not stand there."""
        user_ids = [person.actor.id for person in self.world.people.values()]
        self.telling.open("kept")
        counts = await row_counts(self.settings.database_url)
        self.telling.table("tables", ("table", "rows"), [(name, str(count)) for name, count in counts.items()])
        words = [*self.names, OUTSIDER, ADMIN, CONTACT, *(self.telling.say(key) for key in self.words_used)]
        found, searched = search(self.folder, words, user_ids)
        self.telling.table("searched", ("file", "bytes"), [(name, str(size)) for name, size in searched])
        for find in found:
            self.telling.line("found", what=find.what, file=find.file, shape=find.shape)
        if found:
            raise NotAsExpected(self.telling.say("something_found"))
        self.telling.line("nothing_found", words=len(words), ids=len(user_ids))


def is_said(key: str, text: str, language: str) -> bool:
    """Whether this text is that sentence from its first word to its last, whatever is in its slots."""
    entry = catalogue(language).find(key)
    assert entry is not None
    shape = ".+".join(re.escape(part) for part in re.split(r"\{\w+\}", entry.msgstr))
    return re.fullmatch(shape, text, re.DOTALL) is not None


def gist(key: str, language: str) -> str:
    """The longest part of a sentence between its slots."""
    entry = catalogue(language).find(key)
    assert entry is not None
    return max(re.split(r"\{\w+\}", entry.msgstr), key=len)


def _administrator() -> discord.Permissions:
    return discord.Permissions(administrator=True)

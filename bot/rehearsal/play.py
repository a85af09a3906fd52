"""`trellis rehearse`: an evening, played by the real bot in the terminal, offline."""

import argparse
import asyncio
import re
import secrets
import shutil
import sys
import tempfile
from collections.abc import Awaitable
from pathlib import Path
from typing import Any

import discord

from bot import logs
from bot.rehearsal.search import search
from bot.rehearsal.telling import Telling
from bot.rehearsal.world import NotAsExpected, Person, open_world
from bot.settings import Settings
from bot.store.counts import row_counts
from bot.words import catalogue, say

SPEAKERS = ("Amalia", "Benedikt", "Celeste", "Damaris", "Ezequiel")
OUTSIDER, ADMIN, CONTACT = "Olympia", "Marisol", "Noriko"
ROUNDS = 3
RESTART_AT = 6  # the turn before which the bot is restarted: in the middle of the theme round
KEY_BYTES = 32
WORDS_USED = ("circle", "purpose", "card.emergency", "card.lines", "written")


def main(options: argparse.Namespace) -> int:
    """Play the evening; 1 when a step didn't come out as expected."""
    folder = Path(options.keep or tempfile.mkdtemp(prefix="trellis-rehearsal-"))
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        print(say("rehearsal.folder_in_use", options.language, folder=folder), file=sys.stderr)
        return 1
    telling = Telling(options.language, quick=options.quick)
    try:
        with (folder / "trellis.log").open("w", encoding="utf-8") as log:
            logs.begin("debug", log)
            asyncio.run(Evening(telling, folder, options.language).play())
        return 0
    except NotAsExpected as fault:
        telling.line("failed", step=telling.steps, fault=fault)
        return 1
    finally:
        if not options.keep:
            shutil.rmtree(folder)


class Evening:
    """One evening: who comes, what they do, and what is expected to come of it."""

    def __init__(self, telling: Telling, folder: Path, language: str) -> None:
        self.telling = telling
        self.folder = folder
        self.language = language
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
        self.telling.line("intro")
        async with open_world(self.settings, self.language) as self.world:
            self._gather_people()
            await self._set_up()
            await self._make_circle()
            await self._come_in()
            await self._go_round()
            await self._look_back()
            await self._show_what_is_kept([person.actor.id for person in self.world.people.values()])
        self.telling.line("limits")

    def _gather_people(self) -> None:
        world = self.world
        self.role = world.guild.create_role(say("rehearsal.role", self.language))
        for name in SPEAKERS:
            # One of them has Discord in the other language.
            other = next(code for code in ("es", "en") if code != self.language)
            language = other if name == SPEAKERS[-1] else self.language
            world.add(name, *([self.role] if name == SPEAKERS[0] else []), language=language)
        admins = world.guild.create_role(say("rehearsal.admins", self.language), permissions=_administrator())
        self.speakers = [world.people[name] for name in SPEAKERS]
        self.holder = self.speakers[0]
        self.outsider, self.admin, self.contact = world.add(OUTSIDER), world.add(ADMIN, admins), world.add(CONTACT)

    async def _set_up(self) -> None:
        self.telling.open("setup")
        zone = {"timezone": "Europe/Madrid", "language": self.language}
        await self._command(self.admin, "trellis setup", "server.saved", facilitators=self.role, **zone)
        card = {part: say(f"rehearsal.card.{part}", self.language) for part in ("emergency", "lines")}
        await self._step(
            self.admin, "fills_in", self.world.fill_in(self.admin, "server.card", card), "server.card_saved",
            form=say("form.help_card.title", self.language),
        )  # fmt: skip
        await self._command(self.admin, "trellis setup", "server.saved_asked", care_contact=self.contact.actor)
        await self._press(self.contact, "care.yes", "care.accepted")
        await self._press(self.contact, "dm.on", "dm.on")

    async def _make_circle(self) -> None:
        self.telling.open("circle")
        await self._command(
            self.holder, "circle create", "circle.draft", name=say("rehearsal.circle", self.language),
            purpose=say("rehearsal.purpose", self.language),
        )  # fmt: skip
        await self._press(self.holder, "draft.dms", "circle.created")
        for person in self.speakers[1:]:
            await self._press(person, "circle.join", "door.asked")
            await self._press(self.holder, "door.let-in", "door.you_let_in")
        await self._command(self.outsider, "circle open", "circle.members_only")

    async def _come_in(self) -> None:
        self.telling.open("session")
        await self._command(self.holder, "circle open", "session.opened")
        await self._press(self.outsider, "session.speak", "door.asked")
        for person in self.speakers:
            await self._press(person, "session.speak", "session.arrive")
            come_in = "session.in_holder" if person is self.holder else "session.in_speaking"
            await self._press(person, "session.in-speaking", come_in)
        await self._press(self.speakers[1], "session.more", "session.more")
        await self._press(self.holder, "session.more", "session.more_holder_before")
        await self._press(self.holder, "session.begin", "session.you_began")

    async def _go_round(self) -> None:
        self.telling.open("rounds")
        order: list[Person] = []
        for turn in range(ROUNDS * len(self.speakers)):
            if turn == RESTART_AT:
                await self._restart()
            speaker = self._speaker()
            order.append(speaker)
            if turn == 0:
                words = self.telling.say("written")
                await self._step(speaker, "writes", self.world.write(speaker, words), None, words=words)
            if turn == 1:
                other = next(person for person in self.speakers if person is not speaker)
                await self._press(other, "round.spoke", "round.not_your_turn")
            deed, told = ("round.pass", "round.passed") if turn in (2, 8) else ("round.spoke", "round.done")
            await self._press(speaker, deed, told, twice=turn == 3)
        seats = len(self.speakers)
        for start in range(ROUNDS):
            expected = order[start:seats] + order[:start]
            if order[start * seats : (start + 1) * seats] != expected:
                raise NotAsExpected(self.telling.say("order_changed"))

    async def _look_back(self) -> None:
        self.telling.open("after")
        await self._command(self.holder, "circle show", "circle.show")
        await self._command(self.speakers[-1], "inbox", "inbox.empty")
        await self._command(self.outsider, "help-now", "help.card")

    async def _restart(self) -> None:
        before = self._speaker()
        self.telling.step(self.telling.say("restart"))
        await self.world.restart()
        self.telling.sights(self.world.look_around(), len(self.world.people))
        if self._speaker() is not before:
            raise NotAsExpected(self.telling.say("speaker_changed"))

    def _speaker(self) -> Person:
        """Whom the one turn message in the thread names."""
        turns = [
            sight.text
            for sight in self.holder.view.values()
            if say("button.round.pass", self.language) in sight.labels and not sight.private
        ]
        named = [person for person in self.speakers if turns and f"@{person.name}" in turns[-1].splitlines()[-1]]
        if len(turns) != 1 or len(named) != 1:
            raise NotAsExpected(self.telling.say("no_one_turn", turns=len(turns)))
        return named[0]

    async def _command(self, person: Person, command: str, told: str, **options: Any) -> None:
        given = "".join(
            f" {say(f'option.{name}.name', person.language)}:{self._shown(value)}" for name, value in options.items()
        )
        parts = command.split(" ")
        typed = " ".join(
            say(f"command.{'.'.join(parts[: depth + 1])}.name", person.language) for depth in range(len(parts))
        )
        await self._step(person, "commands", self.world.slash(person, command, **options), told, command=typed + given)

    async def _press(self, person: Person, deed: str, told: str, *, twice: bool = False) -> None:
        label = self.world.label(person, deed)
        pressing = self.world.press(person, deed, twice=twice)
        await self._step(person, "presses_twice" if twice else "presses", pressing, told, label=label)

    async def _step(self, person: Person, how: str, deed: Awaitable[str], told: str | None, **slots: Any) -> None:
        self.telling.step(self.telling.say(how, name=person.name, **slots))
        try:
            answer = await deed
        except NotAsExpected:
            raise
        except Exception as fault:
            raise NotAsExpected(self.telling.say("fault", kinds=type(fault).__name__)) from fault
        self.telling.sights(self.world.look_around(), len(self.world.people))
        if told and _gist(told, person.language) not in answer:
            raise NotAsExpected(self.telling.say("other_answer", key=told, answer=answer))
        if self.world.env.errors:
            raise NotAsExpected(
                self.telling.say("fault", kinds=", ".join(type(one).__name__ for one in self.world.env.errors))
            )

    def _shown(self, value: object) -> str:
        return self.world.plain(str(getattr(value, "mention", value)))

    async def _show_what_is_kept(self, user_ids: list[int]) -> None:
        self.telling.open("kept")
        counts = await row_counts(self.settings.database_url)
        self.telling.table("tables", ("table", "rows"), [(name, str(count)) for name, count in counts.items()])
        words = [*SPEAKERS, OUTSIDER, ADMIN, CONTACT] + [
            say(f"rehearsal.{key}", self.language)
            for key in ("circle", "purpose", "card.emergency", "card.lines", "written")
        ]
        found, searched = search(self.folder, words, user_ids)
        self.telling.table("searched", ("file", "bytes"), [(name, str(size)) for name, size in searched])
        for find in found:
            self.telling.line("found", what=find.what, file=find.file, shape=find.shape)
        if found:
            raise NotAsExpected(self.telling.say("something_found"))
        self.telling.line("nothing_found", words=len(words), ids=len(user_ids))


def _gist(key: str, language: str) -> str:
    """The longest part of a sentence between its slots."""
    entry = catalogue(language).find(key)
    assert entry is not None
    return max(re.split(r"\{\w+\}", entry.msgstr), key=len)


def _administrator() -> discord.Permissions:
    return discord.Permissions(administrator=True)

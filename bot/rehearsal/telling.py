"""How the rehearsal is told in a terminal: what was pressed, and what each person could newly see."""

import re
import shutil
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.panel import Panel
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from bot.rehearsal.world import Sight
from bot.words import say

PAUSE = 1.2  # seconds between steps, for whoever reads along
WIDTH = 100  # columns at most


class Telling:
    """Prints the evening, step by step."""

    def __init__(self, language: str, *, quick: bool, console: Console | None = None) -> None:
        self.language = language
        self.quick = quick
        self.console = console or Console(
            width=min(WIDTH, shutil.get_terminal_size((WIDTH, 24)).columns), highlight=False
        )
        self.steps = 0
        self._hushed = False

    def say(self, key: str, /, **slots: Any) -> str:
        """A sentence of the rehearsal's own."""
        return say(f"rehearsal.{key}", self.language, **slots)

    @contextmanager
    def hushed(self) -> Iterator[None]:
        """What happens meanwhile is played, not told."""
        before, self._hushed = self._hushed, True
        yield
        self._hushed = before

    def told(self, aloud: bool) -> AbstractContextManager[None]:
        """What happens meanwhile is told if it is to be told `aloud`; else only played."""
        return nullcontext() if aloud else self.hushed()

    def open(self, part: str, **slots: Any) -> None:
        """A new part of the story begins."""
        if self._hushed:
            return
        self.console.print()
        self.console.print(Rule(f"[bold]{self.say(f'part.{part}', **slots)}", align="left"))

    def step(self, what: str) -> None:
        """Somebody does something."""
        if self._hushed:
            return
        self.steps += 1
        if not self.quick:
            time.sleep(PAUSE)
        self.console.print()
        self.console.print(Text(f"{self.steps}. ", style="bold") + _set(what))

    def sights(self, changes: dict[str, list[tuple[str, Sight]]], everybody: int) -> None:
        """What came before people's eyes: the same message once, with the names of all who see it."""
        if self._hushed:
            return
        seen: dict[tuple[str, Sight], list[str]] = {}
        for name, found in changes.items():
            for one in found:
                seen.setdefault(one, []).append(name)
        if not seen:
            self.console.print(Padding(Text(self.say("nothing_new"), style="dim"), (0, 0, 0, 4)))
        if any(change == "gone" and sight.private for change, sight in seen):
            self.console.print(Padding(Text(self.say("private_gone"), style="dim"), (0, 0, 0, 4)))
        for (change, sight), seers in seen.items():
            names = list(dict.fromkeys(seers))
            if sight.private and change != "new":
                continue
            who = self.say("everybody") if len(names) == everybody else ", ".join(names)
            alone = "private" if len(names) == 1 else "each_private"
            head = self.say(f"sees.{alone if sight.private else change}", who=who, place=sight.place)
            if change == "gone":
                gist = sight.text.splitlines()[0] if sight.text else ""
                self.console.print(Padding(Text(f"{head} {_plain(gist)[:60]}", style="dim"), (0, 0, 0, 4)))
                continue
            body = _set(sight.text)
            if sight.labels:
                body.append("\n" + "  ".join(f"[ {label} ]" for label in sight.labels), style="cyan")
            style = "yellow" if sight.private else "green"
            panel = Panel(body, title=Text(head), title_align="left", border_style=style)
            self.console.print(Padding(panel, (0, 0, 0, 4)))

    def aside(self, key: str, /, **slots: Any) -> None:
        """A small remark under a step."""
        if not self._hushed:
            self.console.print(Padding(Text(self.say(key, **slots), style="dim italic"), (0, 0, 0, 4)))

    def paper(self, title: str, text: str) -> None:
        """A file somebody was given."""
        panel = Panel(_set(text), title=Text(title), title_align="left", border_style="blue")
        self.console.print(Padding(panel, (0, 0, 0, 4)))

    def line(self, key: str, /, **slots: Any) -> None:
        """A line of explanation."""
        if self._hushed:
            return
        self.console.print()
        self.console.print(_set(self.say(key, **slots)))

    def table(self, title: str, heads: tuple[str, str], rows: list[tuple[str, str]]) -> None:
        """Two columns."""
        if self._hushed:
            return
        self.console.print()
        self.console.print(Text(self.say(title), style="bold"))
        table = Table()
        table.add_column(self.say(heads[0]))
        table.add_column(self.say(heads[1]), justify="right")
        for row in rows:
            table.add_row(*row)
        self.console.print(table)


def _set(text: str) -> Text:
    """Discord's bold and small print, in a terminal."""
    done = Text()
    for part in re.split(r"(\*\*.+?\*\*|^-# .*$)", text, flags=re.MULTILINE):
        if part.startswith("**"):
            done.append(part[2:-2], style="bold")
        elif part.startswith("-# "):
            done.append(part[3:], style="dim italic")
        else:
            done.append(part)
    return done


def _plain(text: str) -> str:
    return text.replace("**", "")

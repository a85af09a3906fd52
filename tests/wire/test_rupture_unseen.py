"""The same evening twice over the wire, with a flag and without one: whoever is not in it receives the same."""

import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from .care import DAY, FACILITATES, FRICTION, HARM, HOUR, IT_HURT, READ_WORDS, WORDS, Care, a_circle_of_two
from .evening import PATIENCE, everything_kept
from .people import Person
from .watching import ALL, Watch

ROUNDS = 3
IN_IT = ("Amalia", "Celeste")
DO_MORE_THAN_LOOK = {
    "circle create", "circle door", "circle join", "circle open", "circle schedule", "debrief plan", "debrief open",
}  # fmt: skip
ASK = "Ask to join"
THANKS, TURNS = "Glad that you wrote.", "Ana asks before she sums up."
TRACES = (WORDS, READ_WORDS, THANKS, TURNS, "rupture", "friction")


@dataclass(frozen=True)
class Raised:
    """What Celeste flags: whether Benedikt is named as who must not see it, and what it looked like."""

    excludes: bool
    look: str


@dataclass(frozen=True)
class Lived:
    """What came to whom in one of the evenings, and what is left of it on the disk."""

    received: dict[str, list[str]]
    rows: dict[str, int]
    printed: list[str]
    kept: bytes
    ids: list[int]


async def test_nobody_else_can_tell_from_all_they_receive_whether_there_is_a_flag(tmp_path: Path) -> None:
    without = await _live(tmp_path / "without", None)
    assert min(len(came) for came in without.received.values()) > 20
    for name, raised in {"excluded": Raised(True, IT_HURT), "nobody named": Raised(False, FACILITATES)}.items():
        with_one = await _live(tmp_path / name, raised)
        for whose, came in without.received.items():
            for one, other in zip(with_one.received[whose], came, strict=False):
                assert one == other, (name, whose)
            assert len(with_one.received[whose]) == len(came), (name, whose)
        assert with_one.rows == without.rows
        assert with_one.printed == without.printed
        _expect_no_trace(with_one)


def _expect_no_trace(lived: Lived) -> None:
    on_disk = lived.kept.lower()
    assert [trace for trace in TRACES if trace.lower().encode() in on_disk] == []
    for number in lived.ids:
        shapes = (str(number).encode(), number.to_bytes(8, "big"), number.to_bytes(8, "little"))
        assert not any(shape in lived.kept for shape in shapes)


async def _live(folder: Path, raised: Raised | None) -> Lived:
    """Every step of a flag's life, or the same time without one; the others look around at each."""
    folder.mkdir()
    async with a_circle_of_two(folder) as evening:
        watch = Watch(evening.discord)
        lead = evening.ana if raised is None or raised.excludes else evening.contact
        others = [evening.people["Damaris"], evening.admin, evening.outsider]
        await _hold_a_session(evening, raised)
        await _look_around(evening, others)

        await evening.later(HOUR)
        if raised:
            form = await evening.press(lead, await evening.acknowledged(lead, await evening.heard(lead)), "Write")
            await evening.insist(lambda: lead.submit(form, {"Your words": THANKS}))
            await evening.reads(evening.celeste, THANKS)
            await _plan(evening, lead)
        await _look_around(evening, [evening.ben, *others])

        await evening.later(8 * DAY)
        await evening.discord.until(lambda: not evening.discord.threads(), "the thread to go", PATIENCE)
        if raised:
            await evening.reads(lead, TURNS)
        await _look_around(evening, [evening.ben])

        await evening.later(15 * DAY)
        if raised:
            shown = await evening.slash(evening.celeste, "rupture mine")
            await evening.press(evening.celeste, shown, "Settled enough")
        await _look_around(evening, [evening.ben])
        await evening.press(evening.ben, await evening.slash(evening.ben, "circle hand-over"), "Step back")
        await _look_around(evening, [evening.ben])

        await evening.bot.kill()  # so that the WAL is still there
        assert (folder / "trellis.db-wal").stat().st_size > 0
        kept = everything_kept(folder)
        watched = [evening.ben.name, *(person.name for person in others)]
        everybody = [*evening.people.values(), evening.admin, evening.outsider, evening.contact]
        received = {name: watch.received(name) for name in watched} | {ALL: watch.received(ALL, IN_IT)}
        ids = [person.id for person in everybody]
        return Lived(received, _rows(folder), _printed(evening.bot.log), kept, ids)


async def _hold_a_session(evening: Care, raised: Raised | None) -> None:
    """Benedikt holds it; chance draws only who of the other two speaks first. After the first turn Celeste sends it."""
    await evening.slash(evening.ben, "circle open")
    invitation = await evening.discord.message(evening.garden, "is open", timeout=PATIENCE)
    thread = await evening.discord.thread(evening.garden)
    await evening.come_in(thread, invitation, evening.ben, evening.ana, evening.celeste)
    waiting = await evening.discord.message(thread, "We begin when", timeout=PATIENCE)
    await evening.choose(evening.ben, waiting, "Begin")
    last = None
    for turn in range(ROUNDS * 3):
        speaker, last = await evening.speaker_in(thread, last)
        if raised and turn == 1:
            await evening.sent(*([evening.ben] if raised.excludes else []), look=raised.look)
        if turn in (1, 6):
            await _look_everywhere(evening, evening.ben)
        await evening.press(speaker, last, "Pass")
        if turn % 3 == 2:
            await evening.press(evening.ben, await evening.asked_in(thread), "Go on")
    await evening.discord.message(thread, "closed", timeout=PATIENCE)


async def _plan(evening: Care, lead: Person) -> None:
    guide = "One change and a date"
    shown = await evening.slash(lead, "rupture care")
    on = shown if guide in shown.labels else await evening.press(lead, shown, "Repair guide")
    form = await evening.press(lead, on, guide)
    answers = {"What will be different?": TURNS, "When to look at it again?": "7"}
    await evening.insist(lambda: lead.submit(form, answers))
    await evening.reads(evening.celeste, TURNS)


async def _look_around(evening: Care, people: Iterable[Person]) -> None:
    for person in people:
        await _look_everywhere(evening, person)


async def _look_everywhere(evening: Care, person: Person) -> None:
    """Each command, each button of the circle's card, what is offered while typing, a flag begun and thrown away."""
    for command in evening.discord.commands:
        inner = [f"{command['name']} {one['name']}" for one in command.get("options", []) if one["type"] == 1]
        for name in sorted({*(inner or [command["name"]])} - DO_MORE_THAN_LOOK):
            await evening.slash(person, name)
    card = next(one for one in evening.garden.messages.values() if ASK in one.labels)
    for label in [one for one in card.labels if one != ASK]:
        await evening.press(person, card, label)
    for typed in ("", "Har"):
        await person.complete("rupture flag", evening.garden, "circle", typed)
    if HARM in (await evening.slash(person, "rupture flag")).labels:
        await _begin_and_throw_away(evening, person)


async def _begin_and_throw_away(evening: Care, person: Person) -> None:
    kept_from = evening.celeste if person is evening.ben else evening.ben  # so that chance has nothing to draw
    for lane in (FRICTION, HARM):
        shown = await evening.previewed(person, kept_from, lane=lane)
        await evening.press(person, shown, "Throw away")


def _rows(folder: Path) -> dict[str, int]:
    """How many rows each table has, but for those that wait: these are padded, sealed and look alike."""
    with closing(sqlite3.connect(folder / "trellis.db")) as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        counted = {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}
    return {name: count for name, count in counted.items() if name != "waiting"}


def _printed(log: str) -> list[str]:
    return [re.sub(r"\d+", "0", line) for line in log.splitlines()]

"""Whoever must not know of a flag reads, hears and is offered the same with it and without it (promise 5)."""

import itertools
import shutil
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot import vault
from bot.rehearsal.world import NotAsExpected, open_world
from bot.settings import Settings
from bot.store.unit import Unit
from tests.cogs.evening import Evening
from tests.cogs.flag_lives import Life, is_answered, is_handed_on, is_not_answered, is_over, is_talked_through
from tests.cogs.unseen import WATCHER, WRITER, Eyes, by_name, gather
from tests.pairwise import Row, pairwise

LIVES = {
    "answered": is_answered,
    "talked through": is_talked_through,
    "handed on": is_handed_on,
    "not answered": is_not_answered,
    "over": is_over,
}
FEWEST_MET = 20  # messages and answers; a test that sees nothing would always agree
IN_BETWEEN = ("heard", "talk asked for")  # what comes is looked at, but nothing is asked for: that takes its time
ROLES = ("member", "facilitator", "guardian", "holder", "admin", "owner", "care contact", "outsider")


async def looks_what_waits(eyes: Eyes) -> None:
    """What is theirs alone."""
    await eyes.runs("inbox", "rupture care", "rupture mine")


async def looks_what_is_kept(eyes: Eyes) -> None:
    """What is kept of them; and what is offered while they type."""
    await eyes.runs("privacy export", "privacy reminders")
    for command in ("circle show", "rupture flag"):
        typing = eyes.evening[WATCHER].actor.autocomplete(eyes.world.garden, command, "circle", "")
        await eyes.does(WATCHER, f"{command} ...", typing)


async def looks_at_the_circle(eyes: Eyes) -> None:
    """Who is in it, who leads it, who would."""
    await eyes.runs("circle show", "circle members", "circle rota", "circle hand-over")


async def looks_at_what_is_set(eyes: Eyes) -> None:
    """What the circle and the server have chosen, how it holds together, and where help is."""
    await eyes.runs("circle settings", "circle agreement", "weave", "buddy", "help-now", "trellis setup")


async def tries_a_flag(eyes: Eyes) -> None:
    """A flag of their own in each lane, up to its preview, and thrown away."""
    watcher, world = eyes.evening[WATCHER], eyes.world
    await eyes.does(WATCHER, "flag", watcher.actor.slash(world.garden, "rupture flag"))
    for lane in ("friction", "harm"):
        try:
            form = await world.open_form(watcher, f"rupture.{lane}")
        except NotAsExpected:
            eyes.notes(WATCHER, (lane, "can't be pressed"))
            continue
        eyes.notes(WATCHER, (lane, form.modal))
        if form.modal:
            values = {
                "look": ["sharp"], "wish": ["know"], "soon": ["next"], "excluded": [eyes.evening[WRITER].actor],
                "words": "Mine.",
            }  # fmt: skip
            await eyes.does(WATCHER, "preview", watcher.actor.submit_modal(form, values))
            await eyes.does(WATCHER, "drop", world.open_form(watcher, "rupture.drop"))


LOOKS = {
    "what waits": looks_what_waits,
    "what is kept": looks_what_is_kept,
    "the circle": looks_at_the_circle,
    "what is set": looks_at_what_is_set,
    "a flag of their own": tries_a_flag,
}
FACTORS = {
    "role": ROLES,
    "life": tuple(LIVES),
    "looks": tuple(LOOKS),
    "facilitators": (1, 2, 3, 4),
    "kept out": ("by name", "by kind"),
    "lane": ("friction", "harm"),
    "name": ("shown", "held back"),
}
CASES = pairwise(FACTORS, can_be=lambda row: not (row["life"] == "talked through" and row["lane"] == "harm"))


async def play(settings: Settings, case: Row, monkeypatch: pytest.MonkeyPatch, *, flagged: bool) -> tuple[Eyes, Life]:
    """The evening of this case, once."""
    async with open_world(settings, "en") as world:
        evening = Evening(world, world.guild.create_role("Facilitators"))
        with monkeypatch.context() as alike:  # lists of people are in the order of their random ids
            made = itertools.count()
            alike.setattr(vault, "new_token", lambda: f"token-{next(made):016}")
            await gather(evening, str(case["role"]), int(str(case["facilitators"])))
        monkeypatch.setattr(Unit, "shuffle", staticmethod(await by_name(evening)))
        eyes = Eyes(evening)
        eyes.looks_on("before")
        look: Callable[[Eyes], Awaitable[None]] = LOOKS[str(case["looks"])]

        async def all_look(step: str) -> None:
            eyes.looks_on(step)
            if step not in IN_BETWEEN:
                await look(eyes)

        life = Life(evening, flagged, all_look)
        await life.begins(
            lane=str(case["lane"]), by_kind=case["kept out"] == "by kind", shows_name=case["name"] == "shown"
        )
        await LIVES[str(case["life"])](life)
        eyes.looks_on("in the end")
        assert world.env.errors == []
        return eyes, life


@pytest.mark.parametrize("case", CASES, ids=lambda case: ", ".join(str(chosen) for chosen in case.values()))
async def test_who_must_not_know_meets_the_same_with_a_flag_and_without_one(
    case: Row, settings: Settings, empty_tables: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Unit, "between", staticmethod(lambda least, most: least))
    met, in_it = [], set()
    for flagged in (True, False):
        place = tmp_path / str(flagged)
        place.mkdir()
        shutil.copyfile(empty_tables, place / "trellis.db")
        own = replace(settings, database_url=f"sqlite+aiosqlite:///{place}/trellis.db", keyring=place / "keyring")
        eyes, life = await play(own, case, monkeypatch, flagged=flagged)
        met.append(eyes.met)
        in_it |= life.in_it
    with_one, without = met
    assert WATCHER not in in_it
    assert with_one[WRITER] != without[WRITER]
    assert len(without[WATCHER]) > FEWEST_MET
    for name in with_one.keys() - in_it:
        assert with_one[name] == without[name]

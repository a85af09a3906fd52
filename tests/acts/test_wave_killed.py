"""Killed at each statement of closing, scrubbing and telling: drawn anew, told once, the key gone (promise 9)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from sqlalchemy import event

from bot import vault
from bot.acts import circle
from bot.practice.checkin import CORE, Tap
from bot.practice.circle import Membership
from bot.practice.wave import Phase, Wave
from bot.store.keyring import Keyring
from bot.store.unit import Store
from tests.conftest import KEY, PEPPER

from .asking import DAYS, HARD, Asking, a_circle_of
from .people import Home


class Killed(Exception):
    """The process ends here."""


@contextmanager
def killed_at(store: Store, step: int) -> Iterator[list[int]]:
    """Let the process end before that statement, commit or look at SQLite's log; how many steps it came."""
    engine, steps = store.engine.sync_engine, [0]

    def count(*_: Any) -> None:
        steps[0] += 1
        if steps[0] == step:
            raise Killed

    for moment in ("before_cursor_execute", "commit"):
        event.listen(engine, moment, count)
    event.listen(engine.pool, "checkout", count)
    try:
        yield steps
    finally:
        for moment in ("before_cursor_execute", "commit"):
            event.remove(engine, moment, count)
        event.remove(engine.pool, "checkout", count)


async def answered(asking: Asking) -> str:
    """A wave that is open, in which everybody said the same; its id."""
    home = asking.home
    async with home.store.unit(home.id) as unit:
        here = await circle.by_token(unit, asking.circle)
        found = Wave(vault.new_token(), vault.new_token(), here.id, 3)
        unit.add(found)
        await unit.flush()
        here.waves += 1
        found.open(here.waves, 5, unit.now, [])
        members = [member.person_id for member in await unit.all(Membership)]
        await unit.answers.begin(found.id, members, CORE)
        for person in members:
            await unit.answers.put(found.id, person, "rushed", HARD["rushed"])
            await unit.answers.put(found.id, person, "leave", Tap.NO)
        await unit.waiting.write("checkin", found.id, after=3 * DAYS, step="close", wave=found.id)
        return found.id


async def goes_by(asking: Asking) -> None:
    """It closes, is scrubbed, and is told the next morning."""
    await asking.closes()
    await asking.passes(timedelta(hours=30))


async def starts_again(home: Home) -> None:
    """Another process, with the same database and keyring."""
    store = home.store
    await store.close()
    home.store = Store(store.url, Keyring(store.keyring.path, KEY), PEPPER, store.now)


async def test_killed_at_each_statement_it_is_told_once_and_the_key_is_gone(home: Home) -> None:
    asking = await a_circle_of(home, 5)
    await asking.all_say_yes()
    step = 0
    while True:
        step += 1
        wave_id = await answered(asking)
        home.shown.clear()
        try:
            with killed_at(home.store, step):
                await goes_by(asking)
        except Killed:
            await starts_again(home)
            await goes_by(asking)
        else:
            break
        (told,) = [errand.due.facts for errand in home.shown.values()]
        assert (told["kind"], told["several"]) == ("checkin.result", ["rushed"]), step
        assert await asking.answers() == [], step
        assert [owner for owner in home.store.keyring.owners() if owner.startswith("wave:")] == [], step
        async with home.store.unit(home.id) as unit:
            found = await unit.one(Wave, id=wave_id)
            assert found is not None
            assert found.phase is Phase.TOLD
            assert await unit.waiting.due() == []
    assert step > 20
    await home.store.close()

"""What time brings to a wave it brings once, also when the process is killed before it could say so (promise 9)."""

import pytest

from bot.acts import due, wave
from bot.store.waiting import Due

from .asking import DAYS, Asking, a_circle_of
from .people import Home
from .test_wave_killed import Killed, killed_at, starts_again
from .time_brings import bring

DAYS_UNTIL = {"next": 3, "remind": 2, "close": 3, "tell": 1}
LEFT = {  # of the wave, when that step has been brought
    "next": ["checkin next", "note checkin.your_turn", "note checkin.your_turn"],
    "remind": ["checkin close", "checkin next", "post checkin.reminder"],
}


async def until(asking: Asking, step: str) -> Due:
    """A check-in has come so far that this step is due now."""
    home = asking.home
    await asking.falls_due()
    if step != "next":
        await asking.ana.does(wave.open_wave, asking.token)
        await asking.shows()
    if step == "tell":
        await asking.closes()
    home.moments.advance(DAYS_UNTIL[step] * DAYS.total_seconds())
    async with home.store.unit(0) as unit:
        (row,) = [one for one in await due.waiting_now(unit) if one.facts.get("step") == step]
    return row


async def rows(home: Home, wave_id: str) -> list[str]:
    """What waits of this wave, whether due or not, in a word each."""
    async with home.store.unit(home.id) as unit:
        found = await unit.waiting.here()
    return sorted(
        f"{row.deed} {row.facts.get('step') or row.facts.get('kind')}"
        for row in found
        if row.facts.get("wave") == wave_id
    )


@pytest.mark.parametrize("step", ["next", "remind", "close", "tell"])
async def test_each_step_that_is_carried_out_twice_brings_what_it_brings_once(home: Home, step: str) -> None:
    asking = await a_circle_of(home, 5)
    await asking.ana.shares(asking.circle)
    row = await until(asking, step)
    await bring(home.store, row, home.gone)
    once = await rows(home, row.facts["wave"])
    await bring(home.store, row, home.gone)
    assert await rows(home, row.facts["wave"]) == once


async def carry_out(home: Home, row: Due) -> None:
    """One row, as the worker does it: claimed, carried out, marked done, in a transaction each."""
    async with home.store.unit(home.id) as unit:
        if await due.claim(unit, row.token) is None:
            return
    await bring(home.store, row, home.gone)
    async with home.store.unit(home.id) as unit:
        await due.done(unit, row.token)


@pytest.mark.parametrize("step", ["next", "remind"])
async def test_killed_at_each_statement_a_step_is_brought_once(home: Home, step: str) -> None:
    asking = await a_circle_of(home, 4)
    await asking.ana.shares(asking.circle)
    at = 0
    while True:
        at += 1
        row = await until(asking, step)
        try:
            with killed_at(home.store, at):
                await carry_out(home, row)
        except Killed:
            await starts_again(home)
            await carry_out(home, row)
        else:
            break
        assert await rows(home, row.facts["wave"]) == LEFT[step], at
        await asking.passes(5 * DAYS)  # over, so that the next one finds nothing of it
    assert at > 8
    await home.store.close()

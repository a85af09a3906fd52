"""What the circle says it will do differently: written by who facilitates, read once, and gone (P7)."""

import pytest

from bot.acts import one_thing, session, wave
from bot.practice.circle import Circle

from .asking import DAYS, a_circle_of
from .people import Evening, Home, refused


@pytest.mark.parametrize("text", ["", "  ", "x" * 201])
async def test_one_thing_is_a_sentence(home: Home, text: str) -> None:
    asking = await a_circle_of(home, 5)
    await asking.opens()
    await asking.closes()
    await asking.passes(DAYS)
    with refused("rc.thing_length"):
        await asking.ana.does(one_thing.write_thing, asking.token, text)


async def test_before_the_result_is_read_nothing_is_written(home: Home) -> None:
    asking = await a_circle_of(home, 5)
    await asking.falls_due()
    for passes in (asking.shows, lambda: asking.ana.does(wave.open_wave, asking.token), asking.closes):
        await passes()
        with refused("rc.not_told_yet"):
            await asking.ana.does(one_thing.expect_to_write, asking.token)
        with refused("rc.not_told_yet"):
            await asking.ana.does(one_thing.write_thing, asking.token, "We talk less")
    await asking.passes(DAYS)
    assert await asking.ana.does(one_thing.expect_to_write, asking.token) == "Garden"


async def test_one_thing_is_written_by_who_facilitates_read_at_the_next_opening_and_then_gone(home: Home) -> None:
    asking = await a_circle_of(home, 5)
    await asking.opens()
    await asking.closes()
    await asking.passes(DAYS)
    with refused("rc.facilitators_write"):
        await asking.people[1].does(one_thing.expect_to_write, asking.token)
    with refused("rc.facilitators_write"):
        await asking.people[1].does(one_thing.write_thing, asking.token, "We end on time")
    assert await asking.ana.does(one_thing.expect_to_write, asking.token) == "Garden"
    await asking.ana.does(one_thing.write_thing, asking.token, "We begin later")
    assert await asking.ana.does(one_thing.write_thing, asking.token, " We  end on time ") == "We end on time"
    for number in range(2):
        evening = Evening(asking.ana, asking.people[1:4], asking.circle)
        await evening.opens()
        await evening.holder.does(session.begin, evening.token)
        await evening.shows()
        (first,) = evening.turns
        assert first.due.facts["one_thing"] == ("We end on time" if number == 0 else None)
        await evening.holder.does(session.close, evening.token)
        await evening.shows()
    async with home.store.unit(home.id) as unit:
        (found,) = await unit.all(Circle)
        assert found.one_thing_id is None

"""What time brings to buddies: the draw, three days, two nudges; and a third who comes to a pair."""

from datetime import timedelta

import pytest

from bot.acts import buddy, pairing
from bot.acts.buddy import Stage
from bot.acts.due import Errand
from bot.practice.buddies import ANSWERED_WITHIN, DRAWN_AFTER, NUDGED_AFTER, Pair

from .held import held
from .people import Home, Someone


@pytest.fixture
async def garden(home: Home) -> str:
    """A circle with an open door."""
    await home.is_set_up()
    return await home.facilitator().makes_circle()


async def asked(garden: str, *people: Someone) -> None:
    """These would like a buddy."""
    for person in people:
        await person.does(buddy.ask, garden)


async def time_brings(home: Home, time: timedelta) -> list[Errand]:
    """Let time go by; what it brings."""
    return await home.passes(time)


async def drawn(home: Home, garden: str, *people: Someone) -> None:
    """These asked, and the draw has come."""
    await asked(garden, *people)
    await time_brings(home, DRAWN_AFTER)


async def question(person: Someone) -> str:
    """The pair somebody is asked about."""
    return (await person.does(buddy.look, named="Garden")).pair


async def kinds(person: Someone) -> list[str]:
    """What waits for somebody; what only informs is gone then."""
    return [note.due.facts["kind"] for note in await person.looks()]


async def met(home: Home, garden: str, *people: Someone) -> None:
    """These two are a pair."""
    await drawn(home, garden, *people)
    for person in people:
        await person.does(buddy.answer, await question(person), yes=True)
        await person.looks()
    await people[0].looks()


async def pairs(home: Home) -> list[Pair]:
    async with home.store.unit(home.id) as unit:
        return list(await unit.all(Pair))


async def test_the_draw_comes_a_day_after_the_first_who_asked(garden: str, home: Home) -> None:
    ben, cem = [await home.person().joins(garden) for _ in range(2)]
    await asked(garden, ben, ben)
    await home.passes(DRAWN_AFTER / 2)
    await asked(garden, cem)
    assert await time_brings(home, DRAWN_AFTER / 2 - timedelta(minutes=5)) == []
    brought = [errand.due.deed for errand in await time_brings(home, timedelta(minutes=5))]
    assert brought == ["draw", "note", "note"]
    (note,) = await ben.looks()
    assert note.people[note.due.facts["people"][0]] == cem.id
    assert await time_brings(home, DRAWN_AFTER) == []


async def test_those_who_never_sat_side_by_side_are_drawn_together(garden: str, home: Home) -> None:
    ben, cem, dan, eva = people = [await home.person().joins(garden) for _ in range(4)]
    await held(home, garden, ben, people, times=2)  # Ben sat beside Cem and Eva, Cem beside Dan
    await drawn(home, garden, *people)
    assert (await ben.does(buddy.look, named="Garden")).people == (dan.id,)
    assert (await cem.does(buddy.look, named="Garden")).people == (eva.id,)


async def test_after_three_days_without_an_answer_whoever_said_yes_waits_again(garden: str, home: Home) -> None:
    ben, cem = [await home.person().joins(garden) for _ in range(2)]
    await drawn(home, garden, ben, cem)
    await ben.does(buddy.answer, await question(ben), yes=True)
    await time_brings(home, ANSWERED_WITHIN)
    assert await kinds(ben) == ["buddy.none"]
    assert await kinds(cem) == []
    assert (await ben.does(buddy.look, named="Garden")).stage is Stage.ASKED
    assert (await cem.does(buddy.look, named="Garden")).stage is Stage.NOTHING
    assert await pairs(home) == []


async def test_a_pair_is_brought_to_mind_twice_and_then_there_is_no_record(garden: str, home: Home) -> None:
    ben, cem = [await home.person().joins(garden) for _ in range(2)]
    await met(home, garden, ben, cem)
    first, last = NUDGED_AFTER
    nudged = [errand for errand in await time_brings(home, first) if errand.due.deed == "note"]
    assert [set(errand.due.facts) for errand in nudged] == [{"kind", "circle"}] * 2  # nobody is named in it
    assert await kinds(ben) == await kinds(cem) == ["buddy.nudge"]
    await time_brings(home, last - first)
    assert await kinds(ben) == await kinds(cem) == ["buddy.nudge_last"]
    assert await pairs(home) == []
    assert (await ben.does(buddy.look, named="Garden")).stage is Stage.NOTHING
    assert await time_brings(home, timedelta(days=30)) == []


async def test_who_stops_early_is_not_told_of(garden: str, home: Home) -> None:
    ben, cem = [await home.person().joins(garden) for _ in range(2)]
    await met(home, garden, ben, cem)
    await ben.does(buddy.withdraw, garden)
    await time_brings(home, timedelta(days=5))
    assert await kinds(ben) == await kinds(cem) == []


async def test_a_draw_or_a_nudge_carried_out_twice_happens_once(garden: str, home: Home) -> None:
    ben, cem, dan = [await home.person().joins(garden) for _ in range(3)]
    await asked(garden, ben, cem)
    first = await time_brings(home, DRAWN_AFTER)
    row = next(errand.due for errand in first if errand.due.deed == "draw")
    await asked(garden, dan)
    async with home.store.unit(home.id) as unit:
        await pairing.draw_pairs(unit, row.facts["circle"], row.token)
    assert "draw" in {errand.due.deed for errand in await time_brings(home, DRAWN_AFTER)}
    for person in (ben, cem):
        await person.does(buddy.answer, await question(person), yes=True)
        await person.looks()
    await ben.looks()
    brought = await time_brings(home, NUDGED_AFTER[0])
    row = next(errand.due for errand in brought if errand.due.deed == "nudge")
    async with home.store.unit(home.id) as unit:
        await pairing.nudge(unit, row.facts["pair"], row.token, final=False)
    assert await kinds(ben) == await kinds(cem) == ["buddy.nudge"]


async def test_after_a_long_silence_only_the_last_nudge_is_said(garden: str, home: Home) -> None:
    ben, cem = [await home.person().joins(garden) for _ in range(2)]
    await met(home, garden, ben, cem)
    await time_brings(home, NUDGED_AFTER[-1] + timedelta(days=1))
    assert await kinds(ben) == await kinds(cem) == ["buddy.nudge_last"]


async def test_a_draw_does_not_wait_for_what_the_channel_has_to_take(garden: str, home: Home) -> None:
    (ben,) = [await home.person().joins(garden)]
    await asked(garden, ben)
    (row,) = [errand.due for errand in await time_brings(home, DRAWN_AFTER) if errand.due.deed == "draw"]
    assert row.lane != row.facts["circle"]


async def test_who_is_left_over_again_is_not_told_again_that_others_asked(garden: str, home: Home) -> None:
    ben, cem, dan = [await home.person().joins(garden) for _ in range(3)]
    await ben.does(buddy.never, garden, member=cem.id, wanted=True)
    await drawn(home, garden, ben)
    assert await kinds(ben) == ["buddy.none"]
    await drawn(home, garden, cem)
    assert await kinds(ben) == []
    assert await kinds(cem) == ["buddy.none"]
    await drawn(home, garden, dan)
    assert sorted(await kinds(ben) + await kinds(cem) + await kinds(dan)) == ["buddy.question"] * 2


async def test_a_press_in_a_dm_finds_the_server_of_its_pair(garden: str, home: Home) -> None:
    ben, cem = [await home.person().joins(garden) for _ in range(2)]
    await drawn(home, garden, ben, cem)
    assert await home.store.server_of(await question(ben)) == home.id

"""What time brings to buddies: the draw, three days, two nudges; and a third who comes to a pair."""

from datetime import timedelta

import pytest

from bot.acts import buddy, pairing
from bot.acts.buddy import Stage
from bot.acts.due import Errand
from bot.practice.buddies import ANSWERED_WITHIN, DRAWN_AFTER, NUDGED_AFTER, Pair

from .held import held
from .people import Home, Someone, refused


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


async def left_over(home: Home, garden: str, person: Someone) -> None:
    """A draw left this one over, and they have read it."""
    await drawn(home, garden, person)
    assert "buddy.none" in await kinds(person)


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


async def asked_about_a_third(home: Home, garden: str) -> tuple[Someone, Someone, Someone]:
    """Two who are a pair and are asked about a third; chance decides about each pair, so it may take some pairs."""
    while True:
        ben, cem, dan = [await home.person().joins(garden) for _ in range(3)]
        await met(home, garden, ben, cem)
        await left_over(home, garden, dan)
        await dan.does(buddy.join, garden)
        if await stage(ben) is Stage.THIRD:
            await ben.looks()
            return ben, cem, dan
        assert "buddy.third" not in await kinds(ben) + await kinds(cem)
        for person in (ben, cem, dan):
            await person.does(buddy.withdraw, garden)


async def stage(person: Someone) -> Stage:
    return (await person.does(buddy.look, named="Garden")).stage


async def test_somebody_left_over_comes_to_a_pair_once_both_say_yes(garden: str, home: Home) -> None:
    ben, cem, dan = await asked_about_a_third(home, garden)
    assert await stage(dan) is Stage.JOINS
    found = await ben.does(buddy.look, named="Garden")
    assert (found.stage, found.people) == (Stage.THIRD, (dan.id,))
    for person in (ben, cem):
        await person.does(buddy.answer, await question(person), yes=True)
    assert "buddy.met" in await kinds(dan)
    assert set((await dan.does(buddy.look, named="Garden")).people) == {ben.id, cem.id}
    assert [len(pair.people) for pair in await pairs(home)] == [3]


async def test_only_who_was_left_over_can_come_to_a_pair(garden: str, home: Home) -> None:
    ben, cem, dan = [await home.person().joins(garden) for _ in range(3)]
    await met(home, garden, ben, cem)
    with refused("buddy.not_left_over"):
        await dan.does(buddy.join, garden)
    await asked(garden, dan)
    with refused("buddy.not_left_over"):
        await dan.does(buddy.join, garden)
    assert await stage(ben) is await stage(cem) is Stage.PAIRED


async def test_a_joiner_reads_the_same_at_the_same_time_whether_nobody_was_asked_or_there_was_a_no(
    garden: str, home: Home
) -> None:
    _, cem, dan = await asked_about_a_third(home, garden)
    finn = await home.person().joins(garden)
    await cem.does(buddy.answer, await question(cem), yes=False)
    assert (await kinds(dan), await stage(dan)) == ([], Stage.JOINS)
    await time_brings(home, ANSWERED_WITHIN - timedelta(hours=1))
    assert await kinds(dan) == []
    await time_brings(home, timedelta(hours=1))
    read = await kinds(dan)
    assert await stage(dan) is Stage.ASKED
    await dan.does(buddy.withdraw, garden)
    await left_over(home, garden, finn)
    await finn.does(buddy.join, garden)
    await time_brings(home, ANSWERED_WITHIN - timedelta(hours=1))
    assert await kinds(finn) == []
    await time_brings(home, timedelta(hours=1))
    assert await kinds(finn) == read == ["buddy.none_joined"]
    assert await stage(finn) is Stage.ASKED


async def test_pressed_again_or_after_a_no_nobody_is_asked_again(garden: str, home: Home) -> None:
    ben, cem, dan = await asked_about_a_third(home, garden)
    await ben.does(buddy.answer, await question(ben), yes=False)
    for _ in range(3):
        await dan.does(buddy.join, garden)
    assert await stage(ben) is Stage.PAIRED
    await dan.does(buddy.withdraw, garden)
    await left_over(home, garden, dan)
    await dan.does(buddy.join, garden)
    assert await stage(ben) is await stage(cem) is Stage.PAIRED
    assert await stage(dan) is Stage.JOINS


async def test_of_pairs_that_could_be_asked_chance_leaves_some_out_whoever_tries_again(garden: str, home: Home) -> None:
    ben, cem = [await home.person().joins(garden) for _ in range(2)]
    await met(home, garden, ben, cem)
    others = [(await unit_person(home, await home.person().joins(garden))) for _ in range(40)]
    async with home.store.unit(home.id) as unit:
        (pair,) = await unit.all(Pair)
        lots = [[pairing.could_come(unit, pair.token, other) for other in others] for _ in range(2)]
    assert lots[0] == lots[1]
    assert set(lots[0]) == {True, False}


async def unit_person(home: Home, person: Someone) -> str:
    async with home.store.unit(home.id) as unit:
        return (await unit.people.meet(person.id)).id


async def test_a_third_whom_one_of_them_never_would_is_never_brought_to_them(garden: str, home: Home) -> None:
    ben, cem, *others = [await home.person().joins(garden) for _ in range(5)]
    for dan in others:
        await cem.does(buddy.never, garden, member=dan.id, wanted=True)
    await met(home, garden, ben, cem)
    for dan in others:
        await left_over(home, garden, dan)
        await dan.does(buddy.join, garden)
        assert await stage(dan) is Stage.JOINS
        assert await stage(cem) is await stage(ben) is Stage.PAIRED
        await dan.does(buddy.withdraw, garden)
        await met_again(home, garden, ben, cem)


async def met_again(home: Home, garden: str, *people: Someone) -> None:
    for person in people:
        await person.does(buddy.withdraw, garden)
        await person.looks()
    await met(home, garden, *people)


async def test_who_is_put_on_the_list_after_a_yes_does_not_come(garden: str, home: Home) -> None:
    ben, cem, dan = await asked_about_a_third(home, garden)
    await cem.does(buddy.answer, await question(cem), yes=True)
    await cem.does(buddy.never, garden, member=dan.id, wanted=True)
    assert (await ben.does(buddy.answer, await question(ben), yes=True)).met is False
    await time_brings(home, ANSWERED_WITHIN)
    assert await kinds(dan) == ["buddy.none_joined"]


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


async def test_when_the_record_of_two_ends_a_third_is_not_asked_about_any_more(garden: str, home: Home) -> None:
    ben, cem, dan = await asked_about_a_third(home, garden)
    await time_brings(home, NUDGED_AFTER[-1] - DRAWN_AFTER)
    assert await stage(ben) is await stage(cem) is Stage.NOTHING
    assert (await kinds(ben), await stage(dan)) == (["buddy.nudge_last"], Stage.JOINS)
    await time_brings(home, DRAWN_AFTER)
    assert await kinds(dan) == ["buddy.none_joined"]
    assert await pairs(home) == []


async def test_a_press_in_a_dm_finds_the_server_of_its_pair(garden: str, home: Home) -> None:
    ben, cem = [await home.person().joins(garden) for _ in range(2)]
    await drawn(home, garden, ben, cem)
    assert await home.store.server_of(await question(ben)) == home.id

"""A third who comes to a pair: asked for once, brought by chance, and nothing to be learned from silence."""

from datetime import timedelta

from bot.acts import buddy, pairing
from bot.acts.buddy import Stage
from bot.practice.buddies import ANSWERED_WITHIN, DRAWN_AFTER, NUDGED_AFTER, Pair

from .people import Home, Someone, refused
from .test_pairing import asked, drawn, garden, kinds, met, pairs, question, time_brings

__all__ = ["garden"]


async def left_over(home: Home, garden: str, person: Someone) -> None:
    """A draw left this one over, and they have read it."""
    await drawn(home, garden, person)
    assert "buddy.none" in await kinds(person)


async def stage(person: Someone) -> Stage:
    return (await person.does(buddy.look, named="Garden")).stage


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


async def test_when_the_record_of_two_ends_a_third_is_not_asked_about_any_more(garden: str, home: Home) -> None:
    ben, cem, dan = await asked_about_a_third(home, garden)
    await time_brings(home, NUDGED_AFTER[-1] - DRAWN_AFTER)
    assert await stage(ben) is await stage(cem) is Stage.NOTHING
    assert (await kinds(ben), await stage(dan)) == (["buddy.nudge_last"], Stage.JOINS)
    await time_brings(home, DRAWN_AFTER)
    assert await kinds(dan) == ["buddy.none_joined"]
    assert await pairs(home) == []

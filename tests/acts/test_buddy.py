"""Buddies: asked for, met by two yeses, and never with somebody one never would."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.acts import buddy, door, pairing
from bot.acts.buddy import Stage
from bot.practice.buddies import ANSWERED_WITHIN, DRAWN_AFTER, Pair
from bot.practice.circle import Membership
from bot.store.rows import Never
from bot.store.tables import metadata

from .people import Home, Someone, refused
from .test_pairing import asked, drawn, garden, kinds, question, time_brings

__all__ = ["garden"]


async def members(home: Home, garden: str, count: int) -> list[Someone]:
    return [await home.person().joins(garden) for _ in range(count)]


async def stage(person: Someone) -> Stage:
    return (await person.does(buddy.look, named="Garden")).stage


async def test_two_yeses_make_a_pair_and_both_learn_of_it(garden: str, home: Home) -> None:
    ben, cem = await members(home, garden, 2)
    assert await stage(ben) is Stage.NOTHING
    await drawn(home, garden, ben, cem)
    assert await stage(ben) is Stage.QUESTION
    token = await question(ben)
    assert (await ben.does(buddy.answer, token, yes=True)).met is False
    assert await stage(ben) is Stage.WAITS
    with refused("buddy.answered_already"):
        await ben.does(buddy.answer, token, yes=True)
    met = await cem.does(buddy.answer, token, yes=True)
    assert (met.met, met.others) == (True, [ben.id])
    (told,) = await ben.looks()
    assert (told.due.facts["kind"], list(told.people.values())) == ("buddy.met", [cem.id, ben.id])
    assert (await ben.does(buddy.look, named="Garden")).people == (cem.id,)
    with refused("buddy.paired_already"):
        await ben.does(buddy.ask, garden)


async def test_a_no_is_kept_nowhere_and_the_other_reads_what_anybody_left_over_reads(garden: str, home: Home) -> None:
    ben, cem, dan = await members(home, garden, 3)
    await drawn(home, garden, ben, cem)
    await ben.does(buddy.answer, await question(ben), yes=True)
    await cem.does(buddy.answer, await question(cem), yes=False)
    assert await kinds(cem) == await kinds(ben) == []
    assert (await stage(ben), await stage(cem)) == (Stage.WAITS, Stage.NOTHING)
    await time_brings(home, ANSWERED_WITHIN - timedelta(hours=1))
    assert await kinds(ben) == []
    await time_brings(home, timedelta(hours=1))
    (none,) = await ben.looks()
    await asked(garden, dan)
    await time_brings(home, DRAWN_AFTER)
    assert await stage(cem) is Stage.NOTHING
    assert await stage(ben) is Stage.QUESTION
    await dan.does(buddy.withdraw, garden)
    await asked(garden, dan)
    await ben.does(buddy.withdraw, garden)
    await time_brings(home, DRAWN_AFTER)
    (left_over,) = await dan.looks()
    assert (none.due.facts, set(none.people)) == (left_over.due.facts, set(none.people))
    assert none.due.facts["kind"] == "buddy.none"


async def test_who_is_asked_by_chance_or_late_changes_nothing(garden: str, home: Home) -> None:
    ben, cem, dan = await members(home, garden, 3)
    await drawn(home, garden, ben, cem)
    token = await question(ben)
    with refused("buddy.gone"):
        await dan.does(buddy.answer, token, yes=True)
    await ben.does(buddy.answer, token, yes=False)
    with refused("buddy.gone"):
        await ben.does(buddy.answer, token, yes=True)
    assert (await cem.does(buddy.look, named="Garden")).people == (ben.id,)
    assert (await cem.does(buddy.answer, token, yes=True)).met is False
    await time_brings(home, ANSWERED_WITHIN)
    with refused("buddy.gone"):
        await cem.does(buddy.answer, token, yes=True)


async def test_never_with_is_kept_from_everybody_and_holds_both_ways(garden: str, home: Home) -> None:
    ben, cem = await members(home, garden, 2)
    listed = await ben.does(buddy.never, garden, member=cem.id, wanted=True)
    assert listed.never == [cem.id]
    assert (await cem.does(buddy.never_list, garden)).never == []
    await asked(garden, cem, ben)
    await time_brings(home, DRAWN_AFTER)
    assert await kinds(ben) == await kinds(cem) == ["buddy.none"]
    assert (await ben.does(buddy.never, garden, member=cem.id, wanted=True)).never == [cem.id]
    for _ in range(2):
        assert (await ben.does(buddy.never, garden, member=cem.id, wanted=False)).never == []
    for person in (ben, cem):
        await person.does(buddy.withdraw, garden)
    await drawn(home, garden, ben, cem)


async def test_the_database_does_not_show_whose_never_it_is_nor_with_whom(garden: str, home: Home) -> None:
    ben, cem = await members(home, garden, 2)
    await ben.does(buddy.never, garden, member=cem.id, wanted=True)
    async with home.store.unit(home.id) as unit:
        people = [(await unit.people.meet(person.id)).id for person in (ben, cem)]
        (row,) = (await unit.rows.execute(select(metadata.tables["never"]))).all()
    assert [len(part) for part in row] == [32, 32]
    assert not any(person.encode() in part for part in row for person in people)


@pytest.mark.parametrize("said_no_before", [False, True])
async def test_naming_somebody_one_is_asked_about_shows_nobody_anything(
    garden: str, home: Home, said_no_before: bool
) -> None:
    ben, cem = await members(home, garden, 2)
    await drawn(home, garden, ben, cem)
    if said_no_before:
        await cem.does(buddy.answer, await question(cem), yes=False)
    await ben.does(buddy.never, garden, member=cem.id, wanted=True)
    assert (await kinds(ben), await stage(ben)) == ([], Stage.ASKED)
    if not said_no_before:
        assert await stage(cem) is Stage.QUESTION
        assert (await cem.does(buddy.answer, await question(cem), yes=True)).met is False
    await time_brings(home, ANSWERED_WITHIN)
    assert await kinds(cem) == ([] if said_no_before else ["buddy.none"])
    assert await kinds(ben) == []


async def test_a_yes_to_somebody_one_has_named_since_comes_to_nothing(garden: str, home: Home) -> None:
    ben, cem = await members(home, garden, 2)
    await drawn(home, garden, ben, cem)
    await ben.does(buddy.answer, await question(ben), yes=True)
    await ben.does(buddy.never, garden, member=cem.id, wanted=True)
    assert await stage(ben) is Stage.WAITS
    assert (await cem.does(buddy.answer, await question(cem), yes=True)).met is False
    await time_brings(home, ANSWERED_WITHIN)
    assert await kinds(ben) == await kinds(cem) == ["buddy.none"]


async def test_one_is_not_put_on_ones_own_list_nor_a_stranger(garden: str, home: Home) -> None:
    (ben,) = await members(home, garden, 1)
    with refused("buddy.oneself"):
        await ben.does(buddy.never, garden, member=ben.id, wanted=True)
    with refused("facilitator.not_a_member"):
        await ben.does(buddy.never, garden, member=home.person().id, wanted=True)


async def test_leaving_removes_all_of_it_but_what_others_would_never(garden: str, home: Home) -> None:
    ben, cem, dan = await members(home, garden, 3)
    await ben.does(buddy.never, garden, member=dan.id, wanted=True)
    await dan.does(buddy.never, garden, member=ben.id, wanted=True)
    await drawn(home, garden, ben, cem)
    await ben.does(buddy.answer, await question(ben), yes=True)
    await cem.does(buddy.answer, await question(cem), yes=True)
    await ben.does(door.leave, token=garden)
    async with home.store.unit(home.id) as unit:
        assert await unit.all(Pair) == []
        assert len(await unit.all(Never)) == 1
    await ben.joins(garden)
    assert (await ben.does(buddy.never_list, garden)).never == []
    assert (await dan.does(buddy.never_list, garden)).never == [ben.id]
    await asked(garden, ben, dan)
    await time_brings(home, DRAWN_AFTER)
    assert await kinds(dan) == ["buddy.none"]


@pytest.mark.parametrize("said_no_before", [False, True])
async def test_of_who_leaves_while_asked_nobody_learns_what_they_said(
    garden: str, home: Home, said_no_before: bool
) -> None:
    ben, cem = await members(home, garden, 2)
    await drawn(home, garden, ben, cem)
    if said_no_before:
        await ben.does(buddy.answer, await question(ben), yes=False)
    await ben.does(door.leave, token=garden)
    assert (await kinds(cem), await stage(cem)) == ([], Stage.WAITS)
    await time_brings(home, ANSWERED_WITHIN)
    assert await kinds(cem) == ["buddy.none"]
    assert await stage(cem) is Stage.ASKED


@pytest.mark.parametrize("deed", [buddy.ask, buddy.stay, buddy.join])
async def test_who_is_paused_is_not_drawn(garden: str, home: Home, deed: object) -> None:
    ben, cem = await members(home, garden, 2)
    await asked(garden, ben, cem)
    async with home.store.unit(home.id) as unit:
        (membership,) = await unit.all(Membership, person_id=(await unit.people.meet(ben.id)).id)
        membership.paused = True
    await time_brings(home, DRAWN_AFTER)
    assert await kinds(ben) == []
    assert await kinds(cem) == ["buddy.none"]
    with refused("buddy.paused"):
        await ben.does(deed, garden)  # type: ignore[arg-type]


async def test_it_is_for_members(garden: str, home: Home) -> None:
    stranger = home.person()
    for deed in (buddy.ask, buddy.stay, buddy.join, buddy.withdraw, buddy.never_list):
        with refused("circle.members_only"):
            await stranger.does(deed, garden)
    async with home.store.unit(home.id) as unit:
        await pairing.draw_pairs(unit, "no such circle", "-")

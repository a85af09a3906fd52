"""Whoever is next asks somebody else who is willing, in private."""

import pytest

from bot.acts import calling, rota, swap

from .garden import DAY, Garden, made, told
from .people import Home, refused


@pytest.fixture
async def garden(home: Home) -> Garden:
    return await made(home)


async def test_one_chooses_among_the_others_who_are_willing(garden: Garden) -> None:
    await garden.in_(3 * DAY)
    assert (await garden.ben.does(swap.whom, await garden.call())).people == [garden.cem.id]
    with refused("calling.not_with_you"):
        await garden.cem.does(swap.whom, await garden.call())
    with refused("swap.not_them"):
        await garden.ben.does(swap.ask, await garden.call(), member=garden.dua.id)
    await garden.cem.does(rota.set_willing, garden.token, willing=False)
    with refused("swap.nobody"):
        await garden.ben.does(swap.whom, await garden.call())


async def test_with_a_yes_it_is_theirs_and_who_asked_reads_that_it_is_in_other_hands(garden: Garden) -> None:
    await garden.in_(3 * DAY)
    await garden.ben.does(calling.hold, await garden.call())
    await garden.ben.does(swap.ask, await garden.call(), member=garden.cem.id)
    assert await garden.following() == garden.ben.id
    assert await told(garden.cem) == ["swap.question"]
    await garden.cem.does(swap.answer, await garden.call(), yes=True)
    assert await garden.following() == garden.cem.id
    assert await told(garden.ben) == ["calling.in_other_hands"]
    assert await told(garden.cem) == []
    with refused("swap.gone"):
        await garden.cem.does(swap.answer, await garden.call(), yes=True)


async def test_a_no_reaches_only_who_asked_and_not_more_than_that(garden: Garden) -> None:
    await garden.in_(3 * DAY)
    await garden.ben.does(swap.ask, await garden.call(), member=garden.cem.id)
    await garden.cem.does(swap.answer, await garden.call(), yes=False)
    (_, note) = sorted(await garden.ben.looks(), key=lambda one: str(one.due.facts["kind"]))
    assert (note.due.facts["kind"], note.due.facts.get("people")) == ("swap.not", None)
    assert await garden.following() == garden.ben.id
    for who in (garden.ana, garden.cem, garden.dua):
        assert await told(who) == []
    with refused("swap.gone"):
        await garden.dua.does(swap.answer, await garden.call(), yes=True)


async def test_asking_somebody_else_withdraws_the_first_question(garden: Garden) -> None:
    await garden.dua.does(rota.set_willing, garden.token, willing=True)
    await garden.in_(3 * DAY)
    await garden.ben.does(swap.ask, await garden.call(), member=garden.cem.id)
    await garden.ben.does(swap.ask, await garden.call(), member=garden.dua.id)
    assert await told(garden.cem) == []
    with refused("swap.gone"):
        await garden.cem.does(swap.answer, await garden.call(), yes=True)
    await garden.ben.does(calling.decline, await garden.call())
    assert await told(garden.dua) == []


async def test_who_was_asked_and_is_not_willing_any_more_has_said_no(garden: Garden) -> None:
    await garden.in_(3 * DAY)
    await garden.ben.does(swap.ask, await garden.call(), member=garden.cem.id)
    await garden.cem.does(rota.set_willing, garden.token, willing=False)
    assert sorted(await told(garden.ben)) == ["calling.call", "swap.not"]


async def test_it_works_without_a_schedule_too(garden: Garden) -> None:
    mine = (await garden.ben.does(rota.look, named=garden.token)).mine
    assert mine
    await garden.ben.does(swap.ask, mine.calling, member=garden.cem.id)
    await garden.cem.does(swap.answer, mine.calling, yes=True)
    assert await garden.next_holder() == garden.cem.id
    await garden.in_(3 * DAY)
    assert await told(garden.cem) == ["calling.moved"]
    assert await told(garden.ben) == ["calling.in_other_hands"]


async def test_after_a_no_the_same_person_is_not_asked_again_for_this_session(garden: Garden) -> None:
    await garden.dua.does(rota.set_willing, garden.token, willing=True)
    await garden.in_(3 * DAY)
    await garden.ben.does(swap.ask, await garden.call(), member=garden.cem.id)
    assert await told(garden.cem) == ["swap.question"]
    await garden.cem.looks()
    await garden.ben.does(swap.ask, await garden.call(), member=garden.cem.id)
    await garden.cem.does(swap.answer, await garden.call(), yes=False)
    with refused("swap.not_them"):
        await garden.ben.does(swap.ask, await garden.call(), member=garden.cem.id)
    assert (await garden.ben.does(swap.whom, await garden.call())).people == [garden.dua.id]
    assert await told(garden.cem) == []
    await garden.in_(10 * DAY)
    await garden.in_(2 * DAY)
    assert garden.cem.id in (await garden.ben.does(swap.whom, await garden.call())).people

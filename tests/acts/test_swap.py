"""Whoever is next asks somebody else of the circle, in private."""

import pytest

from bot.acts import calling, door, rota, session, swap
from bot.practice.circle import Membership
from bot.store.rows import Mark

from .garden import DAY, HOUR, Garden, made, told
from .people import Home, Someone, refused


@pytest.fixture
async def garden(home: Home) -> Garden:
    return await made(home)


async def pause(garden: Garden, who: Someone) -> None:
    async with garden.home.store.unit(garden.home.id) as unit:
        person = await unit.people.meet(who.id)
        (membership,) = await unit.all(Membership, person_id=person.id)
        membership.paused = True


async def test_the_list_shows_all_others_so_that_it_tells_neither_who_is_willing_nor_who_is_paused_or_passed_over(
    garden: Garden,
) -> None:
    await garden.in_(3 * DAY)
    everybody = [who.id for who in (garden.ana, garden.cem, garden.dua)]
    assert (await garden.ben.does(swap.whom, await garden.call())).people == everybody
    with refused("calling.not_with_you"):
        await garden.cem.does(swap.whom, await garden.call())
    with refused("swap.not_them"):
        await garden.ben.does(swap.ask, await garden.call(), member=garden.home.person().id)
    await garden.dua.does(rota.set_willing, garden.token, willing=True)
    await garden.cem.does(rota.set_willing, garden.token, willing=False)
    await pause(garden, garden.dua)
    assert (await garden.ben.does(swap.whom, await garden.call())).people == everybody
    for who in (garden.ana, garden.cem, garden.dua):
        await who.does(door.leave, token=garden.token)
    with refused("swap.nobody"):
        await garden.ben.does(swap.whom, await garden.call())


async def test_each_person_is_asked_once_a_session_whatever_became_of_it(garden: Garden) -> None:
    at = await garden.in_(3 * DAY)
    await garden.ben.does(swap.ask, await garden.call(), member=garden.cem.id)
    with refused("swap.asked_already"):
        await garden.ben.does(swap.ask, await garden.call(), member=garden.cem.id)
    assert await told(garden.cem) == ["swap.question"]
    await garden.cem.does(swap.answer, await garden.call(), yes=False)
    with refused("swap.asked_already"):
        await garden.ben.does(swap.ask, await garden.call(), member=garden.cem.id)
    await garden.ben.does(swap.ask, await garden.call(), member=garden.dua.id)  # withdrawn, it isn't asked again either
    await garden.ben.does(swap.ask, await garden.call(), member=garden.ana.id)
    with refused("swap.asked_already"):
        await garden.ben.does(swap.ask, await garden.call(), member=garden.dua.id)
    assert await told(garden.cem) == await told(garden.dua) == []
    await garden.looks_ahead(at + DAY)  # another time is another question
    await garden.home.passes(DAY)
    await garden.ben.does(swap.ask, await garden.call(), member=garden.cem.id)
    await garden.ben.does(calling.hold, await garden.call())
    await garden.home.passes(3 * DAY - HOUR)
    await garden.ana.does(session.open_session, named=garden.token)
    async with garden.home.store.unit(garden.home.id) as unit:
        assert await unit.all(Mark) == []  # nothing of it is kept when the session opens


async def test_who_is_paused_can_say_no_to_a_swap_and_not_yes(garden: Garden) -> None:
    await garden.in_(3 * DAY)
    await pause(garden, garden.dua)
    await garden.ben.does(swap.ask, await garden.call(), member=garden.dua.id)
    with refused("circle.paused"):
        await garden.dua.does(swap.answer, await garden.call(), yes=True)
    await garden.dua.does(swap.answer, await garden.call(), yes=False)
    assert sorted(await told(garden.ben)) == ["calling.call", "swap.not"]


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

"""The coming session goes on to somebody else, and the asking is over when it opens."""

import pytest

from bot.acts import calling, door, handover, pausing, rota, session
from bot.practice.circle import Membership
from bot.practice.pausing import Way

from .garden import DAY, HOUR, Garden, made, public, told
from .people import Home, refused


@pytest.fixture
async def garden(home: Home) -> Garden:
    return await made(home)


async def test_who_said_yes_and_cannot_lets_it_go_on_to_the_next(garden: Garden) -> None:
    await garden.in_(3 * DAY)
    await garden.ben.does(calling.hold, await garden.call())
    await garden.ben.does(calling.decline, await garden.call())
    await garden.home.carry_out()
    assert await told(garden.cem) == ["calling.call"]
    assert await garden.following() == garden.cem.id


async def test_not_for_now_leaving_and_a_pause_let_it_go_on_too(garden: Garden, home: Home) -> None:
    ben, cem, dua = garden.ben, garden.cem, garden.dua
    await dua.does(rota.set_willing, garden.token, willing=True)
    other = await garden.ana.shares(garden.token)
    await garden.in_(3 * DAY)
    await ben.does(rota.set_willing, garden.token, willing=False)
    await home.carry_out()
    assert await told(ben) == []
    assert await told(cem) == ["calling.call"]
    await cem.does(calling.hold, await garden.call())
    await cem.does(door.leave, token=garden.token)
    await home.carry_out()
    assert await told(dua) == ["calling.call"]
    async with home.store.unit(home.id) as unit:
        person = await unit.people.meet(dua.id)
        (membership,) = await unit.all(Membership, person_id=person.id)
    await garden.ana.does(pausing.ask, membership.id, way=Way.FACILITATORS)
    (question,) = await other.looks()
    await other.does(pausing.answer, str(question.due.facts["question"]), yes=True)
    await home.carry_out()
    assert "calling.call" not in await told(dua)
    assert await told(garden.ana) == ["pausing.seconded", "calling.call"]


async def test_whoever_steps_back_from_facilitating_lets_it_go_on(garden: Garden) -> None:
    other = await garden.ana.shares(garden.token)
    for who in (garden.ben, garden.cem):
        await who.does(rota.set_willing, garden.token, willing=False)
    await garden.in_(3 * DAY)
    assert await told(garden.ana) == ["calling.call"]
    await garden.ana.does(handover.step_back, garden.token, farewell=False)
    await garden.home.carry_out()
    assert await told(garden.ana) == []
    assert await told(other) == ["calling.call"]


async def test_the_session_that_opens_is_held_by_whom_it_is_with_and_the_asking_is_over(garden: Garden) -> None:
    noor = await garden.has_a_care_contact()
    await garden.in_(HOUR)
    await garden.ben.does(calling.hold, await garden.call())
    old = await garden.call()
    opened = await garden.ana.does(session.open_session, named=garden.token)
    assert opened.holder == garden.ben.id
    assert await garden.calling() is None
    with refused("calling.over"):
        await garden.ben.does(calling.decline, old)
    assert public(await garden.home.passes(HOUR)) == ["session.waiting", "session.invitation"]
    assert await told(noor) == []


async def test_who_has_not_answered_holds_it_as_long_as_they_have_not_said_no(garden: Garden) -> None:
    await garden.in_(HOUR)
    assert await garden.next_holder() == garden.ben.id
    await garden.ben.does(calling.decline, await garden.call())
    assert await garden.next_holder() == garden.cem.id


async def test_a_session_opened_long_before_its_time_is_another_one(garden: Garden) -> None:
    await garden.in_(2 * DAY)
    await garden.cem.does(calling.hold, await garden.call())
    assert await garden.next_holder() == garden.cem.id
    opened = await garden.ana.does(session.open_session, named=garden.token)
    assert opened.holder == garden.ben.id  # whose turn it is; Cem said yes to another day
    found = await garden.calling()
    assert found
    assert found.number == opened.number + 1
    assert (await garden.dua.does(rota.look, named=garden.token)).holder == garden.cem.id
    await garden.cem.does(calling.decline, found.token)
    await garden.home.carry_out()
    assert "calling.call" in await told(garden.ben)

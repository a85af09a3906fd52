"""Somebody is asked to hold the coming session, in private, in good time, until somebody says yes."""

import pytest

from bot.acts import calling, circle, rota

from .garden import DAY, HOUR, Garden, made, public, told
from .people import Home, refused


@pytest.fixture
async def garden(home: Home) -> Garden:
    return await made(home)


async def test_whoever_is_next_is_asked_three_days_before_in_private_and_nobody_else(garden: Garden) -> None:
    await garden.in_(5 * DAY)
    assert await told(garden.ben) == []
    assert public(await garden.home.passes(2 * DAY)) == []
    assert await told(garden.ben) == ["calling.call"]
    for who in (garden.ana, garden.cem, garden.dua):
        assert await told(who) == []


async def test_without_an_answer_they_are_asked_once_more_and_then_the_next(garden: Garden) -> None:
    await garden.in_(3 * DAY)
    (first,) = await garden.ben.looks()
    await garden.home.passes(12 * HOUR)
    (second,) = await garden.ben.looks()
    assert (first.due.facts["again"], second.due.facts["again"]) == (False, True)
    await garden.home.passes(12 * HOUR)
    assert await told(garden.cem) == ["calling.call"]
    assert await garden.following() == garden.cem.id
    assert (await garden.ben.does(rota.look, named=garden.token)).willing


async def test_after_the_willing_come_those_who_facilitate_and_then_every_care_contact(garden: Garden) -> None:
    noor = await garden.has_a_care_contact()
    await garden.in_(3 * DAY)
    for who in (garden.ben, garden.cem, garden.ana):
        assert await told(who) == ["calling.call"]
        await who.does(calling.decline, await garden.call())
        await garden.home.carry_out()
    assert await told(noor) == ["calling.care"]
    with refused("circle.members_only"):
        await noor.does(calling.hold, await garden.call())
    await garden.dua.does(rota.set_willing, garden.token, willing=True)
    await garden.home.carry_out()
    assert await told(garden.dua) == ["calling.call"]
    await garden.dua.does(calling.hold, await garden.call())
    assert await told(noor) == []


async def test_a_yes_ends_the_asking(garden: Garden) -> None:
    at = await garden.in_(3 * DAY)
    found = await garden.ben.does(calling.hold, await garden.call())
    assert (found.name, found.at) == ("Garden", at)
    assert await told(garden.ben) == []
    assert public(await garden.home.passes(3 * DAY)) == []
    for who in (garden.ana, garden.cem, garden.dua):
        assert await told(who) == []
    assert await garden.next_holder() == garden.ben.id


async def test_pressing_twice_late_or_for_somebody_else_changes_nothing(garden: Garden) -> None:
    await garden.in_(3 * DAY)
    with refused("calling.not_with_you"):
        await garden.cem.does(calling.decline, await garden.call())
    await garden.ben.does(calling.hold, await garden.call())
    with refused("calling.you_hold"):
        await garden.ben.does(calling.hold, await garden.call())
    with refused("calling.somebody_else"):
        await garden.cem.does(calling.hold, await garden.call())
    with refused("circle.members_only"):
        await garden.home.person().does(calling.hold, await garden.call())
    old = await garden.call()
    garden.home.moments.advance(3 * 24 * 3600)
    with refused("calling.over"):
        await garden.ben.does(calling.decline, old)
    with refused("calling.over"):
        await garden.ben.does(calling.hold, "nothing-of-ours")


async def test_a_no_passes_it_on_at_once_and_a_second_one_has_no_effect(garden: Garden) -> None:
    await garden.in_(3 * DAY)
    token = await garden.call()
    await garden.ben.does(calling.decline, token)
    with refused("calling.not_with_you"):
        await garden.ben.does(calling.decline, token)
    await garden.home.carry_out()
    assert await told(garden.ben) == []
    assert await told(garden.cem) == ["calling.call"]


async def test_whoever_was_asked_before_can_still_say_yes_and_who_is_asked_now_is_let_go(garden: Garden) -> None:
    await garden.in_(3 * DAY)
    await garden.home.passes(12 * HOUR)
    await garden.home.passes(12 * HOUR)
    assert await told(garden.cem) == ["calling.call"]
    await garden.ben.does(calling.hold, await garden.call())
    assert await told(garden.cem) == ["calling.in_other_hands"]
    assert await garden.following() == garden.ben.id


async def test_of_two_who_say_yes_at_once_one_holds(garden: Garden) -> None:
    await garden.in_(3 * DAY)
    token = await garden.call()
    met = await garden.home.at_once(
        garden.ben.does(calling.hold, token), garden.dua.does(calling.hold, token), garden.cem.does(calling.hold, token)
    )
    assert sorted(str(one) for one in met).count("calling.somebody_else") == 2


async def test_six_hours_before_all_read_one_line_without_a_name_and_any_member_can_answer_it(garden: Garden) -> None:
    await garden.in_(3 * DAY)
    carried = await garden.home.passes(3 * DAY - 6 * HOUR)
    assert public(carried) == ["calling.open"]
    (line,) = [one for one in carried if one.due.facts.get("kind") == "calling.open"]
    assert line.people == {}
    await garden.dua.does(calling.hold, str(line.due.facts["calling"]))
    assert [one.due.deed for one in await garden.home.carry_out()].count("unsay") == 1
    assert await garden.following() == garden.dua.id


async def test_the_line_goes_when_somebody_answers_while_it_is_on_its_way(garden: Garden) -> None:
    await garden.in_(3 * DAY)
    garden.home.moments.advance(3 * 24 * 3600 - 3600)
    async with garden.home.store.unit(garden.home.id) as unit:
        found = await circle.by_token(unit, garden.token)
        await calling.meet(unit, found.id)
    await garden.ben.does(calling.hold, await garden.call())
    carried = await garden.home.carry_out()
    assert public(carried) == ["calling.open"]
    assert [one.due.deed for one in carried].count("unsay") == 1


async def test_when_nobody_answered_all_while_we_were_down_it_is_said_once(garden: Garden) -> None:
    await garden.in_(10 * DAY)
    carried = await garden.home.passes(10 * DAY - HOUR)
    assert public(carried) == ["calling.open"]
    assert await told(garden.ben) == ["calling.call"]
    assert await told(garden.cem) == []


async def test_nothing_is_said_of_a_session_whose_time_has_passed(garden: Garden) -> None:
    await garden.looks_ahead(garden.home.moments.now() + 5 * DAY)
    assert public(await garden.home.passes(6 * DAY)) == []
    assert await told(garden.ben) == []


async def test_saying_the_same_time_again_asks_nobody_again(garden: Garden) -> None:
    at = await garden.in_(3 * DAY)
    token = await garden.call()
    for _ in range(3):
        await garden.looks_ahead(at)
        await garden.home.carry_out()
    assert await garden.call() == token
    assert await told(garden.ben) == ["calling.call"]
    found = await garden.calling()
    assert found
    async with garden.home.store.unit(garden.home.id) as unit:
        assert await unit.waiting.next_due() == found.until  # one moment waits, and no other


async def test_at_another_time_it_is_asked_anew_and_who_said_yes_is_told(garden: Garden) -> None:
    await garden.in_(3 * DAY)
    old = await garden.call()
    await garden.ben.does(calling.decline, old)
    at = await garden.in_(2 * DAY)
    with refused("calling.over"):
        await garden.cem.does(calling.hold, old)
    assert await told(garden.cem) == []
    assert await told(garden.ben) == ["calling.call"]
    await garden.ben.does(calling.hold, await garden.call())
    await garden.looks_ahead(at + HOUR)
    await garden.home.carry_out()
    assert await told(garden.ben) == ["calling.moved"]
    await garden.ben.does(calling.decline, await garden.call())
    await garden.home.carry_out()
    assert await told(garden.cem) == ["calling.call"]


async def test_when_nothing_is_scheduled_any_more_nobody_is_asked(garden: Garden) -> None:
    await garden.in_(3 * DAY)
    await garden.looks_ahead(None)
    assert await told(garden.ben) == []
    assert public(await garden.home.passes(3 * DAY)) == []
    assert await told(garden.cem) == []


async def test_when_it_has_a_time_and_nobody_is_willing_whoever_facilitates_is_next(garden: Garden) -> None:
    for who in (garden.ben, garden.cem):
        await who.does(rota.set_willing, garden.token, willing=False)
    assert await garden.following() is None
    await garden.in_(5 * DAY)
    assert await garden.following() == garden.ana.id
    await garden.ana.does(calling.decline, await garden.call())
    assert await garden.following() is None


async def test_a_moment_that_is_carried_out_twice_asks_once(garden: Garden) -> None:
    await garden.in_(3 * DAY)
    before = await garden.calling()
    async with garden.home.store.unit(garden.home.id) as unit:
        found = await circle.by_token(unit, garden.token)
        await calling.meet(unit, found.id)
    after = await garden.calling()
    assert before
    assert after
    assert (after.calls, after.until) == (before.calls, before.until) == (1, before.until)
    assert await told(garden.ben) == ["calling.call"]


async def test_who_is_next_can_be_looked_up_without_changing_anything(garden: Garden) -> None:
    for who in (garden.cem, garden.dua):
        await who.does(rota.ask_for_another, garden.token)
    async with garden.home.store.reading(garden.home.id) as unit:
        holder = await rota.next_holder(unit, await circle.by_token(unit, garden.token))
        assert holder
        assert await unit.people.address(holder) == garden.ben.id
    assert await garden.next_holder() == garden.cem.id

"""Somebody who left the server, or was removed, and came back, isn't a member any more until they ask again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.acts import arrival, away, calling, circle, door, facilitator, inbox, rota, session
from bot.acts.door import Threshold
from bot.practice.circle import Membership
from bot.practice.door import Answer, Door
from bot.store.unit import Unit

from .garden import DAY, HOUR, made, public
from .people import Home, Someone, gathered, refused

CAME = datetime(2020, 2, 29, 12, 30, 15, 123456, tzinfo=UTC)  # by Discord's clock, long before ours


def back(who: Someone) -> Someone:
    """The same person, after leaving the server and coming back."""
    assert who.presser.joined_at is not None
    return Someone(who.home, replace(who.presser, joined_at=who.presser.joined_at + timedelta(microseconds=1)))


async def membership(unit: Unit, who: Someone) -> Membership:
    person = await unit.people.meet(who.id)
    found = await unit.one(Membership, person_id=person.id)
    assert isinstance(found, Membership)
    return found


@pytest.fixture
async def ana(home: Home) -> Someone:
    """Who facilitates."""
    await home.is_set_up()
    return home.facilitator(joined_at=CAME)


@pytest.fixture
async def garden(ana: Someone) -> str:
    """A circle of Ana's with an open door."""
    return await ana.makes_circle()


@pytest.fixture
async def ben(garden: str, home: Home) -> Someone:
    """A member."""
    return await home.person(joined_at=CAME).joins(garden)


async def test_whoever_stayed_in_the_server_stays_a_member(ana: Someone, ben: Someone) -> None:
    for who in (ana, ben):
        await who.does(circle.show, named="Garden")
    async with ben.home.store.unit(ben.home.id) as unit:
        assert (await membership(unit, ben)).came_at == CAME


async def test_whoever_was_away_is_told_so_and_may_ask_again(ana: Someone, ben: Someone, garden: str) -> None:
    for who in (back(ana), back(ben)):
        with refused("circle.was_away"):
            await who.does(circle.show, named="Garden")
    with refused("circle.was_away"):
        await back(ana).does(door.roll, named="Garden")
    with refused("circle.was_away"):
        await back(ben).does(rota.set_willing, garden, willing=True)
    await back(ben).does(door.approach, named="Garden")
    await back(ben).joins(garden)
    await back(ben).does(circle.show, named="Garden")
    with refused("door.member_already"):
        await back(ben).joins(garden)
    assert sorted((await ana.does(door.roll, named="Garden")).members) == sorted([ana.id, ben.id])


async def test_a_facilitator_who_was_away_comes_back_as_a_member(ana: Someone, ben: Someone, garden: str) -> None:
    await back(ana).joins(garden)
    assert (await ben.does(circle.show, named="Garden")).facilitators == []
    assert [note.due.facts["kind"] for note in await ben.looks()] == ["offer.facilitator"]  # nobody is left


async def test_a_closed_door_is_closed_to_who_was_away_too(ana: Someone, ben: Someone, garden: str) -> None:
    await ana.does(door.set_door, named="Garden", door=Door.CLOSED)
    with refused("door.closed"):
        await back(ben).does(door.ask, garden)


async def test_pressing_the_invitation_asks_to_join_and_a_seat_is_no_way_in(home: Home) -> None:
    evening = await gathered(home)
    ben = Someone(home, replace(evening.others[0].presser, joined_at=CAME))
    await ben.does(circle.show, named="Garden")  # a row of an earlier version: the first time seen counts
    with refused("circle.was_away"):
        await back(ben).does(session.look, evening.token)
    told = await back(ben).does(arrival.arrive, evening.token, listening=False)
    assert isinstance(told, Threshold)
    await back(ben).joins(evening.circle)
    assert ben.id not in (await evening.holder.does(session.look, evening.token)).speaking


async def test_what_waited_for_a_member_is_not_shown_to_who_was_away(ana: Someone, ben: Someone, garden: str) -> None:
    await ana.does(facilitator.ask, garden, member=ben.id)
    async with ben.home.store.unit(ben.home.id) as unit:
        (asked,) = await unit.waiting.of_person((await unit.people.meet(ben.id)).id)
    with refused("offer.gone"):
        await back(ben).does(facilitator.answer, str(asked.facts["offer"]), yes=True)
    assert await back(ben).does(inbox.look) == []
    assert await back(ben).looks() == []


async def test_a_yes_that_came_while_they_were_away_makes_no_member(ana: Someone, garden: str, home: Home) -> None:
    await ana.does(door.set_door, named="Garden", door=Door.ASK)
    cem = home.person(joined_at=CAME)
    await cem.does(door.ask, garden)
    (note,) = await ana.looks()
    await ana.does(door.decide, str(note.due.facts["request"]), answer=Answer.LET_IN)
    with refused("circle.was_away"):
        await back(cem).does(circle.show, named="Garden")
    await cem.does(circle.show, named="Garden")


async def test_who_was_away_since_they_asked_asks_anew(ana: Someone, garden: str, home: Home) -> None:
    await ana.does(door.set_door, named="Garden", door=Door.ASK)
    cem = home.person(joined_at=CAME)
    await cem.does(door.ask, garden)
    with refused("door.asked_already"):
        await cem.does(door.ask, garden)
    await back(cem).does(door.ask, garden)
    (request,) = (await ana.does(door.roll, named="Garden")).requests
    await ana.does(door.decide, request[0], answer=Answer.LET_IN)
    await back(cem).does(circle.show, named="Garden")


async def test_a_pause_outlives_being_away(ana: Someone, ben: Someone, garden: str, home: Home) -> None:
    async with home.store.unit(home.id) as unit:
        (await membership(unit, ben)).paused = True
    await back(ben).joins(garden)
    assert (await ana.does(door.roll, named="Garden")).paused == [ben.id]


async def test_a_circle_one_was_away_from_is_not_ones_own_any_more(ben: Someone) -> None:
    far = Someone(ben.home, replace(back(ben).presser, channels=frozenset(), place=0))
    near = Someone(ben.home, replace(ben.presser, channels=frozenset(), place=0))
    assert [name for name, _ in await near.does(circle.named_like, typed="")] == ["Garden"]
    assert await far.does(circle.named_like, typed="") == []
    with refused("circle.none_yet"):
        await far.does(circle.show, named=None)


async def told(who: Someone) -> list[str]:
    return [str(note.due.facts["kind"]) for note in await who.does(inbox.look)]


async def test_who_has_left_the_server_when_they_would_be_called_is_passed_by(home: Home) -> None:
    garden = await made(home)
    home.gone.add(garden.ben.id)
    await garden.in_(3 * DAY)
    assert await told(garden.cem) == ["calling.call"]
    home.gone.add(garden.cem.id)
    await home.passes(12 * HOUR)  # looked up before the second call too
    assert await told(garden.ana) == ["calling.call"]
    assert await garden.following() == garden.ana.id
    assert await told(garden.ben) == []


async def test_who_said_yes_is_looked_up_once_more_while_others_can_still_be_asked(home: Home) -> None:
    garden = await made(home)
    await garden.in_(3 * DAY)
    await garden.ben.does(calling.hold, await garden.call())
    home.gone.add(garden.ben.id)
    carried = await home.passes(3 * DAY - 6 * HOUR)
    assert await told(garden.cem) == ["calling.call"]
    assert public(carried) == ["calling.open"]


async def test_a_circle_whose_only_facilitator_is_gone_looks_for_somebody(home: Home) -> None:
    garden = await made(home)
    home.gone |= {garden.ana.id, garden.ben.id, garden.cem.id}
    carried = await garden.home.passes(DAY)
    await garden.looks_ahead(home.moments.now() + 3 * DAY)
    carried = await home.carry_out()
    assert public(carried) == ["handover.looking"]
    assert await told(garden.dua) == ["offer.facilitator"]
    assert (await garden.dua.does(circle.show, named=garden.token)).looks_for_somebody
    assert (await garden.dua.does(circle.show, named=garden.token)).facilitators == []
    asker = home.person()
    await garden.dua.does(facilitator.answer, str((await garden.dua.looks())[0].due.facts["offer"]), yes=True)
    await garden.dua.does(door.set_door, named=garden.token, door=Door.ASK)
    await asker.does(door.ask, garden.token)
    assert "door.request" in await told(garden.dua)
    assert "door.request" not in await told(garden.ana)


async def test_who_presses_something_again_counts_again(home: Home) -> None:
    garden = await made(home)
    async with home.store.unit(home.id) as unit:
        await away.note_gone(unit, garden.ben.id)
        await away.note_gone(unit, 7)  # whom we never met
    assert await garden.following() == garden.cem.id
    await garden.ben.does(rota.look, named=garden.token)
    assert await garden.following() == garden.ben.id


async def test_from_outside_of_the_server_nobody_takes_on_a_session(home: Home) -> None:
    garden = await made(home)
    await garden.in_(3 * DAY)
    home.gone.add(garden.ben.id)
    await home.passes(12 * HOUR)
    in_a_dm = Someone(home, replace(garden.ben.presser, joined_at=None, channels=frozenset()))
    with refused("circle.was_away"):
        await in_a_dm.does(calling.hold, await garden.call())

"""Somebody who left the server, or was removed, and came back, isn't a member any more until they ask again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.acts import arrival, circle, door, facilitator, inbox, rota, session
from bot.acts.door import Threshold
from bot.practice.circle import Membership
from bot.practice.door import Answer, Door
from bot.store.unit import Unit

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

"""The weave: on once all said yes, off when anybody says so, and never about a person."""

import pytest

from bot.acts import away, circle, door, weave
from bot.acts.due import Errand
from bot.practice.circle import Membership
from bot.practice.weave import Band

from .held import held
from .people import Home, Someone, refused


@pytest.fixture
async def ana(home: Home) -> Someone:
    await home.is_set_up()
    return home.facilitator()


@pytest.fixture
async def garden(ana: Someone) -> str:
    return await ana.makes_circle()


@pytest.fixture
async def people(ana: Someone, garden: str, home: Home) -> list[Someone]:
    """Ana, Ben, Cem and Dan."""
    return [ana, *[await home.person().joins(garden) for _ in range(3)]]


async def turned_on(people: list[Someone], garden: str) -> None:
    for person in people:
        await person.does(weave.say_yes, garden)
    await people[1].does(weave.turn_on, garden)


async def look(person: Someone) -> weave.Weave:
    return await person.does(weave.look, named=None)


def posts(errands: list[Errand]) -> list[Errand]:
    return [errand for errand in errands if errand.due.deed == "post"]


async def test_it_can_be_turned_on_once_all_said_yes_and_not_before(
    people: list[Someone], garden: str, home: Home
) -> None:
    ana, ben, cem, dan = people
    for person in (ana, ben, cem):
        assert not (await person.does(weave.say_yes, garden)).ready
    before = await look(ana)
    assert (before.mine, before.on, before.figures) == (True, False, None)
    with refused("weave.not_all_yet"):
        await ana.does(weave.turn_on, garden)
    assert (await dan.does(weave.say_yes, garden)).ready
    assert (await look(ana)).ready
    found = await cem.does(weave.turn_on, garden)
    assert found.on
    assert found.figures is not None
    (told,) = posts(await home.carry_out())
    assert (told.due.facts["kind"], told.people, told.channel_id) == ("weave.is_on", {}, home.channel)
    with refused("weave.on_already"):
        await ana.does(weave.turn_on, garden)
    with refused("weave.on_already"):
        await ana.does(weave.take_back, garden)


async def test_nobody_can_see_who_has_not_said_yes_nor_how_many(people: list[Someone], garden: str, home: Home) -> None:
    ana, ben, cem, _ = people
    await ana.does(weave.say_yes, garden)
    seen = await look(ana)
    await ben.does(weave.say_yes, garden)
    await cem.does(weave.say_yes, garden)
    assert await look(ana) == seen
    assert await home.carry_out() == []


async def test_a_yes_can_be_taken_back_before_it_is_on(people: list[Someone], garden: str) -> None:
    for person in people:
        await person.does(weave.say_yes, garden)
    await people[2].does(weave.take_back, garden)
    assert not (await look(people[0])).ready


async def test_anyone_turns_it_off_at_once_and_every_yes_is_forgotten(
    people: list[Someone], garden: str, home: Home
) -> None:
    await turned_on(people, garden)
    newcomer = await home.person().joins(garden)
    await home.carry_out()
    await newcomer.does(weave.turn_off, garden)
    (told,) = posts(await home.carry_out())
    assert (told.due.facts["kind"], told.people) == ("weave.is_off", {})
    for person in people:
        found = await look(person)
        assert (found.on, found.mine, found.figures, found.ready) == (False, False, None, False)
    with refused("weave.off_already"):
        await people[0].does(weave.turn_off, garden)


async def test_two_at_once_turn_it_off_once(people: list[Someone], garden: str, home: Home) -> None:
    await turned_on(people, garden)
    await home.carry_out()
    await home.at_once(*(person.does(weave.turn_off, garden) for person in people[:2]))
    assert len(posts(await home.carry_out())) == 1


async def test_who_comes_in_while_it_is_on_is_not_counted_before_they_said_yes(
    people: list[Someone], garden: str, home: Home
) -> None:
    await turned_on(people, garden)
    await held(home, garden, people[0], people, times=4)
    eva = await home.person().joins(garden)
    await held(home, garden, eva, [*people, eva], times=4)
    found = await look(eva)
    assert found.on
    assert not found.mine
    assert found.figures == (await look(people[0])).figures
    assert found.figures is not None
    assert (found.figures.held_by, found.figures.one_away) == (Band.ONE, 2)
    assert (await eva.does(weave.say_yes, garden)).figures == found.figures  # nobody sees the press
    assert (await look(people[0])).figures == found.figures
    await held(home, garden, eva, [*people, eva], times=3)
    after = (await eva.does(weave.say_yes, garden)).figures
    assert after is not None
    assert (after.held_by, after.one_away) == (Band.TWO, 3)


async def test_the_figures_are_of_those_who_are_there(people: list[Someone], garden: str, home: Home) -> None:
    await turned_on(people, garden)
    early = (await look(people[0])).figures
    assert early is not None
    assert (early.held_by, early.one_away, early.over_time) == (None, None, [])
    for holder in people[:3]:
        await held(home, garden, holder, people, times=3)
    figures = (await look(people[3])).figures
    assert figures is not None
    assert (figures.held_by, figures.one_away) == (Band.MANY, 2)
    assert [(point.number, point.ties) for point in figures.over_time] == [(6, 6), (7, 6), (8, 6), (9, 6)]
    await people[1].does(door.leave, token=garden)
    figures = (await look(people[3])).figures
    assert figures is not None
    assert (figures.held_by, figures.one_away) == (Band.TWO, 1)


async def test_the_last_twelve_held_sessions_are_all_it_rests_on(
    people: list[Someone], garden: str, home: Home
) -> None:
    await turned_on(people, garden)
    await held(home, garden, people[1], people, times=5)
    await held(home, garden, people[0], people[:3], times=12)
    figures = (await look(people[3])).figures
    assert figures is not None
    assert (figures.held_by, figures.one_away) == (Band.ONE, 1)
    assert figures.over_time[0].number == 11


async def test_a_leaving_does_not_show_whose_yes_was_missing(people: list[Someone], garden: str, home: Home) -> None:
    await held(home, garden, people[0], people)
    for person in people[:3]:
        await person.does(weave.say_yes, garden)
    await people[3].does(door.leave, token=garden)
    assert not (await look(people[0])).ready
    assert not (await look(people[0])).mine
    for person in people[:3]:
        await person.does(weave.say_yes, garden)
    assert (await look(people[0])).ready


async def test_who_comes_and_goes_without_a_session_takes_no_yes_away(
    people: list[Someone], garden: str, home: Home
) -> None:
    await held(home, garden, people[0], people)
    for person in people:
        await person.does(weave.say_yes, garden)
    stranger = home.person()
    for _ in range(2):
        await stranger.joins(garden)
        assert not (await look(people[0])).ready
        await stranger.does(door.leave, token=garden)
        assert (await look(people[0])).mine
    assert (await look(people[0])).ready


async def test_who_has_left_the_server_is_not_waited_for(people: list[Someone], garden: str, home: Home) -> None:
    for person in people[:3]:
        await person.does(weave.say_yes, garden)
    async with home.store.unit(home.id) as unit:
        await away.note_gone(unit, people[3].id)
    assert (await people[0].does(weave.turn_on, garden)).on


async def test_it_is_for_members(people: list[Someone], garden: str, home: Home) -> None:
    stranger = home.person()
    for deed in (weave.say_yes, weave.take_back, weave.turn_on, weave.turn_off):
        with refused("circle.members_only"):
            await stranger.does(deed, garden)
    with refused("circle.members_only"):
        await stranger.does(weave.look, named="Garden")


async def test_leaving_leaves_no_yes_behind(people: list[Someone], garden: str, home: Home) -> None:
    await turned_on(people, garden)
    await people[2].does(door.leave, token=garden)
    async with home.store.unit(home.id) as unit:
        found = await circle.by_token(unit, garden)
        assert len(await unit.all(Membership, circle_id=found.id, weaves=True)) == 3
    again = await people[2].joins(garden)
    assert not (await look(again)).mine

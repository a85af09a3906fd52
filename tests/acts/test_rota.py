"""Who holds next: those who said they would like to, and nobody else."""

import pytest

from bot.acts import calling, circle, door, rota
from bot.practice.circle import Circle, Membership
from bot.practice.rota import Limit
from bot.practice.seat import State
from bot.practice.session import Session

from .garden import DAY, made, told
from .people import Home, Someone, refused


@pytest.fixture
async def ana(home: Home) -> Someone:
    """Who facilitates."""
    await home.is_set_up()
    return home.facilitator()


@pytest.fixture
async def garden(ana: Someone) -> str:
    """A circle of Ana's with an open door."""
    return await ana.makes_circle()


async def held_by(home: Home, circle_token: str, *holders: Someone, held: bool = True) -> None:
    """Sessions that were held, one after the other."""
    async with home.store.unit(home.id) as unit:
        found = await circle.by_token(unit, circle_token)
        for holder in holders:
            found.sessions_opened += 1
            number = found.sessions_opened
            person = await unit.people.meet(holder.id)
            unit.add(
                Session(
                    f"{circle_token[:9]}-s{number}",
                    f"{circle_token[:9]}-t{number}",
                    found.id,
                    number,
                    person.id,
                    1,
                    4,
                    unit.now,
                    state=State.CLOSED,
                    held=held,
                )
            )


async def following(who: Someone) -> int | None:
    """Whom the next session is with, which nobody else reads."""
    async with who.home.store.unit(who.home.id) as unit:
        found = await unit.one(Circle)
        assert isinstance(found, Circle)
        holder = await rota.expected(unit, found)
        return await unit.people.address(holder) if holder else None


async def test_while_nobody_is_willing_nobody_is_named(ana: Someone, garden: str) -> None:
    assert await ana.does(rota.look, named="Garden") == rota.Rota(garden, "Garden", None, willing=False)
    async with ana.home.store.unit(ana.home.id) as unit:
        assert await rota.next_holder(unit, await circle.by_token(unit, garden)) is None


async def test_each_says_it_for_themselves_and_takes_it_back(ana: Someone, garden: str, home: Home) -> None:
    ben = await home.person().joins(garden)
    assert (await ben.does(rota.set_willing, garden, willing=True)).mine
    assert await following(ana) == ben.id
    assert not (await ana.does(rota.look, named="Garden")).willing
    assert (await ben.does(rota.set_willing, garden, willing=False)).mine is None
    assert await following(ana) is None
    assert await home.carry_out() == []


async def test_whoever_held_least_recently_is_next(ana: Someone, garden: str, home: Home) -> None:
    ben, cem = [await home.person().joins(garden) for _ in range(2)]
    for who in (ana, ben, cem):
        await who.does(rota.set_willing, garden, willing=True)
    assert await following(ben) == ana.id
    await held_by(home, garden, ana, cem)
    assert await following(ana) == ben.id
    await held_by(home, garden, ben)
    assert await following(ana) == ana.id
    await held_by(home, garden, ana, held=False)  # closed before its check-out: it isn't counted
    assert await following(ana) == ana.id


async def test_who_is_paused_or_has_left_is_not_next(ana: Someone, garden: str, home: Home) -> None:
    ben, cem = [await home.person().joins(garden) for _ in range(2)]
    for who in (ben, cem):
        await who.does(rota.set_willing, garden, willing=True)
    async with home.store.unit(home.id) as unit:
        person = await unit.people.meet(ben.id)
        (membership,) = await unit.all(Membership, person_id=person.id)
        membership.paused = True
    assert await following(ana) == cem.id
    await cem.does(door.leave, token=garden)
    assert await following(ana) is None


async def test_it_is_told_to_members_only(ana: Someone, garden: str, home: Home) -> None:
    stranger = home.person()
    with refused("circle.members_only"):
        await stranger.does(rota.look, named="Garden")
    with refused("circle.members_only"):
        await stranger.does(rota.set_willing, garden, willing=True)


async def test_whoever_looks_again_and_again_reads_neither_who_was_asked_nor_who_said_no(home: Home) -> None:
    garden = await made(home)

    async def look() -> rota.Rota:
        return await garden.dua.does(rota.look, named="Garden")

    unplanned = await look()
    await garden.in_(5 * DAY)
    before = await look()
    assert (unplanned.holder, before.holder, before.mine) == (None, None, None)
    for wait in (0 * DAY, 2 * DAY):  # whose turn it is; who is called
        await home.passes(wait)
        assert await look() == before
    await garden.ben.does(calling.decline, await garden.call())
    assert await look() == before
    await home.passes(DAY)  # Cem doesn't answer
    await garden.cem.does(rota.set_willing, garden.token, willing=False)
    await home.carry_out()
    assert await garden.following() == garden.ana.id
    assert await look() == before
    await garden.ana.does(calling.decline, await garden.call())
    assert await look() == before
    await garden.ana.does(calling.hold, await garden.call())
    assert (await look()).holder == garden.ana.id


async def test_who_is_called_reads_alone_that_it_is_with_them_and_nobody_before(home: Home) -> None:
    garden = await made(home)
    await garden.in_(5 * DAY)
    assert (await garden.ben.does(rota.look, named="Garden")).mine is None
    await home.passes(2 * DAY)
    assert (await garden.ben.does(rota.look, named="Garden")).mine
    assert (await garden.cem.does(rota.look, named="Garden")).mine is None


async def test_how_much_one_held_is_told_to_who_is_next_alone(ana: Someone, garden: str, home: Home) -> None:
    ben = await home.person().joins(garden)
    await held_by(home, garden, ben, ben, ben, ana, ana, ana)
    await ben.does(rota.set_willing, garden, willing=True)
    mine = (await ben.does(rota.look, named="Garden")).mine
    assert mine
    assert mine.share == rota.Share(3, 6, [])
    assert (await ana.does(rota.look, named="Garden")).mine is None
    await held_by(home, garden, ben, ben, ben)
    mine = (await ben.does(rota.look, named="Garden")).mine
    assert mine
    assert mine.share == rota.Share(3, 6, [Limit.IN_A_ROW, Limit.HALF])
    assert await following(ana) == ben.id  # a suggestion locks nothing


async def test_the_circles_one_holds_beside_this_one_are_those_whose_last_session_one_held(
    ana: Someone, garden: str, home: Home
) -> None:
    async with home.store.unit(home.id) as unit:
        person = await unit.people.meet(ana.id)
        found = await circle.by_token(unit, garden)
        assert (await rota.share(unit, found, person.id)).limits == []
    for name in ("Meadow", "Orchard", "Well"):
        await held_by(home, await ana.makes_circle(name), *([ana] if name != "Well" else [ana, home.person()]))
    async with home.store.unit(home.id) as unit:
        assert (await rota.share(unit, found, person.id)).limits == [Limit.CIRCLES]


async def test_the_share_is_computed_for_the_note_and_stands_in_no_row(home: Home) -> None:
    garden = await made(home)
    await held_by(home, garden.token, garden.ben, garden.cem)
    await garden.in_(3 * DAY)
    (note,) = await garden.ben.looks()
    assert note.share == rota.Share(1, 2, [])
    assert set(note.due.facts) == {"kind", "circle", "calling", "at", "asks", "again"}
    assert await told(garden.cem) == []


async def test_a_press_outside_of_the_server_finds_it_by_the_call(home: Home) -> None:
    garden = await made(home)
    await garden.in_(3 * DAY)
    token = await garden.call()
    assert await home.store.server_of(token) == home.id
    far = Home(home.store, home.moments)
    with refused("calling.over"):
        await garden.ben.in_(far).does(calling.hold, token)

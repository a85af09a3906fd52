"""Who holds next: those who said they would like to, and nobody else."""

import pytest

from bot.acts import circle, door, rota
from bot.practice.circle import Membership
from bot.practice.seat import State
from bot.practice.session import Session

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


async def held_by(home: Home, garden: str, *holders: Someone, held: bool = True) -> None:
    """Sessions that were held, one after the other."""
    async with home.store.unit(home.id) as unit:
        found = await circle.by_token(unit, garden)
        for holder in holders:
            found.sessions_opened += 1
            number = found.sessions_opened
            person = await unit.people.meet(holder.id)
            unit.add(
                Session(
                    f"s{number}",
                    f"t{number}",
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
    return (await who.does(rota.look, named="Garden")).holder


async def test_while_nobody_is_willing_nobody_is_named(ana: Someone, garden: str) -> None:
    assert await ana.does(rota.look, named="Garden") == rota.Rota(garden, "Garden", None, willing=False)
    async with ana.home.store.unit(ana.home.id) as unit:
        assert await rota.next_holder(unit, await circle.by_token(unit, garden)) is None


async def test_each_says_it_for_themselves_and_takes_it_back(ana: Someone, garden: str, home: Home) -> None:
    ben = await home.person().joins(garden)
    assert (await ben.does(rota.set_willing, garden, willing=True)).holder == ben.id
    shown = await ana.does(rota.look, named="Garden")
    assert (shown.holder, shown.willing) == (ben.id, False)
    assert (await ben.does(rota.set_willing, garden, willing=False)).holder is None
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

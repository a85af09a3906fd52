"""People are found again, and nobody can tell from the rows who they are."""

import asyncio

import pytest

from bot.store.keyring import KeyGone
from bot.store.rows import Person, Server
from bot.store.unit import Store

from .conftest import SERVER

ANA, BEN = 213456789012345678, 2**63 - 1


async def test_a_person_is_found_again_by_their_discord_id(store: Store) -> None:
    async with store.unit(SERVER) as unit:
        ana, ben = await unit.people.meet(ANA), await unit.people.meet(BEN)
    async with store.unit(SERVER) as unit:
        found = await unit.people.find(ANA)
        assert found is not None
        assert found.id == ana.id == (await unit.people.meet(ANA)).id != ben.id
        assert await unit.people.address(ana.id) == ANA
        assert await unit.people.address(ben.id) == BEN
        assert len(await unit.all(Person)) == 2


async def test_looking_for_somebody_makes_no_row(store: Store) -> None:
    async with store.unit(SERVER) as unit:
        assert await unit.people.find(ANA) is None
        assert await unit.all(Person) == []
        assert await unit.all(Server) == []


async def test_the_same_person_is_somebody_else_in_another_server(store: Store) -> None:
    async with store.unit(SERVER) as unit:
        here = await unit.people.meet(ANA)
    async with store.unit(SERVER + 1) as unit:
        assert await unit.people.find(ANA) is None
        there = await unit.people.meet(ANA)
    assert here.id != there.id
    assert here.lookup != there.lookup


async def test_a_language_is_remembered_until_another_one_is_told(store: Store) -> None:
    for told, kept in ((None, "en"), ("es", "es"), (None, "es"), ("de", "de")):
        async with store.unit(SERVER) as unit:
            await unit.people.meet(ANA, told)
        async with store.unit(SERVER) as unit:
            assert (await unit.people.meet(ANA)).language == kept


async def test_dms_are_off_until_somebody_turns_them_on(store: Store) -> None:
    async with store.unit(SERVER) as unit:
        ana = await unit.people.meet(ANA)
    assert (ana.dms, ana.knocked) == (False, False)


async def test_whose_key_is_destroyed_has_no_address_any_more(store: Store) -> None:
    async with store.unit(SERVER) as unit:
        ana = await unit.people.meet(ANA)
    await store.keyring.destroy(ana.id)
    async with store.unit(SERVER) as unit:
        assert (await unit.people.get(ana.id)).id == ana.id
        with pytest.raises(KeyGone):
            await unit.people.address(ana.id)


async def test_a_meeting_that_is_undone_leaves_nobody(store: Store) -> None:
    async def meet_and_fail() -> None:
        async with store.unit(SERVER) as unit:
            await unit.people.meet(ANA)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await meet_and_fail()
    async with store.unit(SERVER) as unit:
        assert await unit.all(Person) == []
        assert await unit.all(Server) == []


async def test_two_who_meet_the_same_stranger_at_once_meet_the_same_person(store: Store) -> None:
    async def meet() -> str:
        async with store.unit(SERVER) as unit:
            return (await unit.people.meet(ANA)).id

    met = await asyncio.gather(meet(), meet(), meet())
    async with store.unit(SERVER) as unit:
        (ana,) = await unit.all(Person)
    assert set(met) == {ana.id}

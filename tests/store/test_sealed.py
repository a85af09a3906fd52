"""What people wrote opens with their own key, in its own row, and not otherwise."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import NoResultFound

from bot.store.keyring import KeyGone
from bot.store.rows import Sealed
from bot.store.unit import Store
from bot.vault import Unopenable

from .conftest import SERVER


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=500))
async def test_words_come_back_as_they_were_given(store: Store, text: str) -> None:
    async with store.unit(SERVER) as unit:
        word_id = await unit.words.keep("circle:garden", text)
    async with store.unit(SERVER) as unit:
        assert await unit.words.read(word_id) == text


async def test_words_can_not_be_laid_into_another_row(store: Store) -> None:
    async with store.unit(SERVER) as unit:
        one, other = [await unit.words.keep("circle:garden", text) for text in ("yes", "no")]
    async with store.unit(SERVER) as unit:
        rows = {row.id: row for row in await unit.all(Sealed)}
        rows[one].words, rows[other].words = rows[other].words, rows[one].words
    async with store.unit(SERVER) as unit:
        for word_id in (one, other):
            with pytest.raises(Unopenable):
                await unit.words.read(word_id)


async def test_words_can_not_be_given_to_another_owner(store: Store) -> None:
    async with store.unit(SERVER) as unit:
        word_id = await unit.words.keep("circle:garden", "yes")
        await unit.words.keep("circle:river", "no")
    async with store.unit(SERVER) as unit:
        row = await unit.one(Sealed, id=word_id)
        assert row is not None
        row.owner = "circle:river"
    async with store.unit(SERVER) as unit:
        with pytest.raises(Unopenable):
            await unit.words.read(word_id)


async def test_words_of_an_owner_who_was_forgotten_stay_shut(store: Store) -> None:
    async with store.unit(SERVER) as unit:
        gone, kept = await unit.words.keep("circle:garden", "yes"), await unit.words.keep("circle:river", "no")
    await store.keyring.destroy("circle:garden")
    async with store.unit(SERVER) as unit:
        with pytest.raises(KeyGone):
            await unit.words.read(gone)
        assert await unit.words.read(kept) == "no"


async def test_words_that_were_let_go_are_gone(store: Store) -> None:
    async with store.unit(SERVER) as unit:
        word_id = await unit.words.keep("circle:garden", "yes")
    async with store.unit(SERVER) as unit:
        await unit.words.drop(word_id)
    async with store.unit(SERVER) as unit:
        assert await unit.all(Sealed) == []
        with pytest.raises(NoResultFound):
            await unit.words.read(word_id)


async def test_short_words_look_alike(store: Store) -> None:
    async with store.unit(SERVER) as unit:
        for text in ("", "yes", "no", "I'd rather not tonight", "x" * 60):
            await unit.words.keep("circle:garden", text)
    async with store.unit(SERVER) as unit:
        assert len({len(row.words) for row in await unit.all(Sealed)}) == 1


async def test_wrapped_words_open_until_their_owner_is_forgotten_and_for_nobody_else(store: Store) -> None:
    async with store.unit(SERVER) as unit:
        ana, ben = [await unit.people.meet(person) for person in (1, 2)]
        wrapped = await unit.words.wrap(ana.id, "Río 🌱 \ud83d")
        await unit.words.wrap(ben.id, "other")
        assert unit.words.unwrap(ana.id, wrapped) == "Río 🌱 ?"  # half a sign isn't one
        with pytest.raises(Unopenable):
            unit.words.unwrap(ben.id, wrapped)
    await store.keyring.destroy(ana.id)
    async with store.unit(SERVER) as unit:
        assert unit.words.unwrap(ana.id, wrapped) is None

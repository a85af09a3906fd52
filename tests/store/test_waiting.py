"""Rows that wait: in order, for one person or for a moment, and all alike."""

from datetime import timedelta
from typing import Any

import pytest

from bot.store.rows import Waiting
from bot.store.unit import Store
from bot.store.waiting import Due
from tests.conftest import Moments

from .conftest import SERVER

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
async def people(store: Store) -> None:
    """Ana and Ben are known."""
    await store.make_ready()
    for person in ("ana", "ben"):
        await store.keyring.make(person)


async def due_now(store: Store) -> list[Due]:
    async with store.unit(0) as unit:
        return await unit.waiting.due()


async def deeds(store: Store) -> list[str]:
    return [due.deed for due in await due_now(store)]


async def test_rows_are_carried_out_in_the_order_in_which_they_were_written(store: Store, moments: Moments) -> None:
    for first in ("a", "d", "g"):
        async with store.unit(SERVER) as unit:
            for step in range(3):
                await unit.waiting.write(chr(ord(first) + step), "lane")
        moments.advance(1)
    assert await deeds(store) == list("abcdefghi")


async def test_what_was_written_comes_back_whole(store: Store, moments: Moments) -> None:
    facts: dict[str, Any] = {"people": ["ana"], "message": 2**63 - 1, "kind": None, "words": "Río 🌱"}
    async with store.unit(SERVER) as unit:
        token = await unit.waiting.write("post", "lane", person="ana", after=HOUR, **facts)
    async with store.unit(SERVER) as unit:
        waits = await unit.waiting.get(token)
    assert waits == Due(token, SERVER, "post", "lane", facts, "ana", due_at=moments.now() + HOUR)


async def test_a_moment_later_than_now_is_waited_for(store: Store, moments: Moments) -> None:
    async with store.unit(SERVER) as unit:
        await unit.waiting.write("later", "lane", after=HOUR)
        await unit.waiting.write("latest", "lane", after=2 * HOUR)
        assert await unit.waiting.next_due() == moments.now() + HOUR
    moments.advance(3599)
    assert await deeds(store) == []
    moments.advance(1)
    assert await deeds(store) == ["later"]
    async with store.unit(0) as unit:
        assert await unit.waiting.next_due() == moments.now() + HOUR + timedelta(microseconds=1)
    moments.advance(4000)
    assert await deeds(store) == ["later", "latest"]
    async with store.unit(0) as unit:
        assert await unit.waiting.next_due() is None


async def test_a_resting_row_waits_for_its_person_only(store: Store, moments: Moments) -> None:
    async with store.unit(SERVER) as unit:
        token = await unit.waiting.write("note", "lane", person="ana", resting=True)
    moments.advance(10**8)
    assert await deeds(store) == []
    async with store.unit(SERVER) as unit:
        assert await unit.waiting.claim(token) is None
        assert [due.token for due in await unit.waiting.of_person("ana")] == [token]
        assert await unit.waiting.of_person("ben") == []
    async with store.unit(SERVER) as unit:
        (due,) = await unit.waiting.of_person("ana")
        assert due.claimed_at is None


async def test_only_the_second_claim_is_told_that_it_was_claimed_before(store: Store, moments: Moments) -> None:
    async with store.unit(SERVER) as unit:
        token = await unit.waiting.write("post", "lane")
    first_at = moments.now()
    told = []
    for _ in range(3):
        async with store.unit(SERVER) as unit:
            due = await unit.waiting.claim(token)
            assert due is not None
            told.append(due.claimed_at)
        moments.advance(60)
    assert told == [None, first_at, first_at]


async def test_a_row_that_was_put_off_keeps_its_place_and_says_until_when(store: Store, moments: Moments) -> None:
    async with store.unit(SERVER) as unit:
        token = await unit.waiting.write("first", "lane")
        await unit.waiting.write("second", "lane")
    moments.advance(1)
    async with store.unit(SERVER) as unit:
        await unit.waiting.postpone(token, HOUR)
    first, second = await due_now(store)
    assert (first.deed, first.attempts, first.retry_at) == ("first", 1, moments.now() + HOUR)
    assert (second.deed, second.attempts, second.retry_at) == ("second", 0, None)


async def test_what_is_done_is_gone_and_doing_it_again_is_nothing(store: Store) -> None:
    async with store.unit(SERVER) as unit:
        token = await unit.waiting.write("post", "lane")
    for _ in range(2):
        async with store.unit(SERVER) as unit:
            await unit.waiting.done(token)
    async with store.unit(SERVER) as unit:
        assert await unit.waiting.get(token) is None
        assert await unit.waiting.claim(token) is None
        await unit.waiting.postpone(token, HOUR)
        await unit.waiting.rest(token)
        assert await unit.all(Waiting) == []


async def test_another_server_does_not_see_the_row(store: Store) -> None:
    async with store.unit(SERVER) as unit:
        token = await unit.waiting.write("post", "lane")
    async with store.unit(SERVER + 1) as unit:
        assert await unit.waiting.get(token) is None


async def test_what_has_been_answered_is_let_go_and_nothing_else(store: Store) -> None:
    async with store.unit(SERVER) as unit:
        await unit.waiting.write("note", "lane", person="ana", request="r1", kind="door.request")
        kept = [
            await unit.waiting.write("note", "lane", person="ana", request="r2", kind="door.request"),
            await unit.waiting.write("note", "lane", person="ben", request="r1", kind="door.request"),
            await unit.waiting.write("note", "lane", person="ana"),
        ]
    async with store.unit(SERVER) as unit:
        await unit.waiting.drop_of("ana", request="r1")
    async with store.unit(SERVER) as unit:
        assert sorted(row.token for row in await unit.all(Waiting)) == sorted(kept)


async def test_rows_do_not_show_what_or_whom_they_are_for(store: Store) -> None:
    async with store.unit(SERVER) as unit:
        await unit.waiting.write("note", "lane", person="ana", kind="rupture.flag", words="x" * 700)
        await unit.waiting.write("post", "lane", kind="round.turn")
        await unit.waiting.write("unsay", "another lane", message=1)
    async with store.unit(SERVER) as unit:
        rows = await unit.all(Waiting)
    assert len({len(row.body) for row in rows}) == 1
    assert len({row.box for row in rows}) == 3
    assert {len(row.box) for row in rows} == {32}
    assert not any(word in row.body + row.box for row in rows for word in (b"ana", b"rupture", b"lane", b"note"))


async def test_a_row_that_does_not_open_holds_up_no_other(store: Store) -> None:
    async with store.unit(SERVER) as unit:
        await unit.waiting.write("shut", "lane", person="ana")
    async with store.unit(SERVER + 1) as unit:
        open_one = await unit.waiting.write("open", "lane")
    await store.keyring.destroy(f"server:{SERVER}")
    async with store.reading(0) as unit:
        assert [due.token for due in await unit.waiting.due()] == [open_one]
    async with store.reading(SERVER) as unit:
        assert await unit.waiting.of_person("ana") == []


async def test_a_look_changes_nothing_and_waits_for_no_writer(store: Store) -> None:
    async with store.unit(SERVER) as unit:
        await unit.waiting.write("post", "lane")
        async with store.reading(SERVER) as looking:
            assert await looking.all(Waiting) == []
    async with store.reading(SERVER) as looking:
        assert len(await looking.all(Waiting)) == 1


async def test_keeping_the_disk_clean_disturbs_no_commit(store: Store, moments: Moments) -> None:
    for _ in range(100):
        moments.advance(61)
        await store.keep_safe()
        async with store.unit(SERVER) as unit:
            await unit.waiting.write("post", "lane")
    assert len(await due_now(store)) == 100


async def test_what_a_resting_row_says_can_change_and_nothing_else_of_it(store: Store) -> None:
    async with store.unit(SERVER) as unit:
        token = await unit.waiting.write("flag", "ana", person="ana", resting=True, words="first")
    async with store.unit(SERVER) as unit:
        await unit.waiting.change(token, words="second")
        await unit.waiting.change("gone", words="nothing")
    async with store.unit(SERVER) as unit:
        assert await unit.waiting.get(token) == Due(token, SERVER, "flag", "ana", {"words": "second"}, "ana")


async def test_what_waits_for_somebody_who_was_forgotten_opens_no_more_and_is_swept(store: Store) -> None:
    async with store.unit(SERVER) as unit:
        theirs = [
            await unit.waiting.write("note", "lane", person="ana"),
            await unit.waiting.write("note", "lane", person="ben", under="ana"),
            await unit.waiting.write("moment", "lane", under="ana"),
        ]
        kept = [await unit.waiting.write("note", "lane", person="ben"), await unit.waiting.write("post", "lane")]
    await store.keyring.destroy("ana")
    async with store.unit(SERVER) as unit:
        for token in theirs:
            assert await unit.waiting.get(token) is None
            assert await unit.waiting.claim(token) is None
        assert await unit.waiting.of_person("ana") == []
        assert [due.token for due in await unit.waiting.of_person("ben")] == kept[:1]
        assert sorted(due.token for due in await unit.waiting.due()) == sorted(kept)
        await unit.waiting.sweep()
    async with store.unit(SERVER) as unit:
        assert sorted(row.token for row in await unit.all(Waiting)) == sorted(kept)


async def test_whoever_was_forgotten_is_written_nothing_and_gets_no_key_anew(store: Store) -> None:
    await store.keyring.destroy("ana")
    async with store.unit(SERVER) as unit:
        await unit.waiting.write("note", "lane", person="ana")
        await unit.waiting.write("note", "lane", person="ana", under="ben")
        await unit.waiting.write("moment", "lane", under="ana")
    async with store.unit(SERVER) as unit:
        assert await unit.all(Waiting) == []
    assert "ana" not in store.keyring.owners()


async def test_a_sweep_leaves_alone_what_another_key_shuts(store: Store) -> None:
    async with store.unit(SERVER) as unit:
        await unit.waiting.write("post", "lane")
    await store.keyring.destroy(f"server:{SERVER}")
    async with store.unit(SERVER) as unit:
        await unit.waiting.sweep()
        assert len(await unit.all(Waiting)) == 1

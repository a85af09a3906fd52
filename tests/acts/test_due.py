"""Rows that wait are claimed, carried out and marked: once, in order, and never lost."""

from datetime import timedelta
from typing import Any, TypeVar

import pytest

from bot.acts import Presser, due, holding, inbox, session
from bot.acts import round as rounds
from bot.acts.due import Errand
from bot.practice.circle import Circle
from bot.practice.session import Session
from bot.store.rows import Notice
from bot.store.unit import Unit

from .people import Home, Someone, begun, gathered

T = TypeVar("T")
TWICE_A_TURN = 8 * 60 + 1  # seconds
LANE, OTHER = "a lane", "another lane"


async def written(home: Home, lane: str = LANE, **facts: Any) -> str:
    """Something that waits in this server; a second later than what was written before."""
    home.moments.advance(1)
    async with home.store.unit(home.id) as unit:
        return await unit.waiting.write("post", lane, **facts)


async def claimed(home: Home, token: str) -> Errand | None:
    async with home.store.unit(home.id) as unit:
        return await due.claim(unit, token)


async def postponed(home: Home, token: str) -> None:
    async with home.store.unit(home.id) as unit:
        await due.postpone(unit, token)


async def put_off_for(home: Home, token: str) -> float:
    """For how many seconds more."""
    async with home.store.unit(0) as unit:
        row = next(row for row in await due.waiting_now(unit) if row.token == token)
    assert row.retry_at is not None
    return (row.retry_at - home.moments.now()).total_seconds()


async def next_due_in(home: Home) -> timedelta | None:
    async with home.store.unit(0) as unit:
        moment = await due.next_due(unit)
    return moment - home.moments.now() if moment else None


async def only(home: Home, kind: type[T]) -> T:
    async with home.store.unit(home.id) as unit:
        (row,) = await unit.all(kind)
    assert isinstance(row, kind)
    return row


async def test_rows_of_all_servers_are_found_in_the_order_in_which_they_were_written(
    home: Home, elsewhere: Home
) -> None:
    tokens = [await written(where) for where in (home, elsewhere, home)]
    async with home.store.unit(0) as unit:
        assert [row.token for row in await due.waiting_now(unit)] == tokens
        assert [row.server_id for row in await due.waiting_now(unit)] == [home.id, elsewhere.id, home.id]


async def test_an_errand_knows_since_when_it_may_have_been_carried_out(home: Home) -> None:
    token = await written(home)
    first = await claimed(home, token)
    since = home.moments.now()
    home.moments.advance(100)
    again = await claimed(home, token)
    assert first is not None
    assert again is not None
    assert (first.claimed_at, again.claimed_at) == (None, since)


async def test_what_is_gone_or_rests_is_not_carried_out(home: Home) -> None:
    token = await written(home)
    async with home.store.unit(home.id) as unit:
        await due.rest(unit, token)
    assert await claimed(home, token) is None
    assert await claimed(home, "no such token") is None
    async with home.store.unit(home.id) as unit:
        await due.done(unit, "no such token", made=1)
        await due.postpone(unit, "no such token")


async def test_an_errand_carries_whom_and_where_and_in_which_language(home: Home) -> None:
    evening = await begun(home)
    turn = evening.turns[0]
    assert sorted(turn.people.values()) == sorted(person.id for person in evening.people)
    assert (turn.channel_id, turn.thread_id, turn.circle_name) == (evening.thread, evening.thread, "Garden")
    kept = await only(home, Circle)
    async with home.store.unit(home.id) as unit:
        token = await unit.waiting.write("post", LANE, circle=kept.id, channel=5, language="es")
    errand = await claimed(home, token)
    assert errand is not None
    assert (errand.circle_name, errand.channel_id, errand.language) == ("Garden", 5, "es")


async def test_a_note_is_in_the_language_of_its_reader_and_says_if_they_take_dms(home: Home) -> None:
    ana = home.person(language="es")
    await ana.does(inbox.set_dms, wanted=True)
    told = []
    for _ in range(2):
        async with home.store.unit(home.id) as unit:
            person = await unit.people.find(ana.id)
            assert person is not None
            await unit.waiting.write("note", person.id, person=person.id, kind="door.let_in", language="en")
        (note,) = await home.carry_out()
        told.append((note.language, note.reader_takes_dms, list(note.people.values())))
    assert told == [("es", True, [ana.id]), ("es", False, [ana.id])]  # one knock until they looked


async def test_whoever_was_forgotten_is_left_out(home: Home) -> None:
    evening = await begun(home)
    await evening.goes_on()
    async with home.store.unit(home.id) as unit:
        ana = await unit.people.find(evening.holder.id)
        assert ana is not None
        token = await unit.waiting.write("post", LANE, people=[ana.id])
    await home.store.keyring.destroy(ana.id)
    errand = await claimed(home, token)
    assert errand is not None
    assert errand.people == {}


async def test_what_came_of_it_is_marked_once(home: Home) -> None:
    evening = await gathered(home)
    thread, waits, invitation = evening.posted[:3]
    kept = await only(home, Session)
    assert kept.thread_id == evening.thread
    assert None not in (kept.waiting_message_id, kept.invitation_id)
    assert kept.waiting_message_id != kept.invitation_id
    for errand in (thread, waits, invitation):
        async with home.store.unit(home.id) as unit:
            await due.done(unit, errand.due.token, made=1)
    again = await only(home, Session)
    assert (again.thread_id, again.waiting_message_id) == (evening.thread, kept.waiting_message_id)
    assert again.invitation_id == kept.invitation_id


async def test_a_thing_that_could_not_be_made_leaves_no_mark(home: Home) -> None:
    await home.is_set_up()
    await home.facilitator().makes_circle()
    kept = await only(home, Circle)
    token = await written(home, mark=["circle", kept.id])
    async with home.store.unit(home.id) as unit:
        await due.done(unit, token, made=None)
    assert (await only(home, Circle)).card_message_id == kept.card_message_id
    assert await claimed(home, token) is None


async def test_the_turn_message_is_remembered_so_that_closing_can_take_it_away(home: Home) -> None:
    evening = await begun(home)
    message = (await only(home, Notice)).message_id
    assert message is not None
    await evening.holder.does(session.close, evening.token)
    assert [errand.message_id for errand in await evening.shows() if errand.due.deed == "unsay"] == [message]


@pytest.mark.parametrize("closes", [True, False])
async def test_a_turn_message_that_came_too_late_is_taken_away(home: Home, closes: bool) -> None:
    evening = await begun(home)
    await evening.speaker.does(rounds.pass_piece, evening.turn)
    async with home.store.unit(0) as unit:
        late = next(row for row in await due.waiting_now(unit) if row.facts.get("kind") == "round.turn")
    on_its_way = await claimed(home, late.token)
    assert on_its_way is not None
    if closes:
        await evening.holder.does(session.close, evening.token)
    else:
        await evening.named_in(on_its_way).does(rounds.pass_piece, late.facts["turn"])
    async with home.store.unit(home.id) as unit:
        await due.done(unit, late.token, made=4711)
    home.shown[4711] = on_its_way
    assert 4711 in [errand.message_id for errand in await evening.shows() if errand.due.deed == "unsay"]


async def test_what_can_not_be_carried_out_waits_twice_as_long_each_time_and_an_hour_at_most(home: Home) -> None:
    token = await written(home)
    waits = []
    for _ in range(15):
        await postponed(home, token)
        waits.append(await put_off_for(home, token))
        home.moments.advance(waits[-1])
    assert waits == [*(2.0**step for step in range(12)), 3600.0, 3600.0, 3600.0]


async def test_the_clock_is_told_of_the_earliest_moment_that_has_not_come(home: Home) -> None:
    assert await next_due_in(home) is None
    async with home.store.unit(home.id) as unit:
        for hours in (2, 1):
            await unit.waiting.write("forget", LANE, after=timedelta(hours=hours))
    assert await next_due_in(home) == timedelta(hours=1, microseconds=1)
    await postponed(home, await written(home))
    assert await next_due_in(home) == timedelta(hours=1, microseconds=1) - timedelta(seconds=1)


async def test_what_is_under_way_is_not_looked_at_once_more(home: Home) -> None:
    first, second, third = [await written(home, lane) for lane in (LANE, OTHER, LANE)]
    async with home.store.unit(0) as unit:
        assert [row.token for row in await due.waiting_now(unit, but={second})] == [first, third]
        assert await due.waiting_now(unit, but={first, second, third}) == []


async def test_a_moment_that_was_met_and_not_marked_brings_nothing_twice(home: Home) -> None:
    evening = await begun(home)
    home.moments.advance(TWICE_A_TURN)
    async with home.store.unit(0) as unit:
        (row,) = [row for row in await due.waiting_now(unit) if row.deed == "moment"]
    assert await claimed(home, row.token)
    async with home.store.unit(home.id) as unit:
        await holding.meet_moment(unit, str(row.facts["session"]))  # and then the process died
    home.moments.advance(TWICE_A_TURN)
    shown = [errand.due.facts.get("kind") for errand in await evening.shows()]
    assert shown.count("round.still") == 1


async def test_a_lane_that_can_not_move_holds_up_no_other_lane(home: Home, elsewhere: Home) -> None:
    async with home.store.unit(home.id) as unit:
        stuck = [await unit.waiting.write("post", LANE) for _ in range(250)]
    await postponed(home, stuck[0])
    other = await written(elsewhere, OTHER)
    async with home.store.unit(0) as unit:
        assert other in [row.token for row in await due.waiting_now(unit)]


async def test_something_waits_for_its_own_person_only(home: Home, elsewhere: Home) -> None:
    ana, ben = home.person(), home.person()

    async def write(unit: Unit, by: Presser) -> None:
        person = await unit.people.meet(by.discord_id)
        await unit.waiting.write("note", person.id, person=person.id, kind="door.let_in")

    async def waits(who: Someone) -> bool:
        return await who.does(due.anything_waits)

    assert not await waits(ana)
    await ana.does(write)
    assert [await waits(who) for who in (ana, ben, ana.in_(elsewhere))] == [True, False, False]
    await ana.looks()
    assert not await waits(ana)

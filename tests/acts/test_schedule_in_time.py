"""Time brings what was planned: once each, on both databases, whatever went down meanwhile."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.acts import circle, handover, inbox, rota, schedule, session
from bot.practice.circle import Membership
from bot.practice.rhythm import Every

from .people import Home, Someone
from .planning import (
    AT,
    DAY,
    FIRST,
    HOUR,
    MINUTE,
    OPENS,
    WEEK,
    ana,
    ben,
    coming,
    garden,
    planned,
    plans,
    sessions,
    told,
    until,
)

__all__ = ["ana", "ben", "garden"]


async def test_two_reminders_and_the_session_come_by_themselves_week_after_week(
    ana: Someone, garden: str, home: Home
) -> None:
    await plans(ana)
    for at in (AT, AT + WEEK):
        assert await until(home, at - DAY - MINUTE) == []
        assert await until(home, at - DAY) == [("post", "reminder.all")]
        assert await until(home, at - 21 * MINUTE) == []
        assert await until(home, at - 20 * MINUTE) == [("post", "reminder.all")]
        assert await until(home, at - 15 * MINUTE) == OPENS
        assert await coming(home) == at + WEEK
        (*_, opened) = await sessions(home)
        assert opened.begins_at == at
        await ana.does(session.close, opened.token)
        await until(home, at + HOUR)
    (last,) = await sessions(home)  # nothing is kept of the first, which wasn't held
    assert last.number == 2


async def test_who_holds_is_next_in_the_rota_else_who_facilitates(
    ana: Someone, garden: str, ben: Someone, home: Home
) -> None:
    await ben.does(rota.set_willing, garden, willing=True)
    assert (await plans(ana)).holder is None  # they haven't said yes to it
    await until(home, AT - 15 * MINUTE)
    (note,) = await ben.looks()
    assert (note.due.facts["kind"], note.due.facts["at"]) == ("schedule.you_hold", AT.timestamp())
    (opened,) = await sessions(home)
    await ben.does(session.close, opened.token)
    await ben.does(rota.set_willing, garden, willing=False)
    await until(home, AT + WEEK - 15 * MINUTE)
    assert [note.due.facts["kind"] for note in await ana.looks()] == ["schedule.you_hold"]


async def test_that_it_was_somebody_s_turn_to_hold_waits_for_them_until_the_session_closes(
    ana: Someone, garden: str, ben: Someone, home: Home
) -> None:
    await ben.does(rota.set_willing, garden, willing=True)
    await plans(ana)
    await until(home, AT - 15 * MINUTE)
    (opened,) = await sessions(home)

    async def turns() -> list[str]:
        kinds = [str(one.due.facts["kind"]) for who in (ana, ben) for one in await who.does(inbox.look)]
        return [kind for kind in kinds if kind == "schedule.you_hold"]

    assert await turns() == ["schedule.you_hold"]
    await ben.does(session.close, opened.token)
    assert await turns() == []


async def test_nobody_is_awaited_before_the_set_time(ana: Someone, garden: str, ben: Someone, home: Home) -> None:
    await plans(ana)
    await until(home, AT - 15 * MINUTE)
    (opened,) = await sessions(home)
    await ben.does(session.come_in, opened.token, listening=False)
    assert ("post", "session.awaits") not in await until(home, AT + 4 * MINUTE)
    assert await until(home, AT + 5 * MINUTE + timedelta(seconds=5)) == [("post", "session.awaits")]


async def test_with_nobody_there_the_holder_is_awaited_only_once_somebody_comes(
    ana: Someone, garden: str, ben: Someone, home: Home
) -> None:
    await plans(ana)
    await until(home, AT - 15 * MINUTE)
    assert await until(home, AT + 30 * MINUTE) == []
    (opened,) = await sessions(home)
    await ben.does(session.come_in, opened.token, listening=False)
    assert told(await home.carry_out()) == [("post", "session.awaits")]


@pytest.mark.parametrize(
    ("back", "said"),
    [
        (AT - 2 * HOUR, [("post", "reminder.all")]),
        (AT - 18 * MINUTE, [("post", "reminder.all")]),
        (AT - 10 * MINUTE, OPENS),
        (AT + 59 * MINUTE, OPENS),
        (AT + 61 * MINUTE, [("post", "schedule.missed"), ("note", "schedule.missed_holder")]),
        (AT + 3 * WEEK - 2 * DAY, [("post", "schedule.missed"), ("note", "schedule.missed_holder")]),
        (AT + 3 * WEEK - HOUR, [("post", "schedule.missed"), ("note", "schedule.missed_holder")]),
        (AT + 3 * WEEK, OPENS),
    ],
)
async def test_after_downtime_only_what_is_still_worth_saying_is_said_once(
    ana: Someone, garden: str, home: Home, back: datetime, said: list[tuple[str, str]]
) -> None:
    await plans(ana)
    assert await until(home, back) == said
    assert told(await home.carry_out()) == []
    assert len(await sessions(home)) == (said == OPENS)
    left = await coming(home)
    assert left is not None
    assert left > back - HOUR
    assert (left - AT) % WEEK == timedelta()


async def test_one_that_opens_late_awaits_its_holder_from_then_on(ana: Someone, garden: str, home: Home) -> None:
    await plans(ana)
    await until(home, AT + 40 * MINUTE)
    (opened,) = await sessions(home)
    assert opened.begins_at is not None
    assert opened.begins_at >= AT + 40 * MINUTE


async def test_once_only_is_over_after_its_session(ana: Someone, garden: str, home: Home) -> None:
    for back in (AT, AT + 2 * DAY + 2 * HOUR):
        await plans(ana, FIRST if back == AT else FIRST + 2 * DAY, Every.ONCE)
        await until(home, back)
        assert await planned(home) is None
        assert (await ana.does(circle.show, named="Garden")).meets_next is None
    assert len(await sessions(home)) == 1


async def test_a_moment_that_is_carried_out_again_has_no_second_effect(ana: Someone, garden: str, home: Home) -> None:
    await plans(ana)
    for at in (AT - DAY, AT - 20 * MINUTE, AT - 15 * MINUTE, AT + WEEK + 2 * HOUR):
        assert await until(home, at) != []
        found = await planned(home)
        assert found is not None
        for _ in range(2):
            async with home.store.unit(home.id) as unit:
                await schedule.meet_moment(unit, found.circle_id)
        assert told(await home.carry_out()) == []
    assert len(await sessions(home)) == 1


async def test_wall_time_stays_when_the_clocks_change(ana: Someone, garden: str, home: Home) -> None:
    first = datetime(2027, 3, 25, 19, 30)
    home.moments.advance((datetime(2027, 3, 24, tzinfo=UTC) - home.moments.now()).total_seconds())
    await plans(ana, first)
    at = datetime(2027, 3, 25, 18, 30, tzinfo=UTC)
    assert ("post", "session.invitation") in await until(home, at - 15 * MINUTE)
    (opened,) = await sessions(home)
    await ana.does(session.close, opened.token)
    summer = datetime(2027, 4, 1, 17, 30, tzinfo=UTC)
    assert await coming(home) == summer
    await until(home, summer - DAY)
    assert ("post", "session.invitation") not in await until(home, summer - 16 * MINUTE)
    assert ("post", "session.invitation") in await until(home, summer - 15 * MINUTE)


async def test_while_a_session_is_open_its_holder_is_asked_and_nothing_else_happens(
    ana: Someone, garden: str, ben: Someone, home: Home
) -> None:
    await plans(ana)
    await ben.does(rota.set_willing, garden, willing=True)
    await until(home, AT - HOUR)
    await ana.does(session.open_session, named="Garden")
    await home.carry_out()
    assert await until(home, AT + MINUTE) == [("note", "schedule.still_open")]
    assert "schedule.still_open" in [note.due.facts["kind"] for note in await ben.looks()]
    assert len(await sessions(home)) == 1
    assert await coming(home) == AT + WEEK


async def test_where_nobody_could_hold_it_the_channel_reads_that_and_the_schedule_goes_on(
    ana: Someone, garden: str, ben: Someone, home: Home
) -> None:
    await plans(ana)
    await ana.does(handover.step_back, garden, farewell=False)
    await home.carry_out()
    await until(home, AT - 16 * MINUTE)
    assert await until(home, AT - 15 * MINUTE) == [("post", "schedule.nobody")]
    assert await coming(home) == AT + WEEK
    assert await sessions(home) == []


async def test_saved_less_than_a_quarter_of_an_hour_before_it_opens_at_once(
    ana: Someone, garden: str, home: Home
) -> None:
    await until(home, AT - 10 * MINUTE)
    draft = await ana.does(schedule.draft, named="Garden", first=FIRST, every=Every.WEEK)
    await ana.does(schedule.save, draft.token)
    assert told(await home.carry_out()) == [("post", "schedule.set"), *OPENS]


async def test_who_is_paused_or_gone_holds_nothing(ana: Someone, garden: str, ben: Someone, home: Home) -> None:
    await ben.does(rota.set_willing, garden, willing=True)
    async with home.store.unit(home.id) as unit:
        person = await unit.people.meet(ben.id)
        (membership,) = await unit.all(Membership, person_id=person.id)
        membership.paused = True
    await plans(ana)
    await until(home, AT - 15 * MINUTE)
    (opened,) = await sessions(home)
    async with home.store.unit(home.id) as unit:
        assert await unit.people.address(opened.holder_id) == ana.id

"""Debriefs: planned by when to meet, opened by time or by hand, each once (D2.1, D2.4)."""

from datetime import datetime

from bot.acts import debrief, door, reminders, session, settings
from bot.practice.rhythm import Chosen

from .debriefing import COLD, HOT, OPENS, is_held, is_paused, lines, opens, plan_rows, plans, sittings
from .people import Home, Someone, refused
from .planning import AT, DAY, FIRST, HOUR, MINUTE, ana, ben, garden, until

__all__ = ["ana", "ben", "garden"]
COLD_AT = AT + 10 * DAY


async def test_it_is_planned_by_its_first_time_and_the_cold_one_comes_ten_days_later(
    ana: Someone, ben: Someone
) -> None:
    made = await plans(ana)
    assert (made.number, made.hot.at, made.cold.at, made.days, made.following) == (1, AT, COLD_AT, 10, HOT)
    assert [one.number for one in await ben.does(debrief.planned, named="Garden")] == [1]


async def test_what_cant_be_planned_is_said_and_leaves_nothing(home: Home, ana: Someone, ben: Someone) -> None:
    await plans(ana)
    for first, code in [
        (datetime(2026, 11, 23, 12, 59), "schedule.past"),
        (datetime(2029, 1, 1), "schedule.too_far"),
        (FIRST.replace(hour=9), "debrief.planned_already"),
    ]:
        with refused(code):
            await plans(ana, first)
    with refused("circle.facilitators_only"):
        await plans(ben)
    with refused("circle.members_only"):
        await plans(home.person())
    assert [made.number for made in await plan_rows(home)] == [1]
    assert lines(home) == ["debrief.planned 1 hot"]


async def test_nobody_plans_who_is_paused_or_where_nobody_facilitates(ana: Someone, garden: str, ben: Someone) -> None:
    second = await ana.shares(garden)
    await ana.does(door.leave, token=garden)
    await is_paused(second)
    with refused("circle.paused"):
        await plans(second)
    with refused("circle.nobody_facilitates"):
        await plans(ben)


async def test_an_hour_the_clocks_skip_is_said_to_be_moved(ana: Someone, garden: str) -> None:
    made = await plans(ana, datetime(2027, 3, 18, 2, 30))
    assert (made.hot.chosen, made.cold.chosen, made.cold.said) == (
        Chosen.AS_SAID, Chosen.MOVED, datetime(2027, 3, 28, 2, 30),
    )  # fmt: skip


async def test_a_number_is_never_given_twice(home: Home, ana: Someone, garden: str) -> None:
    first = await plans(ana)
    await ana.does(debrief.call_off, first.token)
    second = await plans(ana)
    opened = await ana.does(debrief.open_now, named=garden, kind=COLD)
    assert (first.number, second.number, opened.number) == (1, 2, 3)
    for deed in (debrief.look, debrief.call_off):
        with refused("debrief.gone"):
            await ana.does(deed, first.token)


async def test_its_buttons_are_for_those_who_facilitate(ana: Someone, ben: Someone) -> None:
    made = await plans(ana)
    with refused("circle.facilitators_only"):
        await ben.does(debrief.move_cold, made.token, days=14)
    with refused("circle.facilitators_only"):
        await ben.does(debrief.call_off, made.token)
    with refused("debrief.days_range"):
        await ana.does(debrief.move_cold, made.token, days=22)
    assert (await ana.does(debrief.move_cold, made.token, days=7)).cold.at == AT + 7 * DAY


async def test_time_reminds_the_day_before_and_opens_a_quarter_of_an_hour_before(
    home: Home, ana: Someone, garden: str
) -> None:
    await plans(ana)
    assert await until(home, AT - DAY - MINUTE) == []
    assert await until(home, AT - DAY) == [("post", "debrief.soon")]
    assert await until(home, AT - 16 * MINUTE) == []
    assert await until(home, AT - 15 * MINUTE) == [*OPENS, ("edit", "debrief.planned")]
    (hot,) = await sittings(home)
    assert (hot.debrief, hot.number, hot.begins_at, hot.awaited_since) == (HOT, 1, AT, AT)
    assert lines(home) == ["debrief.planned 1"]


async def test_each_sitting_is_opened_by_time_once_and_then_nothing_is_planned(
    home: Home, ana: Someone, garden: str
) -> None:
    made = await plans(ana)
    await until(home, AT)
    (hot,) = await sittings(home)
    await ana.does(session.close, hot.token)
    for later in (4 * DAY, 4 * DAY + HOUR + MINUTE):
        await until(home, AT + later)
    assert await until(home, COLD_AT - DAY) == [("post", "debrief.soon")]
    assert await until(home, COLD_AT) == OPENS
    assert [(one.debrief, one.number) for one in await sittings(home)] == [(COLD, 1)]
    assert lines(home) == []
    with refused("debrief.gone"):
        await ana.does(debrief.look, made.token)
    (cold,) = await sittings(home)
    await ana.does(session.close, cold.token)
    for later in (5 * DAY, 5 * DAY + HOUR + MINUTE):
        await until(home, COLD_AT + later)
    assert (await plan_rows(home), await sittings(home)) == ([], [])


async def test_it_opens_also_where_nobody_is_reminded(home: Home, ana: Someone, garden: str) -> None:
    await plans(ana)
    await ana.does(reminders.set_for_circle, garden, wanted=False)
    assert await until(home, AT - DAY) == []
    assert await until(home, AT) == [*OPENS, ("edit", "debrief.planned")]


async def test_whoever_turns_reminders_on_again_is_reminded(home: Home, ana: Someone, garden: str) -> None:
    await plans(ana)
    for wanted in (False, True):
        await ana.does(reminders.set_for_circle, garden, wanted=wanted)
    assert await until(home, AT - DAY) == [("post", "debrief.soon")]


async def test_a_hot_one_that_was_missed_is_said_once_and_the_cold_one_still_comes(
    home: Home, ana: Someone, garden: str
) -> None:
    await plans(ana)
    assert await until(home, AT + 3 * HOUR) == [("post", "debrief.missed"), ("edit", "debrief.planned")]
    assert await sittings(home) == []
    assert await until(home, COLD_AT - DAY) == [("post", "debrief.soon")]
    assert await until(home, COLD_AT) == OPENS


async def test_both_missed_is_one_line_and_nothing_is_left(home: Home, ana: Someone, garden: str) -> None:
    await plans(ana)
    assert await until(home, COLD_AT + DAY) == [("post", "debrief.missed")]
    assert (lines(home), await plan_rows(home)) == ([], [])


async def test_after_a_silence_until_the_cold_one_the_cold_one_is_opened(home: Home, ana: Someone, garden: str) -> None:
    await plans(ana)
    assert await until(home, COLD_AT - 5 * MINUTE) == OPENS
    assert [one.debrief for one in await sittings(home)] == [COLD]


async def test_a_missed_hot_one_that_is_opened_by_hand_that_evening_is_the_same_debrief(
    home: Home, ana: Someone, garden: str
) -> None:
    await plans(ana)
    await until(home, AT + 3 * HOUR)
    opened = await ana.does(debrief.open_now, named=garden, kind=HOT)
    assert (opened.number, opened.cold) == (1, COLD_AT)
    assert len(await plan_rows(home)) == 1


async def test_opening_by_hand_takes_the_planned_one_that_is_meant(
    home: Home, ana: Someone, garden: str, ben: Someone
) -> None:
    evening = await opens(HOT, ana, ben, await home.person().joins(garden))  # debrief 1
    await is_held(evening)
    await plans(ana)  # debrief 2, while the cold one of debrief 1 still comes
    assert (await ana.does(debrief.open_now, named=garden, kind=COLD)).number == 1
    await until(home, AT - 11 * HOUR)
    opened = await ana.does(debrief.open_now, named=garden, kind=HOT)
    assert (opened.number, opened.cold) == (2, COLD_AT)
    with refused("debrief.open_already"):
        await ana.does(debrief.open_now, named=garden, kind=HOT)
    await home.carry_out()
    assert ("post", "debrief.invitation") not in await until(home, AT + HOUR)


async def test_one_that_is_planned_for_another_day_isnt_the_one_of_today(home: Home, ana: Someone, garden: str) -> None:
    await plans(ana)
    assert (await ana.does(debrief.open_now, named=garden, kind=HOT)).number == 2
    await home.carry_out()
    assert sorted(lines(home)) == ["debrief.planned 1 hot", "debrief.planned 2"]


async def test_called_off_after_the_hot_one_no_cold_one_comes(home: Home, ana: Someone, garden: str) -> None:
    made = await plans(ana)
    await until(home, AT)
    await ana.does(debrief.call_off, made.token)
    await home.carry_out()
    assert lines(home) == []
    (hot,) = await sittings(home)
    await ana.does(session.close, hot.token)
    assert await until(home, COLD_AT + DAY) == [
        ("post", "debrief.closed"), ("edit", "debrief.invitation_over"), ("post", "debrief.goes"),
    ]  # fmt: skip


async def test_in_another_zone_the_hour_on_the_wall_stays(home: Home, ana: Someone, garden: str) -> None:
    made = await plans(ana)
    await ana.does(settings.set_zone, garden, zone="America/Santiago")
    assert (await ana.does(debrief.look, made.token)).hot.at == AT + 4 * HOUR
    assert await until(home, AT) == [("post", "debrief.planned"), ("post", "debrief.soon")]
    assert ("post", "debrief.invitation") in await until(home, AT + 4 * HOUR)

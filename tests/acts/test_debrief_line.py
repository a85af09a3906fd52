"""The one line in which a circle's channel reads when a debrief is: true, once, and gone when it is over (D2.4)."""

from datetime import timedelta

import pytest

from bot.acts import debrief, due, reaching, reminders, settings
from bot.acts.due import Errand
from bot.practice.debrief import DebriefPlan

from .debriefing import is_paused, lines, plan_rows, plans, reads
from .people import SNOWFLAKES, Home, Someone
from .planning import AT, DAY, FIRST, ana, ben, garden, until

__all__ = ["ana", "ben", "garden"]


async def on_its_way(home: Home) -> Errand:
    """The line is being posted: claimed, and Discord has it, but we don't know yet."""
    home.moments.advance(1)
    async with home.store.unit(0) as unit:
        (row,) = [one for one in await due.waiting_now(unit) if one.facts.get("kind") == "debrief.planned"]
    async with home.store.unit(home.id) as unit:
        errand = await due.claim(unit, row.token)
    assert errand
    return errand


async def arrives(home: Home, errand: Errand) -> None:
    """Discord says that the line stands."""
    home.shown[made := next(SNOWFLAKES)] = errand
    async with home.store.unit(home.id) as unit:
        await due.done(unit, errand.due.token, made=made)
    await home.carry_out()


async def test_one_line_stands_and_changes_with_the_cold_one(home: Home, ana: Someone, garden: str) -> None:
    made = await plans(ana)
    (errand,) = [one for one in home.shown.values() if one.due.facts["kind"] == "debrief.planned"]
    assert errand.people == {}
    await ana.does(debrief.move_cold, made.token, days=20)
    await home.carry_out()
    (errand,) = [one for one in home.shown.values() if one.due.facts["kind"] == "debrief.planned"]
    assert errand.due.facts["cold"] == (AT + 20 * DAY).timestamp()


async def test_called_off_it_is_gone(home: Home, ana: Someone, garden: str) -> None:
    made = await plans(ana)
    await ana.does(debrief.call_off, made.token)
    await home.carry_out()
    assert (lines(home), await plan_rows(home)) == ([], [])


async def test_called_off_before_it_was_posted_it_never_is(home: Home, ana: Someone, garden: str) -> None:
    made = await ana.does(debrief.plan, named=garden, first=FIRST)
    await ana.does(debrief.call_off, made.token)
    await home.carry_out()
    assert lines(home) == []


async def test_called_off_while_it_is_being_posted_it_is_taken_down_on_arrival(
    home: Home, ana: Someone, garden: str
) -> None:
    made = await ana.does(debrief.plan, named=garden, first=FIRST)
    errand = await on_its_way(home)
    await ana.does(debrief.call_off, made.token)
    await arrives(home, errand)
    assert lines(home) == []


async def test_moved_while_it_is_being_posted_only_the_new_one_stands(home: Home, ana: Someone, garden: str) -> None:
    made = await ana.does(debrief.plan, named=garden, first=FIRST)
    errand = await on_its_way(home)
    await ana.does(debrief.move_cold, made.token, days=7)
    await arrives(home, errand)
    (shown,) = [one.due.facts for one in home.shown.values() if one.due.facts["kind"] == "debrief.planned"]
    assert shown["cold"] - shown["hot"] == timedelta(days=7).total_seconds()


async def test_it_moves_with_the_circle_and_an_old_channel_holds_up_nothing(
    home: Home, ana: Someone, garden: str
) -> None:
    await plans(ana)
    elsewhere = next(SNOWFLAKES)
    await ana.does(settings.move, garden, channel_id=elsewhere, old_is_gone=False)
    async with home.store.unit(home.id) as unit:
        waiting = await unit.waiting.here()
        circle = (await unit.all(DebriefPlan))[0].circle_id
    assert [one.facts["channel"] for one in waiting if one.lane == circle and "channel" in one.facts] == [elsewhere]
    await home.carry_out()
    (line,) = [one for one in home.shown.values() if one.due.facts["kind"] == "debrief.planned"]
    assert line.channel_id == elsewhere


async def test_with_a_channel_that_is_gone_it_is_read_in_the_new_one(home: Home, ana: Someone, garden: str) -> None:
    await plans(ana)
    elsewhere = next(SNOWFLAKES)
    await ana.does(settings.move, garden, channel_id=elsewhere, old_is_gone=True)
    carried = [one for one in await home.carry_out() if one.due.facts.get("kind") == "debrief.planned"]
    assert [one.channel_id for one in carried] == [elsewhere]
    (plan,) = await plan_rows(home)
    assert plan.line_channel_id == elsewhere


async def test_who_asked_is_reminded_also_with_fewer_pings_and_nobody_who_is_paused(
    home: Home, ana: Someone, ben: Someone, garden: str
) -> None:
    cem, dua = [await home.person().joins(garden) for _ in range(2)]
    for who in (ben, cem):
        await who.does(reminders.set_reminded, garden, wanted=True)
    await ben.does(reaching.ping_less, wanted=True)
    await is_paused(cem)
    await plans(ana)
    await until(home, AT - DAY)
    assert [await reads(who) for who in (ana, ben, cem, dua)] == [[], ["debrief.reminder"], [], []]


@pytest.fixture
async def reminded(home: Home, ana: Someone, ben: Someone, garden: str) -> debrief.Planned:
    """Ben has read a reminder of what Ana planned."""
    await ben.does(reminders.set_reminded, garden, wanted=True)
    made = await plans(ana)
    await until(home, AT - DAY)
    assert await reads(ben) == ["debrief.reminder"]
    return made


async def test_a_reminder_goes_with_the_hour_it_was_about(
    ana: Someone, ben: Someone, garden: str, reminded: debrief.Planned
) -> None:
    await ana.does(settings.set_zone, garden, zone="America/Santiago")
    assert await reads(ben) == []


async def test_a_reminder_goes_as_it_opens(home: Home, ben: Someone, reminded: debrief.Planned) -> None:
    await until(home, AT)
    assert await reads(ben) == []


async def test_a_reminder_goes_as_it_is_called_off(ana: Someone, ben: Someone, reminded: debrief.Planned) -> None:
    await ana.does(debrief.call_off, reminded.token)
    assert await reads(ben) == []


async def test_who_isnt_reminded_any_more_has_no_reminder(
    ana: Someone, ben: Someone, garden: str, reminded: debrief.Planned
) -> None:
    await ben.does(reminders.set_reminded, garden, wanted=False)
    assert await reads(ben) == []

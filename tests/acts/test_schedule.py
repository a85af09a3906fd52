"""A circle plans when it meets: shown before it is saved, read once by all, ended by those who facilitate."""

from datetime import UTC, datetime

import pytest

from bot.acts import circle, due, handover, reminders, schedule, settings
from bot.practice.rhythm import Chosen, Every
from bot.practice.timetable import Coming

from .people import Home, Someone, refused
from .planning import AT, DAY, FIRST, HOUR, MINUTE, WEEK, ana, ben, coming, garden, planned, plans, told, until

__all__ = ["ana", "ben", "garden"]


async def test_a_draft_shows_the_next_three_and_changes_nothing(ana: Someone, garden: str, home: Home) -> None:
    draft = await ana.does(schedule.draft, named="Garden", first=FIRST, every=Every.TWO_WEEKS)
    assert [one.at for one in draft.times] == [AT, AT + 2 * WEEK, AT + 4 * WEEK]
    assert (draft.zone, draft.before, draft.odd) == ("Europe/Madrid", None, [])
    assert await planned(home) is None
    assert told(await home.carry_out()) == []


async def test_what_the_clocks_change_within_a_year_is_said_beforehand(ana: Someone, garden: str) -> None:
    night = datetime(2027, 3, 21, 2, 30)
    draft = await ana.does(schedule.draft, named="Garden", first=night, every=Every.WEEK)
    (moved_wall, moved), (twice_wall, twice) = draft.odd
    assert (moved_wall, moved.wall, moved.chosen) == (night + WEEK, datetime(2027, 3, 28, 3, 30), Chosen.MOVED)
    assert (twice_wall, twice.at, twice.chosen) == (
        datetime(2027, 10, 31, 2, 30), datetime(2027, 10, 31, 0, 30, tzinfo=UTC), Chosen.FIRST,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("first", "code"),
    [
        (datetime(2026, 11, 23, 12, 30), "schedule.past"),
        (datetime(2027, 11, 26, 12, 30), "schedule.too_far"),
        (datetime(9999, 12, 31, 23, 59), "schedule.too_far"),
        (datetime(1, 1, 1), "schedule.past"),
    ],
)
async def test_a_time_that_is_over_or_too_far_is_refused(ana: Someone, garden: str, first: datetime, code: str) -> None:
    with refused(code):
        await ana.does(schedule.draft, named="Garden", first=first, every=Every.WEEK)


async def test_only_who_facilitates_plans_saves_and_ends(ana: Someone, garden: str, ben: Someone, home: Home) -> None:
    with refused("circle.facilitators_only"):
        await ben.does(schedule.draft, named="Garden", first=FIRST, every=Every.WEEK)
    with refused("circle.unknown"):
        await ana.does(schedule.draft, named="Meadow", first=FIRST, every=Every.WEEK)
    await plans(ana)
    found = await planned(home)
    assert found is not None
    with refused("circle.facilitators_only"):
        await ben.does(schedule.end, found.token)
    with refused("circle.facilitators_only"):
        await ben.does(reminders.set_for_circle, garden, wanted=False)
    draft = await ana.does(schedule.draft, named="Garden", first=FIRST + DAY, every=Every.WEEK)
    with refused("schedule.draft_gone"):
        await ben.does(schedule.save, draft.token)
    await ana.does(handover.step_back, garden, farewell=False)
    with refused("circle.nobody_facilitates"):
        await ana.does(schedule.save, draft.token)
    assert await coming(home) == AT


async def test_saving_is_read_once_by_all_and_twice_changes_nothing(ana: Someone, garden: str, home: Home) -> None:
    draft = await ana.does(schedule.draft, named="Garden", first=FIRST, every=Every.WEEK)
    saved = await ana.does(schedule.save, draft.token)
    assert (saved.at, saved.every, saved.reminders, saved.holder) == (AT, Every.WEEK, True, None)
    with refused("schedule.saved_already"):
        await ana.does(schedule.save, draft.token)
    assert told(await home.carry_out()) == [("post", "schedule.set")]
    await plans(ana, FIRST + DAY)
    with refused("schedule.draft_gone"):
        await ana.does(schedule.save, draft.token)


async def test_what_is_near_brings_no_reminder_that_is_over(ana: Someone, garden: str, home: Home) -> None:
    ahead = {}
    for minutes in (60, 18, 10):
        await until(home, AT - minutes * MINUTE)
        draft = await ana.does(schedule.draft, named="Garden", first=FIRST, every=Every.ONCE)
        ahead[minutes] = (await ana.does(schedule.save, draft.token)).ahead
    assert ahead == {60: {Coming.SOON, Coming.OPENING}, 18: {Coming.OPENING}, 10: set()}
    await home.carry_out()
    assert [one.due.facts["kind"] for one in home.shown.values() if one.channel_id == home.channel][1:] == [
        "session.invitation"
    ]


async def test_one_line_stands_that_says_when_the_circle_meets(ana: Someone, garden: str, home: Home) -> None:
    def standing() -> list[str]:
        lines = [str(one.due.facts["kind"]) for one in home.shown.values() if one.channel_id == home.channel]
        return [kind for kind in lines if kind.startswith(("schedule", "reminder"))]

    await plans(ana)
    await plans(ana, FIRST + HOUR)
    await ana.does(settings.set_zone, garden, zone="Europe/Lisbon")
    await home.carry_out()
    assert standing() == ["schedule.set"]
    await plans(ana)
    await until(home, AT - DAY + HOUR)
    assert standing() == ["reminder.all"]
    await until(home, AT + HOUR - 20 * MINUTE)
    assert standing() == ["reminder.all"]
    await until(home, AT + HOUR - 15 * MINUTE)
    assert standing() == []
    await plans(ana, FIRST + WEEK)
    found = await planned(home)
    assert found is not None
    await ana.does(schedule.end, found.token)
    await home.carry_out()
    assert standing() == ["schedule.ended"]


async def test_a_line_that_is_over_while_it_is_on_its_way_is_taken_down(ana: Someone, garden: str, home: Home) -> None:
    draft = await ana.does(schedule.draft, named="Garden", first=FIRST, every=Every.WEEK)
    await ana.does(schedule.save, draft.token)
    found = await planned(home)
    assert found is not None
    assert found.said is not None
    async with home.store.unit(home.id) as unit:
        assert await due.claim(unit, found.said)
    await plans(ana, FIRST + HOUR)
    lines = [one.due.facts for one in home.shown.values() if one.due.facts["kind"] == "schedule.set"]
    assert [facts["at"] for facts in lines] == [(AT + HOUR).timestamp()]


async def test_a_draft_waits_an_hour_and_not_for_another_zone(ana: Someone, garden: str, home: Home) -> None:
    draft = await ana.does(schedule.draft, named="Garden", first=FIRST, every=Every.WEEK)
    await ana.does(settings.set_zone, garden, zone="Europe/Lisbon")
    with refused("schedule.draft_gone"):
        await ana.does(schedule.save, draft.token)
    draft = await ana.does(schedule.draft, named="Garden", first=FIRST, every=Every.WEEK)
    await home.passes(HOUR)
    with refused("schedule.draft_gone"):
        await ana.does(schedule.save, draft.token)
    draft = await ana.does(schedule.draft, named="Garden", first=FIRST, every=Every.WEEK)
    await ana.does(schedule.discard, draft.token)
    with refused("schedule.draft_gone"):
        await ana.does(schedule.save, draft.token)
    assert await planned(home) is None


async def test_another_zone_keeps_the_wall_time_and_all_read_the_moment(ana: Someone, garden: str, home: Home) -> None:
    await plans(ana)
    await until(home, AT - DAY)
    shown = await ana.does(settings.set_zone, garden, zone="America/New_York")
    assert shown.meets_next == AT + 6 * HOUR
    assert told(await home.carry_out()) == [("post", "schedule.set")]
    assert await until(home, AT) == [("post", "reminder.all")]
    assert ("post", "session.invitation") in await until(home, AT + 6 * HOUR)
    await ana.does(settings.set_zone, garden, zone="America/New_York")
    assert told(await home.carry_out()) == []


async def test_a_zone_in_which_it_is_over_goes_on_with_the_next(ana: Someone, garden: str, home: Home) -> None:
    await plans(ana)
    await until(home, AT - HOUR)
    await ana.does(settings.set_zone, garden, zone="Asia/Tokyo")
    assert told(await home.carry_out()) == [("post", "schedule.set")]
    assert await coming(home) == datetime(2026, 12, 3, 10, 30, tzinfo=UTC)
    await plans(ana, FIRST + DAY, Every.ONCE)
    await ana.does(settings.set_zone, garden, zone="Pacific/Kiritimati")
    assert told(await home.carry_out()) == [("post", "schedule.set")]
    await until(home, datetime(2026, 11, 27, 4, tzinfo=UTC))
    await ana.does(settings.set_zone, garden, zone="Pacific/Kiritimati")
    assert await planned(home) is not None


async def test_saving_again_replaces_what_was_planned(ana: Someone, garden: str, home: Home) -> None:
    await plans(ana)
    draft = await ana.does(schedule.draft, named="Garden", first=FIRST + HOUR, every=Every.ONCE)
    assert draft.before == AT
    await ana.does(schedule.save, draft.token)
    await home.carry_out()
    await until(home, AT - 16 * MINUTE)
    assert ("post", "session.invitation") not in await until(home, AT + 44 * MINUTE)
    assert ("post", "session.invitation") in await until(home, AT + 45 * MINUTE)
    assert await planned(home) is None


async def test_what_is_planned_can_be_ended_once(ana: Someone, garden: str, home: Home) -> None:
    await plans(ana)
    first = await planned(home)
    await plans(ana, FIRST + HOUR)
    second = await planned(home)
    assert first is not None
    assert second is not None
    with refused("schedule.gone"):
        await ana.does(schedule.end, first.token)
    await ana.does(schedule.end, second.token)
    assert told(await home.carry_out()) == [("post", "schedule.ended")]
    with refused("schedule.gone"):
        await ana.does(schedule.end, second.token)
    assert await until(home, AT + 2 * HOUR) == []


async def test_two_who_save_at_once_leave_one_schedule(ana: Someone, garden: str, home: Home) -> None:
    eve = await ana.shares(garden)
    drafts = [
        await who.does(schedule.draft, named="Garden", first=FIRST + hours * HOUR, every=Every.WEEK)
        for hours, who in enumerate((ana, eve))
    ]
    await home.at_once(ana.does(schedule.save, drafts[0].token), eve.does(schedule.save, drafts[1].token))
    assert await planned(home) is not None
    await home.carry_out()
    carried = await until(home, AT + 50 * MINUTE)
    assert carried.count(("post", "session.invitation")) == 1


async def test_the_settings_say_what_is_planned(ana: Someone, garden: str, home: Home) -> None:
    await plans(ana)
    found = await planned(home)
    shown = await ana.does(settings.look, named="Garden")
    assert found is not None
    assert (shown.schedule, shown.meets_next, shown.every) == (found.token, AT, Every.WEEK)
    assert (await ana.does(circle.show, named="Garden")).meets_next == AT

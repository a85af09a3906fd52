"""What the circle reads of a check-in stands where the circle meets, as long as it is true (P7)."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.acts import checkin, settings, wave
from bot.practice.checkin import CORE, Tap

from .asking import DAYS, HARD, Asking, a_circle_of, kinds
from .people import Home

HOUR = timedelta(hours=1)


async def moves(asking: Asking, *, old_is_gone: bool) -> int:
    """The circle meets in another channel from now on; which one."""
    home, elsewhere = asking.home, asking.home.channel + 7
    if old_is_gone:
        home.shown.clear()
    await asking.ana.does(settings.move, asking.circle, channel_id=elsewhere, old_is_gone=old_is_gone)
    await asking.shows()
    return elsewhere


def places(asking: Asking) -> list[tuple[str, int | None]]:
    """What stands, and where."""
    return [
        (str(one.due.facts["kind"]), one.channel_id)
        for one in asking.home.shown.values()
        if one.due.facts["kind"] != "circle.card"
    ]


@pytest.mark.parametrize("old_is_gone", [False, True])
async def test_when_the_circle_moves_what_stands_moves_with_it(home: Home, old_is_gone: bool) -> None:
    asking = await a_circle_of(home, 5)
    await asking.all_say_yes()
    await asking.falls_due()
    elsewhere = await moves(asking, old_is_gone=old_is_gone)
    assert places(asking) == [("checkin.due", elsewhere)]
    await asking.ana.does(wave.open_wave, asking.token)
    await asking.passes(2 * DAYS + HOUR)
    assert places(asking) == [("checkin.open", elsewhere), ("checkin.reminder", elsewhere)]
    home.channel = elsewhere
    elsewhere = await moves(asking, old_is_gone=old_is_gone)
    assert places(asking) == [("checkin.open", elsewhere)]
    for person in asking.people:
        await asking.taps(person, *[HARD[item] for item in CORE])
    await asking.closes()
    assert places(asking) == [("checkin.closed", elsewhere)]
    home.channel = elsewhere
    elsewhere = await moves(asking, old_is_gone=old_is_gone)
    assert places(asking) == [("checkin.closed", elsewhere)]
    await asking.passes(DAYS)
    assert places(asking) == [("checkin.closed", elsewhere), ("checkin.result", elsewhere)]


async def test_a_line_with_answer_that_comes_when_it_is_closed_goes_again(home: Home) -> None:
    asking = await a_circle_of(home, 5)
    await asking.all_say_yes()
    await asking.falls_due()
    await asking.ana.does(wave.open_wave, asking.token)
    home.moments.advance(3 * DAYS.total_seconds() + 1)
    row = await asking.row()
    async with home.store.unit(home.id) as unit:
        (closing,) = [one for one in await unit.waiting.due() if one.facts.get("step") == "close"]
        await wave.meet(unit, closing)
    assert row.message_id is None
    await asking.shows()
    assert asking.said == []


@pytest.mark.parametrize(("zone", "hours"), [("Pacific/Auckland", 9), ("America/Los_Angeles", 30)])
async def test_in_another_zone_the_result_is_told_at_its_ten_o_clock(home: Home, zone: str, hours: int) -> None:
    asking = await a_circle_of(home, 5)
    await asking.all_say_yes()
    await asking.opens()
    await asking.closes()  # at noon UTC
    await asking.ana.does(settings.set_zone, asking.circle, zone=zone)
    await asking.shows()
    (line,) = [one.due.facts for one in home.shown.values() if one.due.facts["kind"] == "checkin.closed"]
    told = await asking.row()
    assert told.tells_at is not None
    assert line["until"] == told.tells_at.timestamp()
    assert told.tells_at.astimezone(ZoneInfo(zone)).hour == 10
    assert kinds(await asking.passes(timedelta(hours=hours - 1, minutes=30))) == []
    assert kinds(await asking.passes(timedelta(minutes=90))) == ["checkin.few"]
    assert kinds(await asking.passes(3 * DAYS)) == []


async def test_a_result_told_again_by_a_database_that_was_put_back_is_the_same_message(home: Home) -> None:
    asking = await a_circle_of(home, 5)
    await asking.all_say_yes()
    await asking.opens()
    await asking.ana.does(checkin.answer, asking.token, item="rushed", tap=Tap.YES)
    await asking.closes()
    row = await asking.row()
    assert row.moment is not None
    async with home.store.unit(home.id) as unit:
        tell = await unit.waiting.get(row.moment)
        assert tell is not None
        await unit.waiting.claim(row.moment)  # as in every copy
    copied = home.moments.now()
    (told,) = [one for one in await asking.passes(DAYS) if one.due.deed == "post"]
    assert told.due.token == tell.facts["says"]
    assert told.claimed_at is not None
    assert told.claimed_at <= copied

"""No one person can keep a circle from being asked: in the end any member opens it (P9)."""

from datetime import timedelta

from bot.acts import away, handover, wave
from bot.practice.circle import Membership

from .asking import DAYS, a_circle_of
from .people import Home, refused
from .test_wave import asked

HOUR = timedelta(hours=1)


async def test_when_all_who_facilitate_were_asked_and_three_days_have_passed_any_member_opens_it(home: Home) -> None:
    asking = await a_circle_of(home, 6)
    ben, cem = asking.people[1:3]
    await asking.falls_due()
    with refused("rc.facilitators_open"):
        await ben.does(wave.open_wave, asking.token)
    anew = await asking.passes(3 * DAYS + HOUR)
    assert [one.due.facts["for_all"] for one in anew if one.due.deed == "post"] == [True]
    assert asking.said == ["checkin.due"]  # in place of the one before
    assert await asking.passes(30 * DAYS) == []
    paused = (await asking.membership(cem)).id
    async with home.store.unit(home.id) as unit:
        (await unit.all(Membership, id=paused))[0].paused = True
    with refused("rc.facilitators_open"):
        await cem.does(wave.open_wave, asking.token)
    await ben.does(wave.open_wave, asking.token)
    await asking.shows()
    assert asking.said == ["checkin.open"]


async def test_where_nobody_facilitates_it_is_for_all_after_three_days(home: Home) -> None:
    asking = await a_circle_of(home, 5)
    await asking.ana.does(handover.step_back, asking.circle, farewell=False)
    await asking.falls_due()
    with refused("rc.facilitators_open"):
        await asking.ana.does(wave.open_wave, asking.token)
    await asking.passes(3 * DAYS + HOUR)
    await asking.ana.does(wave.open_wave, asking.token)


async def test_who_has_left_the_server_is_not_asked_to_look_after_it(home: Home) -> None:
    asking = await a_circle_of(home, 5)
    ben = await asking.ana.shares(asking.circle)
    async with home.store.unit(home.id) as unit:
        await away.note_gone(unit, asking.ana.id)
    await asking.falls_due()
    await asking.passes(3 * DAYS + HOUR)
    assert await asked(home, asking.ana, ben) == [ben]

"""Reminders: one line for all, in private for those who asked, and nothing that is over."""

from bot.acts import away, circle, inbox, reminders, schedule, session
from bot.acts.due import Errand
from bot.practice.circle import Membership
from bot.practice.rhythm import Every

from .people import Home, Someone, refused
from .planning import AT, DAY, FIRST, HOUR, MINUTE, OPENS, WEEK, ana, ben, garden, plans, sessions, told, until

__all__ = ["ana", "ben", "garden"]
TO_ALL, TO_ONE = ("post", "reminder.all"), ("note", "reminder.private")


async def waiting_for(who: Someone) -> list[str]:
    found: list[Errand] = await who.does(inbox.look)
    kinds = [str(one.due.facts["kind"]) for one in found]
    return [kind for kind in kinds if not kind.startswith("calling.")]  # that they are asked to hold is another matter


async def time_comes(home: Home, garden: str) -> None:
    """While nothing of it can be posted."""
    async with home.store.unit(home.id) as unit:
        await schedule.meet_moment(unit, (await circle.by_token(unit, garden)).id)


async def test_only_who_asked_is_told_alone(ana: Someone, garden: str, ben: Someone, home: Home) -> None:
    cleo = await home.person().joins(garden)
    await plans(ana)
    assert await ben.does(reminders.set_reminded, garden, wanted=True) == reminders.Reminding("Garden", True)
    assert await until(home, AT - DAY) == [TO_ALL, TO_ONE]
    assert await waiting_for(ben) == ["reminder.private"]
    assert await waiting_for(cleo) == await waiting_for(ana) == []


async def test_who_has_left_the_server_is_not_reminded(ana: Someone, garden: str, ben: Someone, home: Home) -> None:
    await plans(ana)
    await ben.does(reminders.set_reminded, garden, wanted=True)
    async with home.store.unit(home.id) as unit:
        await away.note_gone(unit, ben.id)
    brought = await until(home, AT - DAY)
    assert TO_ALL in brought
    assert TO_ONE not in brought


async def test_a_newer_reminder_takes_the_place_of_one_nobody_has_seen(
    ana: Someone, garden: str, ben: Someone, home: Home
) -> None:
    await plans(ana)
    await ben.does(reminders.set_reminded, garden, wanted=True)
    await until(home, AT - DAY)
    assert await until(home, AT - 20 * MINUTE) == [TO_ALL, TO_ONE]
    assert await waiting_for(ben) == ["reminder.private"]


async def test_once_the_session_is_open_nobody_is_reminded_of_it(
    ana: Someone, garden: str, ben: Someone, home: Home
) -> None:
    await plans(ana)
    await ben.does(reminders.set_reminded, garden, wanted=True)
    await until(home, AT - 20 * MINUTE)
    assert await waiting_for(ben) == ["reminder.private"]
    assert await until(home, AT - 15 * MINUTE) == OPENS
    assert await waiting_for(ben) == []


async def test_a_line_that_could_not_be_posted_in_time_is_never_posted(ana: Someone, garden: str, home: Home) -> None:
    await plans(ana)
    home.moments.advance((AT - 20 * MINUTE - home.moments.now()).total_seconds())
    await time_comes(home, garden)
    home.moments.advance((5 * MINUTE).total_seconds())
    await time_comes(home, garden)
    assert told(await home.carry_out()) == OPENS


async def test_one_who_opens_it_by_hand_leaves_nobody_to_be_reminded(
    ana: Someone, garden: str, ben: Someone, home: Home
) -> None:
    await plans(ana)
    await ben.does(reminders.set_reminded, garden, wanted=True)
    await until(home, AT - DAY)
    await until(home, AT - HOUR)
    await ana.does(session.open_session, named="Garden")
    assert await waiting_for(ben) == []
    await home.carry_out()
    assert await until(home, AT - 16 * MINUTE) == []


async def test_a_session_that_is_open_the_day_before_hides_no_reminder(ana: Someone, garden: str, home: Home) -> None:
    await plans(ana)
    await ana.does(session.open_session, named="Garden", slow=True)
    await home.carry_out()
    assert TO_ALL in await until(home, AT - DAY)


async def test_off_means_off_for_all_and_on_again_brings_back_nothing_that_is_over(
    ana: Someone, garden: str, ben: Someone, home: Home
) -> None:
    await plans(ana)
    await ben.does(reminders.set_reminded, garden, wanted=True)
    assert await ana.does(reminders.set_for_circle, garden, wanted=False) == "Garden"
    assert await until(home, AT - HOUR) == []
    await ana.does(reminders.set_for_circle, garden, wanted=True)
    assert told(await home.carry_out()) == []
    await ana.does(reminders.set_for_circle, garden, wanted=False)
    assert await until(home, AT - 15 * MINUTE) == OPENS
    (opened,) = await sessions(home)
    await ana.does(session.close, opened.token)
    await ana.does(reminders.set_for_circle, garden, wanted=True)
    await home.passes(2 * DAY)
    assert TO_ALL in await until(home, AT + WEEK - DAY)


async def test_turning_them_off_takes_back_what_nobody_has_seen(
    ana: Someone, garden: str, ben: Someone, home: Home
) -> None:
    await plans(ana)
    await ben.does(reminders.set_reminded, garden, wanted=True)
    await until(home, AT - DAY)
    await ana.does(reminders.set_for_circle, garden, wanted=False)
    assert await waiting_for(ben) == []


async def test_whoever_asked_can_take_it_back(ana: Someone, garden: str, ben: Someone, home: Home) -> None:
    await plans(ana)
    await ben.does(reminders.set_reminded, garden, wanted=True)
    await until(home, AT - DAY)
    await ben.does(reminders.set_reminded, garden, wanted=False)
    assert await waiting_for(ben) == []
    assert await until(home, AT - 20 * MINUTE) == [TO_ALL]


async def test_nobody_but_members_is_reminded_and_nobody_who_can_not_come_in(
    ana: Someone, garden: str, ben: Someone, home: Home
) -> None:
    with refused("circle.members_only"):
        await home.person().does(reminders.set_reminded, garden, wanted=True)
    with refused("circle.gone"):
        await ben.does(reminders.set_reminded, "no-such-circle", wanted=True)
    await ben.does(reminders.set_reminded, garden, wanted=True)
    async with home.store.unit(home.id) as unit:
        (membership,) = await unit.all(Membership, reminded=True)
        membership.paused = True
    await plans(ana)
    assert await until(home, AT - DAY) == [TO_ALL]


async def test_a_plan_made_in_the_last_minutes_brings_no_reminder_of_what_was_just_said(
    ana: Someone, garden: str, home: Home
) -> None:
    await until(home, AT - 2 * HOUR)
    await plans(ana, FIRST, Every.ONCE)
    assert await until(home, AT - 20 * MINUTE) == [TO_ALL]

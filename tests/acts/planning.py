"""Steps of tests in which a circle plans when it meets."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.acts import schedule, settings
from bot.acts.due import Errand
from bot.practice.circle import Circle
from bot.practice.rhythm import Every
from bot.practice.schedule import Schedule
from bot.practice.session import Session

from .people import Home, Someone

MINUTE, HOUR, DAY, WEEK = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
FIRST = datetime(2026, 11, 26, 19, 30)  # wall time in Madrid; the clock of the tests begins on the 23rd at noon, UTC
AT = datetime(2026, 11, 26, 18, 30, tzinfo=UTC)

OPENS = [("post", "session.waiting"), ("post", "session.invitation"), ("note", "schedule.you_hold")]


@pytest.fixture
async def ana(home: Home) -> Someone:
    """Who facilitates."""
    await home.is_set_up()
    return home.facilitator()


@pytest.fixture
async def garden(ana: Someone) -> str:
    """A circle of Ana's in Madrid."""
    token = await ana.makes_circle()
    await ana.does(settings.set_zone, token, zone="Europe/Madrid")
    return token


@pytest.fixture
async def ben(home: Home, garden: str) -> Someone:
    """A member."""
    return await home.person().joins(garden)


async def plans(who: Someone, first: datetime = FIRST, every: Every = Every.WEEK) -> schedule.Saved:
    """Draft and save a schedule, and let the channel read it."""
    draft = await who.does(schedule.draft, named="Garden", first=first, every=every)
    saved = await who.does(schedule.save, draft.token)
    await who.home.carry_out()
    return saved


async def until(home: Home, moment: datetime) -> list[tuple[str, str]]:
    """Let time go by until then; the kinds of what came to be read, with the deed."""
    return told(await home.passes(moment - home.moments.now()))


def told(carried: list[Errand]) -> list[tuple[str, str]]:
    """The kinds, without the calling for somebody who holds: that goes its own way (`test_calling.py`)."""
    kinds = [(one.due.deed, str(one.due.facts["kind"])) for one in carried if "kind" in one.due.facts]
    return [(deed, kind) for deed, kind in kinds if not kind.startswith("calling.")]


async def planned(home: Home) -> Schedule | None:
    async with home.store.unit(home.id) as unit:
        found = await unit.one(Schedule)
    return found if isinstance(found, Schedule) else None


async def coming(home: Home) -> datetime | None:
    async with home.store.unit(home.id) as unit:
        found = await unit.one(Circle)
        assert isinstance(found, Circle)
        return await schedule.coming(unit, found)


async def sessions(home: Home) -> list[Session]:
    async with home.store.unit(home.id) as unit:
        return await unit.all(Session)

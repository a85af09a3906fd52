"""The clock knocks in time, never twice for nothing, and never loses a wake. The scheduler is the real one."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.clock import FARTHEST_WAKE, Clock

MOMENT = timedelta(milliseconds=30)
HOUR = timedelta(hours=1)
STALL = 1.2  # seconds; after one APScheduler by itself forgets a job that is late
PATIENCE = 5.0  # seconds until a test gives up


def stand_still(seconds: float) -> None:
    """As a machine that computes, swaps or sleeps: the event loop doesn't turn."""
    over = time.monotonic() + seconds
    while time.monotonic() < over:
        pass


class Door:
    """What a worker has: an event to wait for, the rows that are due, and a clock on the wall that can be moved."""

    def __init__(self) -> None:
        self.knocked = asyncio.Event()
        self.knocks = 0
        self.threads: set[int] = set()
        self.due: datetime | None = None
        self.ahead = timedelta(0)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def knock(self) -> None:
        self.knocks += 1
        self.threads.add(threading.get_ident())
        self.knocked.set()

    async def next_due(self) -> datetime | None:
        return self.due

    async def is_knocked_at(self) -> None:
        await asyncio.wait_for(self.knocked.wait(), PATIENCE)
        self.knocked.clear()


Build = Callable[..., Clock]


@pytest.fixture
async def door() -> Door:
    return Door()


@pytest.fixture
async def build(door: Door) -> AsyncIterator[Build]:
    clocks: list[Clock] = []

    def started(**more: timedelta) -> Clock:
        clocks.append(Clock(door.now, door.knock, door.next_due, **more))
        clocks[-1].start()
        return clocks[-1]

    yield started
    for clock in clocks:
        await clock.stop()


async def test_it_knocks_when_the_moment_comes_and_not_before(door: Door, build: Build) -> None:
    clock = build()
    door.due = door.now() + MOMENT
    await clock.arm()
    assert door.knocks == 0
    await door.is_knocked_at()
    assert door.now() >= door.due
    assert door.threads == {threading.get_ident()}


async def test_what_is_overdue_is_knocked_for_at_once(door: Door, build: Build) -> None:
    clock = build()
    door.due = door.now() - HOUR
    await clock.arm()
    assert door.knocks == 1


async def test_nothing_due_means_no_knock_even_if_something_was(door: Door, build: Build) -> None:
    clock = build()
    door.due = door.now() + MOMENT
    await clock.arm()
    door.due = None
    await clock.arm()
    other = build()
    door.due = door.now() + 3 * MOMENT
    await other.arm()
    await door.is_knocked_at()
    assert door.now() >= door.due
    assert door.knocks == 1


async def test_an_earlier_moment_takes_the_place_of_a_later_one(door: Door, build: Build) -> None:
    clock = build()
    door.due = door.now() + HOUR
    await clock.arm()
    door.due = door.now() + MOMENT
    await clock.arm()
    await door.is_knocked_at()
    assert door.knocks == 1


async def test_a_wake_armed_anew_while_the_last_one_runs_is_never_lost(door: Door, build: Build) -> None:
    clock = build()
    for _ in range(100):
        door.due = door.now() + timedelta(milliseconds=1)
        await clock.arm()
        await door.is_knocked_at()
    assert door.knocks == 100


async def test_a_wake_armed_from_within_the_knock_is_never_lost(door: Door) -> None:
    still = door.now()

    async def next_due() -> datetime | None:
        return still + timedelta(microseconds=1) if door.knocks < 20 else None

    def knock() -> None:
        door.knock()
        with pytest.raises(StopIteration):  # to its end without a pause: the wake that knocks is still running
            clock.arm().send(None)

    clock = Clock(lambda: still, knock, next_due)
    clock.start()
    await clock.arm()
    while door.knocks < 20:
        await door.is_knocked_at()
    await clock.stop()


async def test_an_older_answer_does_not_overwrite_a_newer_one(door: Door, build: Build) -> None:
    answers = [door.now() + HOUR, door.now() + MOMENT]
    slow = asyncio.Event()

    async def next_due() -> datetime | None:
        answer = answers.pop(0)
        if answers:
            await slow.wait()
        return answer

    clock = Clock(door.now, door.knock, next_due)
    clock.start()
    arming = [asyncio.create_task(clock.arm()) for _ in range(2)]
    asyncio.get_running_loop().call_soon(slow.set)
    await asyncio.gather(*arming)
    await door.is_knocked_at()
    await clock.stop()


async def test_it_sweeps_without_being_armed(door: Door, build: Build) -> None:
    build(sweep_every=MOMENT)
    await door.is_knocked_at()
    await door.is_knocked_at()
    assert door.threads == {threading.get_ident()}


async def test_a_question_that_fails_leaves_the_armed_wake_in_place(door: Door, build: Build) -> None:
    answers: list[datetime] = [door.now() + MOMENT]

    async def next_due() -> datetime | None:
        if not answers:
            raise ConnectionError("the database is away")
        return answers.pop()

    clock = Clock(door.now, door.knock, next_due)
    clock.start()
    await clock.arm()
    with pytest.raises(ConnectionError):
        await clock.arm()
    await door.is_knocked_at()
    await clock.stop()


async def test_the_time_is_the_one_it_is_given(door: Door, build: Build) -> None:
    clock = build()
    door.due = door.now() + timedelta(days=10)
    await clock.arm()
    assert door.knocks == 0
    door.ahead = timedelta(days=10) - MOMENT
    await clock.arm()
    assert door.knocks == 0
    await door.is_knocked_at()
    door.ahead += HOUR
    await clock.arm()
    assert door.knocks == 2


async def test_a_moment_in_another_zone_or_another_age_is_no_trouble(door: Door, build: Build) -> None:
    clock = build()
    door.due = datetime.max.replace(tzinfo=UTC)
    await clock.arm()
    assert door.knocks == 0
    assert timedelta(0) < FARTHEST_WAKE < timedelta(days=2)


async def test_a_moment_that_came_while_everything_stood_still_is_knocked_for_once(door: Door, build: Build) -> None:
    clock = build(sweep_every=MOMENT)
    door.due = door.now() + MOMENT
    await clock.arm()
    stand_still(STALL)
    assert door.knocks == 0
    await door.is_knocked_at()
    assert door.knocks <= 2  # one wake, and one sweep for all those that were missed


async def test_a_wake_outlives_everything_standing_still(door: Door, build: Build) -> None:
    clock = build()
    door.due = door.now() + MOMENT
    await clock.arm()
    stand_still(STALL)
    await door.is_knocked_at()
    assert door.knocks == 1


async def test_a_clock_on_the_wall_that_is_put_back_loses_no_moment(door: Door, build: Build) -> None:
    clock = build()
    door.due = door.now() + MOMENT
    await clock.arm()
    door.ahead -= HOUR
    await door.is_knocked_at()  # too early by the new time: whoever looks finds nothing, and arms
    await clock.arm()
    assert door.knocks == 1
    door.ahead += HOUR - MOMENT
    await clock.arm()
    await door.is_knocked_at()
    assert door.now() >= door.due
    assert door.knocks == 2


@pytest.mark.parametrize(
    "wall", [datetime(2027, 3, 28, 3), datetime(2027, 10, 31, 2, 30), datetime(2027, 10, 31, 2, 30, fold=1)]
)
async def test_in_a_night_in_which_clocks_are_changed_a_moment_comes_once_and_in_time(
    door: Door, build: Build, wall: datetime
) -> None:
    clock = build()
    door.due = wall.replace(tzinfo=ZoneInfo("Europe/Madrid"))
    door.ahead = door.due.astimezone(UTC) - MOMENT - datetime.now(UTC)
    await clock.arm()
    assert door.knocks == 0
    await door.is_knocked_at()
    assert door.now() >= door.due
    door.ahead += HOUR
    door.due = None
    await clock.arm()
    assert door.knocks == 1


async def test_after_stopping_nothing_knocks(door: Door, build: Build) -> None:
    clock = build(sweep_every=MOMENT)
    door.due = door.now() + MOMENT
    await clock.arm()
    await clock.stop()
    await clock.stop()
    await clock.arm()
    witness = build()
    door.due = door.now() + 3 * MOMENT
    await witness.arm()
    await door.is_knocked_at()
    assert door.now() >= door.due
    assert door.knocks == 1


async def test_it_can_be_started_again_and_twice(door: Door, build: Build) -> None:
    clock = build()
    await clock.stop()
    clock.start()
    clock.start()
    door.due = door.now() + MOMENT
    await clock.arm()
    await door.is_knocked_at()
    assert door.knocks == 1

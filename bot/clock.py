"""Knocks when something is due; never knows why. The only door to APScheduler.

What is due is a row (`bot/acts/due.py`). The clock only knows the next moment and wakes whoever then looks: one job
at that moment, one every minute in case a moment was missed (a machine that slept, a wall clock that was put right).
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from apscheduler.jobstores.base import JobLookupError
from apscheduler.schedulers.asyncio import AsyncIOScheduler

SWEEP_EVERY = timedelta(seconds=60)
FARTHEST_WAKE = timedelta(hours=1)  # a knock too many is harmless; a moment in the year 9999 overflows
_WAKE = "wake"
_SWEEP = "sweep"


class Clock:
    """Calls `knock` when `next_due` comes, by the time `now` tells, and every `sweep_every` besides.

    `knock` runs in the event loop and must be quick: it sets an asyncio.Event. Whoever hears it looks for what is due
    and then calls `arm`; what couldn't be carried out must be due later by then, or `arm` knocks again at once.
    All moments know their zone. If `now` is moved by hand (a rehearsal, a test), call `arm` after moving it.
    """

    def __init__(
        self,
        now: Callable[[], datetime],
        knock: Callable[[], None],
        next_due: Callable[[], Awaitable[datetime | None]],
        *,
        sweep_every: timedelta = SWEEP_EVERY,
    ) -> None:
        self._now = now
        self._knock = knock
        self._next_due = next_due
        self._sweep_every = sweep_every
        self._arming = asyncio.Lock()
        self._scheduler: AsyncIOScheduler | None = None

    def start(self) -> None:
        """Begin to sweep; call in the running loop, then `arm`. Starting twice does nothing."""
        if self._scheduler is not None:
            return
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,
            event_loop=asyncio.get_running_loop(),
            job_defaults={
                "misfire_grace_time": None,  # APScheduler's own one second lost a job after a stall of 1.6
                "coalesce": True,
                "max_instances": 1000,  # with one, a job armed anew while it ran was lost
            },
        )
        seconds = self._sweep_every.total_seconds()
        self._scheduler.add_job(self._ring, "interval", seconds=seconds, id=_SWEEP, replace_existing=True)
        self._scheduler.start()

    async def stop(self) -> None:
        """No knock comes after this. Stopping twice, or before starting, does nothing."""
        scheduler, self._scheduler = self._scheduler, None
        if scheduler is None:
            return
        scheduler.shutdown(wait=False)
        # APScheduler shuts down in the loop's next turn, not in this one.
        while scheduler.running:
            await asyncio.sleep(0)

    async def arm(self) -> None:
        """Ask for the next due moment and wake then; knock at once if it has come. Before `start` it does nothing.

        Call after each commit that may have made something due sooner. Raises what `next_due` raises; the wake that
        was armed before then stays, and so does the sweep.
        """
        # One after the other: an older answer must not overwrite a newer one.
        async with self._arming:
            due = await self._next_due()
            if self._scheduler is not None:
                self._wake_at(self._scheduler, due)

    def _wake_at(self, scheduler: AsyncIOScheduler, due: datetime | None) -> None:
        wait = None if due is None else due - self._now()
        if wait is not None and wait > timedelta(0):
            moment = datetime.now(UTC) + min(wait, FARTHEST_WAKE)
            scheduler.add_job(self._ring, "date", run_date=moment, id=_WAKE, replace_existing=True)
            return
        with suppress(JobLookupError):
            scheduler.remove_job(_WAKE)
        if wait is not None:
            self._knock()

    async def _ring(self) -> None:
        # A coroutine on purpose: APScheduler runs plain functions in a thread, where no asyncio.Event may be set.
        if self._scheduler is not None:
            self._knock()

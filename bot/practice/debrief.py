"""Care after something a group did, planned by when to meet and by nothing else: hot at once, cold days later (P5)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import ClassVar

from bot.practice.refusals import Refusal
from bot.practice.rhythm import Occurrence, moment_of
from bot.practice.timetable import Coming, Timetable

SOONEST_COLD, USUAL_COLD, LATEST_COLD = 7, 10, 21  # days after the hot one (D2.1)
WRITTEN_TO = timedelta(days=28)  # after the hot one (D2.1)
SAID_BEFORE_DELETION = timedelta(hours=1)  # that its thread goes (D2.7)


class Debrief(StrEnum):
    """Which of the two sittings a session is."""

    HOT = "hot"
    COLD = "cold"


HOT_PROMPTS = ("hot.body", "hot.now", "hot.helped", "hot.tonight")  # needs first, and nothing to solve
COLD_PROMPTS = ("cold.since", "cold.still", "cold.conscience", "cold.carried", "cold.next")
ROUNDS = {Debrief.HOT: 2, Debrief.COLD: 5}
MINUTES = {Debrief.HOT: 1, Debrief.COLD: 2}  # a turn


def rounds_of(sitting: Debrief, prompts: list[str]) -> list[list[str]]:
    """These prompts, in order, over the rounds of a sitting: two of a hot one, at least two and five of a cold one.

    Where there are more prompts than rounds, the earlier rounds carry one more.
    """
    rounds = max(2, min(ROUNDS[sitting], len(prompts)))
    each, more = divmod(len(prompts), rounds)
    ends = [each * number + min(number, more) for number in range(rounds + 1)]
    return [prompts[start:end] for start, end in pairwise(ends)]


@dataclass(eq=False)
class DebriefPlan(Timetable):
    """When a circle meets after something it did; of that itself nothing is kept, so it has a number and no name.

    `hot` is the wall time of the first sitting in the circle's zone, the cold one `days` later at the same hour;
    `following` the one that comes next. `holder_id` planned it, and holds it. `told`, `moment`, `said` and the line as
    in a schedule.
    """

    id: str
    token: str
    circle_id: str
    number: int
    hot: datetime
    holder_id: str | None
    days: int = USUAL_COLD
    following: Debrief | None = Debrief.HOT
    told: Coming | None = None
    moment: str | None = None
    said: str | None = None
    line_id: int | None = None
    line_channel_id: int | None = None
    version: int = 0

    brings: ClassVar = (Coming.DAY_BEFORE, Coming.OPENING)

    @property
    def over(self) -> bool:
        """Whether nothing comes any more."""
        return self.following is None

    def at(self, sitting: Debrief, zone: str) -> Occurrence:
        """When a sitting is, or was to be."""
        return moment_of(self.hot + timedelta(days=self.days if sitting is Debrief.COLD else 0), zone)

    def coming(self, zone: str) -> Occurrence | None:
        """The sitting that comes next; None when both are over."""
        return self.at(self.following, zone) if self.following else None

    def move_cold(self, days: int, zone: str, now: datetime) -> None:
        """Let the cold one be so many days after the hot one (7 to 21).

        Raises Refusal when it is over, out of that range, or that moment is past.
        """
        if self.following is None:
            raise Refusal("debrief.cold_is_over")
        if not SOONEST_COLD <= days <= LATEST_COLD:
            raise Refusal("debrief.days_range", fewest=SOONEST_COLD, most=LATEST_COLD)
        if moment_of(self.hot + timedelta(days=days), zone).at <= now:
            raise Refusal("debrief.cold_past")
        self.days = days
        if self.following is Debrief.COLD:
            self.told = None

    def meet(self, sitting: Debrief) -> None:
        """This sitting opens now, by hand or by time; a hot one that was never held is passed over."""
        self.following = Debrief.COLD if sitting is Debrief.HOT else None
        self.told = None

    def _go_on(self) -> None:
        assert self.following is not None
        self.meet(self.following)

"""What a circle has planned (P2): two reminders at most of each session, then the session itself."""

from dataclasses import dataclass
from datetime import datetime

from bot.practice.rhythm import Every, Occurrence, occurrence
from bot.practice.timetable import Coming, Timetable


@dataclass(eq=False)
class Schedule(Timetable):
    """When a circle meets: the first wall time in its zone, and how often from then on.

    `number` is that of the occurrence that comes next, `told` the last reminder of it that is over. `moment` and
    `said` are the waiting rows of what comes next and of what was last said to all of it; `line_id` is the message
    (Discord's id) that says so, in the channel `line_channel_id`.
    """

    circle_id: str
    token: str
    first: datetime
    every: Every
    number: int = 0
    told: Coming | None = None
    moment: str | None = None
    said: str | None = None
    line_id: int | None = None
    line_channel_id: int | None = None
    version: int = 0

    @property
    def over(self) -> bool:
        """Whether nothing comes any more."""
        return self.every is Every.ONCE and self.number > 0

    def coming(self, zone: str) -> Occurrence | None:
        """The occurrence that comes next; None when it is over."""
        return None if self.over else occurrence(self.first, self.every, zone, self.number)

    def plan_anew(self, first: datetime, every: Every, token: str) -> None:
        """Another first time and rhythm in place of these."""
        self.first, self.every, self.token = first, every, token
        self.number, self.told = 0, None

    def _go_on(self) -> None:
        self.number, self.told = self.number + 1, None

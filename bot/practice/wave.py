"""One asking of the relational check-in: due, opened by a facilitator, closed by time (P7)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.practice.checkin import FEWEST, items
from bot.practice.circle import one_line
from bot.practice.refusals import Refusal

LASTS = timedelta(hours=72)
REMINDED_AFTER = timedelta(hours=48)
NEXT_ASKED_AFTER = timedelta(days=3)
LONGEST_THING = 200


class Phase(StrEnum):
    """How far a wave has come. `VOID`: its key or its answers were gone, so it ended without a result."""

    DUE = "due"
    OPEN = "open"
    CLOSED = "closed"
    TOLD = "told"
    VOID = "void"


@dataclass(eq=False)
class Wave:
    """One asking. `held`: after how many held sessions it fell due; `number` counts those that opened.

    `threshold` is fixed when it opens. `line_id` is the message that says for now that it is due, or reminds;
    `message_id` the one with **Answer**. `bands_id`: what it came to, sealed. `for_all`: any
    member may open it, as nobody who facilitates did. `closes_at`: once it is
    closed, when it did, and None once the circle of a void one was told. The result is told at `tells_at`, by the
    waiting row `moment`. Times are in UTC.
    """

    id: str
    token: str
    circle_id: str
    held: int
    number: int = 0
    threshold: int = FEWEST
    phase: Phase = Phase.DUE
    opened_at: datetime | None = None
    closes_at: datetime | None = None
    line_id: int | None = None
    message_id: int | None = None
    bands_id: str | None = None
    for_all: bool = False
    tells_at: datetime | None = None
    moment: str | None = None
    version: int = 0

    @property
    def items(self) -> tuple[str, ...]:
        """What it asks, in order."""
        return items(self.held)

    def item_after(self, item: str) -> str | None:
        """The next question; None after the last. Raises Refusal when it doesn't ask this one."""
        if item not in self.items:
            raise Refusal("rc.gone")
        place = self.items.index(item) + 1
        return self.items[place] if place < len(self.items) else None

    def open(self, number: int, threshold: int, now: datetime, others: "Iterable[Wave]") -> None:
        """Open it for 72 hours. Raises Refusal when it was opened before, or another one of the circle is open."""
        if self.phase is not Phase.DUE:
            raise Refusal("rc.opened_already" if self.phase is Phase.OPEN else "rc.over")
        if any(other.phase is Phase.OPEN for other in others):
            raise Refusal("rc.another_is_open")
        self.phase, self.number, self.threshold = Phase.OPEN, number, threshold
        self.opened_at, self.closes_at = now, now + LASTS

    def expect_open(self, now: datetime) -> None:
        """Say no when it isn't open yet, or its time is over, also when nobody has carried out its closing yet."""
        if self.phase is Phase.DUE:
            raise Refusal("rc.not_open_yet")
        if self.phase is Phase.VOID:
            raise Refusal("rc.void")
        if self.phase is not Phase.OPEN or (self.closes_at and now >= self.closes_at):
            raise Refusal("rc.over")

    def expect_told(self) -> None:
        """Say no as long as the circle hasn't read what it came to; also when it never will."""
        if self.phase is Phase.VOID:
            raise Refusal("rc.void")
        if self.phase is not Phase.TOLD:
            raise Refusal("rc.not_told_yet")

    def expect_asked(self, checks_in_from: int | None) -> None:
        """Say no to somebody who isn't asked this time: not opted in, or only since it opened."""
        if checks_in_from is None:
            raise Refusal("rc.not_in")
        if checks_in_from > self.number:
            raise Refusal("rc.from_the_next")

    def counts(self, checks_in_from: int | None) -> bool:
        """Whether somebody who opted in from that wave on is counted in this one."""
        return checks_in_from is not None and checks_in_from <= self.number


def clean_thing(given: str) -> str:
    """What we'll do differently, in one line. Raises Refusal when it is empty or longer than 200 characters."""
    thing = one_line(given)
    if not 0 < len(thing) <= LONGEST_THING:
        raise Refusal("rc.thing_length", most=LONGEST_THING)
    return thing

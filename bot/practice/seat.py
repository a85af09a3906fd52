"""Who came in to a session, and where the session stands."""

from dataclasses import dataclass
from enum import StrEnum

from bot.practice.travel import Travel

MOST = 12
SEATS_KEPT = 12  # held sessions


class State(StrEnum):
    """Where a session stands."""

    GATHERING = "gathering"
    TOGETHER = "together"
    IN_ROUND = "in_round"
    CLOSED = "closed"


@dataclass(eq=False)
class Seat:
    """A person who came in. Listeners have no place in the order; they may hold. `out` is who stepped out of it."""

    person_id: str
    listening: bool
    place: int | None = None
    out: bool = False
    pauses: int = 0
    travel: Travel = Travel.STAYS

    def close(self) -> None:
        """Keep that this person was here, and where they sat; what they did that evening goes (promise 12)."""
        self.out, self.pauses, self.travel = False, 0, Travel.STAYS

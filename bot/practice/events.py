"""What has happened: returned by the rules, told by the acts."""

from dataclasses import dataclass
from enum import StrEnum

from bot.practice.travel import Travel


class Lead(StrEnum):
    """How the piece came on: the first line of what the circle reads then. It names one person, or nobody."""

    THANKS = "thanks"
    BACK_LATER = "back_later"
    NOT_FINISHED = "not_finished"
    GOES_ON = "goes_on"
    NOTHING = "nothing"


@dataclass(frozen=True)
class CameIn:
    """Somebody new has taken a seat."""

    person: str


@dataclass(frozen=True)
class OrderChanged:
    """Who is in the order, who holds the session or who guards it isn't as it was."""


@dataclass(frozen=True)
class SessionBegan:
    """The order is drawn and the first round is open."""


@dataclass(frozen=True)
class SatTogether:
    """Two sit together, without rounds."""


@dataclass(frozen=True)
class PiecePassed:
    """The talking piece has come to `speaker`. `before` is the person the lead names."""

    speaker: str
    before: str | None
    opens_round: bool
    lead: Lead = Lead.NOTHING


@dataclass(frozen=True)
class RoundAsked:
    """Everybody has had their turn; whoever would like another can have it now (D1.3)."""

    before: str | None
    lead: Lead = Lead.NOTHING


@dataclass(frozen=True)
class SlowRoundOpened:
    """A round of days is open: any order, any time (D1.6)."""


@dataclass(frozen=True)
class HalfwayThrough:
    """Half the time of a slow round has gone by."""


@dataclass(frozen=True)
class Paused:
    """Somebody asked for a pause (D1.7); who it was is told to nobody."""


@dataclass(frozen=True)
class StillWith:
    """The piece has been with `speaker` for twice the usual time (D1.4)."""

    speaker: str


@dataclass(frozen=True)
class HolderAwaited:
    """The session has waited for its holder; somebody else may hold it now (P9)."""

    holder: str


@dataclass(frozen=True)
class HoldTaken:
    """Somebody present holds the session now; `former` can take it back until the next turn."""

    holder: str
    former: str


@dataclass(frozen=True)
class HoldTakenBack:
    """The former holder holds the session again."""

    holder: str


@dataclass(frozen=True)
class ShareTagged:
    """Somebody said how far what they share may travel (P3); `changed` when they had said otherwise before."""

    person: str
    travel: Travel
    changed: bool


@dataclass(frozen=True)
class SessionClosed:
    """The session is over. `held` is true when its check-out round was completed (P7 counts only those).

    `guardian` guarded it, and is offered the next one (D1.9).
    """

    before: str | None
    held: bool
    guardian: str | None = None


@dataclass(frozen=True)
class ThreadGoesSoon:
    """The thread of a closed debrief is deleted soon; its people are told while they can still copy their words."""


@dataclass(frozen=True)
class ThreadGoes:
    """The thread of a closed debrief is deleted now."""


Event = (
    CameIn
    | OrderChanged
    | SessionBegan
    | SatTogether
    | PiecePassed
    | RoundAsked
    | SlowRoundOpened
    | HalfwayThrough
    | Paused
    | StillWith
    | HolderAwaited
    | HoldTaken
    | HoldTakenBack
    | ShareTagged
    | SessionClosed
    | ThreadGoesSoon
    | ThreadGoes
)

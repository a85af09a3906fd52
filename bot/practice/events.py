"""What has happened: returned by the rules, told by the acts."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SessionBegan:
    """The holder has begun: the order is drawn and the first round is open."""


@dataclass(frozen=True)
class PiecePassed:
    """The talking piece has come to `speaker`; `before` had it until now and is thanked (nobody, if a round begins)."""

    speaker: str
    before: str | None
    opens_round: bool


@dataclass(frozen=True)
class SessionClosed:
    """The session is over. `held` is true when its check-out round was completed (P7 counts only those)."""

    before: str | None
    held: bool


Event = SessionBegan | PiecePassed | SessionClosed

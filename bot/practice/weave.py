"""How far the circle rests on many: two figures about the circle, none about a person (P10, D5.1, D5.7).

Everything here takes what the whole circle did and gives back one figure of the whole circle. It stays the same when
everybody changes names with somebody else.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

HOLDERS_OF = 10  # held sessions
FEWEST_HELD = 4
TIED_AFTER = 3  # sessions together; who has been in fewer is new here
FEWEST_REGULARS = 3
LOOK_BACK = 6  # sessions that each point of the chart rests on: as many for each, so that they can be compared

Pair = frozenset[str]


@dataclass(frozen=True)
class Gathered:
    """A session that was held: its number, who was present, and who held it (None: somebody who isn't counted)."""

    number: int
    holder: str | None
    present: frozenset[str]


@dataclass(frozen=True)
class Point:
    """The circle as it was up to the session with this number: how many hold it (None: too early), and its ties."""

    number: int
    holders: float | None
    ties: int


class Band(StrEnum):
    """About how many hold the circle. A band, because the figure behind it isn't more exact than that."""

    ONE = "one"
    TWO = "two"
    MANY = "many"


def effective_holders(held: Sequence[Gathered]) -> float | None:
    """How many people it would be if all who hold did so equally often: 1 / the sum of the squared shares.

    Of the last ten sessions held, oldest first; None if fewer than four are counted.
    """
    counts = Counter(session.holder for session in held[-HOLDERS_OF:] if session.holder)
    if counts.total() < FEWEST_HELD:
        return None
    return float(counts.total() ** 2 / sum(count**2 for count in counts.values()))


def band(holders: float) -> Band:
    """The band in which that many holders are: under one and a half, under two and a half, or more."""
    return Band.ONE if holders < 1.5 else Band.TWO if holders < 2.5 else Band.MANY


def ties(held: Sequence[Gathered]) -> int:
    """How many pairs have been together in at least three of these sessions."""
    return len(_tied(held))


def one_away(held: Sequence[Gathered]) -> int | None:
    """The fewest ties anyone would keep if any one person were away.

    Who has been in fewer than three of these sessions is new and left out; None while fewer than three are left.
    """
    regulars = {person for person, times in _times_present(held).items() if times >= TIED_AFTER}
    if len(regulars) < FEWEST_REGULARS:
        return None
    tied = _tied(held)
    return min(
        sum(frozenset({stays, other}) in tied for other in regulars - {away, stays})
        for away in regulars
        for stays in regulars - {away}
    )


def over_time(held: Sequence[Gathered]) -> list[Point]:
    """Both figures, session by session, each of the six sessions up to then; nothing while there are fewer."""
    windows = [held[end - LOOK_BACK : end] for end in range(LOOK_BACK, len(held) + 1)]
    return [Point(window[-1].number, effective_holders(window), ties(window)) for window in windows]


def _times_present(held: Sequence[Gathered]) -> Counter[str]:
    return Counter(person for session in held for person in session.present)


def _tied(held: Sequence[Gathered]) -> set[Pair]:
    together = Counter(frozenset(pair) for session in held for pair in combinations(sorted(session.present), 2))
    return {pair for pair, times in together.items() if times >= TIED_AFTER}

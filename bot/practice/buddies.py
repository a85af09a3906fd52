"""Two who look after each other for a while: who is drawn with whom, and when both have said yes (D5.5, P10)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache

from bot.practice.order import Pair as SideBySide
from bot.practice.order import Shuffle
from bot.practice.refusals import Refusal

DRAWN_AFTER = timedelta(hours=24)  # since the first who asked
DRAWN_SOON = timedelta(minutes=15)  # at the end of a debrief, so that nobody is alone tonight (D2.1)
ANSWERED_WITHIN = timedelta(days=3)
NUDGED_AFTER = timedelta(hours=24), timedelta(hours=72)  # since both said yes; then no record
MOST_AT_ONCE = 12  # people among whom the best pairs are found exactly

Drawn = tuple[str, str]


class Wish(StrEnum):
    """What keeps somebody in the draw: they asked; were left over, and may still choose; or wait for the next one."""

    PAIR = "pair"
    LEFT = "left"
    WAIT = "wait"


@dataclass(eq=False)
class Partner:
    """One of a pair, and whether they have said yes to it."""

    person_id: str
    yes: bool = False


@dataclass(eq=False)
class Pair:
    """Two who were drawn, or three; asked each alone. `met_at`: since when everybody has said yes.

    `joins`: the pair that somebody would come to as a third; empty while no pair was asked, None if it is one of two.
    Nobody who said no stands anywhere: they are taken out, and the others' question goes on until its time is over.
    """

    token: str
    circle_id: str
    partners: list[Partner] = field(default_factory=list)
    joins: str | None = None
    met_at: datetime | None = None
    version: int = 0

    @property
    def people(self) -> list[str]:
        """Their random ids."""
        return [partner.person_id for partner in self.partners]

    @property
    def unanswered(self) -> list[str]:
        """Those who haven't said yes yet."""
        return [partner.person_id for partner in self.partners if not partner.yes]

    def others(self, person_id: str) -> list[str]:
        """Everybody in it but this person."""
        return [person for person in self.people if person != person_id]

    def say_yes(self, person_id: str, now: datetime, *, apart: bool = False) -> bool:
        """Say yes to it; True when it was the last yes it needed. Raises Refusal when one was said already.

        It is never met once somebody was taken out of it, or if two of it never would (`apart`).
        """
        partner = self.expect_unanswered(person_id)
        partner.yes = True
        whole = len(self.partners) == (2 if self.joins is None else 3)
        self.met_at = now if whole and not self.unanswered and not apart else None
        return self.met_at is not None

    def take_out(self, person_id: str) -> None:
        """Somebody isn't in it any more."""
        self.partners[:] = [partner for partner in self.partners if partner.person_id != person_id]

    def expect_unanswered(self, person_id: str) -> Partner:
        """The place of somebody who was asked. Raises Refusal when they weren't, or have said yes already."""
        partner = next((one for one in self.partners if one.person_id == person_id), None)
        if partner is None:
            raise Refusal("buddy.gone")
        if partner.yes:
            raise Refusal("buddy.answered_already")
        return partner


def draw(
    people: list[str], never: set[SideBySide], sat: Counter[SideBySide], shuffle: Shuffle
) -> tuple[list[Drawn], list[str]]:
    """The pairs among these people, and who is left over.

    Nobody is paired with whom they (or the other) never would: `never`. As few as possible are left over; of all such
    draws one with the fewest pairs who `sat` side by side, then the least often and recently; chance decides the rest.
    Exact among twelve; more are first put into groups of twelve by chance.
    """
    people = people.copy()
    shuffle(people)
    groups = [people[start : start + MOST_AT_ONCE] for start in range(0, len(people), MOST_AT_ONCE)]
    pairs: list[Drawn] = []
    left: list[str] = []
    for group in groups:
        drawn = _best(group, never, sat)
        pairs += drawn
        left += [person for person in group if all(person not in pair for pair in drawn)]
    if len(groups) > 1 and len(left) < len(people):
        more, left = draw(left, never, sat, shuffle)
        pairs += more
    return pairs, left


Cost = tuple[int, int, int]  # left over, pairs who sat side by side, how often and recently


def cost(pairs: Iterable[Drawn], size: int, sat: Counter[SideBySide]) -> Cost:
    """What a draw among `size` people costs: the less, the better."""
    weights = [sat[frozenset(pair)] for pair in pairs]
    return size - 2 * len(weights), sum(weight > 0 for weight in weights), sum(weights)


def _best(people: list[str], never: set[SideBySide], sat: Counter[SideBySide]) -> list[Drawn]:
    """Of all ways to make pairs of these people, one that costs least."""

    @cache
    def of(rest: tuple[str, ...]) -> tuple[Cost, tuple[Drawn, ...]]:
        if not rest:
            return (0, 0, 0), ()
        one, others = rest[0], rest[1:]
        ways = [of(others)[1]]
        for place, other in enumerate(others):
            if frozenset({one, other}) not in never:
                ways.append(((one, other), *of(others[:place] + others[place + 1 :])[1]))
        return min(((cost(way, len(rest), sat), way) for way in ways), key=lambda found: found[0])

    return list(of(tuple(people))[1])

"""Pausing a member: it takes two, and never the person concerned (P2, P9)."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from bot.practice.circle import Membership
from bot.practice.refusals import Refusal

LASTS = timedelta(days=7)


class Way(StrEnum):
    """Whom the first can ask for the second yes."""

    FACILITATORS = "facilitators"
    CARE = "care"


@dataclass(frozen=True)
class Question:
    """Shall this person be paused? `first` said so and asks; the first answer of those `asked` ends it."""

    first: str
    membership_id: str
    asked: list[str]

    def expect_asked(self, by: str) -> None:
        """Say no to everybody else in the same words as when there is no question: it isn't theirs to know of."""
        if by == self.first or by not in self.asked:
            raise Refusal("pausing.gone")


@dataclass(eq=False)
class KeptPause:
    """Somebody left a circle while paused; they come back as they went, also through an open door."""

    circle_id: str
    person_id: str


def who_can_second(people: list[str], first: str, concerned: str) -> list[str]:
    """Those of these people who can be asked: never the first again, never the person concerned."""
    return [person for person in people if person not in {first, concerned}]


def expect_pausable(membership: Membership, first: str) -> None:
    """Say no to pausing oneself, or somebody who is paused already."""
    if membership.person_id == first:
        raise Refusal("pausing.oneself")
    if membership.paused:
        raise Refusal("pausing.already")

"""Roles are offered and taken, never given (promise 3)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.practice.refusals import Refusal


class Role(StrEnum):
    """What somebody can be asked to be."""

    CARE_CONTACT = "care_contact"
    FACILITATOR = "facilitator"


@dataclass(eq=False)
class Offer:
    """A question to one person: would you take this on? It has no effect until that person says yes.

    It ends with their answer; that somebody said no is kept nowhere. `to_all`: every member was asked, because nobody
    facilitates any more; then it ends also with somebody else's yes.
    """

    token: str
    server_id: int
    person_id: str
    role: Role
    asked_at: datetime
    circle_id: str | None = None
    to_all: bool = False
    version: int = 0

    def expect_asked(self, by: str | None) -> None:
        """Say no when it was put to somebody else."""
        if by != self.person_id:
            raise Refusal("offer.not_for_you")

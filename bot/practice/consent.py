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
    """A question to one person: would you take this on? It has no effect until that person says yes."""

    token: str
    server_id: int
    person_id: str
    role: Role
    asked_at: datetime
    circle_id: str | None = None
    accepted: bool | None = None
    version: int = 0

    def answer(self, by: str, yes: bool) -> None:
        """Take it or not. Raises Refusal when it was put to somebody else, or is answered."""
        if by != self.person_id:
            raise Refusal("offer.not_for_you")
        if self.accepted is not None:
            raise Refusal("offer.answered")
        self.accepted = yes

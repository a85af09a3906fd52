"""Who comes in, and who decides it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.practice.refusals import Refusal


class Door(StrEnum):
    """How a circle takes new members; `ask` unless its facilitators choose otherwise."""

    OPEN = "open"
    ASK = "ask"
    CLOSED = "closed"


class Answer(StrEnum):
    """Where a request stands."""

    WAITING = "waiting"
    LET_IN = "let_in"
    NOT_NOW = "not_now"


@dataclass(eq=False)
class Request:
    """Somebody asked to join. The first facilitator's answer ends it."""

    token: str
    circle_id: str
    person_id: str
    asked_at: datetime
    answer: Answer = Answer.WAITING
    version: int = 0

    def decide(self, answer: Answer) -> None:
        """Answer the request. Raises Refusal when somebody else was first."""
        if self.answer is not Answer.WAITING:
            raise Refusal("door.answered_already")
        self.answer = answer

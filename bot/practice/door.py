"""Who comes in, and who decides it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Door(StrEnum):
    """How a circle takes new members; `ask` unless its facilitators choose otherwise."""

    OPEN = "open"
    ASK = "ask"
    CLOSED = "closed"


class Answer(StrEnum):
    """What a facilitator can answer a request."""

    LET_IN = "let_in"
    NOT_NOW = "not_now"


@dataclass(eq=False)
class Request:
    """Somebody asked to join, and nobody has answered yet. The first facilitator's answer ends it.

    `came_at`: when they came into the server, as Discord said with their asking.
    """

    token: str
    circle_id: str
    person_id: str
    asked_at: datetime
    came_at: datetime | None = None
    version: int = 0

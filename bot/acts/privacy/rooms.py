"""The rooms in which something of a person is kept. What isn't in this list is neither exported nor forgotten."""

from typing import Any, Protocol

from bot.acts.privacy import (
    of_agreements,
    of_check_ins,
    of_circles,
    of_debriefs,
    of_people,
    of_relationship,
    of_ruptures,
    of_sessions,
    of_time,
)
from bot.store.rows import Person
from bot.store.unit import Unit

Kept = dict[str, list[dict[str, Any]]]  # by section: rows of what is kept, in values that JSON has, and moments


class Room(Protocol):
    """A part of what is kept."""

    async def kept_of(self, unit: Unit, person: Person) -> Kept:
        """What this room keeps of the person, and of nobody else: no other person's words, names or ids.

        Nothing that tells of what somebody else entrusted about them (D3.3).
        """

    async def let_go(self, unit: Unit, person: Person) -> None:
        """Let go of all of it. The person's key is gone already; done twice it changes nothing more.

        What others still need is put right first: circles are handed over, sessions go on.
        """


ROOMS: tuple[Room, ...] = (
    of_ruptures, of_check_ins, of_relationship, of_circles, of_agreements, of_time, of_debriefs, of_sessions,
    of_people,
)  # fmt: skip

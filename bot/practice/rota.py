"""Who holds next: those who would like to, least recent first (P9); and what one may want to think of first (D5.3)."""

from enum import StrEnum

IN_A_ROW, OF_THE_LAST, CIRCLES = 3, 6, 2
ASKING_FOR_ANOTHER = 2  # members, without a reason (D3.9)


class Limit(StrEnum):
    """What holding the next one would go beyond. A suggestion to that person alone, never a lock (D5.3)."""

    IN_A_ROW = "in_a_row"
    HALF = "half"
    CIRCLES = "circles"


def in_turn(people: list[str], held: list[str]) -> list[str]:
    """The `people` in the order in which it is their turn, given who `held` the sessions so far, oldest first.

    Whoever never held comes first; among several of them, the one named first.
    """
    last = {person: number for number, person in enumerate(held)}
    return sorted(people, key=lambda person: last.get(person, -1))


def share(person: str, held: list[str]) -> tuple[int, int]:
    """How many of the last six sessions, at most, this person held, and of how many; for that person alone (D5.2)."""
    last = held[-OF_THE_LAST:]
    return last.count(person), len(last)


def limits(person: str, held: list[str], other_circles: int) -> list[Limit]:
    """What holding the next one would go beyond, given who `held` the circle's sessions, oldest first (D5.3).

    `other_circles`: how many other circles this person holds at the moment.
    """
    beyond = []
    if held[-IN_A_ROW:] == [person] * IN_A_ROW:
        beyond.append(Limit.IN_A_ROW)
    if 2 * (held[-(OF_THE_LAST - 1) :].count(person) + 1) > OF_THE_LAST:
        beyond.append(Limit.HALF)
    if other_circles >= CIRCLES:
        beyond.append(Limit.CIRCLES)
    return beyond

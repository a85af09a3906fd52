"""Who holds next: those who would like to, least recent first (P9)."""


def in_turn(people: list[str], held: list[str]) -> list[str]:
    """The `people` in the order in which it is their turn, given who `held` the sessions so far, oldest first.

    Whoever never held comes first; among several of them, the one named first.
    """
    last = {person: number for number, person in enumerate(held)}
    return sorted(people, key=lambda person: last.get(person, -1))

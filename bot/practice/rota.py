"""Who holds next: those who would like to, least recent first (P9)."""


def next_holder(willing: list[str], held: list[str]) -> str | None:
    """Who of the `willing` holds next, given who `held` the sessions so far, oldest first.

    Whoever never held comes first; among several of them, the one named first. None when nobody is willing.
    """
    last = {person: number for number, person in enumerate(held)}
    return min(willing, key=lambda person: last.get(person, -1), default=None)

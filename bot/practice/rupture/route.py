"""Whom a flag may reach, in which order and when; drawn once, by fair chance (D3.3)."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from bot.practice.refusals import Refusal
from bot.practice.rupture.words import Lane, Look, Soon

BACKUP_AFTER, LAST_AFTER = 48, 72  # hours (D3.4)

Shuffle = Callable[[list[str]], None]


@dataclass(frozen=True)
class Reach:
    """One person it may reach, so many hours after it was sent. `outside`: a care contact, outside the circle."""

    person: str
    hours: int
    outside: bool


@dataclass(frozen=True)
class Route:
    """Whom it reaches in any case, and whom only if the person who writes it wants facilitators too."""

    reaches: list[Reach]
    if_ticked: list[Reach] = field(default_factory=list)

    def people(self, *, ticked: bool) -> list[Reach]:
        """All it may reach, soonest first."""
        return sorted([*self.reaches, *(self.if_ticked if ticked else [])], key=lambda reach: reach.hours)


def draw_route(
    lane: Lane,
    look: Look,
    soon: Soon,
    *,
    facilitators: Collection[str],
    contacts: Collection[str],
    flagger: str,
    excluded: Collection[str],
    shuffle: Shuffle,
) -> Route:
    """Draw whom a flag may reach: evenly, never by what anybody has to carry already.

    `facilitators` act as such in the circle now; `contacts` accepted and aren't members of it. Of a flag about
    somebody who facilitates, no facilitator hears unless one of them was named as who must not. Raises Refusal when
    nobody is left: then nothing is kept.
    """
    kept_from = {flagger, *excluded}
    eligible = sorted(set(facilitators) - kept_from)
    outside = sorted(set(contacts) - kept_from)
    shuffle(eligible)
    shuffle(outside)
    if look is Look.FACILITATES and not set(facilitators) & set(excluded):
        eligible = []
    backup = BACKUP_AFTER // 2 if soon is Soon.TODAY else BACKUP_AFTER
    first, then = (eligible, outside) if lane is Lane.FRICTION else (outside, eligible)
    theirs = _in_turn(first, backup, outside=lane is Lane.HARM)
    others = _in_turn(then, backup, outside=lane is Lane.FRICTION)
    after = [Reach(others[0].person, LAST_AFTER, others[0].outside)] if theirs and others else others
    if not theirs and not others:
        raise Refusal("rupture.nobody")
    return Route([*theirs, *after]) if lane is Lane.FRICTION else Route(theirs, after)


def _in_turn(people: list[str], backup: int, *, outside: bool) -> list[Reach]:
    return [Reach(person, hours, outside) for person, hours in zip(people, (0, backup), strict=False)]

"""The relational check-in: when it is due, what it asks, and what a circle may know of the answers (P7, D4.1-D4.7).

Nothing here knows who answered. That nobody can be certain of another's friction is proven in `test_checkin.py`.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.practice.refusals import Refusal

CORE = ("remembered", "rushed", "leave")
VITALITY = ("known", "mend", "deeper", "motions", "spread", "told")
FEWEST, MOST = 5, 12
SEVERAL_FROM = 2
TOLD_AT = time(10)
REST_BEFORE_TELLING = timedelta(hours=6)

Draw = Callable[[int], int]


class Tap(StrEnum):
    """What somebody tapped. `SKIP`, rather not say, is no answer, and the same as not having tapped at all."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    SKIP = "skip"


class Band(StrEnum):
    """What is shown of an item: that several of us share it, or that nothing is shared. Never a number (D4.3)."""

    SEVERAL = "several"
    QUIET = "quiet"


EASY = {item: Tap.NO if item in {"rushed", "leave", "motions", "told"} else Tap.YES for item in CORE + VITALITY}


def is_due(held: int) -> bool:
    """Whether a check-in is due after this many held sessions: 3, 8, and every 10 after (D4.2)."""
    return held == 3 or (held >= 8 and held % 10 == 8)


def items(held: int) -> tuple[str, ...]:
    """What is asked after this many held sessions: three questions, from the eighth session on nine (D4.2)."""
    return CORE if held < 8 else CORE + VITALITY


def is_friction(item: str, tap: Tap) -> bool:
    """Whether this is anything but the easy answer (D4.3). Rather not say is no answer, so it never is."""
    return tap not in {EASY[item], Tap.SKIP}


def expect_threshold(given: int, now: int, members: int) -> None:
    """Say no to a threshold that is lower than the one a circle has `now`, or than five, or above twelve, or that the
    circle with so many `members` could never reach."""
    if given < max(now, FEWEST):
        raise Refusal("rc.only_upwards", now=now)
    if given > MOST:
        raise Refusal("rc.too_high", most=MOST)
    if given > max(members, now):
        raise Refusal("rc.more_than_members")


def bands(taps: Mapping[str, Sequence[Tap]], threshold: int, draw: Draw) -> dict[str, Band] | None:
    """What the circle is told of each item; None when no item has enough answers to tell anything.

    An item with fewer than `threshold` answers looks like one about which nothing is shared. `draw(n)` is a whole
    number from 0 to n - 1, by chance, that nobody can foresee.
    """
    found = {item: _band([is_friction(item, tap) for tap in said if tap is not Tap.SKIP], threshold, draw)
             for item, said in taps.items()}  # fmt: skip
    if not any(found.values()):
        return None
    return {item: band or Band.QUIET for item, band in found.items()}


def told_at(closed: datetime, zone: str) -> datetime:
    """When the circle is told (UTC): at ten in the morning of its zone, six hours after closing at the earliest."""
    here = ZoneInfo(zone)
    earliest = closed + REST_BEFORE_TELLING
    day = earliest.astimezone(here).date()
    ten = datetime.combine(day, TOLD_AT, here)
    if ten.timestamp() < earliest.timestamp():
        ten = datetime.combine(day + timedelta(days=1), TOLD_AT, here)
    return ten.astimezone(closed.tzinfo)


def _band(friction: list[bool], threshold: int, draw: Draw) -> Band | None:
    """One answer, drawn by chance, is left out before they are looked at: so no band makes anybody certain."""
    if len(friction) < threshold:
        return None
    left_out = draw(len(friction))
    kept = friction[:left_out] + friction[left_out + 1 :]
    return Band.SEVERAL if sum(kept) >= SEVERAL_FROM else Band.QUIET

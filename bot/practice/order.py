"""Who sits beside whom: an order drawn by chance that seats new neighbours (D1.2, D5.4, P10).

An order is taken as a ring: the last sits beside the first. All that is looked at is who sat side by side in the
earlier sessions of this circle; nothing about a person comes out of it but a place in the order (D5.7).
"""

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import combinations, pairwise, takewhile

Order = list[str]
Pair = frozenset[str]
Shuffle = Callable[[list[str]], None]


def seat(people: Order, first: str | None, before: list[Order], shuffle: Shuffle) -> Order:
    """The order in which these people (two or more) speak; `first`, one of them, in front; if None, chance decides.

    `before` has the orders of earlier sessions, oldest first. While the same n people come, everybody sits beside
    everybody within any n // 2 sessions, and fewer can't be enough. When others come, the ring is mixed anew.
    `shuffle` puts a list into an order drawn by chance, and is the only chance there is.
    """
    sat = who_sat_side_by_side(before)
    unchanged = list(takewhile(lambda order: set(order) == set(people), reversed(before)))[::-1]
    following = _rings_that_follow(unchanged)
    if following:
        ring = min(_by_chance(following, shuffle), key=lambda ring: _familiar(ring, sat))
    else:
        ring = _mixed(people, sat, shuffle)
    return _by_chance([order for order in _readings(ring) if first in (None, order[0])], shuffle)[0]


def who_sat_side_by_side(before: list[Order]) -> Counter[Pair]:
    """Each pair of neighbours there was, weighing more the more often and the more recently they sat together."""
    sat: Counter[Pair] = Counter()
    for recency, order in enumerate(before, start=1):
        for pair in _neighbours(order):
            sat[pair] += recency
    return sat


def _rings_that_follow(unchanged: list[Order]) -> list[Order]:
    """What can come next in a plan that begins with these rings of the same people; nothing if there are none yet.

    As many of the last ones as possible are taken for its beginning, whoever stands first in them and in whichever
    direction they are read. One alone always begins a plan.
    """
    plan = _plan(len(unchanged[-1])) if unchanged else []
    for length in range(min(len(unchanged), len(plan) - 1), 0, -1):
        last = [_neighbours(ring) for ring in unchanged[-length:]]
        seated = (_with_people(plan[: length + 1], order) for order in _readings(unchanged[-length]))
        following = [rings[-1] for rings in seated if [_neighbours(ring) for ring in rings[:-1]] == last]
        if following:
            return following
    return []


def _plan(size: int) -> list[list[int]]:
    """Rings of places in which everybody sits beside everybody, as few as there can be: Walecki's, of 1892.

    Places stand in a circle, which a ring crosses in a zigzag; the next ring is the same zigzag turned by one place.
    When their number is odd, one stays in the middle. The ring after the last is the first again.
    """
    middle = [size - 1] if size % 2 else []
    around = size - len(middle)
    zigzag = [(step + 1) // 2 if step % 2 else -step // 2 for step in range(around)]  # 0, 1, -1, 2, -2 ...
    return [middle + [(turned + place) % around for place in zigzag] for turned in range(size // 2)]


def _with_people(planned: list[list[int]], order: Order) -> list[Order]:
    """The planned rings, with people in their places so that the first of them is this order."""
    who = dict(zip(planned[0], order, strict=True))
    return [[who[place] for place in ring] for ring in planned]


def _readings(ring: Order) -> Iterator[Order]:
    """The orders that are this same ring: read from anybody, in either direction."""
    for way in (ring, ring[::-1]):
        for start in range(len(way)):
            yield way[start:] + way[:start]


def _mixed(people: Order, sat: Counter[Pair], shuffle: Shuffle) -> Order:
    """A ring drawn by chance, then changed a little as long as that makes its neighbours newer to each other."""
    ring = people.copy()
    shuffle(ring)
    better: Order | None = ring
    while better:
        ring, familiar = better, _familiar(better, sat)
        better = next((other for other in _small_changes(ring) if _familiar(other, sat) < familiar), None)
    return ring


def _small_changes(ring: Order) -> Iterator[Order]:
    """The ring with one stretch of it read backwards, or with one person sitting elsewhere."""
    for start, end in combinations(range(len(ring) + 1), 2):
        yield ring[:start] + ring[start:end][::-1] + ring[end:]
    for place, person in enumerate(ring):
        others = ring[:place] + ring[place + 1 :]
        for elsewhere in range(len(others)):
            yield [*others[:elsewhere], person, *others[elsewhere:]]


def _familiar(ring: Order, sat: Counter[Pair]) -> tuple[int, int]:
    """How many neighbours in this ring sat side by side before; then how often and how recently."""
    weights = [sat[pair] for pair in _neighbours(ring)]
    return sum(weight > 0 for weight in weights), sum(weights)


def _neighbours(ring: Order) -> set[Pair]:
    return {frozenset(pair) for pair in pairwise([*ring, *ring[:1]])}


def _by_chance(orders: list[Order], shuffle: Shuffle) -> list[Order]:
    lots = [str(number) for number in range(len(orders))]
    shuffle(lots)
    return [orders[int(lot)] for lot in lots]

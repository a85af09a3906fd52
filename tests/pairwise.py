"""Few cases in which any two choices meet: faults mostly come of one circumstance, or of two together."""

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations, product

Choice = tuple[str, object]
Row = dict[str, object]


def pairs_of(row: Mapping[str, object]) -> set[tuple[Choice, Choice]]:
    """Every two choices that meet in this case."""
    return {*combinations(row.items(), 2)}


def pairwise(factors: Mapping[str, Sequence[object]], *, can_be: Callable[[Row], bool] = lambda row: True) -> list[Row]:
    """Cases in which any two choices meet that can meet at all; always the same ones for the same factors.

    `factors`: what can be chosen, by name. `can_be`: whether such a case exists.
    """
    rows = [row for chosen in product(*factors.values()) if can_be(row := dict(zip(factors, chosen, strict=True)))]
    left = dict.fromkeys(pair for row in rows for pair in combinations(row.items(), 2))
    cases: list[Row] = []
    while left:
        (one, value), (other, its_value) = next(iter(left))
        with_both = (row for row in rows if row[one] == value and row[other] == its_value)
        case = max(with_both, key=lambda row: sum(pair in left for pair in combinations(row.items(), 2)))
        for pair in pairs_of(case):
            left.pop(pair, None)
        cases.append(case)
    return cases

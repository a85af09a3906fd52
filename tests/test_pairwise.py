"""Any two choices meet in one of the cases, and no case is one that can't be."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from tests.pairwise import Row, pairs_of, pairwise

FACTORS = st.lists(st.integers(1, 4), min_size=2, max_size=4).map(
    lambda sizes: {f"factor {number}": tuple(range(size)) for number, size in enumerate(sizes)}
)


@given(factors=FACTORS, never=st.integers(0, 6))
def test_any_two_choices_that_can_meet_do_in_few_cases_that_can_be(
    factors: dict[str, tuple[int, ...]], never: int
) -> None:
    def can_be(row: Row) -> bool:
        return sum(int(str(chosen)) for chosen in row.values()) != never

    every = [dict(zip(factors, chosen, strict=True)) for chosen in product(*factors.values())]
    possible = [row for row in every if can_be(dict(row))]
    cases = pairwise(factors, can_be=can_be)
    assert {pair for case in cases for pair in pairs_of(case)} == {pair for row in possible for pair in pairs_of(row)}
    assert all(case in possible for case in cases)
    assert len(cases) <= len(possible)
    assert cases == pairwise(factors, can_be=can_be)


def test_of_many_factors_few_cases_are_left() -> None:
    factors = dict.fromkeys("abcdefgh", (1, 2, 3))
    assert len(pairwise(factors)) <= 20  # of 6561

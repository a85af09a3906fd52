"""Who is drawn with whom, compared with every way there is; and a pair that needs both yeses."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.practice.buddies import MOST_AT_ONCE, Pair, Partner, cost, draw
from bot.practice.refusals import Refusal

CHANCE = st.randoms(use_true_random=False)
NOW = datetime(2026, 11, 24, tzinfo=UTC)


def somebodies(count: int) -> list[str]:
    return [f"person {number}" for number in range(count)]


def some_pairs(people: list[str], chance: Random, share: float) -> set[frozenset[str]]:
    return {frozenset(pair) for pair in combinations(people, 2) if chance.random() < share}


def every_way(people: list[str]) -> Iterator[list[tuple[str, str]]]:
    """All ways to make pairs of some of these people."""
    if not people:
        yield []
        return
    one, *others = people
    yield from every_way(others)
    for other in others:
        for rest in every_way([person for person in others if person != other]):
            yield [(one, other), *rest]


@settings(max_examples=60)
@given(CHANCE, st.integers(0, 7), st.floats(0, 1))
def test_no_other_draw_would_be_better(chance: Random, count: int, share: float) -> None:
    people = somebodies(count)
    never = some_pairs(people, chance, share)
    sat = Counter({pair: chance.randint(1, 9) for pair in some_pairs(people, chance, 0.5)})
    pairs, left = draw(people, never, sat, chance.shuffle)
    assert sorted([person for pair in pairs for person in pair] + left) == people
    allowed = [way for way in every_way(people) if not any(frozenset(pair) in never for pair in way)]
    assert cost(pairs, count, sat) == min(cost(way, count, sat) for way in allowed)
    assert not any(frozenset(pair) in never for pair in pairs)


@settings(max_examples=10)
@given(CHANCE, st.integers(MOST_AT_ONCE - 1, 3 * MOST_AT_ONCE))
def test_of_many_at_most_one_is_left_over(chance: Random, count: int) -> None:
    people = somebodies(count)
    pairs, left = draw(people, set(), Counter(), chance.shuffle)
    assert len(left) == count % 2
    assert sorted([person for pair in pairs for person in pair] + left) == sorted(people)


@given(CHANCE)
def test_of_many_who_would_never_nobody_is_paired(chance: Random) -> None:
    people = somebodies(2 * MOST_AT_ONCE)
    pairs, left = draw(people, some_pairs(people, chance, 2), Counter(), chance.shuffle)
    assert (pairs, sorted(left)) == ([], sorted(people))


def test_those_who_never_sat_side_by_side_come_first() -> None:
    sat = Counter({frozenset("ab"): 1, frozenset("cd"): 1, frozenset("ac"): 1, frozenset("bd"): 1})
    pairs, _ = draw(list("abcd"), set(), sat, Random(1).shuffle)
    assert {frozenset(pair) for pair in pairs} == {frozenset("ad"), frozenset("bc")}


def test_chance_decides_who_is_left_over() -> None:
    left = {draw(list("abc"), set(), Counter(), Random(seed).shuffle)[1][0] for seed in range(40)}
    assert left == set("abc")


def test_it_takes_every_yes() -> None:
    pair = Pair("token", "circle", [Partner("ana"), Partner("ben")])
    assert pair.say_yes("ben", NOW) is False
    assert (pair.unanswered, pair.others("ana"), pair.met_at) == (["ana"], ["ben"], None)
    with pytest.raises(Refusal, match="answered_already"):
        pair.say_yes("ben", NOW)
    with pytest.raises(Refusal, match="gone"):
        pair.say_yes("cem", NOW)
    assert pair.say_yes("ana", NOW) is True
    assert pair.met_at == NOW

"""Who sits beside whom."""

from itertools import pairwise
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bench.neighbours import by_chance, of_trellis, on_average
from bot.practice.order import seat
from bot.practice.seat import MOST, SEATS_KEPT
from bot.practice.session import FEWEST_FOR_ROUNDS

SIZES = range(FEWEST_FOR_ROUNDS, MOST + 1)
EVERYBODY = [f"person {number}" for number in range(MOST + 2)]
CHANCE = st.randoms(use_true_random=False)


def pairs_in(*orders: list[str]) -> set[frozenset[str]]:
    return {frozenset(pair) for order in orders for pair in pairwise([*order, order[0]])}


def somebodies(chance: Random, fewest: int = 2) -> list[str]:
    """Whoever happens to come, in the order of their coming."""
    return chance.sample(EVERYBODY, chance.randint(fewest, MOST))


def read_by_somebody(ring: list[str], chance: Random) -> list[str]:
    """The same ring, read from anybody in either direction: as another holder's session would have stored it."""
    start = chance.randrange(len(ring))
    return (ring[start:] + ring[:start])[:: chance.choice((1, -1))]


@given(CHANCE, st.booleans())
def test_everybody_who_came_has_one_place_and_the_first_is_first(chance: Random, holder_speaks: bool) -> None:
    people = somebodies(chance)
    before = [somebodies(chance) for _ in range(chance.randint(0, SEATS_KEPT))]
    before += [by_chance(people, before, chance) for _ in range(chance.randint(0, 4))]
    given_people, given_before = people.copy(), [order.copy() for order in before]
    first = chance.choice(people) if holder_speaks else None
    order = seat(people, first, before, chance.shuffle)
    assert sorted(order) == sorted(people)
    assert first in (None, order[0])
    assert (people, before) == (given_people, given_before)


@pytest.mark.parametrize("size", SIZES)
@settings(max_examples=12)
@given(CHANCE)
def test_while_the_same_people_come_everybody_soon_sits_beside_everybody_again_and_again(
    size: int, chance: Random
) -> None:
    people = chance.sample(EVERYBODY, size)
    others = [order for order in (somebodies(chance) for _ in range(5)) if set(order) != set(people)]
    same = [by_chance(people, [], chance) for _ in range(chance.randint(1, 4))]
    before = chance.choice(([], others)) + same
    soon = size // 2
    held = [same[-1]]
    while len(held) < 3 * soon + 2:
        first = chance.choice([None, *people])
        held.append(seat(chance.sample(people, size), first, before[-SEATS_KEPT:], chance.shuffle))
        before.append(read_by_somebody(held[-1], chance))
    for start in range(len(held) - soon + 1):
        assert len(pairs_in(*held[start : start + soon])) == size * (size - 1) // 2


@given(CHANCE)
def test_when_others_come_no_more_old_neighbours_meet_than_chance_alone_would_seat(chance: Random) -> None:
    people = somebodies(chance)
    before = [somebodies(chance) for _ in range(chance.randint(1, SEATS_KEPT))]
    assume(set(before[-1]) != set(people))
    seed = chance.random()
    drawn = people.copy()
    Random(seed).shuffle(drawn)
    seated = seat(people, None, before, Random(seed).shuffle)
    sat = pairs_in(*before)
    assert len(pairs_in(seated) & sat) <= len(pairs_in(drawn) & sat)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize(
    ("before", "seated"),
    [
        (["abcde"], "acbd"),  # one old pair, and three that are new
        (["acxbdy", "abx", "abx", "abx"], "abcd"),  # one pair that is very used to each other, rather than two others
        (["abcde", "acebd"], "abcd"),  # all are old: one pair sat together the last time
        (["abcde", "abcde", "abcde", "acebd"], "acbd"),  # three pairs sat together once, and not three times
    ],
)
def test_new_neighbours_come_before_those_of_long_ago_and_these_before_the_usual_ones(
    before: list[str], seated: str, seed: int
) -> None:
    order = seat(list("abcd"), None, [list(ring) for ring in before], Random(seed).shuffle)
    assert pairs_in(order) == pairs_in(list(seated))


@pytest.mark.parametrize("seed", range(12))
def test_of_the_rings_that_can_follow_one_with_the_newest_neighbours_is_taken(seed: int) -> None:
    before = [list("acex"), list("abcdef")]
    order = seat(list("abcdef"), "a", before, Random(seed).shuffle)
    assert len(pairs_in(order) & pairs_in(*before)) == 1  # each ring that can follow has one of the last or more


def test_without_a_past_every_order_can_be_drawn() -> None:
    drawn = {tuple(seat(list("abcd"), None, [], Random(seed).shuffle)) for seed in range(400)}
    assert len(drawn) == 24


@pytest.mark.parametrize(("before", "second"), [([], "abde"), (["abcde"], "ae"), (["abcde", "abcd"], "ae")])
def test_nobody_knows_who_will_be_second(before: list[str], second: str) -> None:
    past = [list(order) for order in before]
    assert {seat(list("abcde"), "c", past, Random(seed).shuffle)[1] for seed in range(60)} == set(second)


def test_when_the_holder_listens_anybody_can_be_first() -> None:
    people = list("abcdefg")
    before: list[list[str]] = []
    for _ in range(3):
        drawn = [seat(people, None, before, Random(seed).shuffle) for seed in range(60)]
        assert {order[0] for order in drawn} == set(people)
        before.append(drawn[0])


@pytest.mark.parametrize("comes", [0.5, 0.75, 0.9])
@pytest.mark.parametrize("size", [4, 5, 8, 12])
def test_with_whoever_happens_to_come_all_have_met_no_later_than_by_chance(size: int, comes: float) -> None:
    runs = 600 // size
    assert on_average(size, comes, of_trellis, runs) <= on_average(size, comes, by_chance, runs)

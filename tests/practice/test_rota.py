"""Who holds next."""

from hypothesis import given
from hypothesis import strategies as st

from bot.practice.rota import Limit, in_turn, limits, share

PEOPLE = st.lists(st.sampled_from("abcdefg"), unique=True)
HELD = st.lists(st.sampled_from("abcdefg"))


def test_nobody_holds_who_does_not_want_to() -> None:
    assert in_turn([], ["a", "b"]) == []


def test_whoever_never_held_comes_first_and_then_whoever_held_longest_ago() -> None:
    assert in_turn(["a", "b", "c"], ["a", "b"]) == ["c", "a", "b"]
    assert in_turn(["a", "b"], ["b", "a", "b"]) == ["a", "b"]
    assert in_turn(["c", "d"], ["a"]) == ["c", "d"]


@given(PEOPLE, HELD)
def test_nobody_is_left_out_and_of_two_whoever_held_longer_ago_comes_first(willing: list[str], held: list[str]) -> None:
    order = in_turn(willing, held)
    assert sorted(order) == sorted(willing)
    since = [held[::-1].index(person) if person in held else len(held) for person in order]
    assert since == sorted(since, reverse=True)


@given(PEOPLE.filter(bool), HELD)
def test_when_each_holds_in_turn_everybody_comes_before_anybody_again(willing: list[str], held: list[str]) -> None:
    for _ in willing:
        held = [*held, in_turn(willing, held)[0]]
    assert sorted(held[-len(willing) :]) == sorted(willing)


def test_what_one_held_lately_is_of_the_last_six() -> None:
    assert share("a", []) == (0, 0)
    assert share("a", ["a", "a", "b", "a", "c", "b", "b"]) == (2, 6)


def test_limits_are_named_only_when_the_next_one_would_go_beyond_them() -> None:
    assert limits("a", [], 0) == []
    assert limits("a", ["a", "a"], 1) == []
    assert limits("a", ["b", "c", "a", "a", "a"], 0) == [Limit.IN_A_ROW, Limit.HALF]
    assert limits("a", ["a", "a", "a", "b"], 0) == [Limit.HALF]
    assert limits("a", ["a", "a", "a", "b", "c", "d"], 2) == [Limit.CIRCLES]


@given(PEOPLE.filter(bool), HELD)
def test_of_two_or_more_who_hold_in_turn_nobody_goes_beyond_a_limit(willing: list[str], held: list[str]) -> None:
    if len(willing) > 1:
        for _ in range(7):
            held = [*held, in_turn(willing, held)[0]]
        assert limits(in_turn(willing, held)[0], held, 0) == []

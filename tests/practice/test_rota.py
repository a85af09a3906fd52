"""Who holds next."""

from hypothesis import given
from hypothesis import strategies as st

from bot.practice.rota import next_holder

PEOPLE = st.lists(st.sampled_from("abcdefg"), unique=True)
HELD = st.lists(st.sampled_from("abcdefg"))


def test_nobody_holds_who_does_not_want_to() -> None:
    assert next_holder([], ["a", "b"]) is None


def test_whoever_never_held_comes_first_and_then_whoever_held_longest_ago() -> None:
    assert next_holder(["a", "b", "c"], ["a", "b"]) == "c"
    assert next_holder(["a", "b"], ["b", "a", "b"]) == "a"
    assert next_holder(["c", "d"], ["a"]) == "c"


@given(PEOPLE, HELD)
def test_it_is_one_of_the_willing_and_none_of_them_held_longer_ago(willing: list[str], held: list[str]) -> None:
    chosen = next_holder(willing, held)
    assert (chosen in willing) if willing else chosen is None
    since = held[len(held) - held[::-1].index(chosen) :] if chosen in held else []
    if chosen in held:
        assert set(willing) - {chosen} <= set(since)


@given(PEOPLE.filter(bool), HELD)
def test_when_each_holds_in_turn_everybody_comes_before_anybody_again(willing: list[str], held: list[str]) -> None:
    for _ in willing:
        held = [*held, str(next_holder(willing, held))]
    assert sorted(held[-len(willing) :]) == sorted(willing)

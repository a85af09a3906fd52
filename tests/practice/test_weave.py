"""Two figures about the circle: what they are on small circles, and that nobody's name matters."""

import dataclasses
import inspect
from random import Random
from typing import get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.practice import weave
from bot.practice.weave import Band, Gathered, band, effective_holders, one_away, over_time, ties

PEOPLE = [f"person {number}" for number in range(12)]
SESSIONS = st.lists(
    st.tuples(st.sampled_from([*PEOPLE, None]), st.frozensets(st.sampled_from(PEOPLE), max_size=12)), max_size=12
)


def sessions(*held: tuple[str | None, frozenset[str]]) -> list[Gathered]:
    return [Gathered(number, holder, present) for number, (holder, present) in enumerate(held, start=1)]


def held_by(*times: int) -> list[Gathered]:
    """Sessions of which each of some people held so many."""
    return sessions(*((PEOPLE[who], frozenset()) for who, count in enumerate(times) for _ in range(count)))


def together(*groups: str, times: int = 3) -> list[Gathered]:
    """Sessions in which these groups, a letter for a person, have sat together so often."""
    return sessions(*((None, frozenset(group)) for group in groups for _ in range(times)))


@pytest.mark.parametrize(
    ("times", "holders", "about"),
    [
        ([8], 1.00, Band.ONE),
        ([6, 1, 1], 1.68, Band.TWO),
        ([4, 4], 2.00, Band.TWO),
        ([3, 3, 2], 2.91, Band.MANY),
        ([2, 2, 2, 2], 4.00, Band.MANY),
    ],
)
def test_how_many_hold_it_is_a_number_of_people_who_would_do_so_equally(
    times: list[int], holders: float, about: Band
) -> None:
    found = effective_holders(held_by(*times))
    assert found is not None
    assert round(found, 2) == holders
    assert band(found) is about


def test_the_bands_begin_at_one_and_a_half_and_two_and_a_half() -> None:
    assert [band(holders) for holders in (1.0, 1.49, 1.5, 2.49, 2.5, 9.0)] == [
        Band.ONE, Band.ONE, Band.TWO, Band.TWO, Band.MANY, Band.MANY,
    ]  # fmt: skip


def test_four_held_sessions_are_needed_and_the_last_ten_are_looked_at() -> None:
    assert effective_holders(held_by(3)) is None
    assert effective_holders([*held_by(3), Gathered(4, None, frozenset())]) is None
    assert effective_holders(held_by(4)) == 1
    assert effective_holders(held_by(2, 10)) == 1


@pytest.mark.parametrize(
    ("held", "kept"),
    [
        (together("ha", "hb", "hc", "hd"), 0),  # everybody knows one person
        (together("abcde"), 3),
        (together("abcd", "cdef"), 2),
        (together("ab", "bc", "cd", "da"), 1),
        (together("abc"), 1),
    ],
)
def test_one_away(held: list[Gathered], kept: int) -> None:
    before = set(ties_by_hand(held))
    assert ties(held) == len(before)
    assert one_away(held) == kept


def ties_by_hand(held: list[Gathered]) -> list[tuple[str, str]]:
    people = sorted({person for session in held for person in session.present})
    return [
        (one, other)
        for one in people
        for other in people
        if one < other and sum({one, other} <= session.present for session in held) >= 3
    ]


def test_two_evenings_together_are_no_tie_and_the_new_are_left_out() -> None:
    assert ties(together("abcde", times=2)) == 0
    assert one_away(together("abcde", times=2)) is None
    assert one_away([*together("abcde"), *together("abcdefg", times=2)]) == 3
    assert one_away(together("ab")) is None


def test_where_nothing_changes_the_lines_over_time_are_level() -> None:
    points = over_time(sessions(*[("a", frozenset("abcd"))] * 12))
    assert [point.number for point in points] == list(range(6, 13))
    assert {(point.holders, point.ties) for point in points} == {(1.0, 6)}
    assert over_time(together("abcd", times=5)) == []


@settings(max_examples=60)
@given(SESSIONS, st.randoms(use_true_random=False))
def test_nobodys_name_matters(given_sessions: list[tuple[str | None, frozenset[str]]], chance: Random) -> None:
    others = dict(zip(PEOPLE, chance.sample([f"somebody {number}" for number in range(40)], 12), strict=True))
    held = sessions(*given_sessions)
    renamed = [
        Gathered(one.number, others[one.holder] if one.holder else None, frozenset(others[who] for who in one.present))
        for one in held
    ]
    assert effective_holders(renamed) == effective_holders(held)
    assert ties(renamed) == ties(held) == len(ties_by_hand(held))
    assert one_away(renamed) == one_away(held)
    assert over_time(renamed) == over_time(held)


@settings(max_examples=60)
@given(SESSIONS)
def test_one_away_is_what_one_finds_by_taking_each_person_away(
    given_sessions: list[tuple[str | None, frozenset[str]]],
) -> None:
    held = sessions(*given_sessions)
    regulars = [person for person in PEOPLE if sum(person in session.present for session in held) >= 3]
    tied = [set(pair) for pair in ties_by_hand(held)]
    kept = [
        sum(stays in pair and away not in pair for pair in tied)
        for away in regulars
        for stays in regulars
        if away != stays
    ]
    assert one_away(held) == (min(kept) if len(regulars) >= 3 else None)


@given(st.lists(st.integers(1, 12), min_size=1, max_size=6).filter(lambda times: 4 <= sum(times) <= 10))
def test_it_lies_between_one_and_the_number_of_those_who_held(times: list[int]) -> None:
    found = effective_holders(held_by(*times))
    assert found is not None
    assert 1 <= found <= len(times) + 1e-9


def test_no_function_takes_or_gives_the_figure_of_a_person() -> None:
    """Public functions take sessions or a figure, and give a figure of the circle; its points name nobody."""
    ours = [one for _, one in inspect.getmembers(weave, inspect.isfunction) if one.__module__ == weave.__name__]
    public = [one for one in ours if not one.__name__.startswith("_")]
    assert len(public) == 5
    for function in public:
        hints = get_type_hints(function)
        assert hints.pop("return") in (float | None, int | None, int, Band, list[weave.Point]), function
        assert set(map(str, hints.values())) <= {str(get_type_hints(ties)["held"]), str(float)}, function
    assert {field.name for field in dataclasses.fields(weave.Point)} == {"number", "holders", "ties"}

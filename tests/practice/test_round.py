"""One prompt goes round once."""

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.practice.refusals import Refusal
from bot.practice.round import Kind, Round, Turn


def a_round(*people: str) -> Round:
    return Round(0, Kind.OPENING, "prompt", [Turn(f"token of {who}", who, place) for place, who in enumerate(people)])


def test_the_piece_goes_from_place_to_place_and_then_rests() -> None:
    round_ = a_round("ana", "ben", "cem")
    round_.turns.reverse()  # rows come back in any order
    assert round_.order == ["ana", "ben", "cem"]
    for person in round_.order:
        assert round_.turn is not None
        assert round_.turn.person_id == person
        assert round_.pass_piece(f"token of {person}", person).person_id == person
    assert round_.turn is None


def test_a_late_press_ends_nobody_elses_turn() -> None:
    round_ = a_round("ana", "ben")
    round_.pass_piece("token of ana", "ana")
    for presser in ("ana", "ben"):
        with pytest.raises(Refusal) as no:
            round_.pass_piece("token of ana", presser)
        assert no.value.code == "round.turn_is_over"
    assert round_.turn is round_.turns[1]


def test_a_press_before_ones_turn_changes_nothing() -> None:
    round_ = a_round("ana", "ben")
    with pytest.raises(Refusal) as no:
        round_.pass_piece("token of ben", "ben")
    assert no.value.code == "round.turn_is_over"
    assert not any(turn.over for turn in round_.turns)


def test_the_wrong_person_is_told_whose_turn_it_is() -> None:
    round_ = a_round("ana", "ben")
    with pytest.raises(Refusal) as no:
        round_.pass_piece("token of ana", "ben")
    assert (no.value.code, no.value.slots) == ("round.not_your_turn", {"speaker": "ana"})
    assert not round_.turns[0].over


def test_nothing_is_kept_that_could_tell_a_pass_from_a_spoken_turn() -> None:
    assert {field.name for field in fields(Turn)} == {"token", "person_id", "place", "over", "later", "again"}
    assert {field.name for field in fields(Round)} == {"number", "kind", "prompt", "turns", "last"}


@given(st.integers(1, 12), st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=60))
def test_only_the_right_person_with_the_right_token_moves_the_piece(
    people: int, presses: list[tuple[int, int]]
) -> None:
    names = [str(number) for number in range(people)]
    round_ = a_round(*names)
    moved = 0
    for token, by in presses:
        if token == by == moved < people:
            round_.pass_piece(f"token of {token}", str(by))
            moved += 1
        else:
            with pytest.raises(Refusal):
                round_.pass_piece(f"token of {token}", str(by))
        assert [turn.over for turn in round_.turns] == [place < moved for place in range(people)]

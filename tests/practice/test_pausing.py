"""Pausing takes two, and never the person concerned."""

from datetime import UTC, datetime

import pytest

from bot.practice.circle import Membership
from bot.practice.pausing import Question, expect_pausable, who_can_second
from bot.practice.refusals import Refusal

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def member(person: str, *, facilitates: bool = False, paused: bool = False) -> Membership:
    return Membership(f"m-{person}", "garden", person, NOON, facilitates, paused)


def test_neither_the_first_nor_the_person_concerned_is_asked() -> None:
    assert who_can_second(["ana", "ben", "cem"], "ana", "ben") == ["cem"]
    assert who_can_second(["ana", "ben"], "ana", "ben") == []


@pytest.mark.parametrize("by", ["ana", "ben", "dua", ""])
def test_only_who_was_asked_can_answer(by: str) -> None:
    question = Question("ana", "m-ben", ["cem", "ana"])
    question.expect_asked("cem")
    with pytest.raises(Refusal, match=r"^pausing.gone$"):
        question.expect_asked(by)


def test_nobody_pauses_themselves_or_twice() -> None:
    expect_pausable(member("ben"), "ana")
    with pytest.raises(Refusal, match=r"^pausing.oneself$"):
        expect_pausable(member("ana"), "ana")
    with pytest.raises(Refusal, match=r"^pausing.already$"):
        expect_pausable(member("ben", paused=True), "ana")


def test_who_is_paused_does_not_act_as_a_facilitator() -> None:
    member("ana", facilitates=True).expect_facilitator()
    for code, one in (
        ("circle.paused", member("a", facilitates=True, paused=True)),
        ("circle.facilitators_only", member("b")),
    ):
        assert not one.acts_as_facilitator
        with pytest.raises(Refusal, match=rf"^{code}$"):
            one.expect_facilitator()

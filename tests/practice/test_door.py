"""Who comes in, and who decides it."""

from dataclasses import fields

from bot.practice.circle import Circle
from bot.practice.door import Answer, Door, Request

from .gathering import NOON


def test_a_circle_asks_until_its_facilitators_choose_otherwise() -> None:
    assert Circle("id", "token", 1, 2, "name", b"hash", NOON).door is Door.ASK


def test_a_request_keeps_no_answer_and_no_reason() -> None:
    assert {field.name for field in fields(Request)} == {
        "token",
        "circle_id",
        "person_id",
        "asked_at",
        "came_at",
        "version",
    }


def test_there_is_no_answer_that_shuts_somebody_out_for_good() -> None:
    assert list(Answer) == ["let_in", "not_now"]

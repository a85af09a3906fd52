"""Roles are offered and taken, never given."""

from dataclasses import fields

import pytest

from bot.practice.consent import Offer, Role
from bot.practice.refusals import Refusal

from .gathering import NOON


def an_offer() -> Offer:
    return Offer("token", 1, "ana", Role.CARE_CONTACT, NOON)


def test_an_offer_is_for_its_own_person() -> None:
    an_offer().expect_asked("ana")


@pytest.mark.parametrize("by", ["ben", "", None])
def test_nobody_answers_for_another(by: str | None) -> None:
    with pytest.raises(Refusal) as no:
        an_offer().expect_asked(by)
    assert no.value.code == "offer.not_for_you"


def test_that_somebody_said_no_is_kept_nowhere() -> None:
    kept = {"token", "server_id", "person_id", "role", "asked_at", "circle_id", "to_all", "version"}
    assert {field.name for field in fields(Offer)} == kept

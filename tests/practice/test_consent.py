"""Roles are offered and taken, never given."""

from datetime import UTC, datetime

import pytest

from bot.practice.consent import Offer, Role
from bot.practice.refusals import Refusal


def an_offer() -> Offer:
    return Offer("token", 1, "ana", Role.CARE_CONTACT, datetime(2026, 11, 23, tzinfo=UTC))


@pytest.mark.parametrize("yes", [True, False])
def test_an_offer_has_no_effect_until_its_person_answers(yes: bool) -> None:
    offer = an_offer()
    assert offer.accepted is None
    offer.answer("ana", yes)
    assert offer.accepted is yes


@pytest.mark.parametrize("yes", [True, False])
def test_nobody_answers_for_another(yes: bool) -> None:
    offer = an_offer()
    with pytest.raises(Refusal) as no:
        offer.answer("ben", yes)
    assert no.value.code == "offer.not_for_you"
    assert offer.accepted is None


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("second", [True, False])
def test_the_first_answer_stands(first: bool, second: bool) -> None:
    offer = an_offer()
    offer.answer("ana", first)
    with pytest.raises(Refusal) as no:
        offer.answer("ana", second)
    assert no.value.code == "offer.answered"
    assert offer.accepted is first

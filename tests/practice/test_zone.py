"""Time zones as people write them."""

from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.practice.refusals import Refusal
from bot.practice.zone import MOST_SUGGESTED, named_zone


@pytest.mark.parametrize("given", ["Europe/Madrid", "europe/madrid", "  EUROPE/MADRID "])
def test_a_zone_is_known_however_it_is_written(given: str) -> None:
    assert named_zone(given) == "Europe/Madrid"
    assert named_zone("America/New York") == "America/New_York"


@pytest.mark.parametrize(
    ("given", "near"),
    [
        ("Europe/Madird", "Europe/Madrid"),
        ("tokio", "Asia/Tokyo"),
        ("Buenos Aires", "America/Argentina/Buenos_Aires"),
    ],
)
def test_the_nearest_names_are_suggested(given: str, near: str) -> None:
    with pytest.raises(Refusal, match=r"^settings.unknown_zone$") as no:
        named_zone(given)
    assert near in str(no.value.slots["near"]).split(", ")


@pytest.mark.parametrize(
    ("given", "zone"),
    [("madrid", "Europe/Madrid"), ("berlín", "Europe/Berlin"), ("New York", "America/New_York"),
     ("Bogotá", "America/Bogota"), ("London", "Europe/London")],
)  # fmt: skip
def test_a_city_of_which_there_is_one_is_its_zone(given: str, zone: str) -> None:
    assert named_zone(given) == zone


@pytest.mark.parametrize("given", ["UTC+1", "GMT-5", "utc +05:30", "+2", "UTC−3"])
def test_of_a_number_of_hours_a_city_is_asked_for(given: str) -> None:
    with pytest.raises(Refusal, match=r"^settings.zone_of_a_city$"):
        named_zone(given)


@pytest.mark.parametrize("given", ["", "   ", "Mordor/**Barad-dûr**"])
def test_where_nothing_is_near_it_says_so(given: str) -> None:
    with pytest.raises(Refusal, match=r"^settings.no_zone_like_it$"):
        named_zone(given)


@given(st.text(max_size=64))
def test_whatever_is_written_gives_a_zone_or_a_few_that_exist(given: str) -> None:
    try:
        assert named_zone(given) in available_timezones()
    except Refusal as no:
        near = str(no.slots.get("near", "UTC")).split(", ")
        assert set(near) <= available_timezones()
        assert len(near) <= MOST_SUGGESTED

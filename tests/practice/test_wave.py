"""One asking: opened once, for three days, for those who said yes before; and what we'll do differently."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.practice.checkin import CORE, VITALITY
from bot.practice.circle import one_line
from bot.practice.refusals import Refusal
from bot.practice.wave import LASTS, LONGEST_THING, Phase, Wave, clean_thing

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def a_wave(held: int = 3, phase: Phase = Phase.DUE) -> Wave:
    return Wave("w", "t", "c", held, phase=phase)


def refused(code: str) -> pytest.RaisesExc[Refusal]:
    return pytest.raises(Refusal, match=f"^{code}$")


def test_it_is_open_for_three_days_to_the_second_and_never_shorter() -> None:
    wave = a_wave()
    with refused("rc.not_open_yet"):
        wave.expect_open(NOON)
    wave.open(4, 6, NOON, [a_wave(phase=Phase.CLOSED), a_wave(phase=Phase.TOLD)])
    assert (wave.number, wave.threshold, wave.closes_at) == (4, 6, NOON + LASTS)
    wave.expect_open(NOON)
    wave.expect_open(NOON + LASTS - SECOND)
    with refused("rc.over"):
        wave.expect_open(NOON + LASTS)


@pytest.mark.parametrize(
    ("phase", "opening", "answering"),
    [
        (Phase.CLOSED, "rc.over", "rc.over"),
        (Phase.TOLD, "rc.over", "rc.over"),
        (Phase.VOID, "rc.over", "rc.void"),
    ],
)
def test_what_is_over_is_neither_opened_nor_answered(phase: Phase, opening: str, answering: str) -> None:
    wave = a_wave(phase=phase)
    with refused(opening):
        wave.open(1, 5, NOON, [])
    with refused(answering):
        wave.expect_open(NOON)
    assert wave.phase is phase


def test_it_opens_once_and_not_beside_another() -> None:
    wave = a_wave()
    with refused("rc.another_is_open"):
        wave.open(1, 5, NOON, [wave, a_wave(phase=Phase.OPEN)])
    assert (wave.phase, wave.number) == (Phase.DUE, 0)
    wave.open(1, 5, NOON, [wave])
    with refused("rc.opened_already"):
        wave.open(2, 5, NOON, [wave])
    assert wave.number == 1


@given(st.none() | st.integers(1, 9), st.integers(1, 9))
def test_who_said_yes_before_it_opened_is_asked_and_nobody_else(since: int | None, number: int) -> None:
    wave = a_wave()
    wave.open(number, 5, NOON, [])
    assert wave.counts(since) == (since is not None and since <= number)
    if wave.counts(since):
        wave.expect_asked(since)
    else:
        with refused("rc.not_in" if since is None else "rc.from_the_next"):
            wave.expect_asked(since)


@pytest.mark.parametrize(("held", "items"), [(3, CORE), (8, CORE + VITALITY), (18, CORE + VITALITY)])
def test_questions_follow_one_another_and_others_are_unknown(held: int, items: tuple[str, ...]) -> None:
    wave = a_wave(held)
    assert [wave.item_after(item) for item in items] == [*items[1:], None]
    with refused("rc.gone"):
        wave.item_after("weather")


@given(st.text(max_size=250))
def test_one_thing_is_one_line_of_at_most_two_hundred_characters(given_: str) -> None:
    plain = one_line(given_)
    if 0 < len(plain) <= LONGEST_THING:
        assert clean_thing(given_) == clean_thing(plain) == plain
        assert "\n" not in plain
    else:
        with refused("rc.thing_length"):
            clean_thing(given_)

"""What a circle may know of a check-in, and what nobody can be certain of: by exact enumeration (D4.1-D4.7)."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from functools import cache
from itertools import product
from math import comb
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.practice import checkin
from bot.practice.checkin import CORE, FEWEST, MOST, VITALITY, Band, Tap
from bot.practice.refusals import Refusal

SIZES = range(FEWEST, MOST + 1)
NOTHING = "nothing"
READINGS = (Band.SEVERAL, Band.QUIET)
EASY, HARD = Tap.NO, Tap.PARTLY  # to "have you felt rushed?"


def shown(taps: Sequence[Tap], left_out: int, threshold: int = FEWEST) -> str:
    """What the circle reads of one question when that answer is drawn."""
    found = checkin.bands({"rushed": taps}, threshold, lambda of: left_out if left_out < of else pytest.fail("drawn"))
    return NOTHING if found is None else found["rushed"].value


@cache
def chances(answered: int, friction: int) -> dict[str, Fraction]:
    """How likely each reading is when so many of those who answered said something else than the easy answer."""
    taps = [HARD] * friction + [EASY] * (answered - friction)
    read = [shown(taps, left_out) for left_out in range(answered)]
    return {what: Fraction(read.count(what), answered) for what in set(read)}


def test_it_is_due_after_sessions_3_8_18_and_every_ten_after() -> None:
    assert [held for held in range(60) if checkin.is_due(held)] == [3, 8, 18, 28, 38, 48, 58]
    assert checkin.items(3) == CORE
    assert checkin.items(8) == checkin.items(18) == CORE + VITALITY
    assert len(CORE + VITALITY) == 9


def test_friction_is_anything_but_the_easy_answer_and_silence_is_none() -> None:
    easy = {
        item: next(tap for tap in (Tap.YES, Tap.NO) if not checkin.is_friction(item, tap)) for item in CORE + VITALITY
    }
    assert {item for item, tap in easy.items() if tap is Tap.NO} == {"rushed", "leave", "motions", "told"}
    for item in CORE + VITALITY:
        said = {tap for tap in Tap if checkin.is_friction(item, tap)}
        assert said == set(Tap) - {easy[item], Tap.SKIP}


@pytest.mark.parametrize("answered", SIZES)
def test_no_two_people_can_be_certain_that_anothers_answer_was_friction(answered: int) -> None:
    for own in range(3):
        for own_friction in range(own + 1):
            others = answered - own
            for read in (Band.SEVERAL, Band.QUIET, NOTHING):
                possible = [hard for hard in range(others + 1) if read in chances(answered, own_friction + hard)]
                assert possible != [others], (answered, own, own_friction, read)
                assert not possible or possible[0] < others


@pytest.mark.parametrize("answered", range(1, FEWEST))
def test_fewer_than_five_answers_show_nothing_whatever_they_are(answered: int) -> None:
    assert {read for friction in range(answered + 1) for read in chances(answered, friction)} == {NOTHING}


@pytest.mark.parametrize(("answered", "certain"), [(3, True), (4, False), (5, False)])
def test_of_three_answers_one_curious_member_would_be_certain(answered: int, certain: bool) -> None:
    """Who gave the easy answer themselves, where fewer would be enough than are."""
    possible = []
    for hard in range(answered):
        taps = [EASY] + [HARD] * hard + [EASY] * (answered - 1 - hard)
        if any(shown(taps, left_out, threshold=3) == Band.SEVERAL for left_out in range(answered)):
            possible.append(hard)
    assert (possible == [answered - 1]) == certain


def test_two_who_differ_are_shown_as_often_as_the_practice_says_and_one_never() -> None:
    shares = {size: chances(size, 2)[Band.SEVERAL] for size in SIZES}
    assert (shares[5], shares[6], shares[8], shares[12]) == (
        Fraction(3, 5),
        Fraction(2, 3),
        Fraction(3, 4),
        Fraction(5, 6),
    )
    for size in SIZES:
        assert chances(size, 0) == chances(size, 1) == {Band.QUIET: 1}
        for friction in range(3, size + 1):
            assert chances(size, friction) == {Band.SEVERAL: 1}


def beliefs(stay: int, knows: int, mover_tells: bool) -> Iterator[tuple[Fraction, Fraction]]:
    """How sure somebody can be that the mover's, and that another's answer was friction, after each pair of readings.

    `stay` people answer in both waves, one more in one of them, and nobody changes their mind. The curious know `knows`
    answers of those who stay, and the mover's if `mover_tells`; of each other answer they'd have thought it as likely
    as not.
    """
    others = stay - knows
    tells = range(2) if mover_tells else range(1)
    for known, told, one, two in product(range(knows + 1), tells, READINGS, READINGS):
        weights = {}
        for hard, moved in product(range(others + 1), (told,) if mover_tells else (0, 1)):
            first = chances(stay + 1, known + hard + moved).get(one, Fraction(0))
            second = chances(stay, known + hard).get(two, Fraction(0))
            weights[hard, moved] = comb(others, hard) * first * second
        if total := sum(weights.values()):
            mover = (
                Fraction(0) if mover_tells else sum(weight * moved for (_, moved), weight in weights.items()) / total
            )
            yield mover, sum(weight * Fraction(hard, others) for (hard, _), weight in weights.items()) / total


@pytest.mark.parametrize("stay", range(FEWEST, 10))
@pytest.mark.parametrize(("knows", "mover_tells"), [(0, False), (1, False), (0, True)])
def test_when_one_person_comes_or_goes_between_two_waves_nobody_is_certain(
    stay: int, knows: int, mover_tells: bool
) -> None:
    assert all(mover < 1 and another < 1 for mover, another in beliefs(stay, knows, mover_tells))


def test_after_one_move_nobody_can_be_surer_of_the_mover_than_the_practice_says() -> None:
    surest = max(mover for stay in range(FEWEST, 10) for knows in (0, 1) for mover, _ in beliefs(stay, knows, False))
    assert round(float(surest), 2) == 0.76


@given(st.lists(st.sampled_from(list(Tap)), max_size=MOST), st.integers(0, MOST - 1), st.integers(FEWEST, MOST))
def test_what_is_read_tells_no_number_and_does_not_depend_on_the_order(
    taps: list[Tap], left_out: int, threshold: int
) -> None:
    said = [tap for tap in taps if tap is not Tap.SKIP]
    if said:
        read = shown(taps, left_out % len(said), threshold)
        assert (read == NOTHING) == (len(said) < threshold)
        moved = said[: left_out % len(said)][::-1] + said[left_out % len(said) :]
        assert shown(moved, left_out % len(said), threshold) == read
    else:
        assert checkin.bands({"rushed": taps}, threshold, lambda of: 0) is None


def test_a_question_with_too_few_answers_looks_like_one_that_nobody_shares_something_about() -> None:
    told = checkin.bands({"rushed": [HARD] * 5, "leave": [Tap.YES] * 4, "remembered": []}, 5, lambda of: 0)
    assert told == {"rushed": Band.SEVERAL, "leave": Band.QUIET, "remembered": Band.QUIET}
    assert checkin.bands({"rushed": [HARD] * 4, "leave": []}, 5, lambda of: 0) is None


def test_a_draw_is_made_for_each_question() -> None:
    asked: list[int] = []

    def draw(of: int) -> int:
        asked.append(of)
        return 0

    checkin.bands({"rushed": [HARD] * 5, "leave": [EASY] * 7, "remembered": [EASY] * 4}, 5, draw)
    assert asked == [5, 7]


def test_the_threshold_only_goes_up() -> None:
    checkin.expect_threshold(5, 5, 5)
    checkin.expect_threshold(12, 7, 12)
    checkin.expect_threshold(7, 7, 6)  # as it is; the circle became smaller
    for given_, now, members, code in (
        (4, 5, 9, "rc.only_upwards"),
        (6, 7, 9, "rc.only_upwards"),
        (13, 7, 20, "rc.too_high"),
        (9, 5, 8, "rc.more_than_members"),
    ):
        with pytest.raises(Refusal, match=f"^{code}$"):
            checkin.expect_threshold(given_, now, members)


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1)),
    st.sampled_from(["UTC", "Europe/Madrid", "America/New_York", "Asia/Kolkata", "Pacific/Chatham", "Pacific/Apia"]),
)
def test_it_is_told_at_ten_in_the_circles_morning_six_hours_later_at_the_earliest(closed: datetime, zone: str) -> None:
    at = checkin.told_at(closed.replace(tzinfo=UTC), zone)
    here = at.astimezone(ZoneInfo(zone))
    assert (here.hour, here.minute, here.second) == (10, 0, 0)
    assert timedelta(hours=6) <= at - closed.replace(tzinfo=UTC) <= timedelta(hours=31)


def test_somebody_who_says_rather_not_say_did_not_answer() -> None:
    assert shown([HARD] * 4 + [Tap.SKIP], 0) == NOTHING

"""What a circle may be called."""

import unicodedata
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.practice.circle import LONGEST_NAME, LONGEST_PURPOSE, clean_name, clean_purpose, same_name
from bot.practice.refusals import Refusal

REAL_NAMES = [
    "Río & Raíz",
    "Ahora qué?",
    "Niñas, niños y mayores",
    "L'atelier d'à côté",
    "دائرة الحديقة",
    "حَلَقَة",
    "باغ ما می‌روییم",  # Persian, with a zero-width non-joiner
    "सुबह का घेरा",
    "क्‍ष मंडल",  # Hindi, with a zero-width joiner
    "மழை வட்டம்",
    "庭の輪 2",
    "Круг у реки",
    "Đường về nhà",
    "O’Neill-Garden No. 3, yes!",
]
DIRECTIONS = [*"\u061c\u200e\u200f", *map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))]


def refusal_of(name: str) -> str:
    with pytest.raises(Refusal) as no:
        clean_name(name)
    return no.value.code


@pytest.mark.parametrize("name", REAL_NAMES)
def test_a_real_name_stays_as_it_is_written(name: str) -> None:
    assert clean_name(name) == unicodedata.normalize("NFC", name)


@pytest.mark.parametrize("sign", DIRECTIONS, ids=ascii)
def test_signs_that_turn_the_reading_direction_are_refused(sign: str) -> None:
    for name in (f"{sign}Garden", f"Gar{sign}den", f"Garden{sign}"):
        assert refusal_of(name) == "circle.name_signs"


@pytest.mark.parametrize(
    "name", ["@everyone", "@here", "<@123456>", "<@&123456>", "<#123456>", "</circle open:1>", "<:leaf:1>", "<t:1:R>"]
)
def test_what_poses_as_a_mention_is_refused(name: str) -> None:
    assert refusal_of(name) == "circle.name_signs"


@pytest.mark.parametrize(
    "name",
    [
        "**Garden**",
        "_Garden_",
        "~~Garden~~",
        "`Garden`",
        "||Garden||",
        "# Garden",
        "> Garden",
        "[Garden](link)",
        "a\\b",
    ],
)
def test_what_poses_as_formatting_is_refused(name: str) -> None:
    assert refusal_of(name) == "circle.name_signs"


@pytest.mark.parametrize(
    "name", ["Garden 🌱", "❤️", "👩‍🌾 farm", "🇪🇸", "☮", "→ here", "\ue000", "Gar\u00adden", "a\u200bb"]
)
def test_pictures_and_signs_nobody_sees_are_refused(name: str) -> None:
    assert refusal_of(name) == "circle.name_signs"


@pytest.mark.parametrize("name", ["\u3164", "\u115f\u1160", "\uffa0", "Ana\ufe0f", "1\ufe0f\u20e3"], ids=ascii)
def test_letters_and_marks_nobody_sees_are_refused(name: str) -> None:
    assert refusal_of(name) == "circle.name_signs"


@pytest.mark.parametrize("name", ["¿Y ahora qué?", "¡Aquí y ahora!", "Col·lectiu", "カフェ・木", "بيت، حديقة"])
def test_the_signs_of_other_spellings_are_taken(name: str) -> None:
    assert clean_name(name) == name


@pytest.mark.parametrize("name", ["", " ", "\n\t", "\u00a0\u2003"])
def test_a_name_of_nothing_is_refused(name: str) -> None:
    assert refusal_of(name) == "circle.name_empty"


@pytest.mark.parametrize("name", ["-", "!?", ". . .", "\u200d", "\u200c \u200c"])
def test_a_name_without_a_letter_or_number_is_refused(name: str) -> None:
    assert refusal_of(name) == "circle.name_signs"


def test_a_name_of_forty_signs_is_the_longest() -> None:
    assert clean_name(" " + "é" * LONGEST_NAME) == "é" * LONGEST_NAME
    assert clean_name("e\u0301" * LONGEST_NAME) == "é" * LONGEST_NAME  # counted as it will be kept
    with pytest.raises(Refusal) as no:
        clean_name("é" * (LONGEST_NAME + 1))
    assert (no.value.code, no.value.slots) == ("circle.name_too_long", {"most": LONGEST_NAME})


def test_blanks_are_made_single_and_lines_one() -> None:
    assert clean_name("  The \n\t garden\u2028here ") == "The garden here"


@given(st.text(max_size=LONGEST_NAME + 5))
def test_a_name_is_refused_or_clean_for_good(given_name: str) -> None:
    with suppress(Refusal):
        name = clean_name(given_name)
        assert clean_name(name) == name
        assert 0 < len(name) <= LONGEST_NAME
        assert not set(name) & set('@<>#*_~`|[]()\\/:"\n')


@pytest.mark.parametrize(
    ("one", "other"), [("Garden", "gARDEN"), ("Ｇａｒｄｅｎ", "garden"), ("Straße", "STRASSE"), ("ﬁre", "fire")]
)
def test_names_a_reader_takes_for_the_same_are_the_same(one: str, other: str) -> None:
    assert same_name(one) == same_name(other)


def test_a_joiner_nobody_sees_makes_no_other_name() -> None:
    assert same_name("Gar\u200cden") == same_name("Garden")


def test_names_a_reader_tells_apart_are_not_the_same() -> None:
    assert len({same_name(name) for name in REAL_NAMES}) == len(REAL_NAMES)


def test_a_purpose_is_one_line_without_hidden_signs() -> None:
    assert clean_purpose(" We \n meet\u202e after\u200b work ") == "We meet after work"
    assert clean_purpose("می‌روییم") == "می‌روییم"
    assert clean_purpose("") == ""


def test_a_purpose_of_two_hundred_signs_is_the_longest() -> None:
    assert clean_purpose("a" * LONGEST_PURPOSE) == "a" * LONGEST_PURPOSE
    with pytest.raises(Refusal) as no:
        clean_purpose("a" * (LONGEST_PURPOSE + 1))
    assert (no.value.code, no.value.slots) == ("circle.purpose_too_long", {"most": LONGEST_PURPOSE})

"""The vault keeps what it is given, for one key and one place only."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import vault

KEY = vault.new_key()
anything = st.binary(max_size=2000)
places = st.text(max_size=60)
keys = st.binary(min_size=32, max_size=32)


@given(keys, anything, places)
def test_what_is_sealed_can_be_opened_again(key: bytes, words: bytes, place: str) -> None:
    assert vault.open_sealed(key, vault.seal(key, words, place), place) == words


@given(keys, anything, places, st.integers(1, 700))
def test_what_is_padded_comes_back_without_its_filling(key: bytes, words: bytes, place: str, block: int) -> None:
    assert vault.open_padded(key, vault.seal_padded(key, words, place, block), place) == words


@given(st.binary(max_size=508), st.binary(max_size=508))
def test_padded_rows_look_alike_in_length(one: bytes, other: bytes) -> None:
    assert len(vault.seal_padded(KEY, one, "row")) == len(vault.seal_padded(KEY, other, "row")) == 512 + 29


def test_two_sealed_rows_can_not_be_swapped() -> None:
    ana, ben = vault.seal(KEY, b"mine", "words|1"), vault.seal(KEY, b"his", "words|2")
    with pytest.raises(vault.Unopenable):
        vault.open_sealed(KEY, ben, "words|1")
    with pytest.raises(vault.Unopenable):
        vault.open_sealed(KEY, ana, "words|2")


@given(anything, st.data())
def test_one_changed_bit_anywhere_shuts_it(words: bytes, data: st.DataObject) -> None:
    sealed = bytearray(vault.seal(KEY, words, "row"))
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(vault.Unopenable):
        vault.open_sealed(KEY, bytes(sealed), "row")


@given(anything)
def test_what_was_never_sealed_is_unopenable_and_nothing_worse(rubbish: bytes) -> None:
    for opened in (vault.open_sealed, vault.open_padded):
        with pytest.raises(vault.Unopenable):
            opened(KEY, rubbish, "row")


@pytest.mark.parametrize("key", [b"", b"x" * 16, vault.new_key()], ids=["none", "half", "another"])
def test_another_key_or_half_a_key_opens_nothing(key: bytes) -> None:
    with pytest.raises(vault.Unopenable):
        vault.open_sealed(key, vault.seal(KEY, b"words", "row"), "row")


@pytest.mark.parametrize("key", [b"", b"x" * 16, b"x" * 24, b"x" * 33])
def test_nothing_is_sealed_with_a_weaker_key(key: bytes) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        vault.seal(key, b"words", "row")


def test_padded_and_plain_are_never_taken_for_each_other() -> None:
    with pytest.raises(vault.Unopenable):
        vault.open_sealed(KEY, vault.seal_padded(KEY, b"words", "row"), "row")
    with pytest.raises(vault.Unopenable):
        vault.open_padded(KEY, vault.seal(KEY, b"words", "row"), "row")


def test_the_same_words_never_look_the_same_twice() -> None:
    assert vault.seal(KEY, b"words", "row") != vault.seal(KEY, b"words", "row")


def test_a_refusal_says_nothing_about_why() -> None:
    with pytest.raises(vault.Unopenable) as refused:
        vault.open_sealed(KEY, vault.seal(KEY, b"words", "here"), "there")
    assert str(refused.value) == ""
    assert refused.value.__suppress_context__


def test_tokens_are_22_characters_a_custom_id_may_hold() -> None:
    tokens = {vault.new_token() for _ in range(500)}
    assert len(tokens) == 500
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{22}", token) for token in tokens)


parts = st.lists(st.one_of(st.text(), st.integers()), max_size=5)


@given(parts, parts)
def test_only_the_same_parts_have_the_same_hash(one: list[str | int], other: list[str | int]) -> None:
    same = [(type(part), part) for part in one] == [(type(part), part) for part in other]
    assert (vault.keyed_hash(b"pepper", *one) == vault.keyed_hash(b"pepper", *other)) is same


def test_a_hash_knows_where_one_part_ends_and_whose_pepper_it_is() -> None:
    assert vault.keyed_hash(b"pepper", "ab", "c") != vault.keyed_hash(b"pepper", "a", "bc")
    assert vault.keyed_hash(b"pepper", 1) != vault.keyed_hash(b"pepper", "1")
    assert vault.keyed_hash(b"pepper", "ab") != vault.keyed_hash(b"salt", "ab")
    assert len(vault.keyed_hash(b"pepper", "half a pair: \ud800")) == 32
    with pytest.raises(ValueError, match="pepper"):
        vault.keyed_hash(b"", "ab")

"""The prompts of one part, as a circle hides, adds and reorders them."""

import re
from collections.abc import Iterator
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.practice.debrief import Debrief, rounds_of
from bot.practice.prompt_list import FEWEST, MOST, PromptList, clean_prompt
from bot.practice.prompts import OURS, OWN, ListedPrompt, Part
from bot.practice.refusals import Refusal

PARTS = st.sampled_from(list(Part))
DEEDS = st.lists(
    st.tuples(st.sampled_from(["hide", "show", "put_first", "take_back", "add", "as_ours"]), st.integers(0, 30)),
    max_size=40,
)


def refused(code: str) -> pytest.RaisesExc[Refusal]:
    return pytest.raises(Refusal, match=f"^{re.escape(code)}$")


def tokens() -> Iterator[str]:
    return (f"id{number}" for number in count())


def a_list(part: Part, kept: list[ListedPrompt] | None = None) -> PromptList:
    ids = tokens()
    return PromptList.of("circle", part, kept or [], lambda: next(ids))


def do(listed: PromptList, deed: str, which: int) -> None:
    """This deed, with the prompt at that place."""
    match deed:
        case "add":
            listed.expect_room("words")
            listed.add(f"new{which}{len(listed.prompts)}", f"w{which}{len(listed.prompts)}")
        case "as_ours":
            listed.as_ours()
        case _:
            getattr(listed, deed)(listed.prompts[which % len(listed.prompts)].name)


@given(PARTS)
def test_before_a_circle_changes_anything_it_has_ours(part: Part) -> None:
    listed = a_list(part)
    assert listed.asked == list(OURS[part])
    assert listed.is_ours


@given(PARTS, DEEDS)
def test_whatever_is_done_enough_is_asked_in_order_and_nothing_hidden(part: Part, deeds: list[tuple[str, int]]) -> None:
    listed = a_list(part)
    for deed, which in deeds:
        before = [(one.name, one.hidden) for one in listed.prompts]
        try:
            do(listed, deed, which)
        except Refusal:
            assert [(one.name, one.hidden) for one in listed.prompts] == before
        assert FEWEST[part] <= len(listed.asked) <= len(listed.prompts) <= MOST[part]
        assert {one.key for one in listed.prompts if one.key} == set(OURS[part])
        assert [one.place for one in listed.prompts] == list(range(len(listed.prompts)))
        kept = sorted(listed.prompts, key=lambda one: one.id)  # as the rows come, in any order
        assert a_list(part, kept).asked == listed.asked
    if part in (Part.HOT, Part.COLD):
        rounds = rounds_of(Debrief(part.value), listed.asked)
        assert all(rounds)
        assert max(len(" ".join([f"{OWN}{'x' * 22}"] * len(one))) for one in rounds) <= 200  # what a round can carry


@given(PARTS)
def test_the_last_ones_stay_and_hiding_one_again_changes_nothing(part: Part) -> None:
    listed = a_list(part)
    names = list(listed.asked)
    for name in names[: -FEWEST[part]]:
        assert listed.may_hide
        listed.hide(name)
        listed.hide(name)
    assert not listed.may_hide
    with refused("prompts.fewest"):
        listed.hide(names[-1])
    assert listed.asked == names[-FEWEST[part] :]
    listed.show(names[0])
    assert listed.asked[0] == names[0]


def test_the_last_one_asked_is_not_taken_back_but_a_hidden_one_is() -> None:
    listed = a_list(Part.THEME)
    listed.add("a", "wa")
    listed.add("b", "wb")
    for name in OURS[Part.THEME]:
        listed.hide(name)
    assert listed.take_back("own:wa").words_id == "wa"
    with refused("prompts.fewest"):
        listed.take_back("own:wb")
    listed.show(OURS[Part.THEME][0])
    listed.hide("own:wb")
    listed.take_back("own:wb")
    with refused("prompts.gone"):
        listed.take_back("own:wb")
    with refused("prompts.gone"):
        listed.take_back(OURS[Part.THEME][0])


def test_as_it_was_brings_ours_back_and_loses_nothing_of_the_circle() -> None:
    listed = a_list(Part.CLOSING)
    listed.add("a", "wa")
    listed.add("b", "wb")
    listed.put_first("own:wb")
    listed.put_first(OURS[Part.CLOSING][3])
    listed.hide(OURS[Part.CLOSING][1])
    listed.hide("own:wa")
    listed.as_ours()
    assert [one.name for one in listed.prompts] == [*OURS[Part.CLOSING], "own:wb", "own:wa"]
    assert listed.asked == [*OURS[Part.CLOSING], "own:wb"]
    assert not listed.is_ours
    listed.take_back("own:wa")
    listed.take_back("own:wb")
    assert listed.is_ours


@given(PARTS)
def test_a_part_takes_only_so_many(part: Part) -> None:
    listed = a_list(part)
    while listed.takes_more:
        listed.add(f"a{len(listed.prompts)}", f"w{len(listed.prompts)}")
    assert len(listed.prompts) == MOST[part] >= 2 * len(OURS[part])  # so that a circle can ask only its own
    with refused("prompts.no_room"):
        listed.expect_room("one more")


def test_what_a_later_version_of_ours_brings_comes_at_the_end_and_what_it_drops_goes() -> None:
    first, *others = OURS[Part.OPENING]
    kept = [
        ListedPrompt("x", "circle", Part.OPENING, 0, "checkin.of_long_ago"),
        ListedPrompt("y", "circle", Part.OPENING, 4, words_id="wy"),
        *(ListedPrompt(key, "circle", Part.OPENING, 5 + place, key) for place, key in enumerate(others)),
    ]
    assert a_list(Part.OPENING, kept).asked == ["own:wy", *others, first]


@pytest.mark.parametrize("given_", ["", "  ", "ab", "x" * 201, "*" * 200])
def test_a_prompt_is_a_short_sentence(given_: str) -> None:
    with refused("prompts.length"):
        clean_prompt(given_)


@pytest.mark.parametrize(
    ("given_", "kept"),
    [(" What  grows\nhere? ", "What grows here?"), ("¿Qué crece aquí? " * 11, ("¿Qué crece aquí? " * 11).strip())],
)
def test_a_prompt_is_kept_in_one_line(given_: str, kept: str) -> None:
    assert clean_prompt(given_) == kept

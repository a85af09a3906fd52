"""What a circle agrees on: lines proposed, asked to be changed, adopted; and who did so is forgotten."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.practice.agreement import (
    LONGEST_LINE,
    MOST_LINES,
    MOST_ROOM,
    SHORTEST_LINE,
    STARTER,
    Agreement,
    ListClosed,
    clean_line,
    room,
)
from bot.practice.refusals import Refusal
from bot.words import LANGUAGES, say

from .gathering import NOON

PEOPLE = ["ana", "ben", "cem", "dua"]
STEPS = st.lists(
    st.tuples(st.sampled_from(["propose", "object", "close", "leave"]), st.sampled_from(PEOPLE), st.integers(0, 20)),
    max_size=40,
)


def begun() -> Agreement:
    """The list as it is when it is first opened."""
    agreement = Agreement("circle")
    agreement.begin([f"line {number}" for number in range(len(STARTER))])
    return agreement


def refused(no: pytest.ExceptionInfo[Refusal]) -> str:
    return no.value.code


def state_of(agreement: Agreement) -> object:
    """All that an agreement keeps."""
    kept = {name: value for name, value in vars(agreement).items() if name != "lines"}
    lines = [{**vars(line), "objections": sorted(one.person_id for one in line.objections)} for line in agreement.lines]
    return kept, lines


@given(STEPS)
def test_whatever_people_do_no_line_is_adopted_that_somebody_would_change(steps: list[tuple[str, str, int]]) -> None:
    agreement = begun()
    asked: dict[str, set[str]] = {}  # who would change which line, kept here only
    in_force: list[str] = []
    for number, (deed, person, which) in enumerate(steps):
        version = agreement.version
        match deed:
            case "propose":
                agreement.propose(f"new {number}", person, f"words {number}")
            case "object":
                one = agreement.lines[which % len(agreement.lines)].id
                assert agreement.object(person, one) == (person not in asked.get(one, set()))
                asked.setdefault(one, set()).symmetric_difference_update({person})
            case "leave":
                for gone in agreement.let_go(person):
                    asked.pop(gone.id, None)
                for people in asked.values():
                    people.discard(person)
            case "close":
                wanted = [line.id for line in agreement.lines if not asked.get(line.id)]
                if not agreement.is_open or not wanted:
                    before = state_of(agreement)
                    with pytest.raises(Refusal) as no:
                        agreement.close_list(NOON)
                    assert refused(no) == f"agreement.nothing_{'left' if agreement.is_open else 'open'}"
                    assert state_of(agreement) == before
                    continue
                closed = agreement.close_list(NOON)
                in_force = [line.id for line in agreement.adopted]
                assert in_force == [line.id for line in agreement.lines] == wanted
                assert {line.id for line in closed.dropped}.isdisjoint(in_force)
                assert (agreement.version, agreement.agreed_at) == (version + 1, NOON)
                for line in [*agreement.lines, *closed.adopted, *closed.dropped]:
                    assert line.objections == []
                assert all(line.author_id is None for line in agreement.lines)
                asked.clear()
        assert agreement.version >= version
        assert [line.id for line in agreement.adopted] == in_force  # in force until a list is closed, and no longer
        assert agreement.is_open == (
            not agreement.version or any(asked.values()) or len(agreement.lines) > len(in_force)
        )


def test_it_begins_with_the_eight_lines_proposed_to_all_and_by_nobody() -> None:
    agreement = begun()
    assert [line.starter for line in agreement.lines] == list(STARTER)
    assert len(agreement.lines) == 8
    assert not any(line.adopted or line.author_id for line in agreement.lines)
    assert agreement.is_open
    before = state_of(agreement)
    agreement.begin([f"again {number}" for number in range(8)])
    assert state_of(agreement) == before


def test_an_agreement_that_stands_does_not_begin_again() -> None:
    agreement = begun()
    agreement.close_list(NOON)
    agreement.lines.clear()
    agreement.begin([f"again {number}" for number in range(8)])
    assert agreement.lines == []


def test_asking_again_takes_it_back_and_others_still_block() -> None:
    agreement = begun()
    assert agreement.object("ana", "line 3")
    assert agreement.object("ben", "line 3")
    assert not agreement.object("ana", "line 3")
    assert [line.id for line in agreement.close_list(NOON).dropped] == ["line 3"]


def test_a_line_in_force_stays_so_until_the_list_is_closed() -> None:
    agreement = begun()
    agreement.close_list(NOON)
    assert not agreement.is_open
    agreement.object("ana", "line 0")
    assert agreement.is_open
    assert next(line.id for line in agreement.adopted) == "line 0"
    agreement.close_list(NOON)
    assert next(line.id for line in agreement.adopted) == "line 1"
    assert agreement.version == 2


def test_if_nothing_would_be_left_the_former_version_stays_in_force() -> None:
    agreement = begun()
    agreement.close_list(NOON)
    for line in agreement.lines:
        agreement.object("ana", line.id)
    with pytest.raises(Refusal) as no:
        agreement.close_list(NOON)
    assert refused(no) == "agreement.nothing_left"
    assert (agreement.version, len(agreement.adopted)) == (1, 8)


def test_with_nothing_open_there_is_nothing_to_close() -> None:
    agreement = begun()
    assert len(agreement.close_list(NOON).adopted) == 8
    with pytest.raises(Refusal) as no:
        agreement.close_list(NOON)
    assert refused(no) == "agreement.nothing_open"


def test_a_line_of_ones_own_is_its_authors_until_it_is_the_circles() -> None:
    agreement = begun()
    line = agreement.propose("mine", "ana", "words")
    assert (line.author_id, line.place, line.adopted) == ("ana", 8, False)
    closed = agreement.close_list(NOON)
    assert closed == ListClosed(closed.adopted, [])
    assert closed.adopted[-1] is line
    assert (line.author_id, line.adopted) == (None, True)


def test_what_is_adopted_outlives_its_author_and_what_is_not_goes_with_them() -> None:
    agreement = begun()
    agreement.propose("first", "ana", "words")
    agreement.close_list(NOON)
    second = agreement.propose("second", "ana", "words")
    agreement.object("ana", "line 2")
    assert agreement.let_go("ana") == [second]
    assert not agreement.is_open
    assert [line.id for line in agreement.adopted][-1] == "first"


def test_a_line_that_is_gone_is_said_to_be_gone() -> None:
    with pytest.raises(Refusal) as no:
        begun().object("ana", "no such line")
    assert refused(no) == "agreement.line_gone"


def test_the_lines_take_turns_at_being_read() -> None:
    agreement = begun()
    assert agreement.line_for(1) is None
    agreement.object("ana", "line 1")
    agreement.close_list(NOON)
    read = [line.id for number in range(2, 16) if (line := agreement.line_for(number))]
    assert set(read[:7]) == {line.id for line in agreement.adopted}
    assert read[:7] == read[7:]


def test_there_is_room_for_fourteen_lines_and_no_more() -> None:
    agreement = begun()
    for number in range(MOST_LINES - len(STARTER)):
        agreement.expect_room(f"Line {number}", [])
        agreement.propose(f"new {number}", "ana", "words")
    with pytest.raises(Refusal) as no:
        agreement.expect_room("One more", [])
    assert (refused(no), no.value.slots) == ("agreement.no_room", {"most": MOST_LINES, "line": "One more"})


def test_there_is_room_for_what_fits_into_one_message_and_no_more() -> None:
    agreement = begun()
    left = MOST_ROOM - sum(STARTER.values())
    assert left >= 4 * LONGEST_LINE
    others = ["x" * (left - LONGEST_LINE)]
    agreement.expect_room("x" * LONGEST_LINE, others)
    with pytest.raises(Refusal) as no:
        agreement.expect_room("x" * (LONGEST_LINE - 1) + "*", others)
    assert refused(no) == "agreement.no_room"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_starter_takes_no_more_room_than_is_counted_for_it(language: str) -> None:
    assert [key for key, most in STARTER.items() if len(say(key, language)) > most] == []


@pytest.mark.parametrize("line", ["", "  ", "ab", "a \n b", "\u200b\u200b\u200b", "\u3164\u3164\u3164", "\u202eab"])
def test_a_line_of_next_to_nothing_is_refused(line: str) -> None:
    with pytest.raises(Refusal) as no:
        clean_line(line)
    assert (refused(no), no.value.slots) == (
        "agreement.line_length",
        {"fewest": SHORTEST_LINE, "most": LONGEST_LINE, "line": line},
    )


def test_a_line_is_one_line_of_at_most_a_hundred_and_twenty_characters() -> None:
    assert clean_line(" We \n speak\u202e plainly ") == "We speak plainly"
    assert clean_line("é" * LONGEST_LINE) == "é" * LONGEST_LINE
    with pytest.raises(Refusal) as no:
        clean_line("é" * (LONGEST_LINE + 1))
    assert refused(no) == "agreement.line_length"


def test_signs_that_could_be_formatting_take_double_room() -> None:
    assert room("two words") == 9
    assert room("**two**") == 3 + 8

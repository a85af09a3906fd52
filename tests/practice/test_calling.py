"""Calling for somebody who holds: whatever is answered, and whenever, somebody was asked, and nobody too often."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.practice.calling import FIRST_CALL, OPEN_CALL, PATIENCE, Call, Called, Calling, CareAsked, OpenlyCalled
from bot.practice.refusals import Refusal

NOON = datetime(2027, 1, 14, 12, tzinfo=UTC)
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
LINES = st.lists(st.sampled_from("abcdef"), unique=True)
AHEAD = st.integers(1, 10 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))
ANSWERS = st.lists(st.sampled_from(["yes", "no", "nothing", "nothing"]), min_size=20, max_size=20)
LATE = st.lists(st.integers(0, 600).map(lambda minutes: timedelta(minutes=minutes)), min_size=40, max_size=40)


def calling(ahead: timedelta = 5 * DAY) -> Calling:
    """For a session that is so far away, known since noon."""
    made = Calling("circle", "token", 4)
    assert made.schedule(NOON + ahead, NOON, "token")
    return made


def at(made: Calling) -> datetime:
    assert made.at is not None
    return made.at


def brings(made: Calling, now: datetime, *line: str) -> list[Call]:
    return made.time_has_come(now, list(line))


@dataclass
class Story:
    """All that was told, and when."""

    told: list[tuple[datetime, Call]] = field(default_factory=list)

    @property
    def calls(self) -> list[tuple[datetime, str]]:
        return [(when, event.person) for when, event in self.told if isinstance(event, Called)]


def lived(made: Calling, line: list[str], answers: list[str], late: list[timedelta]) -> Story:
    """What happens until the session, when moments come late and each call is answered like this."""
    story, now, answers, late = Story(), NOON, list(answers), list(late)
    while (due := made.next_moment(now)) is not None:
        now = max(due, now) + (late.pop() if late else timedelta())
        for event in made.time_has_come(now, line):
            story.told.append((now, event))
            if isinstance(event, Called):
                match answers.pop() if answers else "nothing":
                    case "yes":
                        made.hold(event.person)
                    case "no":
                        made.pass_on(event.person, now)
        if due <= now < at(made) and line and now >= at(made) - FIRST_CALL:
            assert made.with_whom or set(line) <= set(made.gone_past) or made.next_moment(now) == now
        assert len(story.told) < 100
    return story


@given(LINES, AHEAD, ANSWERS, LATE)
def test_nobody_is_called_more_than_twice_nor_out_of_turn_nor_after_the_session(
    line: list[str], ahead: timedelta, answers: list[str], late: list[timedelta]
) -> None:
    made = calling(ahead)
    story = lived(made, line, answers, late)
    people = [person for _, person in story.calls]
    assert max(Counter(people).values(), default=0) <= 2
    assert list(dict.fromkeys(people)) == line[: len(set(people))]
    assert all(at(made) - FIRST_CALL <= when < at(made) for when, _ in story.told)
    for kind in (CareAsked, OpenlyCalled):
        assert sum(isinstance(event, kind) for _, event in story.told) <= 1


@given(LINES, AHEAD, ANSWERS)
def test_when_moments_come_in_time_somebody_is_always_asked_until_somebody_says_yes(
    line: list[str], ahead: timedelta, answers: list[str]
) -> None:
    made = calling(ahead)
    story = lived(made, line, answers, [])
    kinds = [type(event) for _, event in story.told]
    if made.holder_id:
        assert made.holder_id == story.calls[-1][1]
    else:
        assert OpenlyCalled in kinds
        assert made.called_id or CareAsked in kinds
        nobody_left = CareAsked in kinds
        assert nobody_left or made.calls  # the last one still has time


@given(LINES.filter(bool), AHEAD)
def test_who_does_not_answer_is_followed_by_the_next_and_the_last_one_keeps_it(
    line: list[str], ahead: timedelta
) -> None:
    made = calling(ahead)
    story = lived(made, line, [], [])
    assert made.called_id == story.calls[-1][1]
    assert made.gone_past == line[: line.index(story.calls[-1][1])]


def test_the_first_is_called_three_days_before_and_once_more_half_a_day_later() -> None:
    made = calling()
    assert brings(made, at(made) - FIRST_CALL - MINUTE, "a", "b") == []
    assert made.next_moment(NOON) == at(made) - FIRST_CALL
    first = at(made) - FIRST_CALL
    assert made.about_to_reach(first, ["a", "b"]) == "a"
    assert brings(made, first, "a", "b") == [Called("a", again=False)]
    assert made.next_moment(first) == first + PATIENCE
    assert brings(made, first + PATIENCE, "a", "b") == [Called("a", again=True)]
    assert made.about_to_reach(first + 2 * PATIENCE, ["a", "b"]) == "b"
    assert brings(made, first + 2 * PATIENCE, "a", "b") == [Called("b", again=False)]
    assert (made.with_whom, made.gone_past) == ("b", ["a"])


def test_what_is_left_is_shared_evenly_when_it_is_less() -> None:
    made = calling(10 * HOUR)
    assert brings(made, NOON, "a", "b") == [Called("a", again=False)]
    assert made.open_call_at == NOON + 5 * HOUR  # half-way, as six hours before would be too soon
    assert made.until == NOON + 5 * HOUR / 4
    soon = calling(4 * MINUTE)
    assert brings(soon, NOON, *"abcdef") == [Called("a", again=False)]
    assert soon.until == NOON + 10 * MINUTE  # nobody is given less


def test_a_no_lets_it_go_on_at_once_and_when_all_said_no_the_care_contacts_are_asked() -> None:
    made = calling()
    now = at(made) - FIRST_CALL
    brings(made, now, "a", "b")
    made.pass_on("a", now)
    assert made.next_moment(now) == now
    assert brings(made, now, "a", "b") == [Called("b", again=False)]
    made.pass_on("b", now)
    assert brings(made, now, "a", "b") == [CareAsked()]
    assert made.next_moment(now) == at(made) - OPEN_CALL
    made.look_again(now)
    assert brings(made, now, "a", "b", "c") == [Called("c", again=False)]


def test_everybody_reads_one_line_only_when_nobody_said_yes() -> None:
    made = calling()
    brings(made, at(made) - FIRST_CALL, "a")
    assert OpenlyCalled() in brings(made, at(made) - OPEN_CALL, "a")
    assert OpenlyCalled() not in brings(made, at(made) - HOUR, "a")
    held = calling()
    held.hold("a")
    assert held.about_to_reach(at(held) - OPEN_CALL, []) == "a"  # looked up once more
    assert brings(held, at(held) - OPEN_CALL) == []
    assert held.next_moment(at(held) - HOUR) is None


def test_the_first_yes_counts_also_a_late_one() -> None:
    made = calling()
    first = at(made) - FIRST_CALL
    for wait in range(3):
        brings(made, first + wait * PATIENCE, "a", "b")
    assert made.hold("a") == "b"
    with pytest.raises(Refusal, match=r"calling\.you_hold"):
        made.hold("a")
    with pytest.raises(Refusal, match=r"calling\.somebody_else"):
        made.hold("b")
    assert made.hold("c", instead_of="a") == "a"
    made.pass_on("c", first + 2 * PATIENCE)
    assert brings(made, first + 2 * PATIENCE, "a", "b") == [Called("b", again=False)]  # b had given no answer


def test_who_said_yes_and_then_cannot_lets_it_go_on_and_all_may_be_asked_again() -> None:
    made = calling()
    now = at(made) - HOUR
    made.hold("a")
    made.pass_on("a", now)
    assert brings(made, now, "a", "b") == [Called("b", again=False), OpenlyCalled()]
    made.pass_on("b", now)
    assert brings(made, now, "a", "b") == [CareAsked()]


def test_after_a_time_in_which_nothing_could_be_said_one_call_is_made_and_none_after_the_session() -> None:
    made = calling()
    brings(made, at(made) - FIRST_CALL, "a", "b", "c")
    assert brings(made, at(made) - MINUTE, "a", "b", "c") == [Called("a", again=True), OpenlyCalled()]
    late = calling()
    assert brings(late, at(late), "a") == []
    assert late.next_moment(at(late)) is None
    with pytest.raises(Refusal, match=r"calling\.over"):
        late.expect_ahead(at(late))


def test_another_time_is_another_question_and_the_same_time_none() -> None:
    made = calling()
    brings(made, at(made) - FIRST_CALL, "a", "b")
    made.pass_on("a", at(made) - FIRST_CALL)
    assert not made.schedule(made.at, NOON, "other")
    assert (made.token, made.gone_past) == ("token", ["a"])
    assert made.schedule(at(made) + DAY, at(made) - FIRST_CALL, "other")
    assert (made.token, made.gone_past, made.called_id) == ("other", [], None)
    made.hold("b")
    assert made.schedule(None, NOON, "none")
    assert (made.holder_id, made.next_moment(NOON)) == ("b", None)

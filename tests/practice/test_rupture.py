"""Whom a flag may reach, who may see it, and what time brings: in any arrangement."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.practice.refusals import Refusal
from bot.practice.rupture.clock import Brought, HowIsIt, Reminded, Step, next_step, take_step
from bot.practice.rupture.flag import Flag, How, LetGo, Offered, Reader, Stage, may_see
from bot.practice.rupture.route import Route, draw_route
from bot.practice.rupture.words import Lane, Look, Soon, Wish, wishes

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
WRITER = "writer"
FACILITATORS = ["fay", "finn", "flo", "fox"]
CONTACTS = ["cam", "cleo", "coco"]
EVERYBODY = [WRITER, *FACILITATORS, *CONTACTS, "mo"]
some = st.sets(st.sampled_from(EVERYBODY))


@st.composite
def arrangements(draw: st.DrawFn) -> dict[str, object]:
    return {
        "lane": draw(st.sampled_from(Lane)), "look": draw(st.sampled_from(Look)), "soon": draw(st.sampled_from(Soon)),
        "facilitators": draw(st.sets(st.sampled_from([WRITER, *FACILITATORS]))),
        "contacts": draw(st.sets(st.sampled_from([WRITER, *CONTACTS]))),
        "excluded": draw(some), "flagger": WRITER, "shuffle": Random(draw(st.integers(0, 99))).shuffle,
    }  # fmt: skip


def expect(no: Refusal, codes: set[str]) -> None:
    assert no.code in codes


@given(arrangements())
def test_nobody_is_reached_who_must_not_be_and_each_in_the_order_of_the_lane(arranged: dict[str, object]) -> None:
    facilitators, contacts = set(arranged["facilitators"]), set(arranged["contacts"])  # type: ignore[call-overload]
    excluded = set(arranged["excluded"])  # type: ignore[call-overload]
    try:
        route = draw_route(**arranged)  # type: ignore[arg-type]
    except Refusal as no:
        concerned = arranged["look"] is Look.FACILITATES and not facilitators & excluded
        left = contacts | (set() if concerned else facilitators)
        expect(no, {"rupture.nobody"} if not left - excluded - {WRITER} else set())
        return
    everybody = route.people(ticked=True)
    reached = [reach.person for reach in everybody]
    assert len(reached) == len(set(reached))
    assert {WRITER, *excluded}.isdisjoint(reached)
    for reach in everybody:
        assert reach.person in (contacts if reach.outside else facilitators)
    if arranged["look"] is Look.FACILITATES and not facilitators & excluded:
        assert all(reach.outside for reach in everybody)
    if arranged["lane"] is Lane.HARM:
        assert all(reach.outside for reach in route.people(ticked=False))
    backup = 24 if arranged["soon"] is Soon.TODAY else 48
    assert [reach.hours for reach in everybody] in ([0], [0, backup], [0, 72], [0, backup, 72])


def test_the_first_and_the_backup_are_drawn_evenly() -> None:
    shuffle, first, second = Random(4).shuffle, Counter[str](), Counter[str]()
    for _ in range(3000):
        route = draw_route(
            Lane.FRICTION, Look.HURT, Soon.NEXT, facilitators=FACILITATORS[:3], contacts=CONTACTS, flagger=WRITER,
            excluded=[], shuffle=shuffle,
        )  # fmt: skip
        first[route.reaches[0].person] += 1
        second[route.reaches[1].person] += 1
    for drawn in (first, second):
        assert all(900 < count < 1100 for count in drawn.values())
        assert len(drawn) == 3


def test_harm_has_no_wish_to_talk_it_through() -> None:
    assert Wish.TOGETHER in wishes(Lane.FRICTION)
    assert Wish.TOGETHER not in wishes(Lane.HARM)


def a_flag(route: Route | None = None, soon: Soon = Soon.NEXT) -> Flag:
    drawn = route or draw_route(
        Lane.FRICTION, Look.HURT, soon, facilitators=FACILITATORS[:2], contacts=CONTACTS[:1], flagger=WRITER,
        excluded=[], shuffle=lambda people: None,
    )  # fmt: skip
    return Flag(
        WRITER, "circle", Lane.FRICTION, Look.HURT, Wish.KNOW, soon, False, "salt", ["mark of mo"], drawn.reaches,
        NOON, NOON, NOON + timedelta(minutes=20), NOON,
    )  # fmt: skip


@given(st.booleans(), st.booleans(), st.booleans(), st.booleans())
def test_one_sees_it_only_as_writer_or_while_it_lies_before_them_and_never_when_kept_out(
    is_writer: bool, reads: bool, stands: bool, kept_out: bool
) -> None:
    flag = a_flag()
    flag.readers = ["fay"] if reads else ["finn"]
    reader = Reader(WRITER if is_writer else "fay", "mark of mo" if kept_out else "another mark", stands)
    assert may_see(flag, reader) is (not kept_out and (is_writer or (reads and stands)))


def lives(flag: Flag, until: datetime, standing: list[str]) -> list[tuple[float, Brought]]:
    """What time brings until then, in hours since noon."""
    brought: list[tuple[float, Brought]] = []
    while (coming := next_step(flag))[0] <= until:
        when, step = coming
        happened = take_step(flag, step, when, standing)
        brought += [((when - NOON) / timedelta(hours=1), one) for one in happened]
        if step == Step.FORGET:
            break
    return brought


def test_unanswered_it_goes_from_one_to_the_next_and_rests_in_the_end() -> None:
    flag = a_flag()
    brought = lives(flag, NOON + timedelta(days=90), EVERYBODY)
    offered = [(hours, one.person) for hours, one in brought if isinstance(one, Offered)]
    assert offered == [(pytest.approx(1 / 3), "fay"), (48, "finn"), (72, "cam")]
    assert [(hours, one.person) for hours, one in brought if isinstance(one, Reminded)] == [(24, "fay")]
    assert [hours / 24 for hours, one in brought if isinstance(one, HowIsIt)] == [14]
    assert (flag.stage, flag.how) == (Stage.CLOSED, How.IN_SILENCE)
    assert brought[-1][0] / 24 == 14 + 14 + 30


def test_who_does_not_stand_any_more_is_passed_over_and_who_gave_it_away_is_not_asked_again() -> None:
    flag = a_flag()
    assert [one for _, one in lives(flag, NOON + timedelta(hours=1), ["finn", "cam"])] == [Offered("finn")]
    assert flag.hand_on("finn", NOON, ["finn", "cam"], []) == [LetGo("finn"), Offered("cam", told=True)]
    later = lives(flag, NOON + timedelta(days=10), EVERYBODY)
    assert "finn" not in {one.person for _, one in later if isinstance(one, Offered)}


DEEDS = ["time", "acknowledge", "hand on", "pass", "close", "reopen", "go on", "next"]
CLOSED_OR_DONE = {"rupture.is_closed", "rupture.is_open", "rupture.read_already"}


@settings(max_examples=300)
@given(st.data())
def test_whatever_anybody_does_nobody_sees_it_who_was_not_offered_it_and_time_always_brings_something(
    data: st.DataObject,
) -> None:
    flag, now = a_flag(), NOON
    offered: set[str] = set()
    for _ in range(data.draw(st.integers(1, 25))):
        standing = [person for person in data.draw(st.permutations([*FACILITATORS, *CONTACTS])) if person != "flo"]
        deed = data.draw(st.sampled_from(DEEDS))
        happened: list[Brought] = []
        try:
            match deed:
                case "time":
                    now, step = next_step(flag)
                    happened = take_step(flag, step, now, standing)
                    if step == Step.FORGET:
                        return
                case "acknowledge" if flag.readers:
                    happened = [*flag.acknowledge(data.draw(st.sampled_from(flag.readers)), now)]
                case "hand on" if flag.readers:
                    happened = [*flag.hand_on(data.draw(st.sampled_from(flag.readers)), now, standing, standing)]
                case "pass" if flag.may_pass_to:
                    person = flag.may_pass_to
                    happened = [*flag.may_pass(person, yes=data.draw(st.booleans()), now=now)]
                case "close":
                    happened = [*flag.close(data.draw(st.sampled_from(How)), now)]
                case "reopen":
                    flag.reopen(now)
                case "go on":
                    flag.go_on(now)
                case "next":
                    happened = [*flag.offer_next(standing)] if flag.stage is Stage.RAISED else []
        except Refusal as no:
            expect(no, CLOSED_OR_DONE)
        offered |= {one.person for one in happened if isinstance(one, Offered)}
        assert set(flag.readers) <= offered
        assert len(flag.readers) == len(set(flag.readers))
        assert {WRITER, "flo", "mo"}.isdisjoint(flag.readers)
        assert set(flag.readers).isdisjoint(flag.had_it) or flag.stage is Stage.CLOSED
        assert flag.stage is not Stage.CLOSED or not flag.readers
        assert flag.carer is None or flag.readers == [flag.carer]
        assert next_step(flag)[0] >= NOON

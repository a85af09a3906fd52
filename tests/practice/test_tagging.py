"""How far what one shares may travel: one's own to say, once it has begun, until it closes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.practice import holding
from bot.practice.events import ShareTagged
from bot.practice.refusals import Refusal
from bot.practice.session import Session
from bot.practice.stepping_out import step_out
from bot.practice.tagging import may_tag, tag
from bot.practice.travel import Travel

from .gathering import HOLDER, NOON, a_gathering, a_session, begun, comes_in, state_of, tokens


def an_evening() -> Session:
    return begun(a_gathering([HOLDER, "ana", "ben"], ["cem"])).session


def refused(session: Session, person: str, travel: Travel, code: str) -> None:
    before = state_of(session)
    with pytest.raises(Refusal, match=f"^{code}$"):
        tag(session, person, travel)
    assert state_of(session) == before


def test_whoever_came_to_speak_says_it_whether_or_not_they_had_their_turn() -> None:
    session = an_evening()
    for person in (HOLDER, "ana", "ben"):
        assert may_tag(session, person)
        assert tag(session, person, Travel.CARRIED) == [ShareTagged(person, Travel.CARRIED, changed=False)]


def test_who_listens_or_never_came_has_nothing_of_theirs_to_tag() -> None:
    session = an_evening()
    refused(session, "cem", Travel.TOLD, "travel.listening")
    refused(session, "a stranger", Travel.TOLD, "session.come_in_first")
    assert not may_tag(session, "cem")
    assert not may_tag(session, "a stranger")


def test_nothing_is_tagged_before_it_began_or_after_it_closed() -> None:
    session = a_gathering([HOLDER, "ana", "ben"], [])
    refused(session, "ana", Travel.CARRIED, "travel.not_begun")
    begun(session)
    session.close(HOLDER, NOON)
    refused(session, "ana", Travel.CARRIED, "session.closed_already")
    assert not may_tag(session, "ana")


def test_two_who_sit_together_and_a_slow_circle_can_say_it_too() -> None:
    two = a_gathering([HOLDER, "ana"], [])
    holding.sit_together(two, HOLDER, NOON)
    slow = a_session()
    slow.days = 3
    for person in (HOLDER, "ana", "ben"):
        comes_in(slow, person)
    for session in (two, slow):
        assert tag(session, "ana", Travel.TOLD) == [ShareTagged("ana", Travel.TOLD, changed=False)]


def test_who_stepped_out_since_may_still_say_it_of_what_they_shared() -> None:
    session = an_evening()
    step_out(session, "ana", NOON, tokens())
    assert tag(session, "ana", Travel.CARRIED)


def test_in_a_pause_it_can_be_said_and_the_pause_stays() -> None:
    session = an_evening()
    holding.pause(session, "ben", NOON)
    assert tag(session, "ana", Travel.CARRIED)
    assert session.paused


def test_staying_here_needs_no_words_and_what_stands_is_not_said_twice() -> None:
    session = an_evening()
    refused(session, "ana", Travel.STAYS, "travel.stays_already")
    tag(session, "ana", Travel.CARRIED)
    refused(session, "ana", Travel.CARRIED, "travel.stands_already")


@given(st.lists(st.sampled_from(Travel), max_size=6))
def test_each_change_is_said_and_says_whether_it_is_one(ways: list[Travel]) -> None:
    session, stands = an_evening(), Travel.STAYS
    for way in ways:
        if way is stands:
            with pytest.raises(Refusal):
                tag(session, "ana", way)
        else:
            assert tag(session, "ana", way) == [ShareTagged("ana", way, changed=stands is not Travel.STAYS)]
        stands = way
    session.close(HOLDER, NOON)
    assert {seat.travel for seat in session.seats} == {Travel.STAYS}

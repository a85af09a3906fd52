"""Any number of people do anything at any time, and the circle still holds: the rules of a session, all together."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.practice.events import Event
from bot.practice.holding import PAUSES
from bot.practice.moments import next_moment, time_has_come
from bot.practice.more import More, offers
from bot.practice.refusals import Refusal
from bot.practice.seat import MOST, State
from bot.practice.session import Session
from bot.practice.stepping_out import step_out

from .deeds import do, goes_on_alone, waits_alone
from .gathering import HOLDER, NOON, a_session, state_of, tokens, twin_of
from .watcher import Watcher

PEOPLE = [HOLDER, *[f"person {number}" for number in range(1, MOST + 2)]]
SOMEBODY = st.integers(0, 39)  # mostly of those who are here
OFTEN = [deed for deed in More if deed not in {More.CLOSE, More.TOGETHER}] * 3 + list(More)
OFTEN_OF_SPEAKER = [More.SPOKE, More.SPOKE, More.SPOKE, More.PASS, More.STEP_OUT, More.PAUSE, More.MORE_TIME]
OFTEN_WHEN_ASKED = [More.TURN, More.TURN, More.TURN, More.NOT_FINISHED, More.PAUSE, More.BE_BACK]
OFTEN_OF_HOLDER = [More.GO_ON, More.GO_ON, More.GO_ON, More.BEGIN, More.COME_BACK, More.STEP_OUT, More.PAUSE]
WAITS = [1, 59, 130, 301, 600] * 5 + [1800, 7200, 50_000, 90_000, 400_000]  # seconds
LONGEST = timedelta(days=2)  # until a session in which nobody does anything is closed
LONGEST_SLOW = timedelta(days=7 + 5 * 3)


class AnyEvening(RuleBasedStateMachine):
    """A session in which anything is tried, and somebody who watches it."""

    def __init__(self) -> None:
        super().__init__()
        self.now, self.new_token = NOON, tokens("turn")
        self.session: Session = a_session()
        self.watcher = Watcher(self.session)
        self.spent: list[str] = []
        self.steps = 0

    @initialize(
        days=st.sampled_from([None, None, None, None, 1, 3]),
        minutes=st.integers(1, 10),
        themes=st.integers(0, 3),
        come=st.permutations(PEOPLE),
        speaking=st.sampled_from([4, 3, 3, 4, 5, 6, 9, 12, 2, 1, 0]),
        listening=st.integers(0, 2),
    )
    def opens(
        self, days: int | None, minutes: int, themes: int, come: list[str], speaking: int, listening: int
    ) -> None:
        self.session.theme_rounds, self.session.days, self.session.minutes = themes, days, minutes
        for number, person in enumerate(come[: speaking + listening]):
            self.comes_in(person, number >= speaking)
        if speaking > 2:
            self.does(HOLDER, More.BEGIN)

    @rule(who=st.sampled_from(PEOPLE), listening=st.booleans())
    def comes(self, who: str, listening: bool) -> None:
        self.comes_in(who, listening)

    def comes_in(self, person: str, listening: bool) -> None:
        if self._happens(lambda: self.session.come_in(person, listening, self.now, self.new_token)):
            self.watcher.came_in(person, listening)
        self._look_around()

    @rule(who=SOMEBODY, deed=st.sampled_from(OFTEN))
    def does_anything(self, who: int, deed: More) -> None:
        self.does(self._somebody(who), deed)

    def does(self, person: str, deed: More) -> None:
        if self._happens(lambda: do(self.session, deed, person, self.now, self.new_token), deed, person):
            self.watcher.did(person, deed)
        self._look_around()

    @precondition(lambda self: self.session.round)
    @rule(steps=st.integers(1, 9), also_when_asked=st.booleans())
    def the_piece_goes_round(self, steps: int, also_when_asked: bool) -> None:
        for _ in range(steps):
            turn = None if self.session.paused else self.session.turn
            if turn or also_when_asked or self.session.paused:
                self.does(turn.person_id if turn else self.session.holder_id, More.SPOKE if turn else More.GO_ON)

    @precondition(lambda self: self.session.asking)
    @rule(who=SOMEBODY, deed=st.sampled_from(OFTEN_WHEN_ASKED))
    def does_when_asked(self, who: int, deed: More) -> None:
        last = self.session.rounds[-1].last_speaker if deed is More.NOT_FINISHED else None
        self.does(last or self._somebody(who), deed)

    @precondition(lambda self: self.session.turn)
    @rule(deed=st.sampled_from(OFTEN_OF_SPEAKER))
    def the_speaker_does(self, deed: More) -> None:
        assert self.session.turn
        self.does(self.session.turn.person_id, deed)

    @rule(deed=st.sampled_from(OFTEN_OF_HOLDER))
    def the_holder_does(self, deed: More) -> None:
        self.does(self.session.holder_id, deed)

    @rule(who=SOMEBODY, data=st.data())
    def does_what_is_offered(self, who: int, data: st.DataObject) -> None:
        person = self._somebody(who)
        if offered := [deed for deed in offers(self.session, person, self.now) if deed is not More.CLOSE]:
            self.does(person, data.draw(st.sampled_from(offered)))

    @rule(person=SOMEBODY, really=st.sampled_from([False, False, True]))
    def leaves_the_circle(self, person: str, really: bool) -> None:
        if (
            really and person != self.session.holder_id
        ):  # who holds a session can't leave the circle before it is closed
            leaving = step_out(self.session, person, self.now, self.new_token, leaves=True)
            self.watcher.sees(leaving, More.STEP_OUT, person)
            self.watcher.left(person)
            self._look_around()

    @precondition(lambda self: self.spent)
    @rule(person=st.sampled_from(PEOPLE), data=st.data())
    def presses_on_a_turn_that_is_over(self, person: str, data: st.DataObject) -> None:
        token, before = data.draw(st.sampled_from(self.spent)), state_of(self.session)
        with pytest.raises(Refusal, match=r"^round\.turn_is_over$"):
            self.session.pass_piece(token, person, self.now, self.new_token)
        assert state_of(self.session) == before

    @rule(seconds=st.sampled_from(WAITS))
    def time_passes(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)
        while (due := next_moment(self.session)) and due[0] <= self.now:
            assert self._happens(lambda: time_has_come(self.session, self.now, self.new_token), by_time=True)
            self._look_around()
        assert (next_moment(self.session) is None) == (self.session.state is State.CLOSED)
        assert time_has_come(self.session, self.now, self.new_token) == []

    @invariant()
    def what_is_offered_is_accepted_and_nothing_else(self) -> None:
        self.steps += 1
        person = PEOPLE[self.steps % len(PEOPLE)]
        offered, stands = offers(self.session, person, self.now), state_of(self.session)
        assert (More.HOLD_BACK in offered) == (person == self.watcher.former)
        twin = twin_of(self.session)
        for deed in More:
            if deed is More.STEP_OUT and More.TOO_MUCH in offered:
                continue  # the one leads to the other
            no = refusal_of(lambda: do(twin, deed, person, self.now, self.new_token))  # noqa: B023
            too_few = deed is More.BEGIN and no == "session.too_few"  # the one thing that is told instead of done
            assert no is None or too_few or deed not in offered, deed
            if deed in offered and not no:
                twin = twin_of(self.session)
            else:
                assert state_of(twin) == stands, deed

    def teardown(self) -> None:
        longest = LONGEST_SLOW if self.session.slow else LONGEST
        assert waits_alone(twin_of(self.session), self.now, self.new_token) <= self.now + longest
        for seat in self.session.seats:
            for may_close in (True, False):
                twin = twin_of(self.session)
                closed_at = goes_on_alone(twin, seat.person_id, self.now, self.new_token, may_close=may_close)
                assert may_close is False or closed_at <= self.now + longest
                assert may_close or twin.held or self.session.round is None

    def _somebody(self, who: int) -> str:
        here = [self.session.holder_id, *[seat.person_id for seat in self.session.seats]]
        return here[who % len(here)] if who < 30 else PEOPLE[who % len(PEOPLE)]

    def _happens(
        self, act: Callable[[], list[Event]], deed: More | None = None, by: str = "", *, by_time: bool = False
    ) -> bool:
        """Let it happen, if the rules allow it. A refusal changes nothing."""
        before, turn = state_of(self.session), self.session.turn
        if turn and turn.token not in self.spent:
            self.spent.append(turn.token)
        events: list[Event] = []
        if refusal_of(lambda: events.extend(act())):
            assert state_of(self.session) == before
            return False
        self.watcher.sees(events, deed, by, by_time=by_time)
        return True

    def _look_around(self) -> None:
        self.watcher.look_around()
        assert all(seat.pauses <= PAUSES for seat in self.session.seats)
        open_now = {turn.token for round_ in self.session.rounds for turn in round_.turns if not turn.over}
        self.spent = [token for token in self.spent if token not in open_now]


def refusal_of(act: Callable[[], object]) -> str | None:
    """The code with which the rules say no to it, if they do."""
    try:
        act()
    except Refusal as no:
        return no.code
    return None


AnyEvening.TestCase.settings = settings(
    max_examples=120, stateful_step_count=50, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
TestAnyEvening = AnyEvening.TestCase

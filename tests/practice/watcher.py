"""Somebody who watches a session and remembers what they saw: who came, who had the piece, what was read last."""

from collections import Counter
from dataclasses import dataclass, field

from bot.practice.events import (
    Event,
    HalfwayThrough,
    HolderAwaited,
    HoldTaken,
    HoldTakenBack,
    Lead,
    Paused,
    PiecePassed,
    RoundAsked,
    SatTogether,
    SessionClosed,
    SlowRoundOpened,
    StillWith,
)
from bot.practice.more import More
from bot.practice.round import Round
from bot.practice.seat import State
from bot.practice.session import Session
from bot.practice.travel import Travel

NOW = (PiecePassed, RoundAsked, SlowRoundOpened, Paused, SessionClosed)  # what says where the circle is
OF_TIME = (StillWith, HolderAwaited, HalfwayThrough)
ALOUD = (*NOW, *OF_TIME, HoldTaken, HoldTakenBack)
ENDS_TURNS = {More.SPOKE, More.PASS, More.COME_BACK, More.STEP_OUT}


@dataclass
class Seen:
    """A round as it was seen: in which order it was to go, who reached it, who was there all the time."""

    order: list[str]
    stayed: set[str]
    had: list[str] = field(default_factory=list)


class Watcher:
    """Knows of the rules only what somebody in the circle could tell; says so when it isn't as it should be."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.speaking: set[str] = set()
        self.drawn: list[str] = []
        self.rounds: list[Seen] = []
        self.told: Event | None = None
        self.holder = session.holder_id
        self.former: str | None = None
        self._over: Counter[str] = Counter()
        self._last: Round | None = None
        self._door_was_open = True

    def sees(self, events: list[Event], deed: More | None = None, by: str = "", *, by_time: bool = False) -> None:
        """What is read after a step: one new message at most. Time never takes the piece from anybody (D1.4)."""
        aloud = [event for event in events if isinstance(event, ALOUD)]
        assert len(aloud) <= 1
        assert not by_time or aloud
        for event in aloud:
            if by_time:
                assert isinstance(event, (*OF_TIME, SlowRoundOpened, SessionClosed)) or getattr(
                    event, "opens_round", False
                )
            self._hears(event)
        self._look_at_turns(deed, by)
        self._look_at_rounds(opens=any(getattr(event, "opens_round", False) for event in aloud))

    def came_in(self, person: str, listening: bool) -> None:
        """Somebody took a seat, or another."""
        assert self._door_was_open
        (self.speaking.discard if listening else self.speaking.add)(person)
        if self.session.round and not self.session.slow and not listening:
            self.drawn.append(person)
            if person not in self.rounds[0].order:
                self.rounds[0].stayed.add(person)
            self.rounds[0].order.append(person)

    def did(self, person: str, deed: More) -> None:
        """What the person's own deed means for where they are."""
        seat = self.session.seat_of(person)
        if deed is More.STEP_OUT:
            self._is_out(person)
        elif deed is More.BE_BACK:
            assert seat is not None
            assert not seat.listening
            self.speaking.add(person)
        assert (self.session.holder_id == self.holder) == (deed not in {More.HOLD, More.HOLD_BACK})
        self.holder = self.session.holder_id

    def left(self, person: str) -> None:
        """Somebody left the circle, and with it this session."""
        self._is_out(person)
        if person in self.drawn:
            self.drawn.remove(person)
        if person == self.former:
            self.former = None
        assert self.session.state is State.CLOSED or self.session.seat_of(person) is None

    def look_around(self) -> None:
        """What must be true at any time."""
        session = self.session
        if session.state is State.CLOSED:
            return self._look_at_what_is_left()
        if session.round is None:
            assert session.turn is None
            assert not session.rounds
            return None
        if session.slow:
            assert isinstance(self.told, SlowRoundOpened)
            assert session.turn is None
            assert set(session.speakers) == self.speaking
            return None
        assert session.speakers == [person for person in self.drawn if person in self.speaking]
        assert session.paused == isinstance(self.told, Paused)
        if isinstance(self.told, PiecePassed):
            assert session.turn
            assert session.turn.person_id == self.told.speaker
            assert self.told.speaker in self.speaking
            if not session.turn.again and self.told.speaker not in self.rounds[-1].had:
                self.rounds[-1].had.append(self.told.speaker)
        elif isinstance(self.told, RoundAsked):
            assert session.asking
            self._look_at_whole(session.rounds[-1])
        if not self._door_was_open and session.lets_in:
            assert isinstance(self.told, PiecePassed)
            assert self.told.lead is Lead.NOT_FINISHED  # the first round isn't over after all
        self._door_was_open = session.lets_in
        return None

    def _hears(self, event: Event) -> None:
        match event:
            case HoldTaken(holder, former):
                assert (holder, former) == (self.session.holder_id, self.holder)
                self.former = former
            case HoldTakenBack(holder):
                assert holder == self.former
                self.former = None
            case PiecePassed(lead=Lead.GOES_ON):
                pass
            case PiecePassed(lead=Lead.BACK_LATER):
                assert event.before != event.speaker
                self.former = None
            case PiecePassed() | RoundAsked() | SlowRoundOpened() | SatTogether() | SessionClosed():
                self.former = None
        if isinstance(event, SessionClosed) and event.held and not self.session.slow and self._last:
            self._look_at_whole(self._last)
        if isinstance(event, NOW):
            self.told = event

    def _look_at_turns(self, deed: More | None, by: str) -> None:
        """Nobody's turn ends but by their own deed, or because the holder lets the piece go on."""
        if self.session.round is None:
            self._over = Counter()
            return
        if self.session.round is not self._last:
            self._last, self._over = self.session.round, Counter()
        over = Counter(turn.person_id for turn in self.session.round.turns if turn.over)
        ended, again = over - self._over, self._over - over
        if deed is More.STEP_OUT:
            assert set(ended) <= {by}
        elif deed in {More.SPOKE, More.PASS}:
            assert ended in (Counter({by: 1}), Counter())
        elif deed is More.COME_BACK:
            assert ended.total() <= 1
        else:
            assert not ended
        assert again == (Counter({by: 1}) if deed is More.NOT_FINISHED else Counter())
        self._over = over

    def _look_at_rounds(self, *, opens: bool) -> None:
        """The order stays the drawn one, and each round goes one place on (D1.2)."""
        session = self.session
        if session.slow or session.round is None or session.round.number < len(self.rounds):
            assert not opens
            return
        assert opens
        order = session.round.order
        if not self.rounds:
            self.speaking = set(order)
            self.drawn = list(order)
            assert self.holder not in order or order[0] == self.holder
        else:
            self._look_at_whole(session.rounds[-2])
        present = [person for person in self.drawn if person in session.speakers]
        began = self.rounds[-1].order[0] if self.rounds else None
        turned = [present[start:] + present[:start] for start in range(len(present))]
        assert order in turned
        if began in self.drawn:
            place = self.drawn.index(began)
            onward = self.drawn[place + 1 :] + self.drawn[: place + 1]
            assert order[0] == next(person for person in onward if person in present)
        self.rounds.append(Seen(list(order), set(order)))

    def _look_at_whole(self, round_: Round) -> None:
        """At its end a round has reached everybody who stayed, each once, and in its order."""
        seen = self.rounds[round_.number]
        reached = Counter(turn.person_id for turn in round_.turns if not turn.again)
        asked = Counter(turn.person_id for turn in round_.turns if turn.again)
        assert {person: reached[person] for person in seen.stayed} == dict.fromkeys(seen.stayed, 1)
        assert seen.stayed <= set(seen.had)
        assert all(times == 1 for times in asked.values())
        waiting = iter(seen.order)
        assert all(person in waiting for person in seen.had)

    def _look_at_what_is_left(self) -> None:
        """Of turns, passes, pauses and times nothing outlives the closing (promise 12)."""
        session = self.session
        assert session.rounds == []
        assert (session.since, session.awaited_since, session.former_holder_id, session.guardian_id) == (None,) * 4
        assert (session.paused, session.told_time, session.hold_offered, session.more_time) == (False,) * 3 + (0,)
        assert not any(seat.out or seat.pauses or seat.travel is not Travel.STAYS for seat in session.seats)

    def _is_out(self, person: str) -> None:
        seat = self.session.seat_of(person)
        if seat is None or not seat.listening:
            self.speaking.discard(person)
        for seen in self.rounds[-1:]:
            seen.stayed.discard(person)

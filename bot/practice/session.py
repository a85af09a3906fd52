"""One gathering of a circle, from the first arrival to its closing."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.practice.debrief import Debrief
from bot.practice.events import (
    CameIn,
    Event,
    Lead,
    OrderChanged,
    PiecePassed,
    RoundAsked,
    SessionBegan,
    SessionClosed,
    SlowRoundOpened,
)
from bot.practice.prompts import choose_prompts
from bot.practice.refusals import Refusal
from bot.practice.round import Kind, NewToken, Round, Turn, one_further_on
from bot.practice.seat import MOST, Seat, State

FEWEST_FOR_ROUNDS = 3
SPLIT_FROM = 9
MOST_THEME_ROUNDS = 3

Draw = Callable[[list[str], str | None], list[str]]


@dataclass(eq=False)
class Session:
    """A gathering, numbered within its circle; `days` long a round if it is slow, else `minutes` a turn.

    `chapter` is its number among those held; `prompts` what its rounds carry, `|` between, if laid down when opened;
    `since` when what is now began; `awaited_since` when it began to wait for its holder; `begins_at` its set time;
    `clears_at` when the thread of a closed debrief is deleted.
    """

    id: str
    token: str
    circle_id: str
    number: int
    holder_id: str
    theme_rounds: int
    minutes: int
    opened_at: datetime
    days: int | None = None
    prompt_set: str | None = None
    chapter: int | None = None
    debrief: Debrief | None = None
    prompts: str | None = None
    clears_at: datetime | None = None
    state: State = State.GATHERING
    held: bool = False
    began_at: datetime | None = None
    closed_at: datetime | None = None
    paused: bool = False
    since: datetime | None = None
    more_time: int = 0
    told_time: bool = False
    begins_at: datetime | None = None
    awaited_since: datetime | None = None
    hold_offered: bool = False
    former_holder_id: str | None = None
    guardian_id: str | None = None
    thread_id: int | None = None
    thread_lost: bool = False
    waiting_message_id: int | None = None
    invitation_id: int | None = None
    moment: str | None = None
    whisper: str | None = None
    list_message_id: int | None = None
    reminding_id: str | None = None
    version: int = 0
    seats: list[Seat] = field(default_factory=list)
    rounds: list[Round] = field(default_factory=list)

    @property
    def slow(self) -> bool:
        """Whether its rounds last days, in any order (D1.6)."""
        return self.days is not None

    @property
    def speakers(self) -> list[str]:
        """Those with a place in the order, in order; before it is drawn, in the order of arrival."""
        speak = [seat.person_id for seat in self.seats if not seat.listening and not seat.out]
        if self.state in {State.IN_ROUND, State.CLOSED} and not self.slow:
            return [person for person in self.drawn if person in speak]
        return speak

    @property
    def drawn(self) -> list[str]:
        """The order as it was drawn, with those who came late and those who have stepped out."""
        placed = [(seat.place, seat.person_id) for seat in self.seats if seat.place is not None]
        return [person_id for _, person_id in sorted(placed)]

    @property
    def listeners(self) -> list[str]:
        """Those who are here without a place in the order."""
        return [seat.person_id for seat in self.seats if seat.listening or seat.out]

    @property
    def round(self) -> Round | None:
        """The round that is open now."""
        return self.rounds[-1] if self.state is State.IN_ROUND and self.rounds else None

    @property
    def turn(self) -> Turn | None:
        """The turn that has the talking piece now."""
        return self.round.turn if self.round else None

    @property
    def asking(self) -> bool:
        """Whether everybody has had their turn, and whoever would like another is asked (D1.3)."""
        return self.round is not None and not self.slow and self.round.turn is None

    @property
    def said_goodbye(self) -> bool:
        """Whether its check-out round has gone round."""
        return self.asking and self.rounds[-1].kind is Kind.CLOSING

    @property
    def ends_early(self) -> bool:
        """Whether closing it now would take turns away from people, so that whoever holds it is asked once more."""
        return self.round is not None and not self.said_goodbye

    @property
    def lets_in(self) -> bool:
        """Whether its door is open: until the first round ends, or until a slow circle says goodbye."""
        if self.round is None:
            return self.state is not State.CLOSED
        if self.slow:
            return self.round.kind is not Kind.CLOSING
        return len(self.rounds) == 1 and self.round.turn is not None and not self.round.asked_again

    def seat_of(self, person_id: str) -> Seat | None:
        """This person's seat, if they came in."""
        return next((seat for seat in self.seats if seat.person_id == person_id), None)

    def expect_present(self, person_id: str) -> Seat:
        """The seat of somebody who came in. Raises Refusal when they didn't, or it is closed."""
        self._expect_open()
        seat = self.seat_of(person_id)
        if seat is None:
            raise Refusal("session.come_in_first")
        return seat

    def expect_holder(self, by: str) -> None:
        """Say no when `by` doesn't hold this session."""
        if by != self.holder_id:
            raise Refusal("session.only_holder", holder=self.holder_id)

    def expect_no_pause(self) -> None:
        """Say no while there's a pause."""
        if self.paused:
            raise Refusal("round.in_pause")

    def expect_room(self, person_id: str, listening: bool) -> None:
        """Say no when this person can't come in now: closed, full, or the door of the session is shut."""
        seat = self.seat_of(person_id)
        self._expect_open()
        stays = seat and not seat.out and seat.listening == listening
        if seat and (stays or (self.round and (not seat.listening or not self.lets_in))):
            raise Refusal("session.here_already")
        if not self.lets_in:
            raise Refusal("session.begun_already")
        if seat is None and len(self.seats) >= MOST:
            raise Refusal("session.full", most=MOST)

    def come_in(self, person_id: str, listening: bool, now: datetime, new_token: NewToken) -> list[Event]:
        """Take a seat, to speak or to listen, or change between the two.

        Who comes late joins the end of the order until the first round ends. A slow circle begins by itself with the
        third who comes to speak. Raises Refusal as `expect_room` does.
        """
        self.expect_room(person_id, listening)
        seat = self.seat_of(person_id)
        events: list[Event] = []
        if seat is None:
            seat = Seat(person_id, listening)
            self.seats.append(seat)
            events.append(CameIn(person_id))
        seat.listening, seat.out = listening, False
        if self.state is State.GATHERING:
            self.since = now
            if self.awaited_since is None or person_id == self.holder_id or len(self.speakers) == FEWEST_FOR_ROUNDS:
                self.awaited_since, self.hold_offered = max(now, self.begins_at or now), False
        if self.slow and self.round is None and len(self.speakers) >= FEWEST_FOR_ROUNDS:
            events += self._begin(now, new_token)
        elif self.round and not self.slow and not listening:
            seat.place = max((one.place for one in self.seats if one.place is not None), default=-1) + 1
            self.round.reach(person_id, new_token)
            events.append(OrderChanged())
        return events

    def begin(self, by: str, now: datetime, draw: Draw, new_token: NewToken) -> list[Event]:
        """Draw the order once (D1.2) and open the check-in round; the holder, if they speak, speaks first.

        Raises Refusal when `by` doesn't hold it, it has begun, or fewer than three came to speak.
        """
        self.expect_not_begun(by)
        if len(self.speakers) < FEWEST_FOR_ROUNDS:
            raise Refusal("session.too_few", fewest=FEWEST_FOR_ROUNDS)
        first = self.holder_id if self.holder_id in self.speakers else None
        for place, person in enumerate(draw(self.speakers, first)):
            self.expect_present(person).place = place
        return self._begin(now, new_token)

    def pass_piece(self, token: str, by: str, now: datetime, new_token: NewToken) -> list[Event]:
        """End the turn and let the piece go on: to the next speaker, or to whoever would like another turn."""
        if self.round is None:
            raise Refusal("round.turn_is_over")
        if self.round.expect_turn(token).person_id == by:
            self.expect_no_pause()
        ended = self.round.pass_piece(token, by)
        return self.let_piece_go_on(ended.person_id, Lead.THANKS, now, new_token)

    def close(self, by: str, now: datetime, *, ask_first: bool = False) -> list[Event]:
        """Close early; of two who sit together either can. It is held only if its check-out round was completed.

        With `ask_first` nothing happens where it `ends_early`.
        """
        self._expect_open()
        if self.state is not State.TOGETHER or self.seat_of(by) is None:
            self.expect_holder(by)
        return [] if ask_first and self.ends_early else [self._close(now, None, held=self.said_goodbye)]

    def close_by_itself(self, now: datetime) -> list[Event]:
        """Nobody is there any more, or its thread isn't: close, so that the circle isn't held up by it."""
        return [] if self.state is State.CLOSED else [self._close(now, None, held=self.said_goodbye)]

    def open_next_round(self, now: datetime, new_token: NewToken, before: str | None = None) -> list[Event]:
        """The next round, or the closing."""
        self.wait_anew(now)
        if self.slow:
            self.awaited_since = now  # its rounds go on by time alone; only who holds it can go on sooner
        if len(self.rounds) < self.theme_rounds + 2 and self.speakers:
            return [self._open_round(before, new_token)]
        return [self._close(now, before, held=bool(self.speakers))]

    def let_piece_go_on(self, before: str | None, lead: Lead, now: datetime, new_token: NewToken) -> list[Event]:
        """The piece comes to the next turn, or everybody is asked whether they'd like another."""
        assert self.round is not None
        self.wait_anew(now)
        self.former_holder_id = None
        if self.turn:
            return [PiecePassed(self.turn.person_id, before, opens_round=False, lead=lead)]
        if not set(self.speakers) - self.round.asked_again:
            return self.open_next_round(now, new_token, before)
        return [RoundAsked(before, lead)]

    def wait_anew(self, now: datetime) -> None:
        """What comes now has its own time, and waits for nobody yet."""
        self.since, self.told_time, self.more_time = now, False, 0
        self.awaited_since, self.hold_offered = None, False

    def expect_not_begun(self, by: str) -> None:
        """Say no when `by` doesn't hold it, or it has begun or closed."""
        self._expect_open()
        self.expect_holder(by)
        if self.state is State.IN_ROUND:
            raise Refusal("session.begun_already_holder")

    def _expect_open(self) -> None:
        if self.state is State.CLOSED:
            raise Refusal("session.closed_already")

    def _begin(self, now: datetime, new_token: NewToken) -> list[Event]:
        self.began_at, self.state = now, State.IN_ROUND
        return [SessionBegan(), *self.open_next_round(now, new_token)]

    def _open_round(self, before: str | None, new_token: NewToken) -> Event:
        number = len(self.rounds)
        kind = Kind.OPENING if number == 0 else Kind.CLOSING if number == self.theme_rounds + 1 else Kind.THEME
        usual = choose_prompts(self.chapter or self.number, self.theme_rounds, self.prompt_set)
        opened = Round(number, kind, (self.prompts.split("|") if self.prompts else usual)[number])
        order = one_further_on(self.drawn, self.rounds)
        self.rounds.append(opened)
        self.former_holder_id = None
        if self.slow:
            return SlowRoundOpened()
        for person in order:
            if person in self.speakers:
                opened.reach(person, new_token)
        assert opened.turn is not None
        lead = Lead.THANKS if before else Lead.NOTHING
        return PiecePassed(opened.turn.person_id, before, opens_round=True, lead=lead)

    def _close(self, now: datetime, before: str | None, held: bool) -> SessionClosed:
        """Of turns, pauses, tags and times nothing outlives the closing (promise 12)."""
        self.state, self.closed_at, self.held, self.prompts = State.CLOSED, now, held, None
        self.rounds.clear()
        self.wait_anew(now)
        self.since = None
        self.paused = False
        guardian, self.former_holder_id, self.guardian_id = self.guardian_id, None, None
        for seat in self.seats:
            seat.close()
        return SessionClosed(before, held, guardian)

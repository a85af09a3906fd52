"""One gathering of a circle, from the first arrival to its closing."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.practice.events import Event, PiecePassed, SessionBegan, SessionClosed
from bot.practice.prompts import choose_prompts
from bot.practice.refusals import Refusal
from bot.practice.round import Kind, Round, Turn

FEWEST_FOR_ROUNDS = 3
MOST = 12
SPLIT_FROM = 9
MOST_THEME_ROUNDS = 3
SEATS_KEPT = 12  # held sessions

NewToken = Callable[[], str]
Shuffle = Callable[[list[str]], None]


class State(StrEnum):
    """Where a session stands."""

    GATHERING = "gathering"
    IN_ROUND = "in_round"
    CLOSED = "closed"


@dataclass(eq=False)
class Seat:
    """A person who came in. Listeners have no place in the order; they may hold."""

    person_id: str
    listening: bool
    place: int | None = None


@dataclass(eq=False)
class Session:
    """A gathering, numbered within its circle.

    It changes only by its own rules and returns what happened; `version` lets the store notice two at once.
    """

    id: str
    token: str
    circle_id: str
    number: int
    holder_id: str
    theme_rounds: int
    minutes: int
    opened_at: datetime
    state: State = State.GATHERING
    held: bool = False
    began_at: datetime | None = None
    closed_at: datetime | None = None
    thread_id: int | None = None
    waiting_message_id: int | None = None
    invitation_id: int | None = None
    list_message_id: int | None = None
    reminding_id: str | None = None
    version: int = 0
    seats: list[Seat] = field(default_factory=list)
    rounds: list[Round] = field(default_factory=list)

    @property
    def speakers(self) -> list[str]:
        """Those with a place in the order, in order; before it is drawn, in the order of arrival."""
        seats = [seat for seat in self.seats if not seat.listening]
        if self.state is not State.GATHERING:
            seats = sorted((s for s in seats if s.place is not None), key=lambda seat: seat.place or 0)
        return [seat.person_id for seat in seats]

    @property
    def listeners(self) -> list[str]:
        """Those who are here to listen."""
        return [seat.person_id for seat in self.seats if seat.listening]

    @property
    def round(self) -> Round | None:
        """The round that is open now."""
        return self.rounds[-1] if self.state is State.IN_ROUND and self.rounds else None

    def seat_of(self, person_id: str) -> Seat | None:
        """This person's seat, if they came in."""
        return next((seat for seat in self.seats if seat.person_id == person_id), None)

    def expect_room(self, person_id: str, listening: bool) -> None:
        """Say no when this person can't come in now: closed, full, or the door of the session is shut."""
        if self.state is State.CLOSED:
            raise Refusal("session.closed_already")
        seat = self.seat_of(person_id)
        if self.state is State.IN_ROUND:
            if seat:
                raise Refusal("session.here_already")
            raise Refusal("session.begun_already")
        if seat is None and len(self.seats) >= MOST:
            raise Refusal("session.full", most=MOST)
        if seat is not None and seat.listening == listening:
            raise Refusal("session.here_already")

    def come_in(self, person_id: str, listening: bool) -> bool:
        """Take a seat, to speak or to listen, or change between the two. True when the person is new here."""
        self.expect_room(person_id, listening)
        seat = self.seat_of(person_id)
        if seat is None:
            self.seats.append(Seat(person_id, listening))
            return True
        seat.listening = listening
        return False

    def expect_holder(self, by: str) -> None:
        """Say no when `by` doesn't hold this session."""
        if by != self.holder_id:
            raise Refusal("session.only_holder", holder=self.holder_id)

    def begin(self, by: str, now: datetime, shuffle: Shuffle, new_token: NewToken) -> list[Event]:
        """Draw the order once (D1.2) and open the check-in round; the holder, if they speak, speaks first.

        Raises Refusal when `by` doesn't hold it, it has begun, or fewer than three came to speak.
        """
        if self.state is State.CLOSED:
            raise Refusal("session.closed_already")
        self.expect_holder(by)
        if self.state is State.IN_ROUND:
            raise Refusal("session.begun_already_holder")
        if len(self.speakers) < FEWEST_FOR_ROUNDS:
            raise Refusal("session.too_few", fewest=FEWEST_FOR_ROUNDS)
        self._draw_order(shuffle)
        self.began_at = now
        self.state = State.IN_ROUND
        return [SessionBegan(), *self._open_round(None, new_token)]

    def pass_piece(self, token: str, by: str, now: datetime, new_token: NewToken) -> list[Event]:
        """End the turn and let the piece go on: to the next speaker, into the next round, or to the closing."""
        if self.round is None:
            raise Refusal("round.turn_is_over")
        ended = self.round.pass_piece(token, by)
        return self._go_on(ended.person_id, now, new_token)

    def step_out(self, person_id: str, now: datetime, new_token: NewToken) -> list[Event]:
        """Give up one's seat; if this person had the piece it goes on, and nobody is thanked or asked."""
        seat = self.seat_of(person_id)
        if seat is None or self.state is State.CLOSED:
            return []
        if self.round is None:
            self.seats.remove(seat)
            return []
        seat.place, seat.listening = None, True
        had_piece = self.round.turn is not None and self.round.turn.person_id == person_id
        self.round.leave_out(person_id)
        return self._go_on(None, now, new_token) if had_piece else []

    def close(self, by: str, now: datetime) -> list[Event]:
        """Close early. It isn't counted as held, unless the check-out round was completed before."""
        if self.state is State.CLOSED:
            raise Refusal("session.closed_already")
        self.expect_holder(by)
        return [self._close(now, None, held=False)]

    def close_without_thread(self, now: datetime) -> list[Event]:
        """Its thread is gone from Discord: close, so that the circle isn't held up by what can't go on."""
        return [] if self.state is State.CLOSED else [self._close(now, None, held=False)]

    def _go_on(self, before: str | None, now: datetime, new_token: NewToken) -> list[Event]:
        assert self.round is not None
        following = self.round.turn
        if following is not None:
            return [PiecePassed(following.person_id, before, opens_round=False)]
        if len(self.rounds) < self.theme_rounds + 2 and self.speakers:
            return self._open_round(before, new_token)
        return [self._close(now, before, held=bool(self.speakers))]

    def _draw_order(self, shuffle: Shuffle) -> None:
        drawn = [person for person in self.speakers if person != self.holder_id]
        shuffle(drawn)
        holder = [self.holder_id] if self.holder_id in self.speakers else []
        for place, person in enumerate(holder + drawn):
            seat = self.seat_of(person)
            assert seat is not None
            seat.place = place

    def _open_round(self, before: str | None, new_token: NewToken) -> list[Event]:
        number = len(self.rounds)
        kind = Kind.OPENING if number == 0 else Kind.CLOSING if number == self.theme_rounds + 1 else Kind.THEME
        opened = Round(number, kind, choose_prompts(self.number, self.theme_rounds)[number])
        start = number % len(self.speakers)
        for place, person in enumerate(self.speakers[start:] + self.speakers[:start]):
            opened.turns.append(Turn(new_token(), person, place))
        self.rounds.append(opened)
        assert opened.turn is not None
        return [PiecePassed(opened.turn.person_id, before, opens_round=True)]

    def _close(self, now: datetime, before: str | None, held: bool) -> SessionClosed:
        """No turn outlives the closing (promise 12): the rounds are forgotten with it."""
        self.state = State.CLOSED
        self.closed_at = now
        self.held = held
        self.rounds.clear()
        return SessionClosed(before, held)

"""Sessions to try the rules on: who came, in which order, and a talking piece that goes round."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from hypothesis import strategies as st

from bot.practice.round import Round, Turn
from bot.practice.session import MOST, MOST_THEME_ROUNDS, Session

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOLDER = "holder"


def tokens() -> Callable[[], str]:
    """Tokens that never repeat."""
    numbers = itertools.count()
    return lambda: f"token {next(numbers)}"


def a_session(theme_rounds: int = 1, number: int = 1, holder: str = HOLDER) -> Session:
    """A session that gathers."""
    return Session("id", "token", "circle", number, holder, theme_rounds, 4, NOON)


def a_gathering(speakers: list[str], listeners: list[str], theme_rounds: int = 1) -> Session:
    """A session in which these people are, not begun."""
    session = a_session(theme_rounds)
    for person in speakers:
        session.come_in(person, listening=False)
    for person in listeners:
        session.come_in(person, listening=True)
    return session


@dataclass
class Evening:
    """A session that has begun, and everything seen of it."""

    session: Session
    new_token: Callable[[], str] = field(default_factory=tokens)

    @property
    def round(self) -> Round:
        assert self.session.round is not None
        return self.session.round

    @property
    def turn(self) -> Turn:
        assert self.round.turn is not None
        return self.round.turn

    def goes_on(self) -> None:
        """Whoever has the piece passes it on."""
        self.session.pass_piece(self.turn.token, self.turn.person_id, NOON, self.new_token)

    def plays(self) -> list[list[str]]:
        """Everybody takes their turns to the end: who had the piece, round by round."""
        had: list[list[str]] = []
        while self.session.round is not None:
            if self.round.number == len(had):
                had.append([])
            had[self.round.number].append(self.turn.person_id)
            self.goes_on()
        return had


def begun(session: Session) -> Evening:
    """The session, begun by its holder."""
    evening = Evening(session)
    session.begin(session.holder_id, NOON, lambda people: None, evening.new_token)
    return evening


def state_of(session: Session) -> object:
    """All that a session keeps, but for the tokens of its turns."""
    kept = {name: value for name, value in vars(session).items() if name not in {"seats", "rounds"}}
    seats = [vars(seat) for seat in session.seats]
    rounds = [(r.number, r.kind, r.prompt, [(t.person_id, t.place, t.over) for t in r.turns]) for r in session.rounds]
    return kept, seats, rounds


@st.composite
def gatherings(draw: st.DrawFn) -> Session:
    """3 to 12 speakers and some listeners, the holder among either, with 0 to 3 theme rounds; in any order."""
    people = [f"person {number}" for number in range(draw(st.integers(3, MOST)))]
    speaking = draw(st.integers(3, len(people)))
    people[draw(st.integers(0, len(people) - 1))] = HOLDER
    session = a_gathering(people[:speaking], people[speaking:], draw(st.integers(0, MOST_THEME_ROUNDS)))
    draw(st.randoms()).shuffle(session.seats)
    return session

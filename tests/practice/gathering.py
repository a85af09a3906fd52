"""Sessions to try the rules on: who came, in which order, and a talking piece that goes round."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from hypothesis import strategies as st

from bot.practice.events import Event
from bot.practice.holding import go_on
from bot.practice.round import Round, Turn
from bot.practice.seat import MOST
from bot.practice.session import MOST_THEME_ROUNDS, Session

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOLDER = "holder"
NUMBERS = itertools.count()


def tokens(kind: str = "token") -> Callable[[], str]:
    """Tokens that never repeat."""
    return lambda: f"{kind} {next(NUMBERS)}"


def comes_in(session: Session, person: str, *, listening: bool = False) -> list[Event]:
    """Somebody comes in at noon."""
    return session.come_in(person, listening, NOON, tokens("of one who came"))


def as_they_came(people: list[str], first: str | None) -> list[str]:
    """The order of arrival, with whoever speaks first at its head."""
    return [person for person in people if person == first] + [person for person in people if person != first]


def a_session(theme_rounds: int = 1, number: int = 1, holder: str = HOLDER) -> Session:
    """A session that gathers."""
    return Session("id", "token", "circle", number, holder, theme_rounds, 4, NOON)


def a_gathering(speakers: list[str], listeners: list[str], theme_rounds: int = 1) -> Session:
    """A session in which these people are, not begun."""
    session = a_session(theme_rounds)
    for person in speakers:
        comes_in(session, person)
    for person in listeners:
        comes_in(session, person, listening=True)
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
        """Whoever has the piece passes it on; after a round the holder goes on."""
        self.session.pass_piece(self.turn.token, self.turn.person_id, NOON, self.new_token)
        if self.session.asking:
            go_on(self.session, self.session.holder_id, NOON, self.new_token)

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
    session.begin(session.holder_id, NOON, as_they_came, evening.new_token)
    return evening


def state_of(session: Session) -> object:
    """All that a session keeps."""
    rounds = [(_kept(round_), [_kept(turn) for turn in round_.turns]) for round_ in session.rounds]
    return _kept(session), [_kept(seat) for seat in session.seats], rounds


def twin_of(session: Session) -> Session:
    """Another session that stands where this one does: to try on it what this one isn't to know."""
    rounds = [replace(round_, turns=[replace(turn) for turn in round_.turns]) for round_ in session.rounds]
    return replace(session, seats=[replace(seat) for seat in session.seats], rounds=rounds)


@st.composite
def gatherings(draw: st.DrawFn) -> Session:
    """3 to 12 speakers and some listeners, the holder among either, with 0 to 3 theme rounds; in any order."""
    people = [f"person {number}" for number in range(draw(st.integers(3, MOST)))]
    speaking = draw(st.integers(3, len(people)))
    people[draw(st.integers(0, len(people) - 1))] = HOLDER
    session = a_gathering(people[:speaking], people[speaking:], draw(st.integers(0, MOST_THEME_ROUNDS)))
    draw(st.randoms()).shuffle(session.seats)
    return session


def _kept(row: object) -> dict[str, object]:
    return {name: value for name, value in vars(row).items() if name[0] != "_" and not isinstance(value, list)}

"""One prompt going round once, and the talking piece on its way."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from bot.practice.refusals import Refusal

NewToken = Callable[[], str]


class Kind(StrEnum):
    """What a round is for (D1.1)."""

    OPENING = "opening"
    THEME = "theme"
    CLOSING = "closing"


@dataclass(eq=False)
class Turn:
    """One member's place in a round. Its token is in its buttons, so a late press can't end another's turn.

    `later` is true once the circle has come back to it, which it does once; `again` for a turn somebody asked for after
    their own.
    """

    token: str
    person_id: str
    place: int
    over: bool = False
    later: bool = False
    again: bool = False


@dataclass(eq=False)
class Round:
    """A prompt and the turns it takes. How a turn ended (spoken, passed) is not kept anywhere (D1.3, D5.7).

    `last` is the token of the turn that ended last, until the next press: its speaker may not have been finished.
    """

    number: int
    kind: Kind
    prompt: str
    turns: list[Turn] = field(default_factory=list)
    last: str | None = None

    @property
    def turn(self) -> Turn | None:
        """The turn that has the talking piece; None when everybody has had theirs."""
        return min((turn for turn in self.turns if not turn.over), key=lambda turn: turn.place, default=None)

    @property
    def order(self) -> list[str]:
        """The people in the order in which they are asked."""
        return [turn.person_id for turn in sorted(self.turns, key=lambda turn: turn.place)]

    @property
    def first(self) -> str:
        """Who it began with, also if the circle has put them off since."""
        return min(self.turns, key=lambda turn: (turn.place > 0, not turn.later, turn.place)).person_id

    @property
    def asked_again(self) -> set[str]:
        """Who has asked for a turn after their own."""
        return {turn.person_id for turn in self.turns if turn.again}

    @property
    def last_speaker(self) -> str | None:
        """Who had the piece until the last press, if they may not have been finished."""
        return next((turn.person_id for turn in self.turns if turn.token == self.last), None)

    @property
    def ends_here(self) -> bool:
        """Whether nobody comes after the turn that is open, or the circle has come back to it already."""
        turn = self.turn
        if turn is None:
            return False
        return turn.later or turn.again or all(other.over for other in self.turns if other is not turn)

    def reach(self, person_id: str, new_token: NewToken, *, again: bool = False) -> None:
        """A turn for this person, after all the others."""
        self.turns.append(Turn(new_token(), person_id, self._end, again=again))

    def expect_turn(self, token: str) -> Turn:
        """The turn named by `token`. Raises Refusal when it is over already."""
        if self.turn is None or self.turn.token != token:
            raise Refusal("round.turn_is_over")
        return self.turn

    def pass_piece(self, token: str, by: str) -> Turn:
        """End the turn named by `token`; spoken or passed makes no difference here or later (D1.3).

        Raises Refusal when that turn is over already, or when it is somebody else's.
        """
        turn = self.expect_turn(token)
        if turn.person_id != by:
            raise Refusal("round.not_your_turn", speaker=turn.person_id)
        turn.over = True
        self.last = None if turn.later else turn.token
        return turn

    def come_back_later(self, token: str, new_token: NewToken) -> bool:
        """Let the piece go on now and return to its speaker at the end (D1.4). False when it is at the end already."""
        turn = self.expect_turn(token)
        self.last = None
        later = not self.ends_here
        if later:
            turn.token, turn.place, turn.later = new_token(), self._end, True
        else:
            turn.over = True
        return later

    def take_up_again(self, by: str, new_token: NewToken) -> None:
        """The last speaker wasn't finished: the piece returns to them, and whoever has it now gets it after them.

        Raises Refusal when somebody has pressed since, or it wasn't their turn that ended last.
        """
        last = next((turn for turn in self.turns if turn.token == self.last), None)
        if last is None or last.person_id != by:
            raise Refusal("round.gone_on")
        if self.turn:
            self.turn.token = new_token()
        last.token, last.over, last.later = new_token(), False, True
        self.last = None

    def leave_out(self, person_id: str) -> None:
        """This person isn't here any more; their turn is over, if it was still to come."""
        if person_id == self.last_speaker:
            self.last = None
        for turn in self.turns:
            turn.over = turn.over or turn.person_id == person_id

    @property
    def _end(self) -> int:
        return max((turn.place for turn in self.turns), default=-1) + 1


def one_further_on(drawn: list[str], rounds: list[Round]) -> list[str]:
    """The order, beginning with whoever comes after the one with whom the round before began (D1.2)."""
    if not drawn or not rounds:
        return drawn
    first = rounds[-1].first
    start = drawn.index(first) + 1 if first in drawn else len(rounds)
    return [drawn[(start + step) % len(drawn)] for step in range(len(drawn))]

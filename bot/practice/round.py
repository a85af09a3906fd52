"""One prompt going round once, and the talking piece on its way."""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.practice.refusals import Refusal


class Kind(StrEnum):
    """What a round is for (D1.1)."""

    OPENING = "opening"
    THEME = "theme"
    CLOSING = "closing"


@dataclass(eq=False)
class Turn:
    """One member's place in a round. Its token is in its buttons, so a late press can't end another's turn."""

    token: str
    person_id: str
    place: int
    over: bool = False
    message_id: int | None = None


@dataclass(eq=False)
class Round:
    """A prompt and the turns it takes. How a turn ended (spoken, passed) is not kept anywhere (D1.3, D5.7)."""

    number: int
    kind: Kind
    prompt: str
    turns: list[Turn] = field(default_factory=list)

    @property
    def turn(self) -> Turn | None:
        """The turn that has the talking piece; None when everybody has had theirs."""
        return min((turn for turn in self.turns if not turn.over), key=lambda turn: turn.place, default=None)

    @property
    def order(self) -> list[str]:
        """The people in the order in which they are asked."""
        return [turn.person_id for turn in sorted(self.turns, key=lambda turn: turn.place)]

    def leave_out(self, person_id: str) -> None:
        """This person isn't here any more; their turn is over, if it was still to come."""
        for turn in self.turns:
            turn.over = turn.over or turn.person_id == person_id

    def pass_piece(self, token: str, by: str) -> Turn:
        """End the turn named by `token`; spoken or passed makes no difference here or later (D1.3).

        Raises Refusal when that turn is over already, or when it is somebody else's.
        """
        turn = self.turn
        if turn is None or turn.token != token:
            raise Refusal("round.turn_is_over")
        if turn.person_id != by:
            raise Refusal("round.not_your_turn", speaker=turn.person_id)
        turn.over = True
        return turn

"""Which function turns a waiting row into the message that it becomes."""

from collections.abc import Callable

from bot.acts.due import Errand
from bot.press import Spoken

Teller = Callable[[Errand, dict[str, str]], Spoken]
TELLERS: dict[str, Teller] = {}


def tells(kind: str) -> Callable[[Teller], Teller]:
    """Mark the function that turns a waiting row of this kind into a message.

    It gets the errand and the names of the people in it (by our random id), safe to print.
    """

    def keep(teller: Teller) -> Teller:
        TELLERS[kind] = teller
        return teller

    return keep

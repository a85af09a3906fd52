"""What is read to all from the agreement, in the message that comes anyway (P1)."""

from bot.acts.due import Errand
from bot.press import harmless
from bot.words import say


def read_aloud(errand: Errand) -> list[str]:
    """The lines of the agreement that are read now, with nobody named (P1)."""
    read = {
        "agreement.read_opening": errand.due.facts.get("agreed"),
        "agreement.read_reminder": errand.due.facts.get("reminder"),
    }
    return [
        say(key, errand.language, line=say(line[0], errand.language) if line[0] else harmless(line[1]))
        for key, line in read.items()
        if line
    ]

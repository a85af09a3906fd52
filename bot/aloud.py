"""What is read to all, in a message that comes anyway: from the agreement (P1), a farewell (P9), what we do differently
(P7)."""

from bot.acts.due import Errand
from bot.press import harmless
from bot.words import say


def read_aloud(errand: Errand, names: dict[str, str]) -> list[str]:
    """The lines that are read now: of the agreement with nobody named (P1), a farewell that was asked for (P9), and
    what the circle said after a check-in it would do differently (P7)."""
    leaving = errand.due.facts.get("farewell")
    farewell = [say("handover.farewell", errand.language, name=names.get(leaving, "?"))] if leaving else []
    thing = errand.due.facts.get("one_thing")
    differently = [say("rc.thing_read", errand.language, thing=harmless(thing))] if thing else []
    read = {
        "agreement.read_opening": errand.due.facts.get("agreed"),
        "agreement.read_reminder": errand.due.facts.get("reminder"),
    }
    return (
        farewell
        + differently
        + [
            say(key, errand.language, line=say(line[0], errand.language) if line[0] else harmless(line[1]))
            for key, line in read.items()
            if line
        ]
    )

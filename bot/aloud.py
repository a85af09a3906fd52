"""What is read to all, in a message that comes anyway: from the agreement (P1), a farewell (P9), what we do differently
(P7); and what a round asks."""

from bot.acts.due import Errand
from bot.practice.prompts import OWN
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


def asked(errand: Errand) -> list[str]:
    """What the round asks, a line for each prompt: one of ours, or the circle's own as text that is only text."""
    own = errand.due.facts.get("own", {})  # rows of an earlier version have none
    lines = [prompted(name, own, errand.language) for name in errand.due.facts["prompt"].split()]
    return [f"**{line}**" for line in dict.fromkeys(lines)]


def prompted(name: str, own: dict[str, str], language: str) -> str:
    """One prompt as people read it; `own` are the circle's own words by name, but for those that were taken back."""
    if not name.startswith(OWN):
        return say(name, language)
    return harmless(own[name]) if name in own else say("prompts.taken_back", language)

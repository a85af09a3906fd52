"""What can be said in a flag besides words: which lane, what it looked like, what is wished, how soon (D3.1)."""

from enum import StrEnum

LONGEST_WORDS = 500  # characters
MOST_EXCLUDED = 10


class Lane(StrEnum):
    """Chosen by the person, never by the bot. Danger is no lane here: it shows where help is and keeps nothing."""

    FRICTION = "friction"
    HARM = "harm"


class Look(StrEnum):
    """What it looked like: behaviours, not diagnoses; withdrawal is as easy to say as confrontation."""

    HURT = "hurt"
    I_HURT = "i-hurt"
    QUIET = "quiet"
    SHARP = "sharp"
    AGREEMENT = "agreement"
    EXPLAINED = "explained"
    FACILITATES = "facilitates"
    OTHER = "other"


class Wish(StrEnum):
    """What the person would like. Talking it through doesn't exist where there is harm or fear (D3.8)."""

    KNOW = "know"
    WITH_ME = "with-me"
    TOGETHER = "together"
    CHANGE = "change"
    UNSURE = "unsure"


class Soon(StrEnum):
    """How soon. Today halves the first two times of the clock (D3.4)."""

    TODAY = "today"
    NEXT = "next"
    NO_HURRY = "no-hurry"


def wishes(lane: Lane) -> list[Wish]:
    """What can be wished in this lane."""
    return [wish for wish in Wish if lane is Lane.FRICTION or wish is not Wish.TOGETHER]

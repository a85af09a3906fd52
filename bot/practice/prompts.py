"""Which prompt a round carries. The prompts themselves are words; these are their keys."""

from dataclasses import dataclass
from enum import StrEnum

from bot.practice.debrief import COLD_PROMPTS, HOT_PROMPTS

OPENING = ("checkin.weather", "checkin.arrive", "checkin.give", "checkin.need", "checkin.held", "checkin.care",
           "checkin.body", "checkin.stayed")  # fmt: skip
THEME = ("checkin.carry", "checkin.version", "close.touched", "checkin.held")
CLOSING = ("close.word", "close.take", "close.kind", "close.near", "close.gentler", "close.thanks", "close.miss")
FIRST_THEME = "agree.questions"
STORY_THEME = "story.questions"
STORY_SESSIONS = (1, 2, 3)


class Part(StrEnum):
    """For which part of a gathering a prompt is."""

    OPENING = "opening"
    THEME = "theme"
    CLOSING = "closing"
    HOT = "hot"
    COLD = "cold"


OURS = {Part.OPENING: OPENING, Part.THEME: THEME, Part.CLOSING: CLOSING, Part.HOT: HOT_PROMPTS, Part.COLD: COLD_PROMPTS}


@dataclass(eq=False)
class ListedPrompt:
    """A prompt in a circle's own list: one of ours by its `key`, or one of the circle's own words by their id."""

    id: str
    circle_id: str
    part: Part
    place: int
    key: str | None = None
    words_id: str | None = None
    hidden: bool = False


# A set: the check-in prompt, theme prompts for up to three rounds, the check-out prompt.
SETS = {
    "carry": ("checkin.need", ("checkin.carry", "checkin.held", "close.touched"), "close.take"),
    "care": ("checkin.give", ("checkin.care", "checkin.held", "close.touched"), "close.near"),
    "story": ("checkin.weather", (STORY_THEME, "checkin.version", "close.touched"), "close.kind"),
    "conscience": ("checkin.body", ("cold.conscience", "checkin.held", "close.touched"), "close.near"),
    "thanks": ("checkin.stayed", ("close.thanks", "checkin.held", "close.touched"), "close.gentler"),
}


def sets_for(session: int) -> list[str]:
    """The sets to choose from, in the order in which they are offered: in sessions 1 to 3 the story first (P3)."""
    return sorted(SETS, key=lambda name: (name != "story" or session not in STORY_SESSIONS, list(SETS).index(name)))


def choose_prompts(session: int, theme_rounds: int, chosen: str | None = None) -> list[str]:
    """The prompt keys of a session's rounds, in order; `chosen` is the name of a set.

    The first session's first theme round asks the two questions an agreement is made of (P1); the story questions
    come up by themselves in sessions 1 to 3, after these or in their place (P3).
    """
    if chosen:
        opening, themes, closing = SETS[chosen][0], list(SETS[chosen][1]), SETS[chosen][2]
    else:
        opening, closing = OPENING[(session - 1) % len(OPENING)], CLOSING[(session - 1) % len(CLOSING)]
        themes = [THEME[(session + step) % len(THEME)] for step in range(3)]
        if session in STORY_SESSIONS:
            themes.insert(0, STORY_THEME)
    if session == 1:
        themes.insert(0, FIRST_THEME)
    return [opening, *themes[:theme_rounds], closing]

"""Which prompt a round carries. The prompts themselves are words; these are their keys."""

from collections.abc import Mapping, Sequence
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
OWN = "own:"  # before the id of a circle's own words, where the key of one of ours would stand


class Part(StrEnum):
    """For which part of a gathering a prompt is."""

    OPENING = "opening"
    THEME = "theme"
    CLOSING = "closing"
    HOT = "hot"
    COLD = "cold"


Lists = Mapping[Part, Sequence[str]]  # what a circle asks in each part, in its order, without what it hid

OURS: Lists = {
    Part.OPENING: OPENING,
    Part.THEME: THEME,
    Part.CLOSING: CLOSING,
    Part.HOT: HOT_PROMPTS,
    Part.COLD: COLD_PROMPTS,
}


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

    @property
    def name(self) -> str:
        """What it is known by in a list and a round: our key, or `own:` and the id of the circle's words."""
        return self.key or f"{OWN}{self.words_id}"


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


def choose_prompts(session: int, theme_rounds: int, chosen: str | None = None, lists: Lists = OURS) -> list[str]:
    """The prompts of a session's rounds, in order, by the names they have in the circle's `lists`; `chosen` is a set.

    The first session's first theme round asks the two questions an agreement is made of (P1); the story questions
    come up by themselves in sessions 1 to 3, after these or in their place (P3). Both are in no list, so that no list
    can leave them out. Where a circle asks fewer themes than there are rounds, one comes again.
    """
    opening, themes, closing = of_set(chosen, session, lists) if chosen else _in_turn(session, lists)
    if session in STORY_SESSIONS and not chosen:
        themes.insert(0, STORY_THEME)
    if session == 1:
        themes.insert(0, FIRST_THEME)
    return [opening, *themes[:theme_rounds], closing]


def of_set(name: str, session: int, lists: Lists = OURS) -> tuple[str, list[str], str]:
    """A set as this circle asks it: check-in, three themes, check-out.

    In place of what the circle hid stands what it would ask in turn in that session.
    """
    opening, themes, closing = SETS[name]
    usual_opening, usual_themes, usual_closing = _in_turn(session, lists)
    kept = [theme for theme in themes if _is_asked(theme, Part.THEME, lists)]
    anew = [theme for theme in usual_themes if theme not in kept]
    return (
        opening if _is_asked(opening, Part.OPENING, lists) else usual_opening,
        [*kept, *anew, *usual_themes][: len(themes)],
        closing if _is_asked(closing, Part.CLOSING, lists) else usual_closing,
    )


def _in_turn(session: int, lists: Lists) -> tuple[str, list[str], str]:
    opening, themes, closing = (_asked(lists, part) for part in (Part.OPENING, Part.THEME, Part.CLOSING))
    return (
        opening[(session - 1) % len(opening)],
        [themes[(session + step) % len(themes)] for step in range(3)],
        closing[(session - 1) % len(closing)],
    )


def _asked(lists: Lists, part: Part) -> Sequence[str]:
    """What is asked in this part; never nothing."""
    return lists.get(part) or OURS[part]


def _is_asked(key: str, part: Part, lists: Lists) -> bool:
    """Whether the circle asks this prompt of ours in that part, or, if it isn't one of that part, where it is."""
    homes = [part] if key in OURS[part] else [home for home in Part if key in OURS[home]]
    return not homes or any(key in _asked(lists, home) for home in homes)

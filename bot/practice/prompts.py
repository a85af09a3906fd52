"""Which prompt a round carries. The prompts themselves are words; these are their keys."""

OPENING = ("checkin.weather", "checkin.arrive", "checkin.give", "checkin.need", "checkin.held", "checkin.care",
           "checkin.body", "checkin.stayed")  # fmt: skip
THEME = ("checkin.carry", "checkin.version", "close.touched", "checkin.held")
CLOSING = ("close.word", "close.take", "close.kind", "close.near", "close.gentler", "close.thanks", "close.miss")
FIRST_THEME = "agree.questions"
STORY_THEME = "story.questions"
STORY_SESSIONS = (2, 3)


def choose_prompts(session: int, theme_rounds: int) -> list[str]:
    """The prompt keys of a session's rounds, in order.

    The first session's theme round asks the two questions an agreement is made of (P1); the next two offer the two
    story questions (P3).
    """
    themes = [THEME[(session + step) % len(THEME)] for step in range(theme_rounds)]
    if themes and session == 1:
        themes[0] = FIRST_THEME
    elif themes and session in STORY_SESSIONS:
        themes[0] = STORY_THEME
    return [OPENING[(session - 1) % len(OPENING)], *themes, CLOSING[(session - 1) % len(CLOSING)]]

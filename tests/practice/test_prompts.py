"""Which prompt a round carries."""

from hypothesis import given
from hypothesis import strategies as st

from bot.practice.prompts import CLOSING, OPENING, THEME, choose_prompts, sets_for
from bot.practice.session import MOST_THEME_ROUNDS

SESSIONS = st.integers(1, 500)
THEMES = st.integers(0, MOST_THEME_ROUNDS)


@given(SESSIONS, THEMES)
def test_every_round_has_a_prompt_of_its_kind(session: int, themes: int) -> None:
    opening, *between, closing = choose_prompts(session, themes)
    assert len(between) == themes
    assert opening in OPENING
    assert closing in CLOSING
    assert set(between) <= {*THEME, "agree.questions", "story.questions"}


@given(SESSIONS, THEMES)
def test_no_session_asks_the_same_theme_twice(session: int, themes: int) -> None:
    between = choose_prompts(session, themes)[1:-1]
    assert len(set(between)) == themes


@given(st.integers(1, MOST_THEME_ROUNDS))
def test_the_first_session_asks_what_the_agreement_is_made_of(themes: int) -> None:
    assert choose_prompts(1, themes)[1] == "agree.questions"


@given(SESSIONS, THEMES)
def test_the_two_story_questions_are_offered_in_the_first_three_sessions(session: int, themes: int) -> None:
    between = choose_prompts(session, themes)[1:-1]
    after = 1 if session == 1 else 0
    assert ("story.questions" in between) == (session <= 3 and themes > after)
    assert (sets_for(session)[0] == "story") == (session <= 3)
    assert ("agree.questions" in between) == (session == 1 and themes > 0)


@given(SESSIONS)
def test_the_next_session_opens_and_closes_otherwise(session: int) -> None:
    now, then = choose_prompts(session, 0), choose_prompts(session + 1, 0)
    assert now[0] != then[0]
    assert now[1] != then[1]


@given(SESSIONS, THEMES)
def test_the_same_session_always_gets_the_same_prompts(session: int, themes: int) -> None:
    assert choose_prompts(session, themes) == choose_prompts(session, themes)

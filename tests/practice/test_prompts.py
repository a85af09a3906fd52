"""Which prompt a round carries."""

from hypothesis import given
from hypothesis import strategies as st

from bot.practice.prompts import (
    CLOSING,
    FIRST_THEME,
    OPENING,
    OURS,
    OWN,
    SETS,
    STORY_THEME,
    THEME,
    Part,
    choose_prompts,
    of_set,
    sets_for,
)
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


def any_lists() -> st.SearchStrategy[dict[Part, list[str]]]:
    """What a circle may ask: in each part some of ours and some of its own, in any order, never nothing."""
    own = [f"{OWN}{number}" for number in range(5)]
    return st.fixed_dictionaries(
        {part: st.lists(st.sampled_from([*OURS[part], *own]), min_size=1, unique=True) for part in Part}
    )


@given(SESSIONS, THEMES, any_lists())
def test_every_round_asks_what_the_circle_asks_in_its_part(
    session: int, themes: int, lists: dict[Part, list[str]]
) -> None:
    opening, *between, closing = choose_prompts(session, themes, None, lists)
    assert len(between) == themes
    assert opening in lists[Part.OPENING]
    assert closing in lists[Part.CLOSING]
    assert set(between) <= {*lists[Part.THEME], FIRST_THEME, STORY_THEME}


@given(SESSIONS, any_lists())
def test_a_circle_is_asked_in_its_own_order_until_all_have_come(session: int, lists: dict[Part, list[str]]) -> None:
    for place, part in ((0, Part.OPENING), (-1, Part.CLOSING)):
        asked = [choose_prompts(session + step, 0, None, lists)[place] for step in range(len(lists[part]) + 1)]
        begins = lists[part].index(asked[0])
        assert asked[:-1] == lists[part][begins:] + lists[part][:begins]
        assert asked[-1] == asked[0]


@given(SESSIONS.filter(lambda session: session > 3), any_lists())
def test_themes_follow_the_order_of_the_list(session: int, lists: dict[Part, list[str]]) -> None:
    now, then = (choose_prompts(later, 3, None, lists)[1:-1] for later in (session, session + 1))
    assert now[1:] == then[:-1]
    assert len(set(now)) == min(3, len(lists[Part.THEME]))


@given(st.integers(1, 5), st.integers(1, MOST_THEME_ROUNDS), any_lists(), st.none() | st.sampled_from(sorted(SETS)))
def test_no_list_takes_away_what_the_pattern_asks_at_the_beginning(
    session: int, themes: int, lists: dict[Part, list[str]], chosen: str | None
) -> None:
    between = choose_prompts(session, themes, chosen, lists)[1:-1]
    assert (between[0] == FIRST_THEME) == (session == 1)
    tells_stories = chosen == "story" or (session <= 3 and chosen is None)
    assert (STORY_THEME in between) == (tells_stories and themes > (session == 1))


@given(SESSIONS, THEMES, any_lists(), st.sampled_from(sorted(SETS)))
def test_a_set_asks_nothing_that_the_circle_hid_everywhere(
    session: int, themes: int, lists: dict[Part, list[str]], chosen: str
) -> None:
    asked = choose_prompts(session, themes, chosen, lists)
    shown = {name for names in lists.values() for name in names} | {FIRST_THEME, STORY_THEME}
    assert set(asked) <= shown
    assert len(asked) == themes + 2
    opening, between, closing = SETS[chosen]
    if {opening, *between, closing} <= shown and set(between) & set(THEME) <= set(lists[Part.THEME]):
        assert of_set(chosen, session, lists) == (opening, list(between), closing)


@given(SESSIONS, THEMES, st.sampled_from(sorted(SETS)))
def test_a_circle_that_changed_nothing_has_the_sets_as_they_are(session: int, themes: int, chosen: str) -> None:
    opening, between, closing = SETS[chosen]
    first = [FIRST_THEME] if session == 1 else []
    assert choose_prompts(session, themes, chosen) == [opening, *[*first, *between][:themes], closing]


@given(SESSIONS, THEMES)
def test_a_list_without_anything_is_as_ours(session: int, themes: int) -> None:
    assert choose_prompts(session, themes, None, {}) == choose_prompts(session, themes)
    assert choose_prompts(session, themes, None, {part: [] for part in Part}) == choose_prompts(session, themes)

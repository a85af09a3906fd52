"""`/circle prompts`: read ahead by members, changed by who facilitates, and then asked."""

from typing import Any

import pytest

from bot.acts.due import Errand
from bot.app import COGS
from bot.practice.agreement import LONGEST_LINE
from bot.practice.prompt_list import clean_prompt
from bot.practice.prompts import OPENING, OURS
from bot.press import LONGEST_PAGE, harmless
from bot.store.waiting import Due
from bot.tellers import TELLERS
from bot.words import LANGUAGES, say
from tests.cogs.evening import Evening

for cog in COGS:
    __import__(f"cogs.{cog}")

OWN = "What grows *here*, <@1>?"
SEEN = "What grows \\*here\\*, "


async def chooses(evening: Evening, name: str, menu: str, starts: str) -> str:
    """The choice that begins so."""
    value = next(value for value in evening.world.choices(evening[name], menu) if value.startswith(starts))
    return await evening.world.choose(evening[name], menu, value)


async def reads(evening: Evening, name: str) -> str:
    """All pages of /circle prompts, as this person has them."""
    before = {sight.text for sight in evening.sees(name) if sight.private}
    await evening.slash(name, "circle prompts")
    return "\n".join(sight.text for sight in evening.sees(name) if sight.private and sight.text not in before)


async def adds(evening: Evening, part: str, words: str) -> str:
    await evening.slash("Ana", "circle prompts")
    await evening.world.choose(evening["Ana"], "prompts.part", part)
    return await evening.world.fill_in(evening["Ana"], f"prompts.add.{part}", {"words": words})


async def test_what_who_facilitates_puts_first_is_read_ahead_and_asked(evening: Evening) -> None:
    await evening.make_circle("Ben", "Cleo")
    told = await adds(evening, "opening", OWN)
    assert "that you wrote it isn't kept" in told
    assert f"9. {SEEN}" in told
    assert "*(added here)*" in told
    await evening.press("Ana", "prompts.first.opening")
    told = await chooses(evening, "Ana", "prompts.first-one", "opening own:")
    assert "It comes first now" in told
    assert f"1. {SEEN}" in told
    assert SEEN in await reads(evening, "Ben")
    await evening.gather("Ana", "Ben", "Cleo")
    await evening.begin()
    (turn,) = [text for text in evening.public() if SEEN in text]
    assert "<@1>" not in turn.replace("\\<", "")
    assert say(OPENING[0], "en") not in turn


async def test_everything_that_can_be_done_in_a_part_can_be_undone(evening: Evening) -> None:
    await evening.make_circle("Ben")
    await adds(evening, "hot", OWN)
    await evening.press("Ana", "prompts.hide.hot")
    told = await chooses(evening, "Ana", "prompts.hide-one", "hot hot.helped")
    assert f"{say('hot.helped', 'en')} *(hidden)*" in told
    ahead = await reads(evening, "Ben")
    assert say("hot.helped", "en") not in ahead
    assert "*(hidden)*" not in ahead
    await evening.press("Ana", "prompts.show.hot")
    told = await chooses(evening, "Ana", "prompts.show-one", "hot hot.helped")
    assert "It is asked again" in told
    await evening.press("Ana", "prompts.first.hot")
    await chooses(evening, "Ana", "prompts.first-one", "hot hot.tonight")
    told = await evening.press("Ana", "prompts.ours.hot")
    assert f"1. {say('hot.body', 'en')}" in told
    assert SEEN in told
    await evening.press("Ana", "prompts.take.hot")
    told = await chooses(evening, "Ana", "prompts.take-one", "hot own:")
    assert "its words are deleted" in told
    assert SEEN not in told
    offered = evening.sees("Ana")[-1].labels
    assert offered == ("Hide one", "Add one", "Put one first")


async def test_members_are_offered_nothing_and_a_press_of_theirs_changes_nothing(evening: Evening) -> None:
    await evening.make_circle("Ben", "Cleo")
    ahead = await reads(evening, "Ben")
    assert all(say(name, "en") in ahead for names in OURS.values() for name in names)
    assert not any(sight.labels for sight in evening.sees("Ben") if sight.private and sight.text in ahead)
    await evening.slash("Ana", "circle members")
    await evening.world.choose(evening["Ana"], "members.facilitate", str(evening["Ben"].actor.id))
    await evening.press("Ben", "facilitate.quiet")
    await reads(evening, "Ben")
    await evening.world.choose(evening["Ben"], "prompts.part", "theme")
    await evening.slash("Ben", "circle hand-over")
    await evening.press("Ben", "handover.quietly")
    for deed in ("prompts.hide.theme", "prompts.first.theme"):
        assert "for those who facilitate" in await evening.press("Ben", deed)
    form = await evening.world.fill_in(evening["Ben"], "prompts.add.theme", {"words": OWN})
    assert "for those who facilitate" in form
    assert SEEN not in await reads(evening, "Ana")


def told(kind: str, language: str, names: dict[str, str] | None = None, /, **facts: Any) -> str:
    """The message of a round, as everybody in the thread reads it."""
    usual = {
        "speaker": "a", "before": None, "lead": "nothing", "order": [], "round": "opening", "turn": "t", "minutes": 4,
        "token": "t", "until": 0, "debrief": None, "slow": False, **facts,
    }  # fmt: skip
    names = names or {"a": "Ana"}
    return TELLERS[kind](Errand(Due("t", 1, "post", "l", usual), dict.fromkeys(names, 7), None, language), names).text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["round.turn", "round.slow"])
def test_a_round_whose_words_were_taken_back_says_so_and_goes_on(kind: str, language: str) -> None:
    gone = say("prompts.taken_back", language)
    assert told(kind, language, prompt="own:x own:y", own={}).count(gone) == 1
    assert gone not in told(kind, language, prompt="own:x", own={"own:x": OWN})


@pytest.mark.parametrize("kind", ["round.turn", "round.slow"])
def test_a_round_of_several_prompts_asks_each_and_words_are_only_words(kind: str) -> None:
    text = told(kind, "en", prompt="hot.helped own:x", own={"own:x": OWN})
    assert f"**{say('hot.helped', 'en')}**\n**{harmless(OWN)}**" in text
    assert "<@1>" not in text.replace("\\<", "")


def test_a_row_of_an_earlier_version_is_told_as_before() -> None:
    assert f"**{say(OPENING[0], 'en')}**" in told("round.turn", "en", prompt=OPENING[0])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_fullest_message_that_opens_a_session_has_room_for_the_longest_prompt(language: str) -> None:
    names = {str(number): "N" * 32 for number in range(12)}
    longest = clean_prompt("*" * 60 + "w" * 140)
    line = (None, "w" * LONGEST_LINE)
    text = told(
        "round.turn", language, names, prompt="own:x", own={"own:x": longest}, speaker="0", before="1", lead="thanks",
        order=list(names), farewell="2", one_thing="w" * 200, agreed=line, reminder=line,
    )  # fmt: skip
    assert harmless(longest) in text
    assert len(text) <= LONGEST_PAGE

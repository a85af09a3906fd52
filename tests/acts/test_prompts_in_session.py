"""A circle's own list of prompts, carried out in its sessions and debriefs."""

from pathlib import Path

import pytest

from bot.acts import circle, prompts, session
from bot.acts.prompts import AllPrompts, OnePart
from bot.practice.prompts import CLOSING, OPENING, OURS, OWN, SETS, Part, of_set
from bot.practice.session import Session

from .people import Evening, Home, Someone

TEXT = "What grows where we water it?"


@pytest.fixture
async def ana(home: Home) -> Someone:
    """Who facilitates."""
    await home.is_set_up()
    return home.facilitator()


@pytest.fixture
async def garden(ana: Someone) -> str:
    """A circle of Ana's with an open door."""
    return await ana.makes_circle()


async def adds(who: Someone, garden: str, part: Part = Part.OPENING, text: str = TEXT) -> str:
    """Add a prompt; its name."""
    found: OnePart = await who.does(prompts.add, garden, part, text)
    return next(name for name, words in found.words.items() if words == text)


async def evening_of(ana: Someone, garden: str) -> Evening:
    """An evening of three in this circle, not opened yet."""
    return Evening(ana, [await ana.home.person().joins(garden) for _ in range(2)], garden)


async def test_what_is_hidden_is_in_no_set(ana: Someone, garden: str) -> None:
    opening, _, closing = SETS["care"]
    await ana.does(prompts.hide, garden, Part.OPENING, name=opening)
    await ana.does(prompts.hide, garden, Part.OPENING, name="checkin.care")
    found: AllPrompts = await ana.does(prompts.read, named="Garden")
    asked = found.sets["care"]
    assert not {opening, "checkin.care"} & set(asked)
    assert (len(asked), asked[-1]) == (5, closing)
    assert found.sets["thanks"] == [SETS["thanks"][0], *SETS["thanks"][1], SETS["thanks"][2]]
    evening = await evening_of(ana, garden)
    await ana.does(session.open_session, named="Garden", rounds=3, prompts="care")
    await evening.shows()
    async with ana.home.store.unit(ana.home.id) as unit:
        (opened,) = await unit.all(Session)
        here = await circle.by_token(unit, garden)
        lists = await prompts.lists_of(unit, here)
    first, themes, last = of_set("care", 1, lists)
    assert opened.prompts.split("|") == [first, "agree.questions", *themes[:2], last]


async def test_a_session_asks_what_stood_when_it_was_opened(ana: Someone, garden: str) -> None:
    evening = await evening_of(ana, garden)
    own = await adds(ana, garden)
    await ana.does(prompts.put_first, garden, Part.OPENING, name=own)
    await evening.opens()
    await ana.does(prompts.hide, garden, Part.OPENING, name=own)
    await ana.does(prompts.hide, garden, Part.CLOSING, name=CLOSING[0])
    await ana.does(session.begin, evening.token)
    await evening.shows()
    for _ in range(3 * 3):
        await evening.goes_on()
    asked = [(turn.due.facts["prompt"], turn.due.facts["own"]) for turn in evening.turns]
    assert asked[0:3] == [(own, {own: TEXT})] * 3
    assert asked[-3:] == [(CLOSING[0], {})] * 3
    async with ana.home.store.unit(ana.home.id) as unit:
        (closed,) = await unit.all(Session)
    assert closed.held
    assert closed.prompts is None  # nothing but the set's name is kept of it
    await evening.opens()
    async with ana.home.store.unit(ana.home.id) as unit:
        prompts_now = [one.prompts.split("|") for one in await unit.all(Session) if one.prompts]
    assert prompts_now == [[OPENING[1], "story.questions", CLOSING[2]]]


@pytest.mark.parametrize("slow", [False, True])
async def test_words_that_were_taken_back_are_told_no_more_and_the_round_goes_on(
    ana: Someone, garden: str, slow: bool
) -> None:
    evening = await evening_of(ana, garden)
    own = await adds(ana, garden)
    await ana.does(prompts.put_first, garden, Part.OPENING, name=own)
    await ana.does(session.open_session, named="Garden", slow=slow)
    *_, invitation = await evening.shows()
    evening.token = str(invitation.due.facts["token"])
    await ana.does(prompts.take_back, garden, Part.OPENING, name=own)
    for person in evening.people:
        await person.does(session.come_in, evening.token, listening=False)
    if not slow:
        await ana.does(session.begin, evening.token)
    told = [errand.due.facts for errand in await evening.shows()]
    (first,) = [facts for facts in told if facts.get("kind") in ("round.turn", "round.slow")]
    assert (first["prompt"], first["own"]) == (own, {})


async def test_a_slow_round_carries_the_words_too(ana: Someone, garden: str) -> None:
    evening = await evening_of(ana, garden)
    own = await adds(ana, garden)
    await ana.does(prompts.put_first, garden, Part.OPENING, name=own)
    await ana.does(session.open_session, named="Garden", slow=True)
    *_, invitation = await evening.shows()
    for person in evening.people:
        await person.does(session.come_in, str(invitation.due.facts["token"]), listening=False)
    told = [errand.due.facts for errand in await evening.shows()]
    (first,) = [facts for facts in told if facts.get("kind") == "round.slow"]
    assert (first["prompt"], first["own"]) == (own, {own: TEXT})


async def test_a_debrief_gets_what_is_asked_in_order(ana: Someone, garden: str, home: Home) -> None:
    own = await adds(ana, garden, Part.COLD)
    await ana.does(prompts.put_first, garden, Part.COLD, name=own)
    await ana.does(prompts.hide, garden, Part.COLD, name="cold.still")
    async with home.store.unit(home.id) as unit:
        here = await circle.by_token(unit, garden)
        asked = await prompts.of_part(unit, here, Part.COLD)
        assert await prompts.of_part(unit, here, Part.HOT) == list(OURS[Part.HOT])
    assert asked == [own, *(name for name in OURS[Part.COLD] if name != "cold.still")]
    assert own.startswith(OWN)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_a_stolen_database_shows_no_word_of_an_added_prompt(
    ana: Someone, garden: str, home: Home, tmp_path: Path
) -> None:
    evening = await evening_of(ana, garden)
    own = await adds(ana, garden)
    await ana.does(prompts.put_first, garden, Part.OPENING, name=own)
    await evening.opens()
    await ana.does(session.begin, evening.token)  # the words wait in a row until they are shown
    on_disk = [file.read_bytes() for file in tmp_path.iterdir()]
    assert any(own.removeprefix(OWN).encode() in there for there in on_disk)  # we look where the rows are
    assert not any(part.encode() in there for there in on_disk for part in (TEXT, "we water it"))
    await evening.shows()
    assert evening.turns[0].due.facts["own"] == {own: TEXT}

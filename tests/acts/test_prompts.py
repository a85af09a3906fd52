"""What a circle asks: read ahead by members; hidden, added and reordered by those who facilitate it."""

import pytest

from bot.acts import prompts
from bot.acts.privacy import exporting, forgetting
from bot.acts.prompts import AllPrompts, OnePart
from bot.practice.prompts import CLOSING, OPENING, OURS, SETS, ListedPrompt, Part
from bot.practice.refusals import Refusal
from bot.store.rows import Sealed

from .people import Home, Someone, refused

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


async def asks(who: Someone) -> dict[Part, list[str]]:
    """What is asked, as a member reads it."""
    found: AllPrompts = await who.does(prompts.read, named="Garden")
    return found.parts


async def adds(who: Someone, garden: str, part: Part = Part.OPENING, text: str = TEXT) -> str:
    """Add a prompt; its name."""
    found: OnePart = await who.does(prompts.add, garden, part, text)
    return next(name for name, words in found.words.items() if words == text)


async def rows(home: Home, kind: type) -> int:
    async with home.store.unit(home.id) as unit:
        return len(await unit.all(kind))


async def test_members_read_everything_ahead_and_others_nothing(ana: Someone, garden: str, home: Home) -> None:
    ben = await home.person().joins(garden)
    found: AllPrompts = await ben.does(prompts.read, named="Garden")
    assert found.parts == {part: list(OURS[part]) for part in Part}
    assert found.coming == [OPENING[0], "agree.questions", CLOSING[0]]
    assert found.sets == {name: [SETS[name][0], *SETS[name][1], SETS[name][2]] for name in SETS}
    assert not found.may_change
    assert (await ana.does(prompts.read, named="Garden")).may_change
    with refused("circle.members_only"):
        await home.person().does(prompts.read, named="Garden")


async def test_only_who_facilitates_sees_what_is_hidden_and_changes_anything(
    ana: Someone, garden: str, home: Home
) -> None:
    ben = await home.person().joins(garden)
    own = await adds(ana, garden)
    for deed in (
        ben.does(prompts.look, garden, Part.OPENING),
        ben.does(prompts.hide, garden, Part.OPENING, name=OPENING[0]),
        ben.does(prompts.show, garden, Part.OPENING, name=OPENING[0]),
        ben.does(prompts.put_first, garden, Part.OPENING, name=OPENING[1]),
        ben.does(prompts.add, garden, Part.OPENING, "What else?"),
        ben.does(prompts.take_back, garden, Part.OPENING, name=own),
        ben.does(prompts.as_ours, garden, Part.OPENING),
    ):
        with refused("circle.facilitators_only"):
            await deed
    assert (await asks(ben))[Part.OPENING] == [*OPENING, own]


async def test_nothing_is_kept_until_something_is_changed_nor_once_all_is_as_it_was(
    ana: Someone, garden: str, home: Home
) -> None:
    await ana.does(prompts.read, named="Garden")
    await ana.does(prompts.look, garden, Part.THEME)
    await ana.does(prompts.as_ours, garden, Part.THEME)
    assert await rows(home, ListedPrompt) == 0
    await ana.does(prompts.hide, garden, Part.CLOSING, name=CLOSING[2])
    assert await rows(home, ListedPrompt) == len(CLOSING)
    await ana.does(prompts.show, garden, Part.CLOSING, name=CLOSING[2])
    assert await rows(home, ListedPrompt) == 0


async def test_hiding_adding_and_moving_is_what_members_read(ana: Someone, garden: str, home: Home) -> None:
    ben = await home.person().joins(garden)
    own = await adds(ana, garden)
    await ana.does(prompts.put_first, garden, Part.OPENING, name=own)
    await ana.does(prompts.hide, garden, Part.OPENING, name=OPENING[1])
    looked: OnePart = await ana.does(prompts.look, garden, Part.OPENING)
    assert (looked.prompts, looked.hidden) == ([own, *OPENING], [OPENING[1]])
    found: AllPrompts = await ben.does(prompts.read, named="Garden")
    assert found.parts[Part.OPENING] == [own, OPENING[0], *OPENING[2:]]
    assert found.words == {own: TEXT}
    assert found.coming[0] == own
    await ana.does(prompts.as_ours, garden, Part.OPENING)
    assert (await asks(ben))[Part.OPENING] == [*OPENING, own]
    await ana.does(prompts.take_back, garden, Part.OPENING, name=own)
    assert (await asks(ben))[Part.OPENING] == list(OPENING)
    assert await rows(home, ListedPrompt) == 0


async def test_the_last_one_stays_and_a_debrief_keeps_two(ana: Someone, garden: str) -> None:
    for part in Part:
        *going, kept = OURS[part] if part not in (Part.HOT, Part.COLD) else OURS[part][:-1]
        for name in going:
            await ana.does(prompts.hide, garden, part, name=name)
        with refused("prompts.fewest"):
            await ana.does(prompts.hide, garden, part, name=kept)
        assert not (await ana.does(prompts.look, garden, part)).may_hide
    assert all(names for names in (await asks(ana)).values())


@pytest.mark.parametrize("text", ["", "x" * 201, "  a ", "*_" * 100])
async def test_a_prompt_is_a_short_sentence(ana: Someone, garden: str, home: Home, text: str) -> None:
    with refused("prompts.length"):
        await ana.does(prompts.add, garden, Part.THEME, text)
    assert await rows(home, ListedPrompt) == 0


async def test_the_same_words_come_in_once_and_a_full_part_takes_no_more(ana: Someone, garden: str, home: Home) -> None:
    await adds(ana, garden, Part.HOT)
    with refused("prompts.there_already"):
        await ana.does(prompts.add, garden, Part.HOT, f" {TEXT.upper()} ")
    kept = await rows(home, Sealed)
    for number in range(3):
        found: OnePart = await ana.does(prompts.add, garden, Part.HOT, f"Question {number}")
    assert not found.takes_more
    with refused("prompts.no_room"):
        await ana.does(prompts.add, garden, Part.HOT, "One too many")
    assert await rows(home, Sealed) == kept + 3


async def test_what_is_gone_or_of_another_circle_is_refused(
    ana: Someone, garden: str, home: Home, elsewhere: Home
) -> None:
    other = await ana.makes_circle("Orchard", home.channel + 1)
    own = await adds(ana, garden)
    for deed in (prompts.hide, prompts.show, prompts.put_first, prompts.take_back):
        with refused("prompts.gone"):
            await ana.does(deed, other, Part.OPENING, name=own)
        with refused("prompts.gone"):
            await ana.does(deed, garden, Part.THEME, name=own)
    with refused("circle.gone"):
        await ana.in_(elsewhere).does(prompts.hide, garden, Part.OPENING, name=own)
    await ana.does(prompts.take_back, garden, Part.OPENING, name=own)
    with refused("prompts.gone"):
        await ana.does(prompts.take_back, garden, Part.OPENING, name=own)


async def test_of_two_at_once_each_has_its_effect(ana: Someone, garden: str, home: Home) -> None:
    bo = await ana.shares(garden)
    await home.at_once(
        ana.does(prompts.hide, garden, Part.OPENING, name=OPENING[0]),
        bo.does(prompts.hide, garden, Part.OPENING, name=OPENING[1]),
        bo.does(prompts.add, garden, Part.OPENING, TEXT),
    )
    found: OnePart = await ana.does(prompts.look, garden, Part.OPENING)
    assert set(found.hidden) == set(OPENING[:2])
    assert list(found.words.values()) == [TEXT]
    assert await rows(home, ListedPrompt) == len(OPENING) + 1


async def test_two_at_once_never_leave_a_part_empty(ana: Someone, garden: str, home: Home) -> None:
    bo = await ana.shares(garden)
    for name in CLOSING[2:]:
        await ana.does(prompts.hide, garden, Part.CLOSING, name=name)
    became = await home.at_once(
        ana.does(prompts.hide, garden, Part.CLOSING, name=CLOSING[0]),
        bo.does(prompts.hide, garden, Part.CLOSING, name=CLOSING[1]),
    )
    assert [one.code for one in became if isinstance(one, Refusal)] == ["prompts.fewest"]
    assert len((await asks(ana))[Part.CLOSING]) == 1


async def test_who_wrote_it_is_not_kept_and_it_outlives_their_being_forgotten(
    ana: Someone, garden: str, home: Home
) -> None:
    bo = await ana.shares(garden)
    own = await adds(bo, garden)
    assert TEXT not in str(await bo.does(exporting.export))
    async with home.store.unit(home.id) as unit:
        await forgetting.forget(unit, (await unit.people.meet(bo.id)).id)
    with refused("circle.members_only"):
        await bo.does(prompts.read, named="Garden")
    assert (await ana.does(prompts.read, named="Garden")).words == {own: TEXT}


async def test_what_is_taken_back_is_deleted_with_its_words(ana: Someone, garden: str, home: Home) -> None:
    before = await rows(home, Sealed)
    own = await adds(ana, garden)
    assert await rows(home, Sealed) == before + 1
    await ana.does(prompts.take_back, garden, Part.OPENING, name=own)
    assert await rows(home, Sealed) == before

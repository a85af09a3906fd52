"""What a circle asks: read ahead by its members; hidden, added and reordered by those who facilitate it."""

from collections.abc import Callable
from dataclasses import dataclass

from bot import vault
from bot.acts import Presser
from bot.acts.circle import by_token, expect_facilitator, find, membership_of
from bot.practice.circle import Circle, same_name
from bot.practice.prompt_list import PromptList, clean_prompt
from bot.practice.prompts import SETS, ListedPrompt, Part, choose_prompts, of_set
from bot.practice.refusals import Refusal
from bot.store.keyring import KeyGone
from bot.store.unit import Unit


@dataclass(frozen=True)
class AllPrompts:
    """All that a circle can be asked, by name: what the next session asks, the sets, and each part in order.

    `words` are the circle's own, by name. `may_change`: whether the reader facilitates the circle now.
    """

    token: str
    coming: list[str]
    sets: dict[str, list[str]]
    parts: dict[Part, list[str]]
    words: dict[str, str]
    may_change: bool


@dataclass(frozen=True)
class OnePart:
    """One part as who facilitates sees it: every prompt by name, in order, and which of them are hidden.

    `words` are the circle's own, by name. `may_hide`: whether one more can be hidden; `takes_more`: whether one can be
    added; `is_ours`: whether it is as it was at first.
    """

    token: str
    name: str
    part: Part
    prompts: list[str]
    hidden: list[str]
    words: dict[str, str]
    may_hide: bool
    takes_more: bool
    is_ours: bool


async def read(unit: Unit, by: Presser, *, named: str | None) -> AllPrompts:
    """All prompts of a circle, for its members to read ahead. Raises Refusal for others, and as `find` does."""
    circle = await find(unit, by, named)
    membership = await membership_of(unit, by, circle)
    lists = await lists_of(unit, circle)
    chapter = circle.sessions_held + 1
    sets = {}
    for name in SETS:
        opening, themes, closing = of_set(name, chapter, lists)
        sets[name] = [opening, *themes, closing]
    return AllPrompts(
        circle.token,
        choose_prompts(chapter, 1, None, lists),
        sets,
        lists,
        await own_words(unit, circle.id, [name for names in lists.values() for name in names]),
        membership.acts_as_facilitator,
    )


async def look(unit: Unit, by: Presser, token: str, part: Part) -> OnePart:
    """One part, hidden prompts too. Raises Refusal when `by` doesn't facilitate the circle; so do all deeds here."""
    circle = await _circle(unit, by, token)
    return await _shown(unit, circle, await _list(unit, circle, part))


async def hide(unit: Unit, by: Presser, token: str, part: Part, *, name: str) -> OnePart:
    """Ask it no more, from the next session that is opened on. Raises Refusal when too few would be left."""
    return await _change(unit, by, token, part, lambda listed: listed.hide(name))


async def show(unit: Unit, by: Presser, token: str, part: Part, *, name: str) -> OnePart:
    """Let a hidden prompt be asked again."""
    return await _change(unit, by, token, part, lambda listed: listed.show(name))


async def put_first(unit: Unit, by: Presser, token: str, part: Part, *, name: str) -> OnePart:
    """Let a prompt come before all others of its part."""
    return await _change(unit, by, token, part, lambda listed: listed.put_first(name))


async def as_ours(unit: Unit, by: Presser, token: str, part: Part) -> OnePart:
    """All of ours again, in their first order; the circle's own stay, after them."""
    return await _change(unit, by, token, part, PromptList.as_ours)


async def add(unit: Unit, by: Presser, token: str, part: Part, text: str) -> OnePart:
    """Add a prompt in the circle's own words, sealed with its key; who wrote it isn't kept (D2.3).

    Raises Refusal when it is too short or too long (3 to 200 characters), stands there already, or finds no room.
    """
    circle = await _circle(unit, by, token)
    prompt = clean_prompt(text)
    listed = await _list(unit, circle, part)
    there = await own_words(unit, circle.id, [one.name for one in listed.prompts])
    if same_name(prompt) in map(same_name, there.values()):
        raise Refusal("prompts.there_already")
    listed.expect_room(prompt)
    listed.add(vault.new_token(), await unit.words.keep(f"circle:{circle.id}", prompt))
    return await _keep(unit, circle, listed)


async def take_back(unit: Unit, by: Presser, token: str, part: Part, *, name: str) -> OnePart:
    """Delete one of the circle's own, and its words. Raises Refusal when it is gone, or too few would be left."""
    circle = await _circle(unit, by, token)
    listed = await _list(unit, circle, part)
    taken = listed.take_back(name)
    if taken.words_id:
        await unit.words.drop(taken.words_id)
    return await _keep(unit, circle, listed)


async def of_part(unit: Unit, circle: Circle, part: Part) -> list[str]:
    """What the circle asks in this part, by name and in its order, without what it hid."""
    return (await _list(unit, circle, part)).asked


async def lists_of(unit: Unit, circle: Circle) -> dict[Part, list[str]]:
    """What the circle asks in every part."""
    return {part: await of_part(unit, circle, part) for part in Part}


async def own_words(unit: Unit, circle_id: str, names: list[str]) -> dict[str, str]:
    """The circle's own words among these prompts, by name; without those that were taken back."""
    kept: list[ListedPrompt] = await unit.all(ListedPrompt, circle_id=circle_id)
    words = {}
    for prompt in kept:
        if prompt.words_id and prompt.name in names:
            try:
                words[prompt.name] = await unit.words.read(prompt.words_id)
            except KeyGone:  # a circle that was forgotten has no words any more
                continue
    return words


async def _change(unit: Unit, by: Presser, token: str, part: Part, change: Callable[[PromptList], None]) -> OnePart:
    circle = await _circle(unit, by, token)
    listed = await _list(unit, circle, part)
    change(listed)
    return await _keep(unit, circle, listed)


async def _circle(unit: Unit, by: Presser, token: str) -> Circle:
    circle = await by_token(unit, token)
    await expect_facilitator(unit, by, circle)
    return circle


async def _list(unit: Unit, circle: Circle, part: Part) -> PromptList:
    kept: list[ListedPrompt] = await unit.all(ListedPrompt, circle_id=circle.id, part=part)
    return PromptList.of(circle.id, part, kept, vault.new_token)


async def _keep(unit: Unit, circle: Circle, listed: PromptList) -> OnePart:
    """Keep the list as it is now; of one that is as ours nothing is kept."""
    prompts = [] if listed.is_ours else listed.prompts
    for before in await unit.all(ListedPrompt, circle_id=circle.id, part=listed.part):
        if before not in prompts:
            await unit.delete(before)
    for prompt in prompts:
        unit.add(prompt)
    await unit.flush()
    return await _shown(unit, circle, listed)


async def _shown(unit: Unit, circle: Circle, listed: PromptList) -> OnePart:
    names = [one.name for one in listed.prompts]
    return OnePart(
        circle.token,
        await unit.words.read(circle.name_id),
        listed.part,
        names,
        [name for name in names if name not in listed.asked],
        await own_words(unit, circle.id, names),
        listed.may_hide,
        listed.takes_more,
        listed.is_ours,
    )

"""One thing the circle will do differently after a check-in: written by who facilitates, read once, and gone (P7)."""

from bot.acts import Presser
from bot.acts.circle import membership_of
from bot.acts.wave import circle_of, wave_by_token
from bot.practice.circle import Circle
from bot.practice.refusals import Refusal
from bot.practice.wave import clean_thing
from bot.store.unit import Unit


async def expect_to_write(unit: Unit, by: Presser, token: str) -> str:
    """Whether `by` can write down what we'll do differently. Returns the circle's name.

    Raises Refusal when they don't facilitate, the circle hasn't read the result yet, or it is of long ago.
    """
    return await unit.words.read((await _told_to(unit, by, token)).name_id)


async def write_thing(unit: Unit, by: Presser, token: str, text: str) -> str:
    """Keep one thing we'll do differently, sealed as the circle's, until it is read at the next opening; an earlier one
    goes. Returns it as it will be read. Raises Refusal when it is empty or too long, and as `expect_to_write` does."""
    circle = await _told_to(unit, by, token)
    thing = clean_thing(text)
    await take_thing(unit, circle)
    circle.one_thing_id = await unit.words.keep(f"circle:{circle.id}", thing)
    return thing


async def take_thing(unit: Unit, circle: Circle) -> str | None:
    """What we said we'd do differently, to be read once: from now on it isn't kept. None when there is nothing."""
    if circle.one_thing_id is None:
        return None
    word_id, circle.one_thing_id = circle.one_thing_id, None
    thing = await unit.words.read(word_id)
    await unit.words.drop(word_id)
    return thing


async def _told_to(unit: Unit, by: Presser, token: str) -> Circle:
    wave = await wave_by_token(unit, token)
    circle = await circle_of(unit, wave)
    if not (await membership_of(unit, by, circle)).acts_as_facilitator:
        raise Refusal("rc.facilitators_write")
    wave.expect_told()
    return circle

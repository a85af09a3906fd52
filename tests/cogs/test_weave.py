"""The weave, as people meet it: off, on, a picture with its words, and off again."""

import sys

import discord
import pytest

from bot import ui
from bot.practice.circle import Circle
from bot.practice.seat import Seat, State
from bot.practice.session import Session
from tests.cogs.evening import Evening

MEMBERS = ("Ana", "Ben", "Cleo")


async def turned_on(evening: Evening) -> None:
    await evening.make_circle("Ben", "Cleo")
    for name in MEMBERS:
        await evening.slash(name, "weave")
        await evening.press(name, "weave.yes")
    await evening.slash("Ben", "weave")
    await evening.press("Ben", "weave.on")


async def sat_together(evening: Evening, times: int) -> None:
    """So many held sessions, all held by Ana, with all three."""
    world = evening.world
    async with world.bot.store.unit(world.guild.id) as unit:
        (found,) = await unit.all(Circle)
        people = [(await unit.people.meet(evening[name].actor.id)).id for name in MEMBERS]
        for number in range(1, times + 1):
            held = Session(
                f"s{number}", f"t{number}", found.id, number, people[0], 1, 4, unit.now, state=State.CLOSED, held=True
            )
            held.seats = [Seat(person, False, place) for place, person in enumerate(people)]
            unit.add(held)


def newest(evening: Evening, name: str) -> discord.Message:
    return max(evening.world.garden.history(viewer=evening[name].actor), key=lambda message: message.id)


async def test_it_is_off_until_all_said_yes_and_nobody_sees_who_has_not(evening: Evening) -> None:
    await evening.make_circle("Ben", "Cleo")
    before = evening.public()
    assert "off until every member has said yes" in await evening.slash("Ana", "weave")
    told = await evening.press("Ana", "weave.yes")
    assert "You have said yes" in told
    await evening.slash("Ben", "weave")
    await evening.press("Ben", "weave.yes")
    assert await evening.slash("Ana", "weave") == told
    await evening.slash("Cleo", "weave")
    assert "Everybody in **Harbour** has said yes" in await evening.press("Cleo", "weave.yes")
    assert evening.public() == before
    assert "which is on" in await evening.press("Cleo", "weave.on")
    (line,) = [text for text in evening.public() if "is on" in text]
    assert not any(name in line for name in MEMBERS)


async def test_it_shows_a_picture_and_says_the_same_in_words(evening: Evening) -> None:
    await turned_on(evening)
    await sat_together(evening, 7)
    told = await evening.slash("Cleo", "weave")
    assert "one pair of shoulders" in told
    assert "at least 1 other they have" in told
    assert "- session 7: held by about 1.0 people; 3 pairs have sat together" in told
    assert not any(name in told for name in MEMBERS)
    (picture,) = newest(evening, "Cleo").attachments
    assert picture.filename == "picture.png"
    assert picture.content_type in (None, "image/png")
    assert picture.description is not None
    assert "- session 7: held by about 1.0" in picture.description
    assert [sight.labels for sight in evening.sees("Cleo") if "which is on" in sight.text] == [("Turn it off",)]


async def test_an_answer_that_takes_a_moment_brings_the_picture_all_the_same(
    evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    await turned_on(evening)
    await sat_together(evening, 7)
    monkeypatch.setattr(ui, "DEFER_AFTER", 0)
    await evening.slash("Cleo", "weave")
    assert "which is on" in newest(evening, "Cleo").content
    assert [bool(picture.description) for picture in newest(evening, "Cleo").attachments] == [True]


async def test_without_a_picture_the_words_come_all_the_same(evening: Evening, monkeypatch: pytest.MonkeyPatch) -> None:
    await turned_on(evening)
    await sat_together(evening, 7)
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert "- session 7: held by about 1.0" in await evening.slash("Cleo", "weave")
    assert newest(evening, "Cleo").attachments == []


async def test_where_it_is_early_it_says_so_without_a_picture(evening: Evening) -> None:
    await turned_on(evening)
    told = await evening.slash("Ana", "weave")
    assert "that takes four held sessions" in told
    assert "that takes three people" in told
    assert newest(evening, "Ana").attachments == []


async def test_who_comes_in_later_is_asked_and_anyone_turns_it_off(evening: Evening) -> None:
    await turned_on(evening)
    await evening.press("Dan", "circle.join")
    await evening.press("Ana", "door.let-in")
    assert "nothing of yours is counted" in await evening.slash("Dan", "weave")
    assert "nothing of yours is counted" not in await evening.press("Dan", "weave.too")
    await evening.slash("Dan", "weave")
    assert "off, for everybody" in await evening.press("Dan", "weave.off")
    (line,) = [text for text in evening.public() if "The weave of **Harbour** is off" in text]
    assert "Dan" not in line
    assert "off already" in await evening.press("Dan", "weave.off")
    assert "off until every member" in await evening.slash("Ana", "weave")


async def test_an_earlier_button_does_not_turn_it_on_when_somebody_new_is_there(evening: Evening) -> None:
    await evening.make_circle("Ben", "Cleo")
    for name in MEMBERS:
        await evening.slash(name, "weave")
        await evening.press(name, "weave.yes")
    await evening.press("Dan", "circle.join")
    await evening.press("Ana", "door.let-in")
    assert "not everybody in the circle has said yes" in await evening.press("Cleo", "weave.on")
    assert "it is off" in (await evening.press("Cleo", "weave.not")).lower()

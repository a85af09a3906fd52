"""How far what one shares may travel, as people meet it under **More...**."""

from tests.cogs.evening import Evening

CARRIED = "the circle may carry it"


async def begun(evening: Evening) -> None:
    await evening.make_circle("Ben", "Cleo", "Dan")
    await evening.gather("Ana", "Ben", "Cleo", listening=("Dan",))
    assert "travel" not in await evening.offered("Ben")
    await evening.begin()


async def choose(evening: Evening, name: str, way: str) -> str:
    return await evening.world.choose(evening[name], "session.travel", way)


def lines(evening: Evening) -> list[str]:
    return [text for text in evening.public() if "share in this session" in text]


async def test_it_is_asked_alone_with_three_ways_and_called_a_promise_and_no_lock(evening: Evening) -> None:
    await begun(evening)
    assert "travel" not in await evening.offered("Dan")
    asked = await evening.more("Ben", "travel")
    assert "stays here" in asked
    assert "a promise between people, not a lock" in asked
    assert "goes when the thread is deleted" in asked
    assert evening.world.choices(evening["Ben"], "session.travel") == ["stays", "carried", "told"]
    assert "needs no line" in await choose(evening, "Ben", "stays")
    assert lines(evening) == []


async def test_one_line_with_a_plain_name_stands_through_the_turns_and_a_change_is_said(evening: Evening) -> None:
    await begun(evening)
    await evening.more("Ben", "travel")
    assert "may carry what you share" in await choose(evening, "Ben", "carried")
    assert "stands already" in await choose(evening, "Ben", "carried")
    await evening.pass_on()
    (line,) = lines(evening)
    assert line.startswith("Ben, about what they share")
    assert CARRIED in line
    assert "@" not in line
    assert str(evening["Ben"].actor.id) not in line
    await evening.world.restart()
    assert "may be told without it" in await choose(evening, "Ben", "told")
    assert [CARRIED in one for one in lines(evening)] == [True, False]
    assert lines(evening)[1].startswith("Ben has changed how far")
    (posted,) = [sight for sight in evening.sees("Mara") if sight.text == line]
    assert posted.labels == ("Help now",)


async def test_a_list_from_before_the_closing_says_nothing_after_it(evening: Evening) -> None:
    await begun(evening)
    await evening.more("Cleo", "travel")
    await evening.more("Ana", "close")
    await evening.press("Ana", "session.close-now")
    assert "This session is closed" in await choose(evening, "Cleo", "told")
    assert lines(evening) == []


async def test_in_a_circle_that_speaks_spanish_the_line_is_spanish_and_a_name_is_only_a_name(evening: Evening) -> None:
    await evening.make_circle("Ben", "Cleo")
    await evening.slash("Ana", "circle settings")
    await evening.world.choose(evening["Ana"], "settings.language", "es")
    await evening.gather("Ana", "Ben", "Cleo")
    await evening.begin()
    await evening.more("Cleo", "travel")
    await choose(evening, "Cleo", "carried")
    assert any(
        text.startswith("Cleo, sobre lo que comparte en esta sesión: el círculo puede llevarlo consigo")
        for text in evening.public()
    )

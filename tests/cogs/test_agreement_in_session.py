"""The agreement in a session: made under More..., read at the opening, brought to mind, asked about at arrival."""

from tests.cogs.evening import Evening

LINE = "We begin with a minute of quiet."


async def begun(evening: Evening) -> None:
    await evening.make_circle("Ben", "Cleo", "Dan")
    await evening.gather("Ana", "Ben", "Cleo")
    await evening.begin()


async def propose(evening: Evening, name: str, words: str) -> str:
    form = await evening.world.open_from_more(evening[name], "propose")
    return await evening.world.hand_in(evening[name], form, {"words": words})


async def agree(evening: Evening) -> None:
    await begun(evening)
    await propose(evening, "Ben", LINE)
    await evening.more("Ana", "close-list")
    await evening.more("Ana", "close")
    await evening.press("Ana", "session.close-now")


async def test_a_line_is_proposed_under_more_and_stands_in_one_public_list(evening: Evening) -> None:
    await begun(evening)
    assert "list" in await propose(evening, "Ben", LINE)
    lists = [text for text in evening.public() if LINE in text]
    assert len(lists) == 1
    assert "Ben" not in lists[0]
    assert "close-list" not in await evening.offered("Ben")
    await evening.more("Ana", "close-list")
    assert "Propose" not in "".join(evening.public()[-1:])
    assert "propose" not in await evening.offered("Ben")
    assert LINE in await evening.slash("Cleo", "circle agreement")


async def test_who_has_not_said_yes_to_it_as_it_stands_reads_it_before_coming_in_and_nothing_keeps_them_out(
    evening: Evening,
) -> None:
    await agree(evening)
    await evening.slash("Ana", "circle open", rounds=0)
    told = await evening.press("Dan", "session.speak")
    assert LINE in told
    assert "Before you come in" in told
    await evening.press("Dan", "session.in-speaking")
    await evening.press("Ben", "session.speak")
    await evening.press("Ben", "agreement.yes")
    assert LINE not in await evening.press("Ben", "session.speak")


async def test_a_line_is_read_as_the_session_begins(evening: Evening) -> None:
    await agree(evening)
    await evening.gather("Ana", "Ben", "Cleo")
    await evening.begin()
    turn = next(text for text in evening.public() if "Check-in round" in text and "From our agreement" in text)
    assert "1. " in turn


async def test_remind_us_is_read_at_the_end_of_the_turn_with_nobody_named(evening: Evening) -> None:
    await agree(evening)
    await evening.gather("Ana", "Ben", "Cleo")
    await evening.begin()
    await evening.more("Cleo", "agreement")
    await evening.press("Cleo", "agreement.remind")
    chosen = evening.world.choices(evening["Cleo"], "agreement.recall")
    await evening.world.choose(evening["Cleo"], "agreement.recall", chosen[-1])
    assert not any("Someone asked to have this read" in text for text in evening.public())
    await evening.pass_on()
    (read,) = [text for text in evening.public() if "Someone asked to have this read" in text]
    assert LINE in read
    assert "Cleo" not in read.split("\n")[1]
    await evening.pass_on()
    assert not any("Someone asked to have this read" in text for text in evening.public())

"""Stepping back, with a farewell or without, and who holds next."""

from tests.cogs.evening import Evening


async def test_stepping_back_is_one_press_and_no_line_names_anybody(evening: Evening) -> None:
    await evening.make_circle("Ben")
    await evening.slash("Ana", "circle members")
    await evening.world.choose(evening["Ana"], "members.facilitate", str(evening["Ben"].actor.id))
    await evening.press("Ben", "facilitate.quiet")
    before = evening.public()
    assert "Who facilitates this circle has changed" in before[-1]
    assert "Nothing has happened yet" in await evening.slash("Ana", "circle hand-over")
    assert "You don't facilitate **Harbour** any more" in await evening.press("Ana", "handover.quietly")
    assert "for those who facilitate" in await evening.slash("Ana", "circle open")
    assert "for those who facilitate" in await evening.slash("Ana", "circle hand-over")
    assert evening.public() == [*before, before[-1]]
    assert "Ana" not in before[-1]
    assert "Nothing is waiting" in await evening.slash("Ben", "inbox")


async def test_the_last_who_facilitates_leaves_a_circle_that_looks_for_somebody(evening: Evening) -> None:
    await evening.make_circle("Ben", "Cleo")
    assert "the only one who facilitates" in await evening.slash("Ana", "circle hand-over")
    told = await evening.press("Ana", "handover.farewell")
    assert "room for a word" in told
    assert "Every other member is asked" in told
    (line,) = [text for text in evening.public() if "is looking for somebody" in text]
    assert "Ana" not in line
    assert "nobody at the moment" in await evening.press("Dan", "circle.about")
    assert "Nobody facilitates it at the moment" in await evening.press("Dan", "circle.join")
    await evening.press("Ben", "facilitate.no")
    assert "You facilitate **Harbour** now" in await evening.press("Cleo", "facilitate.quiet")
    assert "Dan" in evening.world.plain(await evening.slash("Cleo", "circle members"))
    assert "isn't open any more" in await evening.press("Ben", "facilitate.quiet")


async def test_the_only_facilitator_can_leave_and_members_can_take_the_circle_on(evening: Evening) -> None:
    await evening.make_circle("Ben")
    assert "the only one who facilitates" in await evening.slash("Ana", "circle leave")
    assert "You have left" in await evening.press("Ana", "circle.leave")
    await evening.press("Ben", "facilitate.no")
    assert "nobody at the moment" in await evening.slash("Ben", "circle show")
    assert "waits for you" in await evening.press("Ben", "handover.take")
    assert "You facilitate **Harbour** now" in await evening.press("Ben", "facilitate.quiet")


async def test_who_holds_an_open_session_closes_it_first(evening: Evening) -> None:
    await evening.make_circle("Ben")
    await evening.slash("Ana", "circle open")
    assert "Close it first" in await evening.slash("Ana", "circle hand-over")


async def test_who_would_like_to_hold_is_next_and_can_take_it_back_and_nobody_else_sees_it(evening: Evening) -> None:
    await evening.make_circle("Ben")
    before = evening.public()
    to_ana = await evening.slash("Ana", "circle rota")
    assert "whoever opens the session holds it" in to_ana
    await evening.slash("Ben", "circle rota")
    assert "You are next to hold" in await evening.press("Ben", "rota.willing")
    assert await evening.slash("Ana", "circle rota") == to_ana
    assert "whoever opens the session holds it" in await evening.press("Ben", "rota.not")
    assert "for members of this circle" in await evening.slash("Dan", "circle rota")
    assert evening.public() == before


async def test_whoever_is_next_in_the_rota_holds_the_session_that_somebody_opens(evening: Evening) -> None:
    await evening.make_circle("Ben", "Cleo")
    await evening.slash("Ben", "circle rota")
    await evening.press("Ben", "rota.willing")
    told = evening.world.plain(await evening.slash("Ana", "circle open"))
    assert "@Ben is next in the rota and holds it" in told
    assert any("you are next in the rota" in sight.text for sight in evening.sees("Ben") if sight.private)
    for name in ("Ana", "Ben", "Cleo"):
        await evening.press(name, "session.speak")
        await evening.press(name, "session.in-speaking")
    assert "begin" not in await evening.offered("Ana")
    await evening.more("Ben", "begin")
    assert evening.speaker() == "Ben"


async def test_a_farewell_that_was_asked_for_is_read_once_as_the_next_session_begins(evening: Evening) -> None:
    await evening.make_circle("Ben", "Cleo")
    await evening.slash("Ana", "circle members")
    await evening.world.choose(evening["Ana"], "members.facilitate", str(evening["Ben"].actor.id))
    await evening.press("Ben", "facilitate.quiet")
    await evening.slash("Ana", "circle hand-over")
    await evening.press("Ana", "handover.farewell")
    await evening.slash("Ben", "circle open")
    for name in ("Ana", "Ben", "Cleo"):
        await evening.press(name, "session.speak")
        await evening.press(name, "session.in-speaking")
    await evening.more("Ben", "begin")
    assert sum("Ana has handed over facilitating this circle" in text for text in evening.public()) == 1
    await evening.press("Ben", "round.spoke")
    assert not any("has handed over" in text for text in evening.public())

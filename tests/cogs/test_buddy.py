"""Buddies, as people meet them."""

from tests.cogs.evening import Evening

DAY = 24 * 3600  # seconds


async def drawn(evening: Evening, *people: str) -> None:
    for name in people:
        await evening.slash(name, "buddy")
        await evening.press(name, "buddy.ask")
    await evening.wait(minutes=24 * 60 + 1)


def told(evening: Evening, name: str) -> str:
    return "\n".join(sight.text for sight in evening.sees(name) if sight.private)


async def test_two_are_drawn_say_yes_and_are_told_by_name(evening: Evening) -> None:
    await evening.make_circle("Ben", "Cleo")
    before = evening.public()
    assert "only if both say yes" in await evening.slash("Ben", "buddy")
    assert "You are in the draw" in await evening.press("Ben", "buddy.ask")
    await drawn(evening, "Cleo")
    await evening.world.restart()
    asked = evening.world.plain(await evening.slash("Cleo", "inbox"))
    assert "@Ben and you asked for a buddy" in asked
    assert "Your yes is kept" in await evening.press("Cleo", "buddy.yes")
    assert "isn't settled yet" in await evening.slash("Cleo", "buddy")
    assert "@Cleo and you asked for a buddy" in evening.world.plain(await evening.slash("Ben", "buddy"))
    assert "@Cleo and you look after each other now" in evening.world.plain(await evening.press("Ben", "buddy.yes"))
    assert "@Ben and you look after each other" in told(evening, "Cleo") + evening.world.plain(
        await evening.slash("Cleo", "inbox")
    )
    assert "@Ben and you look after each other" in evening.world.plain(await evening.slash("Cleo", "buddy"))
    assert evening.public() == before
    await evening.wait(minutes=24 * 60 + 1)
    assert "A day ago you found a buddy" in await evening.slash("Ben", "inbox")
    await evening.wait(minutes=48 * 60)
    assert "this is the last reminder" in (await evening.slash("Ben", "inbox")).lower()
    assert "A buddy is somebody" in await evening.slash("Ben", "buddy")


async def test_somebody_left_over_is_asked_and_can_wait_join_or_stop(evening: Evening) -> None:
    await evening.make_circle("Ben", "Cleo")
    await drawn(evening, "Ben")
    assert "no pair came about for you this time" in await evening.slash("Ben", "inbox")
    assert "a day after somebody asks" in await evening.press("Ben", "buddy.stay")
    assert "for whoever a draw has just left over" in await evening.press("Ben", "buddy.join")
    await evening.press("Ben", "buddy.not")
    await drawn(evening, "Ben")
    await evening.slash("Ben", "inbox")
    for _ in range(2):
        assert "a pair may be asked whether you may come to them" in await evening.press("Ben", "buddy.join")
    assert "You would come to a pair" in await evening.slash("Ben", "buddy")
    await evening.wait(minutes=3 * 24 * 60 + 1)
    assert "coming to a pair didn't come about" in await evening.slash("Ben", "inbox")
    assert "You aren't in the draw" in await evening.press("Ben", "buddy.not")


async def a_pair(evening: Evening) -> None:
    """Ben and Cleo are one, anew if they were."""
    await drawn(evening, "Ben", "Cleo")
    for name in ("Ben", "Cleo"):
        await evening.slash(name, "buddy")
        await evening.press(name, "buddy.yes")


async def test_a_third_comes_to_a_pair(evening: Evening) -> None:
    await evening.make_circle("Ben", "Cleo")
    while True:  # chance decides whether a pair is asked at all
        await a_pair(evening)
        await drawn(evening, "Ana")
        await evening.slash("Ana", "inbox")
        await evening.press("Ana", "buddy.join")
        asked = evening.world.plain(await evening.slash("Ben", "buddy"))
        if "@Ana would like to come to your pair" in asked:
            break
        for name in ("Ana", "Ben", "Cleo"):
            await evening.slash(name, "buddy")
            await evening.press(name, "buddy.not")
    await evening.press("Ben", "buddy.yes")
    await evening.slash("Cleo", "buddy")
    assert "everybody has said it" in await evening.press("Cleo", "buddy.yes")
    assert "Everybody has said yes" in told(evening, "Ana") + await evening.slash("Ana", "inbox")


async def test_a_no_needs_no_reason(evening: Evening) -> None:
    await evening.make_circle("Ben", "Cleo")
    await drawn(evening, "Ben", "Cleo")
    await evening.slash("Ben", "buddy")
    assert "Nobody asks why" in await evening.press("Ben", "buddy.no")
    assert "isn't open any more" in await evening.press("Ben", "buddy.yes")
    assert "no pair came about for you" not in told(evening, "Cleo") + await evening.slash("Cleo", "inbox")
    await evening.slash("Cleo", "buddy")
    assert "Your yes is kept" in await evening.press("Cleo", "buddy.yes")
    await evening.wait(minutes=3 * 24 * 60)
    assert "no pair came about for you" in told(evening, "Cleo") + await evening.slash("Cleo", "inbox")


async def test_the_list_that_nobody_else_can_see(evening: Evening) -> None:
    await evening.make_circle("Ben", "Cleo")
    await evening.slash("Ben", "buddy")
    assert "nobody" in await evening.press("Ben", "buddy.never")
    cleo = str(evening["Cleo"].actor.id)
    listed = await evening.world.choose(evening["Ben"], "buddy.choose", cleo)
    assert "**Never with**, in **Harbour**: @Cleo" in evening.world.plain(listed)
    assert "Cleo: on the list" in "".join(label for sight in evening.sees("Ben") for label in sight.labels)
    await evening.slash("Cleo", "buddy")
    assert "Harbour**: nobody" in await evening.press("Cleo", "buddy.never")
    taken_off = await evening.world.choose(evening["Ben"], "buddy.choose", f"off-{cleo}")
    assert "Harbour**: nobody" in taken_off


async def test_a_list_longer_than_discord_takes_loses_nobody(evening: Evening) -> None:
    await evening.make_circle()
    await evening.slash("Ana", "circle door", door="open")
    names = [f"Member {number}" for number in range(1, 28)]
    for name in names:
        evening.world.add(name)
        await evening.press(name, "circle.join")
    await evening.slash("Ana", "buddy")
    await evening.press("Ana", "buddy.never")
    first = evening.world.choices(evening["Ana"], "buddy.choose")
    await evening.world.choose(evening["Ana"], "buddy.choose", first[-1])
    offered = first[:-1] + evening.world.choices(evening["Ana"], "buddy.choose")
    assert sorted(offered) == sorted(str(evening[name].actor.id) for name in names)

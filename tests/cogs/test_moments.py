"""What time brings to a slow circle."""

from tests.cogs.evening import Evening

DAY = 24 * 60


async def slow(evening: Evening) -> None:
    await evening.make_circle("Ben", "Cleo", "Dan")
    await evening.slash("Ana", "circle open", format="slow", time="2")
    for name in ("Ana", "Ben", "Cleo"):
        await evening.press(name, "session.speak")
        await evening.press(name, "session.in-speaking")


async def test_a_slow_circle_begins_by_itself_and_every_press_leaves_everybody_the_same_lines(evening: Evening) -> None:
    await slow(evening)
    before = evening.public()
    assert any("Check-in round" in text for text in before)
    assert "noted nowhere" in await evening.press("Ben", "round.had")
    assert evening.public() == before


async def test_there_is_one_reminder_halfway_for_nobody_in_particular_and_then_the_next_round(evening: Evening) -> None:
    await slow(evening)
    await evening.press("Ben", "round.had")
    await evening.wait(minutes=DAY)
    reminders = [text for text in evening.public() if "Half of this round" in text]
    assert len(reminders) == 1
    assert not any(name in reminders[0] for name in ("Ana", "Ben", "Cleo"))
    await evening.wait(minutes=DAY // 2)
    assert sum("Half of this round" in text for text in evening.public()) == 1
    await evening.wait(minutes=DAY // 2)
    assert any("Theme round" in text for text in evening.public())
    assert not any("Check-in round" in text for text in evening.public())


async def test_the_door_of_a_slow_circle_stays_open_until_the_goodbye(evening: Evening) -> None:
    await slow(evening)
    await evening.more("Ana", "go-on")
    await evening.press("Dan", "session.speak")
    assert "slow circle" in await evening.press("Dan", "session.in-speaking")
    await evening.more("Ana", "go-on")
    assert any("Check-out round" in text for text in evening.public())
    evening.world.add("Eli")
    await evening.press("Eli", "circle.join")
    await evening.press("Ana", "door.let-in")
    assert "has begun" in await evening.press("Eli", "session.speak")


async def test_a_slow_circle_closes_by_itself_and_is_counted(evening: Evening) -> None:
    await slow(evening)
    for _ in range(3):
        await evening.wait(minutes=2 * DAY)
    assert any("This session is closed" in text for text in evening.public())
    assert "1 session has been held" in await evening.slash("Ana", "circle show")


async def test_a_session_nobody_comes_to_is_closed_after_a_day(evening: Evening) -> None:
    await evening.make_circle("Ben")
    await evening.slash("Ana", "circle open")
    await evening.wait(minutes=DAY)
    assert "is being opened" in await evening.slash("Ana", "circle open")

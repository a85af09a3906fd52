"""A debrief as people meet it: planned, come into after the caution, held, and cleared away."""

import re
from datetime import timedelta

from tests.cogs.evening import Evening

SIX = ("Ana", "Ben", "Cleo", "Dan", "Eli")


async def arrive(evening: Evening, *names: str, listening: tuple[str, ...] = ()) -> None:
    for name in names:
        how = "listen" if name in listening else "speak"
        await evening.press(name, f"session.{how}")
        await evening.press(name, f"session.read-{how}ing")
        await evening.press(name, f"session.in-{how}ing")


async def test_a_debrief_is_planned_by_a_time_and_nothing_else(evening: Evening) -> None:
    await evening.make_circle("Ben", "Cleo")
    told = await evening.slash("Ana", "debrief plan", first="tomorrow 19:30")
    assert "**Debrief 1** of **Harbour** is planned" in told
    assert "10 days later" in told
    assert "no field for what it is about" in told
    line = evening.public()[-1]
    assert "Debrief 1 of Harbour" in line
    assert "Ana" not in line
    assert "staying away is shown nowhere" in line, "coming is: Discord writes who was added"
    assert "planned for that day already" in await evening.slash("Ana", "debrief plan", first="tomorrow 21:00")
    assert "for those who facilitate" in await evening.slash("Ben", "debrief plan", first="tomorrow 21:00")
    await evening.press("Ana", "debrief.move")
    assert "14 days after the first now" in await evening.world.choose(evening["Ana"], "debrief.days", "14")
    assert "is called off" in await evening.press("Ana", "debrief.off")
    assert not any("Debrief 1" in text for text in evening.public())
    assert "over or called off" in await evening.press("Ana", "debrief.move")


async def test_the_caution_comes_before_the_press_that_adds_anybody(evening: Evening) -> None:
    await evening.make_circle("Ben", "Cleo")
    told = await evening.slash("Ana", "debrief open", kind="hot")
    assert "Debrief 1 is being opened" in told
    assert "The cold one comes" in told
    caution = await evening.press("Ben", "session.speak")
    assert "no names or nicknames" in caution
    assert "Who can open the thread" in caution
    assert "All right, not today" in await evening.press("Ben", "session.not-today")
    way_in = await evening.press("Ben", "session.read-speaking")
    assert "Discord will write" in way_in
    assert "Who can open the thread" not in way_in, "that was read a moment ago"
    assert caution.splitlines()[0] != way_in.splitlines()[0], "or it looks as if nothing had happened"
    assert "You are in" in await evening.press("Ben", "session.in-speaking")


async def test_hot_has_two_rounds_of_four_prompts_and_its_holder_speaks_first(evening: Evening) -> None:
    await evening.make_circle("Ben", "Cleo")
    await evening.slash("Ana", "debrief open", kind="hot")
    await arrive(evening, "Ana", "Ben", "Cleo")
    await evening.begin()
    assert evening.speaker() == "Ana"
    turn = next(text for text in evening.public() if "Needs first" in text)
    assert "How are you right now?" in turn
    assert "no names, places, times or plans" in turn
    assert "About 1 minute each; nobody is cut off.\nThe talking piece goes round in this order:\n1. Ana" in turn
    for _ in range(3):
        await evening.pass_on()
    turn = next(text for text in evening.public() if "company tonight" in text)
    assert "Who or what helped today" in turn
    for _ in range(3):
        await evening.pass_on("round.pass")
    closed = evening.public()[-1]
    assert "**This debrief is closed.**" in closed
    assert "We meet once more" in closed
    assert "stay for a day" in closed, "then they are taken off, and the sentences about them stand on"
    assert not any("Ana" in text and "holds it" in text for text in evening.public())


async def test_its_thread_says_an_hour_before_that_it_goes_and_then_goes(evening: Evening) -> None:
    await evening.make_circle("Ben", "Cleo")
    await evening.slash("Ana", "debrief open", kind="hot")
    await arrive(evening, "Ana", "Ben", "Cleo")
    await evening.begin()
    for _ in range(6):
        await evening.pass_on()
    await evening.wait(minutes=(timedelta(days=3) - timedelta(minutes=59)) / timedelta(minutes=1))
    assert "copy your own words now" in evening.public()[-1]
    await evening.wait(minutes=60)
    assert not any("copy your own words" in text for text in evening.public())
    assert not evening.world.garden.threads


async def test_clear_says_at_once_that_the_thread_goes_in_an_hour(evening: Evening) -> None:
    await evening.make_circle("Ben", "Cleo")
    assert "nothing to delete" in await evening.slash("Ana", "debrief clear")
    await evening.slash("Ana", "debrief open", kind="cold")
    await arrive(evening, "Ana", "Ben", "Cleo")
    await evening.begin()
    assert "still open, so its thread stays" in await evening.slash("Ana", "debrief clear")
    for _ in range(15):
        await evening.pass_on()
    assert "are deleted" in await evening.slash("Ana", "debrief clear")
    assert "copy your own words now" in evening.public()[-1]
    await evening.slash("Ana", "debrief clear")
    assert sum("copy your own words now" in text for text in evening.public()) == 1
    await evening.wait(minutes=61)
    assert not evening.world.garden.threads


async def test_day_28_is_one_note_to_whoever_asked_for_it(evening: Evening) -> None:
    await evening.make_circle("Ben", "Cleo")
    await evening.slash("Ana", "debrief open", kind="hot")
    await arrive(evening, "Ana", "Ben", "Cleo")
    await evening.begin()
    for _ in range(6):
        await evening.pass_on()
    await evening.world.live_until(evening.world.env_now() + timedelta(days=10))
    await arrive(evening, "Ana", "Ben", "Cleo")
    await evening.begin()
    assert any("How have you been since?" in text for text in evening.public())
    for _ in range(15):
        await evening.pass_on()
    assert "You get one note" in await evening.press("Cleo", "debrief.write")
    assert "won't come" in await evening.press("Cleo", "debrief.write-not")
    assert "You get one note" in await evening.press("Ben", "debrief.write")
    assert "You get one note" in await evening.press("Ben", "debrief.write")
    await evening.world.live_until(evening.world.env_now() + timedelta(days=18, hours=1))
    assert "about four weeks" in await evening.slash("Ben", "inbox")
    assert "about four weeks" not in await evening.slash("Cleo", "inbox")


async def test_two_who_want_company_are_asked_within_the_hour(evening: Evening) -> None:
    await evening.make_circle("Ben", "Cleo")
    await evening.slash("Ana", "debrief open", kind="hot")
    await arrive(evening, "Ana", "Ben", "Cleo")
    await evening.begin()
    for _ in range(6):
        await evening.pass_on()
    before = evening.public()
    assert "in the draw for a buddy" in await evening.press("Ben", "debrief.company")
    assert "in the draw for a buddy" in await evening.press("Cleo", "debrief.company")
    await evening.wait(minutes=16)
    asked = await evening.slash("Ben", "inbox")
    assert re.search(r"Cleo", evening.world.plain(asked))
    assert evening.public() == before


async def test_a_debrief_can_take_days(evening: Evening) -> None:
    await evening.make_circle("Ben", "Cleo")
    await evening.slash("Ana", "debrief open", kind="cold")
    await arrive(evening, "Ana", "Ben")
    assert "slow" in await evening.offered("Ana")
    assert "slow" not in await evening.offered("Ben")
    assert "over days now" in await evening.more("Ana", "slow")
    assert any("open, over some days" in text for text in evening.public())
    await arrive(evening, "Cleo")
    assert any("**First round**, over days" in text and "no names, places" in text for text in evening.public())


async def test_a_session_and_a_debrief_go_on_side_by_side(evening: Evening) -> None:
    await evening.make_circle("Ben", "Cleo")
    await evening.slash("Ana", "circle open", format="slow")
    assert "Debrief 1 is being opened" in await evening.slash("Ana", "debrief open", kind="hot")
    assert "open already" in await evening.slash("Ana", "debrief open", kind="hot")
    assert len(evening.world.garden.threads) == 2


async def test_with_reminders_off_a_planned_debrief_still_opens_by_itself(evening: Evening) -> None:
    await evening.make_circle("Ben", "Cleo")
    await evening.slash("Ana", "circle settings")
    await evening.press("Ana", "settings.remind-not")
    await evening.slash("Ana", "debrief plan", first=f"{evening.world.env_now() + timedelta(days=3):%Y-%m-%d} 19:30")
    await evening.world.live_until(evening.world.env_now() + timedelta(days=4))
    assert not any("is near" in text for text in evening.public())
    assert any("**Debrief 1 of Harbour is open.**" in text for text in evening.public())
    assert "and you hold it" in await evening.slash("Ana", "inbox")

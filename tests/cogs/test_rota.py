"""Who holds next: asked in private, passed on, swapped, and found again when somebody has left the server."""

from datetime import timedelta

from bot.acts import circle, rota
from bot.practice.circle import Circle
from tests.cogs.evening import Evening

DAY, HOUR = 24 * 60, 60  # minutes


async def looks_ahead(evening: Evening, *, days: float) -> None:
    """The next session is scheduled, so far from now."""
    bot = evening.world.bot
    async with bot.store.unit(evening.world.guild.id) as unit:
        (found,) = await unit.all(Circle)
        await rota.look_ahead(unit, await circle.by_token(unit, found.token), unit.now + timedelta(days=days))
    await evening.wait(minutes=0)


async def willing(evening: Evening, *names: str) -> None:
    for name in names:
        await evening.slash(name, "circle rota")
        await evening.press(name, "rota.willing")


async def ready(evening: Evening) -> None:
    """Ana facilitates; Ben and Cleo would like to hold; Dan is a member."""
    await evening.make_circle("Ben")
    for name in ("Cleo", "Dan"):  # who came first is next first
        await evening.wait(minutes=1)
        await evening.press(name, "circle.join")
        await evening.press("Ana", "door.let-in")
    await willing(evening, "Ben", "Cleo")


def told(evening: Evening, name: str) -> str:
    return "\n".join(sight.text for sight in evening.sees(name) if sight.private)


async def test_it_is_asked_in_private_and_answered_with_one_press_that_a_second_does_not_undo(
    evening: Evening,
) -> None:
    await ready(evening)
    before = evening.public()
    await looks_ahead(evening, days=3)
    assert "Would you hold the next session" in await evening.slash("Ben", "inbox")
    assert "You hold the next session" in await evening.press("Ben", "calling.hold")
    assert "You have said yes already" in await evening.press("Ben", "calling.hold")
    assert "You have said yes: you hold the coming session" in await evening.slash("Ben", "circle rota")
    assert "@Ben holds the next session" in evening.world.plain(await evening.slash("Dan", "circle rota"))
    assert evening.public() == before
    for name in ("Ana", "Cleo", "Dan"):
        assert "Nothing is waiting" in await evening.slash(name, "inbox")


async def test_not_this_time_passes_it_on_and_asks_nothing_also_after_a_restart(evening: Evening) -> None:
    await ready(evening)
    await looks_ahead(evening, days=3)
    await evening.slash("Ben", "inbox")
    await evening.world.restart()
    assert "no reason is asked" in await evening.press("Ben", "calling.not")
    assert "isn't with you now" in await evening.press("Ben", "calling.not")
    assert "Would you hold the next session" in await evening.slash("Cleo", "inbox")


async def test_without_an_answer_all_read_one_line_without_a_name_and_anyone_of_the_circle_takes_it(
    evening: Evening,
) -> None:
    await ready(evening)
    await looks_ahead(evening, days=1)
    await evening.wait(minutes=19 * HOUR)
    (line,) = [sight for sight in evening.sees("Mara") if "looks for somebody to hold it" in sight.text]
    assert line.labels == ("I'll hold it", "Help now")
    assert "@" not in line.text
    assert "for members of this circle" in await evening.press("Mara", "calling.hold")
    assert "You hold the next session" in await evening.press("Dan", "calling.hold")
    assert not any("looks for somebody" in text for text in evening.public())
    assert "is in somebody else's hands" in await evening.slash("Ben", "inbox")


async def test_a_swap_is_asked_and_answered_in_private(evening: Evening) -> None:
    await ready(evening)
    before = evening.public()
    await looks_ahead(evening, days=3)
    await evening.slash("Ben", "inbox")
    assert "Whom would you like to ask" in await evening.press("Ben", "swap.whom")
    everybody = [str(evening[name].actor.id) for name in ("Ana", "Cleo", "Dan")]
    assert evening.world.choices(evening["Ben"], "swap.ask") == everybody
    await evening.world.choose(evening["Ben"], "swap.ask", str(evening["Cleo"].actor.id))
    await evening.slash("Cleo", "inbox")
    assert "@Ben asks whether you would hold" in evening.world.plain(told(evening, "Cleo"))
    assert "You hold the next session" in await evening.press("Cleo", "swap.yes")
    assert "isn't open any more" in await evening.press("Cleo", "swap.no")
    assert "is in somebody else's hands" in told(evening, "Ben")
    assert evening.public() == before
    for name in ("Ana", "Dan"):
        assert "Nothing is waiting" in await evening.slash(name, "inbox")


async def test_a_swap_that_does_not_come_about_leaves_it_where_it_was(evening: Evening) -> None:
    await ready(evening)
    await evening.slash("Ben", "circle rota")
    await evening.press("Ben", "swap.whom")
    await evening.world.choose(evening["Ben"], "swap.ask", str(evening["Cleo"].actor.id))
    await evening.slash("Cleo", "inbox")
    assert "nobody asks why" in await evening.press("Cleo", "swap.no")
    assert "The swap didn't come about" in told(evening, "Ben")
    assert "You are next to hold" in await evening.slash("Ben", "circle rota")


async def test_two_ask_for_another_holder_and_are_answered_alike(evening: Evening) -> None:
    await ready(evening)
    await looks_ahead(evening, days=3)
    await evening.slash("Ben", "inbox")
    answers = []
    for name in ("Cleo", "Dan"):
        await evening.slash(name, "circle rota")
        answers.append(await evening.press(name, "rota.another"))
    assert answers[0] == answers[1]
    before = evening.world.plain(await evening.slash("Ana", "circle rota"))
    assert "is asked in private" in before
    assert "@" not in before
    await evening.wait(minutes=3 * HOUR)
    assert evening.world.plain(await evening.slash("Ana", "circle rota")) == before
    assert "is in somebody else's hands" in await evening.slash("Ben", "inbox")
    assert "somebody else's hands" in await evening.press("Ben", "calling.hold")
    assert "Would you hold" in await evening.slash("Cleo", "inbox")


async def test_who_is_next_is_not_offered_to_ask_for_another(evening: Evening) -> None:
    await ready(evening)
    await evening.slash("Ben", "circle rota")
    labels = [sight.labels for sight in evening.sees("Ben") if "You are next" in sight.text]
    assert labels[-1] == ("I'll hold it", "Not this time", "Swap", "Not for now")
    await evening.slash("Dan", "circle rota")
    labels = [sight.labels for sight in evening.sees("Dan") if "is asked in private" in sight.text]
    assert labels[-1] == ("I'd like to hold one", "Another holder next time")


async def test_whoever_has_left_the_server_is_passed_by(evening: Evening) -> None:
    await ready(evening)
    evening.world.guild.remove_member(evening["Ben"].actor)
    await looks_ahead(evening, days=3)
    assert "Would you hold" in await evening.slash("Cleo", "inbox")


async def test_when_the_only_facilitator_has_left_the_server_the_circle_looks_for_somebody(evening: Evening) -> None:
    await evening.make_circle("Ben", "Cleo")
    evening.world.guild.remove_member(evening["Ana"].actor)
    await looks_ahead(evening, days=3)
    assert any("is looking for somebody who facilitates" in text for text in evening.public())
    assert "Nobody facilitates it" in await evening.press("Dan", "circle.join")
    await evening.slash("Ben", "inbox")
    assert "You facilitate **Harbour** now" in await evening.press("Ben", "facilitate.quiet")
    assert "@Dan" in evening.world.plain(await evening.slash("Ben", "circle members"))


async def test_whoever_guarded_is_offered_the_next_one_and_reads_alone_how_much_they_hold(evening: Evening) -> None:
    await evening.make_circle("Ben", "Cleo")
    await evening.gather("Ana", "Ben", "Cleo")
    await evening.begin()
    await evening.more("Ben", "guard")
    for _ in range(9):  # three rounds of three
        await evening.pass_on()
    assert "You looked after the last session" in told(evening, "Ben") + await evening.slash("Ben", "inbox")
    assert "You are next to hold" in await evening.press("Ben", "guarded.yes")
    await evening.slash("Ana", "circle rota")
    await evening.press("Ana", "rota.willing")
    assert "have held" not in await evening.slash("Ben", "circle rota")
    await evening.press("Ben", "calling.not")
    assert "you have held 1 of the last 1" in await evening.slash("Ana", "circle rota")
    assert "have held" not in await evening.slash("Cleo", "circle rota")


async def test_asking_the_same_person_twice_is_refused_kindly(evening: Evening) -> None:
    await ready(evening)
    await evening.slash("Ben", "circle rota")
    for _ in range(2):
        await evening.press("Ben", "swap.whom")
        await evening.world.choose(evening["Ben"], "swap.ask", str(evening["Dan"].actor.id))
    assert "once is enough" in told(evening, "Ben")
    assert (await evening.slash("Dan", "inbox")).count("asks whether you would hold") == 1


async def test_a_long_list_of_members_goes_on(evening: Evening) -> None:
    await ready(evening)
    await evening.slash("Ana", "circle door", door="open")
    for number in range(1, 27):
        evening.world.add(f"Member {number}")
        await evening.press(f"Member {number}", "circle.join")
    await evening.slash("Ben", "circle rota")
    await evening.press("Ben", "swap.whom")
    first = evening.world.choices(evening["Ben"], "swap.ask")
    assert (len(first), first[-1]) == (25, "from-24")
    await evening.world.choose(evening["Ben"], "swap.ask", "from-24")
    second = evening.world.choices(evening["Ben"], "swap.ask")
    assert len({*first[:-1], *second}) == 24 + len(second) == 29

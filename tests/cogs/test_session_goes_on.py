"""The circle goes on without any one person, at any pace."""

from tests.cogs.evening import Evening

SPEAKERS = ("Ana", "Ben", "Cleo", "Dan")


async def begun(evening: Evening, *, speaking: tuple[str, ...] = SPEAKERS) -> None:
    await evening.make_circle("Ben", "Cleo", "Dan")
    await evening.gather(*speaking)
    await evening.begin()


async def test_a_holder_who_does_not_come_is_waited_for_five_minutes_and_can_take_it_back(evening: Evening) -> None:
    await evening.make_circle("Ben", "Cleo", "Dan")
    await evening.gather("Ben", "Cleo", "Dan")
    assert "hold" not in await evening.offered("Ben")
    await evening.wait(minutes=5)
    assert any("We have waited five minutes for Ana" in text for text in evening.public("Ben"))
    assert "You hold the circle now" in await evening.press("Ben", "session.hold")
    assert any("We begin when Ben begins" in text for text in evening.public())
    assert any("Session 1 of Harbour is open" in text and "Ben" in text for text in evening.public())
    await evening.press("Ana", "session.speak")
    await evening.press("Ana", "session.in-speaking")
    assert "You hold the circle again" in await evening.press("Ana", "session.hold-back")
    assert not any("Ben holds the circle now" in text for text in evening.public())
    assert "Only" in await evening.press("Ben", "session.begin")
    await evening.press("Ana", "session.begin")
    assert evening.speaker() == "Ana"


async def test_after_the_next_turn_the_circle_stays_with_whoever_took_it(evening: Evening) -> None:
    await evening.make_circle("Ben", "Cleo", "Dan")
    await evening.gather("Ben", "Cleo", "Dan")
    await evening.wait(minutes=5)
    await evening.press("Ben", "session.hold")
    await evening.press("Ben", "session.begin")
    await evening.press("Ana", "session.speak")
    await evening.press("Ana", "session.in-speaking")
    assert "hold-back" not in await evening.offered("Ana")
    assert evening.speaker() == "Ben"


async def test_a_pause_tells_nobody_who_asked_and_waits_for_the_holder(evening: Evening) -> None:
    await begun(evening)
    await evening.press("Cleo", "session.pause")
    pauses = [text for text in evening.public() if text.startswith("Pause.")]
    assert len(pauses) == 1
    assert "Cleo" not in pauses[0]
    assert "There's a pause" in await evening.press("Ana", "round.spoke")
    assert "There's a pause already" in await evening.press("Dan", "session.pause")
    assert "Only" in await evening.press("Ben", "session.go-on")
    await evening.press("Ana", "session.go-on")
    assert evening.speaker() == "Ana"
    assert not any(text.startswith("Pause.") for text in evening.public())
    await evening.press("Cleo", "session.pause")
    await evening.press("Ana", "session.go-on")
    assert "2 pauses" in await evening.press("Cleo", "session.pause")


async def test_in_a_pause_a_holder_who_is_gone_is_replaced_by_those_present(evening: Evening) -> None:
    await begun(evening)
    await evening.press("Cleo", "session.pause")
    await evening.wait(minutes=5)
    await evening.press("Dan", "session.hold")
    assert any("Dan holds it, and it has begun" in text for text in evening.public())
    await evening.press("Dan", "session.go-on")
    assert evening.speaker() == "Ana"


async def test_the_piece_is_still_with_somebody_is_said_once_and_never_passes_it(evening: Evening) -> None:
    await begun(evening)
    await evening.wait(minutes=7)
    assert not any("still with" in text for text in evening.public())
    await evening.wait(minutes=1)
    assert [text for text in evening.public() if "still with" in text] == ["The piece is still with Ana. No hurry."]
    await evening.wait(minutes=60)
    assert sum("still with" in text for text in evening.public()) == 1
    assert evening.speaker() == "Ana"


async def test_a_little_more_time_is_told_to_nobody_and_moves_the_line(evening: Evening) -> None:
    await begun(evening)
    await evening.more("Ana", "more-time")
    await evening.wait(minutes=8)
    assert not any("still with" in text for text in evening.public())
    await evening.wait(minutes=4)
    assert any("still with Ana" in text for text in evening.public())


async def test_who_asked_is_told_alone_when_their_time_is_nearly_up(evening: Evening) -> None:
    await begun(evening)
    await evening.more("Ana", "tell-time")
    await evening.wait(minutes=3)
    private = [sight.text for sight in evening.sees("Ana") if sight.private]
    assert any("You asked to be told: about a minute" in text for text in private)
    assert not any("minute of your time" in text for text in evening.public())


async def test_whose_turn_ended_is_told_nothing_of_time_any_more(evening: Evening) -> None:
    await begun(evening)
    await evening.more("Ana", "tell-time")
    await evening.pass_on()
    await evening.wait(minutes=4)
    assert not any("You asked to be told" in sight.text for sight in evening.sees("Ana"))


async def test_the_holder_lets_the_piece_go_on_and_it_comes_back_at_the_end(evening: Evening) -> None:
    await begun(evening)
    await evening.pass_on()
    gone = evening.speaker()
    await evening.more("Ana", "come-back")
    assert any(f"come back to {gone} at the end of this round" in text for text in evening.public())
    others = [await evening.pass_on() for _ in range(2)]
    assert gone not in others
    assert evening.speaker() == gone


async def test_who_was_not_finished_gets_the_piece_back_until_somebody_presses(evening: Evening) -> None:
    await begun(evening)
    await evening.pass_on()
    following = evening.speaker()
    await evening.more("Ana", "not-finished")
    assert evening.speaker() == "Ana"
    assert any("Ana wasn't finished" in text for text in evening.public())
    await evening.pass_on()
    assert evening.speaker() == following
    assert "not-finished" not in await evening.offered("Ana")


async def test_after_a_round_whoever_likes_has_a_turn_and_two_minutes_later_it_goes_on(evening: Evening) -> None:
    await begun(evening)
    for _ in range(3):
        await evening.pass_on()
    await evening.press(evening.speaker(), "round.spoke")
    assert any("would like a turn now" in text for text in evening.public())
    await evening.press("Cleo", "session.turn")
    assert evening.speaker() == "Cleo"
    await evening.press("Cleo", "round.spoke")
    assert "second turn" in await evening.press("Cleo", "session.turn")
    await evening.wait(minutes=2)
    assert any("Theme round" in text for text in evening.public())
    assert not any("would like a turn now" in text for text in evening.public())


async def test_stepping_out_is_said_by_no_line_and_one_can_come_back(evening: Evening) -> None:
    await begun(evening)
    before = evening.public()
    await evening.more("Cleo", "step-out")
    assert evening.public() == before
    passed = [await evening.pass_on() for _ in range(2)]
    await evening.more("Cleo", "be-back")
    assert "Cleo" not in [*passed, await evening.pass_on()]
    assert "Cleo" in [await evening.pass_on() for _ in range(4)]


async def test_too_much_offers_three_ways_and_one_person_is_asked_to_write(evening: Evening) -> None:
    await begun(evening)
    await evening.more("Dan", "guard")
    assert any("Dan guards the circle in this session" in text for text in evening.public())
    assert "Dan" in await evening.more("Cleo", "guard") if "guard" in await evening.offered("Cleo") else True
    told = await evening.more("Cleo", "too-much")
    assert "If this is too much" in told
    await evening.press("Cleo", "session.write")
    await evening.world.choose(evening["Cleo"], "session.write-to", str(evening["Dan"].actor.id))
    assert any("asked that you write to them" in sight.text for sight in evening.sees("Dan") if sight.private)
    assert not any("asked that you write" in sight.text for sight in evening.sees("Ana"))
    assert "past you" in await evening.press("Cleo", "session.quiet")


async def test_who_comes_late_stands_at_the_end_of_the_order(evening: Evening) -> None:
    await begun(evening, speaking=("Ana", "Ben", "Cleo"))
    await evening.press("Dan", "session.speak")
    await evening.press("Dan", "session.in-speaking")
    assert any("4. Dan" in text for text in evening.public())
    assert [await evening.pass_on() for _ in range(4)][-1] == "Dan"


async def test_two_sit_together_without_rounds_and_it_is_not_counted(evening: Evening) -> None:
    await evening.make_circle("Ben")
    await evening.gather("Ana", "Ben")
    assert "Two have come to speak" in await evening.more("Ana", "begin")
    await evening.press("Ana", "session.together")
    assert any("We sit together today" in text for text in evening.public())
    await evening.more("Ben", "close")
    assert any("This session is closed" in text for text in evening.public())
    assert "0 sessions have been held" in await evening.slash("Ana", "circle show")


async def test_nine_are_asked_whether_they_would_rather_be_two_circles(evening: Evening) -> None:
    more = [f"Extra{number}" for number in range(6)]
    for name in more:
        evening.world.add(name)
    await evening.make_circle("Ben", "Cleo", *more)
    await evening.gather("Ana", "Ben", "Cleo", *more)
    assert "9 people have come to speak, about 36 minutes a round" in await evening.more("Ana", "begin")
    assert not any("Check-in round" in text for text in evening.public())
    await evening.press("Ana", "session.begin-all")
    assert evening.speaker() == "Ana"


async def test_a_set_of_prompts_is_chosen_by_name_and_the_story_comes_first_at_the_beginning(evening: Evening) -> None:
    await evening.make_circle("Ben", "Cleo")
    offered = await evening.world.complete(evening["Ana"], "circle open", "prompts", "")
    assert offered[0] == "Stories: whose version have you carried?"
    assert "no set of prompts" in await evening.slash("Ana", "circle open", prompts="nonsense")
    assert "is being opened" in await evening.slash("Ana", "circle open", prompts="what we carry")


async def test_after_a_day_the_buttons_go_and_after_a_week_the_thread(evening: Evening) -> None:
    await begun(evening)
    await evening.more("Ana", "close")
    await evening.press("Ana", "session.close-now")
    await evening.wait(minutes=24 * 60)
    in_thread = [sight for sight in evening.sees("Ben") if sight.place == "#circle 1" and not sight.private]
    assert in_thread
    assert not any(sight.labels for sight in in_thread)
    await evening.wait(minutes=6 * 24 * 60)
    assert "#circle 1" not in {sight.place for sight in evening.sees("Ben")}


async def test_no_message_has_more_than_five_buttons_and_few_of_ours_remain(evening: Evening) -> None:
    await begun(evening)
    most = 0
    for _ in range(3 * 4):
        await evening.pass_on()
        most = max([most, *(len(sight.labels) for sight in evening.sees("Ben") if not sight.private)])
    assert most == 5
    ours = [sight for sight in evening.sees("Ben") if sight.place == "#circle 1" and sight.labels and not sight.private]
    assert len(ours) <= 10

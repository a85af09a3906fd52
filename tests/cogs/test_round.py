"""The talking piece, as people press it."""

from tests.cogs.evening import Evening

MEMBERS = ("Ben", "Cleo")
SPEAKERS = ("Ana", *MEMBERS)


async def begun(evening: Evening) -> None:
    await evening.make_circle(*MEMBERS)
    await evening.gather(*SPEAKERS)
    await evening.begin()


async def test_whoever_holds_the_circle_speaks_first_and_everybody_follows_once(evening: Evening) -> None:
    await begun(evening)
    order = []
    for _ in SPEAKERS:
        order.append(await evening.pass_on())
    assert order[0] == "Ana"
    assert sorted(order) == sorted(SPEAKERS)
    assert evening.speaker() == order[1]


async def test_a_press_out_of_turn_is_answered_kindly_and_changes_nothing(evening: Evening) -> None:
    await begun(evening)
    before = evening.public()
    told = await evening.press("Ben", "round.spoke")
    assert "The talking piece is with" in told
    assert evening.public() == before


async def test_a_double_press_ends_one_turn_only(evening: Evening) -> None:
    await begun(evening)
    await evening.press("Ana", "round.spoke", twice=True)
    assert evening.speaker() in MEMBERS
    private = [sight.text for sight in evening.sees("Ana") if sight.private]
    assert sum("Your turn is over" in text for text in private) == 1
    assert sum("That turn is over already" in text for text in private) == 1


async def test_a_pass_leaves_the_same_lines_as_a_turn(evening: Evening) -> None:
    await begun(evening)
    await evening.press("Ana", "round.spoke")
    spoken = [line for text in evening.public() for line in text.splitlines() if "Thank you" in line]
    second = evening.speaker()
    await evening.press(second, "round.pass")
    passed = [line for text in evening.public() for line in text.splitlines() if "Thank you" in line]
    assert spoken == ["Thank you, Ana."]
    assert passed == [f"Thank you, {second}."]
    others = [sight.text for name in evening.world.people if name != second for sight in evening.sees(name)]
    assert not any("You passed" in text for text in others)


async def test_a_restart_in_mid_round_keeps_the_order_and_the_speaker(evening: Evening) -> None:
    await begun(evening)
    await evening.press("Ana", "round.spoke")
    speaker, written = evening.speaker(), evening.public()
    await evening.world.restart()
    assert evening.speaker() == speaker
    assert evening.public() == written
    await evening.press(speaker, "round.spoke")
    assert evening.speaker() not in ("Ana", speaker)


async def test_names_full_of_signs_are_shown_as_letters_and_ping_nobody(evening: Evening) -> None:
    evening.world.add("@everyone **x** <@1>")
    await evening.make_circle("Ben", "@everyone **x** <@1>")
    await evening.gather("Ana", "Ben", "@everyone **x** <@1>")
    await evening.begin()
    listed = next(text for text in evening.public() if "Check-in round" in text)
    assert "\\*\\*x\\*\\*" in listed
    assert "@everyone" not in listed.replace("@\u200beveryone", "")

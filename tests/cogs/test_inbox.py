"""What waits for one person."""

from tests.cogs.evening import Evening


async def test_what_is_for_one_person_is_shown_at_once_while_their_press_is_young(evening: Evening) -> None:
    await evening.make_circle("Ben")
    private = [sight.text for sight in evening.sees("Ben") if sight.private]
    assert any("You are a member of **Harbour** now" in text for text in private)
    assert "Nothing is waiting" in await evening.slash("Ben", "inbox")


async def test_without_a_young_press_it_waits_in_the_inbox_and_is_named_under_the_next_answer(evening: Evening) -> None:
    await evening.make_circle()
    await evening.press("Ben", "circle.join")
    await evening.world.restart()
    await evening.slash("Ana", "circle members")
    await evening.press("Ana", "door.let-in")
    assert not any("You are a member" in sight.text for sight in evening.sees("Ben"))
    assert "Something is waiting for you" in await evening.slash("Ben", "help-now")
    assert "You are a member of **Harbour** now" in await evening.slash("Ben", "inbox")
    assert "Nothing is waiting" in await evening.slash("Ben", "inbox")
    assert "Something is waiting" not in await evening.slash("Ben", "help-now")


async def test_dms_say_one_fixed_thing_and_only_to_those_who_asked(evening: Evening) -> None:
    await evening.set_up()
    await evening.slash("Ana", "circle create", name="Harbour")
    await evening.press("Ana", "draft.dms")
    await evening.world.restart()
    await evening.press("Ben", "circle.join")
    direct = [sight for sight in evening.sees("Ana") if sight.place == "direct message"]
    assert [sight.text for sight in direct] == ["Something is waiting for you."]
    assert direct[0].labels == ("Open", "No more DMs")
    assert "asks to join" in await evening.press("Ana", "dm.open")
    await evening.press("Ana", "dm.off")
    await evening.world.restart()
    await evening.press("Cleo", "circle.join")
    direct = [sight for sight in evening.sees("Ana") if sight.place == "direct message" and not sight.private]
    assert len(direct) == 1


async def test_a_question_stays_until_somebody_answers_it(evening: Evening) -> None:
    await evening.make_circle()
    await evening.press("Ben", "circle.join")
    assert "asks to join" in await evening.slash("Ana", "inbox")
    assert "asks to join" in await evening.slash("Ana", "inbox")
    await evening.press("Ana", "door.not-now")
    assert "Nothing is waiting" in await evening.slash("Ana", "inbox")
    told = [sight.text for sight in evening.sees("Ben") if sight.private]
    assert any("isn't possible right now" in text for text in told)
    assert not any("Ana" in text for text in told)


async def test_a_press_older_than_fourteen_minutes_is_no_way_to_anybody(evening: Evening) -> None:
    await evening.make_circle()
    await evening.press("Ben", "circle.join")
    await evening.world.env.advance_time(14 * 60)
    await evening.slash("Ana", "circle members")
    await evening.press("Ana", "door.let-in")
    assert not any("You are a member" in sight.text for sight in evening.sees("Ben"))
    assert "You are a member" in await evening.slash("Ben", "inbox")


async def test_a_question_opened_from_the_dm_can_be_answered_there(evening: Evening) -> None:
    await evening.set_up()
    await evening.slash("Ana", "circle create", name="Harbour")
    await evening.press("Ana", "draft.dms")
    await evening.world.restart()
    await evening.press("Ben", "circle.join")
    await evening.press("Ana", "dm.open")
    assert "is a member now" in await evening.press("Ana", "door.let-in")


async def test_who_was_removed_from_the_server_opens_nothing_with_old_buttons(evening: Evening) -> None:
    await evening.set_up()
    await evening.slash("Ana", "circle create", name="Harbour")
    await evening.press("Ana", "draft.dms")
    await evening.world.restart()
    await evening.press("Ben", "circle.join")
    assert "asks to join" in await evening.press("Ana", "dm.open")
    evening.world.guild.remove_member(evening["Ana"].actor)
    for deed in ("door.let-in", "dm.open"):
        refused = await evening.press("Ana", deed)
        assert "You aren't in the server" in refused
        assert "Ben" not in evening.world.plain(refused)
    assert "emergency number" in await evening.press("Ana", "help.now")
    assert "No DMs" in await evening.press("Ana", "dm.off")
    assert not any("You are a member" in sight.text for sight in evening.sees("Ben"))


async def test_a_press_in_a_dm_is_one_by_the_member_as_they_are_in_the_server(evening: Evening) -> None:
    await evening.set_up()
    await evening.slash("Ana", "circle create", name="Harbour")
    await evening.press("Ana", "draft.dms")
    await evening.world.restart()
    await evening.press("Ben", "circle.join")
    await evening.press("Ana", "dm.open")
    world = evening.world
    await world.env.advance_time(60)
    world.guild.remove_member(evening["Ana"].actor)
    world.people["Ana"].actor = world.guild.add_member(evening["Ana"].actor.user)
    assert "left this server, or were removed" in await evening.press("Ana", "door.let-in")
    assert "Nothing is waiting" in await evening.press("Ana", "dm.open")

"""What single people do to a session: step out, close their DMs, press what is long gone."""

from pathlib import Path

from .evening import an_evening


async def test_whoever_stepped_out_is_named_and_not_pulled_back_by_a_mention(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as evening:
        await evening.make_circle()
        thread, _ = await evening.gather()
        for person in list(evening.people.values())[1:]:
            person.steps_out(thread)
        await evening.begin(thread)
        _, first = await evening.speaker_in(thread)
        await evening.press(evening.ana, first, "I'm done, pass it on")
        second = await evening.discord.message(thread, "the talking piece is with you", after=first)
        assert "<@" not in second.text
        assert evening.discord.pulled_in == []


async def test_closed_dms_stop_nothing_and_are_nobodys_business(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as evening:
        card = await evening.make_circle()
        evening.ana.closes_dms()
        await evening.bot.restart()
        await evening.press(evening.outsider, card, "Ask to join")
        waiting = await evening.slash(evening.ana, "inbox")
        assert "asks to join" in waiting.text
        assert "DM" not in (await evening.press(evening.outsider, card, "Ask to join")).text


async def test_a_press_on_a_turn_that_was_deleted_meanwhile_is_answered_kindly(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as evening:
        thread, _, first = await evening.in_session()
        await evening.press(evening.ana, first, "I'm done, pass it on")
        _, second = await evening.speaker_in(thread, first)
        late = await evening.press(evening.ana, first, "Pass")
        assert "over already" in late.text
        assert (await evening.speaker_in(thread))[1] is second

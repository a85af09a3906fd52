"""A flag on oneself, on the bot, on everybody; too long, too late, from a DM: clear sentences, and nothing lost."""

import asyncio
import re
from typing import Any

import pytest
import simcord

from bot.acts.rupture import flagging as acts
from cogs.rupture import flagging
from tests.cogs.evening import Evening
from tests.cogs.test_rupture import DAY, fill_in, ready, told, write


async def test_on_oneself_and_on_the_bot(evening: Evening) -> None:
    await ready(evening)
    bot = evening.world.bot.user
    assert bot is not None
    env = evening.world.env
    shown = await write(evening, "Cleo", "Cleo", handles=[simcord.UserHandle(env, env.backend.get_user(bot.id))])
    assert "You chose this bot" in shown
    assert "You chose yourself" in shown
    assert "**It will not be seen by:** nobody named" in shown
    assert "Thrown away" in await evening.press("Cleo", "rupture.drop")
    assert "sent already, was thrown away" in await evening.press("Cleo", "rupture.send")


async def test_on_all_who_facilitate_and_on_the_care_contact_too(evening: Evening) -> None:
    await ready(evening)
    assert "1. first @Noor, outside of this circle" in await write(evening, "Cleo", "Ana", "Ben")
    nobody = await write(evening, "Cleo", "Ana", "Ben", "Noor")
    assert "nothing was sent and nothing was kept" in nobody
    assert "> It \\*hurt\\*." in nobody
    assert "The night line" in nobody
    assert "There is nothing of yours here" in await evening.slash("Cleo", "rupture mine")


async def test_a_form_and_a_preview_left_open_for_a_day(evening: Evening) -> None:
    await ready(evening)
    await evening.slash("Cleo", "rupture flag")
    form = await evening.world.open_form(evening["Cleo"], "rupture.friction")
    await evening.wait(minutes=24 * 60)
    await evening.world.restart()
    values = {"look": ["quiet"], "wish": ["know"], "soon": ["next"], "words": "Still here."}
    assert "> Still here." in await evening.world.hand_in(evening["Cleo"], form, values)
    await evening.wait(minutes=24 * 60)
    late = await evening.press("Cleo", "rupture.send")
    assert "Nothing was sent yet" in late
    assert "> Still here." in late
    assert "It's sent" in await evening.press("Cleo", "rupture.send")


async def test_a_flood_of_emoji_arrives_whole_and_a_character_too_many_is_given_back(
    evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    await ready(evening, second=False)
    await evening.slash("Cleo", "rupture flag")
    values = {"look": ["quiet"], "wish": ["know"], "soon": ["next"], "words": "é" * 501}
    monkeypatch.setattr(flagging, "LONGEST_WORDS", 600)  # a form from before the limit
    told_back = await fill_in(evening, "Cleo", "rupture.friction", values)
    monkeypatch.undo()
    assert "501" in told_back
    assert "é" * 501 in told_back
    assert "There is nothing of yours here" in await evening.slash("Cleo", "rupture mine")
    await write(evening, "Cleo", words="🌱" * 500)
    await evening.press("Cleo", "rupture.send")
    await evening.wait(minutes=61)
    assert "🌱" * 500 in await evening.slash("Ana", "rupture care")


async def test_on_somebody_who_has_left_it_is_kept_from_them_if_they_come_back(evening: Evening) -> None:
    await ready(evening)
    await evening.slash("Cleo", "rupture flag")
    form = await evening.world.open_form(evening["Cleo"], "rupture.friction")
    gone = evening["Ben"].actor.user
    evening.world.guild.remove_member(evening["Ben"].actor)
    values = {"look": ["hurt"], "wish": ["know"], "soon": ["next"], "words": "It hurt.", "excluded": [gone]}
    shown = evening.world.plain(await evening.world.hand_in(evening["Cleo"], form, values))
    assert "1. first @Ana" in shown
    assert "**It will not be seen by:** @Ben" in shown
    assert "It's sent" in await evening.press("Cleo", "rupture.send")
    evening.world.people["Ben"].actor = evening.world.guild.add_member(gone)
    await evening.wait(minutes=61)
    await evening.slash("Ana", "rupture care")
    await evening.press("Ana", "rupture.hand-on")
    await evening.wait(minutes=4 * 24 * 60)
    assert "Nothing lies with you now" in await evening.slash("Ben", "rupture care")
    assert "Something said or done hurt me" in await evening.slash("Noor", "rupture care")


async def test_a_form_handed_in_from_a_direct_message_is_one_in_its_server_of_who_is_in_it(evening: Evening) -> None:
    await ready(evening)
    await evening.press("Noor", "dm.on")
    await evening.world.restart()
    await write(evening, "Cleo", lane="harm")
    await evening.press("Cleo", "rupture.send")
    await evening.wait(minutes=11)
    noor = evening["Noor"].actor
    assert "Something was entrusted to you" in await evening.press("Noor", "dm.open")
    assert "Something said or done hurt me" in await evening.press("Noor", "rupture.read")
    forms = [await evening.world.open_form(evening["Noor"], "rupture.acknowledge") for _ in range(2)]
    evening.world.guild.remove_member(noor)
    refused = (await noor.user.submit_modal(forms[0], {"words": "Here."})).response
    assert refused
    assert "You aren't in the server that this is about any more" in refused.content
    assert "Nobody has answered yet" in await evening.slash("Cleo", "rupture mine")
    assert "Nothing is waiting for you" in await evening.slash("Cleo", "inbox")
    evening.world.people["Noor"].actor = evening.world.guild.add_member(noor.user)
    done = (await noor.user.submit_modal(forms[1], {"words": "Here."})).response
    assert done
    assert "You carry it from now on" in done.content
    assert "> Here." in told(evening, "Cleo") + await evening.slash("Cleo", "inbox")


async def test_a_form_that_cannot_open_in_time_says_so_and_opens_at_the_next_press(
    evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    await ready(evening)
    await evening.slash("Cleo", "rupture flag")
    look_now = acts.lanes_of

    async def look_late(*args: Any) -> acts.Lanes:
        await asyncio.sleep(2 * flagging.PATIENCE)  # of this world's time
        return await look_now(*args)

    monkeypatch.setattr(flagging, "PATIENCE", 0.01)
    monkeypatch.setattr(acts, "lanes_of", look_late)
    await evening.press("Cleo", "rupture.harm")
    await evening.wait(minutes=1)
    assert "It took too long" in told(evening, "Cleo")
    monkeypatch.undo()
    values = {"look": ["hurt"], "wish": ["know"], "soon": ["next"], "words": "Now."}
    assert "1. first @Noor" in await fill_in(evening, "Cleo", "rupture.harm", values)


async def test_a_fault_on_the_way_to_the_form_is_said_and_logged_once(
    evening: Evening, caplog: pytest.LogCaptureFixture
) -> None:
    await ready(evening)
    await evening.slash("Cleo", "rupture flag")
    store = evening.world.bot.store
    (broken,) = [owner for owner in store.keyring.owners() if owner.startswith("circle:")]
    await store.keyring.destroy(broken)
    reference = re.search(r"the reference (\w{6})", await evening.press("Cleo", "rupture.friction"))
    assert reference
    faults = [record.getMessage() for record in caplog.records if record.getMessage().startswith("fault")]
    assert [f"fault {reference[1]}: KeyGone" in fault for fault in faults] == [True]


async def test_who_leaves_the_server_leaves_the_flag_with_who_has_it(evening: Evening) -> None:
    await ready(evening, second=False)
    await write(evening, "Cleo")
    await evening.press("Cleo", "rupture.name")
    await evening.press("Cleo", "rupture.send")
    evening.world.guild.remove_member(evening["Cleo"].actor)
    await evening.wait(minutes=61)
    assert "Something said or done hurt me" in await evening.slash("Ana", "rupture care")
    assert "You carry it from now on" in await fill_in(evening, "Ana", "rupture.acknowledge", {})
    evening.world.people["Cleo"].actor = evening.world.guild.add_member(evening["Cleo"].actor.user)
    assert "has read what you flagged" in await evening.slash("Cleo", "inbox")
    assert "Taken back" in await press_mine(evening, "Cleo", "take-back")


async def press_mine(evening: Evening, name: str, deed: str) -> str:
    await evening.slash(name, "rupture mine")
    return await evening.press(name, f"rupture.{deed}")


async def test_who_wrote_it_writes_a_few_words_more_to_who_has_it(evening: Evening) -> None:
    await ready(evening, second=False)
    await write(evening, "Cleo")
    await evening.press("Cleo", "rupture.send")
    await evening.wait(minutes=61)
    await evening.slash("Ana", "rupture care")
    await fill_in(evening, "Ana", "rupture.acknowledge", {})
    await evening.slash("Cleo", "rupture mine")
    await fill_in(evening, "Cleo", "rupture.write-back", {"words": "Not before Sunday."})
    assert "> Not before Sunday." in await evening.slash("Ana", "inbox") + told(evening, "Ana")


async def test_a_talk_is_agreed_and_one_change_remembered(evening: Evening) -> None:
    await ready(evening, second=False)
    await write(evening, "Cleo", wish=["together"])
    await evening.press("Cleo", "rupture.send")
    await evening.wait(minutes=61)
    await evening.slash("Ana", "rupture care")
    assert "Acknowledge** it first" in await evening.press("Ana", "rupture.talk")
    await fill_in(evening, "Ana", "rupture.acknowledge", {"words": ""})
    assert "5. One thing that will be different" in await evening.press("Ana", "rupture.guide")
    assert "Offered, to whoever wrote it" in await evening.press("Ana", "rupture.talk")
    await evening.slash("Cleo", "inbox")
    asked = await fill_in(evening, "Cleo", "rupture.talk-yes", {"other": [evening["Ben"].actor]})
    assert "@Ben is asked now, in private" in asked
    seen = evening.world.plain(await evening.slash("Ben", "inbox"))
    assert "@Cleo would like to talk something through with you" in told(evening, "Ben") + seen
    assert "you said yes" in await evening.press("Ben", "talk.yes")
    assert "Both said yes" in told(evening, "Cleo") + await evening.slash("Cleo", "inbox")
    assert "you are beside them. Now write to both" in told(evening, "Ana") + await evening.slash("Ana", "inbox")
    assert "Noted" in await fill_in(evening, "Ana", "rupture.plan", {"words": "Turns.", "days": ["7"]})
    for _ in range(7):
        await evening.wait(minutes=DAY / 60)
    for name in ("Ana", "Ben", "Cleo"):
        await evening.slash(name, "inbox")
        assert "> Turns." in told(evening, name)
    assert "Nothing lies with you now" in await evening.slash("Ben", "rupture care")


async def test_somebody_is_asked_to_sit_with_one_and_nobody_kept_out_can_be(evening: Evening) -> None:
    await ready(evening)
    await write(evening, "Cleo", "Ben")
    await evening.press("Cleo", "rupture.send")
    await evening.slash("Cleo", "help-now")
    assert "keep this person out" in await fill_in(evening, "Cleo", "help.sit", {"other": [evening["Ben"].actor]})
    assert "@Dan is asked" in await fill_in(evening, "Cleo", "help.sit", {"other": [evening["Dan"].actor]})
    asked = evening.world.plain(await evening.slash("Dan", "inbox"))
    assert "@Cleo asks whether you could sit with them" in asked
    assert "sit with them" not in told(evening, "Ben")


async def test_whom_discord_takes_no_message_to_is_followed_at_once_and_nobody_is_told(evening: Evening) -> None:
    await ready(evening)
    await evening.press("Noor", "dm.on")
    evening.world.add("Omar")
    await evening.slash("Mara", "trellis setup", care_contact=evening["Omar"].actor)
    await evening.press("Omar", "care.yes")
    await evening.press("Omar", "dm.on")
    await evening.world.restart()
    shown = await write(evening, "Cleo", lane="harm")
    first, second = ("Noor", "Omar") if "1. first @Noor" in shown else ("Omar", "Noor")
    account = evening.world.env.backend.users[evening[first].actor.id]
    account.bot = True  # the stand-in for Discord refuses messages to programs as it does to closed doors
    await evening.press("Cleo", "rupture.send")
    await evening.wait(minutes=11)
    account.bot = False
    assert [sight.text for sight in evening.sees(second) if sight.place == "direct message"] == [
        "Something is waiting for you."
    ]
    for name in (first, second):
        assert "Something said or done hurt me" in await evening.slash(name, "rupture care")
    assert "Nothing is waiting for you" in await evening.slash("Cleo", "inbox")
    assert "Nobody has answered yet" in await evening.slash("Cleo", "rupture mine")


async def test_what_was_written_too_late_is_given_back(evening: Evening) -> None:
    await ready(evening, second=False)
    await write(evening, "Cleo")
    await evening.press("Cleo", "rupture.send")
    await evening.wait(minutes=61)
    await evening.slash("Ana", "rupture care")
    form = await evening.world.open_form(evening["Ana"], "rupture.acknowledge")
    await press_mine(evening, "Cleo", "take-back")
    late = await evening.world.hand_in(evening["Ana"], form, {"words": "Thank you for telling."})
    assert "isn't open to you" in late
    assert "> Thank you for telling." in late


async def test_who_left_the_circle_meanwhile_has_their_words_back_and_is_shown_help_outside(evening: Evening) -> None:
    await ready(evening)
    await write(evening, "Cleo")
    await evening.slash("Cleo", "circle leave")
    await evening.press("Cleo", "circle.leave")
    for deed in ("rupture.name", "rupture.send"):
        answer = await evening.press("Cleo", deed)
        assert "You aren't in this circle any more" in answer
        assert "> It \\*hurt\\*." in answer
        assert "The night line" in answer
    assert "There is nothing of yours here" in await evening.slash("Cleo", "rupture mine")

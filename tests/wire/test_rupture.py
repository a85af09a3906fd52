"""A flag on the strict Discord: the bot dies, DMs are closed, people leave; it is there once, with the right person."""

import asyncio
from pathlib import Path

import pytest

from .call import Call
from .care import DAY, ENTRUSTED, HARM, HOUR, READ_WORDS, WORDS, Care, a_circle_of_two
from .evening import PATIENCE
from .people import Person
from .server import Phase

STEPS = {
    "Celeste's press on 'Send'",
    "POST /users/@me/channels",
    "POST /channels/{channel}/messages",
    "Amalia's press on 'Open'",
    "Amalia's press on 'Read it'",
    "Amalia's press on 'Acknowledge'",
    "Amalia's form 'You have read it'",
}
NOBODY, EMPTY = "Nothing lies with you now", "Nothing is waiting for you"


@pytest.mark.parametrize("phase", ["before", "after"])
async def test_killed_at_every_step_from_send_to_acknowledging_it_is_there_once_and_told_once(
    tmp_path: Path, phase: Phase
) -> None:
    async with a_circle_of_two(tmp_path) as evening:
        shown = await evening.previewed(evening.celeste, evening.ben)
        died: set[str] = set()
        reviving = asyncio.create_task(_die_once_at_each(evening, phase, died))
        try:
            sent = await evening.press(evening.celeste, shown, "Send")
            assert "It's sent" in sent.text or "sent already" in sent.text
            await evening.come_back_later(HOUR)
            answer = await evening.acknowledged(evening.ana, await evening.heard(evening.ana))
            assert "You carry it from now on" in answer.text or "You have said that already" in answer.text
            await evening.discord.until(lambda: died >= STEPS, "every step to be one at which it died", PATIENCE)
        finally:
            reviving.cancel()
            await asyncio.gather(reviving, return_exceptions=True)
            evening.discord.hooks.clear()
        await evening.bot.restart()
        assert evening.knocks(evening.ana) == 1
        await evening.reads(evening.celeste, READ_WORDS)
        assert sum(READ_WORDS in sight.text for sight in evening.celeste.saw) == 1
        for person, command in ((evening.ana, "rupture care"), (evening.celeste, "rupture mine")):
            (only,) = (await evening.slash(person, command)).messages
            assert WORDS in only.text
        for person in (evening.ben, evening.contact):
            assert await _knows_nothing(evening, person)


async def test_closed_dms_pass_it_on_at_once_and_nobody_is_told_whose(tmp_path: Path) -> None:
    async with a_circle_of_two(tmp_path) as evening:
        await evening.sent(evening.ben)
        evening.ana.closes_dms()
        await evening.later(HOUR)
        heard = await evening.heard(evening.contact)
        assert ENTRUSTED in heard.text
        assert evening.knocks(evening.ana) == 0
        assert EMPTY in (await evening.slash(evening.celeste, "inbox")).text
        assert "asked for by" in (await evening.slash(evening.celeste, "rupture mine")).text
        assert ENTRUSTED in (await evening.slash(evening.ana, "inbox")).text  # it lies with her still, if she looks
        await evening.acknowledged(evening.contact, heard)
        assert NOBODY in (await evening.slash(evening.ana, "rupture care")).text
        assert await _knows_nothing(evening, evening.ben)


async def test_who_has_left_the_server_is_followed_at_once_and_opens_nothing_any_more(tmp_path: Path) -> None:
    async with a_circle_of_two(tmp_path) as evening:
        await evening.sent(evening.ben)
        evening.ana.leaves_server()
        await evening.later(HOUR)
        assert ENTRUSTED in (await evening.heard(evening.contact)).text
        assert evening.knocks(evening.ana) == 0
        assert EMPTY in (await evening.slash(evening.celeste, "inbox")).text


async def test_who_leaves_after_they_heard_of_it_can_not_read_it_and_it_goes_on(tmp_path: Path) -> None:
    async with a_circle_of_two(tmp_path) as evening:
        await evening.sent(evening.ben)
        await evening.later(HOUR)
        heard = await evening.heard(evening.ana)
        evening.ana.leaves_server()
        turned_away = await evening.press(evening.ana, heard, "Read it")
        assert WORDS not in turned_away.text
        assert "Acknowledge" not in turned_away.labels
        await evening.later(3 * DAY)
        assert ENTRUSTED in (await evening.heard(evening.contact)).text


async def test_a_form_from_the_notice_is_handed_in_where_it_was_opened(tmp_path: Path) -> None:
    async with a_circle_of_two(tmp_path) as evening:
        await evening.sent(evening.ben, lane=HARM)
        await evening.later(HOUR)
        heard = await evening.heard(evening.contact)
        assert heard.message.channel.is_dm
        answer = await evening.acknowledged(evening.contact, heard)
        assert answer.message.channel.is_dm
        assert "You carry it from now on" in answer.text
        form = await evening.press(evening.contact, answer, "Write")
        await evening.insist(lambda: evening.contact.submit(form, {"Your words": "Shall we speak on Thursday?"}))
        for words in (READ_WORDS, "Thursday"):
            await evening.reads(evening.celeste, words)
            assert sum(words in sight.text for sight in evening.celeste.saw) == 1
        assert all(one.only_for for one in evening.discord.posted if "Thursday" in one.text or WORDS in one.text)


async def _die_once_at_each(evening: Care, phase: Phase, died: set[str]) -> None:
    """At every request that changes something the bot dies, the first time it is tried; then it is started again."""
    about = ""

    def is_new(call: Call) -> bool:
        nonlocal about
        asked = evening.discord.interactions.get(call.parts.get("token", ""))
        name = asked.what if asked else call.name
        if call.method == "GET" or call.name.endswith("/commands") or name in died:
            return False
        about = name
        return True

    while True:
        take_away = evening.bot.kill_at(1, phase, only=is_new)
        await evening.bot.killed.wait()
        take_away()
        died.add(about)
        await evening.bot.start()


async def _knows_nothing(evening: Care, person: Person) -> bool:
    looks = [await evening.slash(person, command) for command in ("rupture care", "inbox")]
    return NOBODY in looks[0].text and EMPTY in looks[1].text and evening.knocks(person) == 0

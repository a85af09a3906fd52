"""What moderators, outages and odd names do to a session, and that the circle goes on."""

from pathlib import Path

import discord
import pytest

from bot.app import PERMISSIONS, lacking
from bot.words import LANGUAGES, say

from .call import Call
from .errors import NoAnswer
from .evening import an_evening
from .people import Person
from .permissions import P
from .server import Phase


async def test_a_session_whose_thread_was_deleted_goes_on_in_a_new_one(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as evening:
        thread, speaker, turn = await evening.in_session()
        await evening.press(speaker, turn, "Pass")
        speaker, _ = await evening.speaker_in(thread, turn)
        evening.discord.delete_channel(thread)
        while "its thread is gone" not in (shown := await evening.slash(evening.ana, "circle show")).text:
            pass
        await evening.choose(evening.ana, shown, "Go on in a new thread")
        anew = await evening.discord.thread(evening.garden, but=[thread], timeout=60)
        assert (await evening.speaker_in(anew))[0] is speaker
        assert all(person.sees(anew) for person in evening.people.values())
        await evening.close_early(evening.ana, await evening.discord.message(anew, "We have begun"))
        await evening.discord.message(anew, "is closed", timeout=60)
        assert "is being opened" in (await evening.slash(evening.ana, "circle open")).text


async def test_a_deleted_thread_can_also_be_the_end(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as evening:
        await evening.make_circle()
        thread, _ = await evening.gather()
        evening.discord.delete_channel(thread)
        while "its thread is gone" not in (shown := await evening.slash(evening.ana, "circle show")).text:
            pass
        await evening.choose(evening.ana, shown, "Close the circle")
        assert "is being opened" in (await evening.slash(evening.ana, "circle open")).text


async def test_a_thread_that_was_archived_is_opened_again(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as evening:
        await evening.make_circle()
        thread, _ = await evening.gather()
        waiting = await evening.discord.message(thread, "We begin when")
        more = await evening.press(evening.ana, waiting, "More...")
        evening.discord.archive(thread)
        await evening.ana.select(more, ["Begin"])
        assert (await evening.speaker_in(thread))[0] is evening.ana
        assert not thread.archived


async def test_two_circles_in_one_channel_never_share_a_thread(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as evening:
        await evening.make_circle("Harbour")
        await evening.make_circle("Lighthouse")
        evening.discord.fail("POST /channels/{channel}/threads", 500, times=12)
        for name in ("Harbour", "Lighthouse"):
            await evening.slash(evening.ana, "circle open", circle=name)
        for name in ("Harbour", "Lighthouse"):
            await evening.discord.message(evening.garden, f"Session 1 of {name} is open", timeout=60)
        assert len(evening.discord.threads(evening.garden)) == 2


async def test_a_care_contact_is_not_pulled_into_a_thread_by_being_asked(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as evening:
        await evening.make_circle()
        thread, _ = await evening.gather()
        told = await evening.discord.owner.slash("trellis setup", thread, care_contact=evening.outsider)
        assert "ordinary text channel" in told.text
        assert evening.discord.pulled_in == []
        assert evening.outsider.sees(thread) == []


async def test_names_carry_no_links_and_no_other_reading_direction(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as evening:
        evening.discord.role("\u202eevil", P.MANAGE_THREADS)
        evening.people["Benedikt"].name = "https://e.vil/_x_.png"
        await evening.make_circle()
        thread, invitation = await evening.gather()
        told = (await evening.press(evening.contact, invitation, "Here to speak")).text
        await evening.begin(thread)
        _, turn = await evening.speaker_in(thread)
        assert "https://" not in turn.text
        seen = [sight.text for sight in evening.ana.saw]
        assert any("evil" in text for text in seen)
        assert not any("\u202e" in text for text in [*seen, told])


async def test_what_only_informs_is_kept_until_it_arrived(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as evening:
        card = await evening.make_circle()
        await evening.press(evening.outsider, card, "Ask to join")
        await evening.bot.restart()
        roll = await evening.slash(evening.ana, "circle members")
        await evening.press(evening.ana, roll, "Let in")
        evening.bot.kill_at(1, "before", only=lambda call: "callback" in call.name)
        looking = await evening.insist_reviving("inbox", evening.outsider)
        assert "You are a member of **Harbour** now" in looking.text


def test_the_invite_asks_for_nothing_it_does_not_use() -> None:
    assert not PERMISSIONS.administrator
    assert not PERMISSIONS.manage_messages
    assert sum(needed for _, needed in PERMISSIONS) == 6


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_permission_it_needs_can_be_named_in_words(language: str) -> None:
    named = [say(f"permission.{name}", language) for name in lacking(discord.Permissions.none())]
    assert len(set(named)) == sum(needed for _, needed in PERMISSIONS)
    assert lacking(PERMISSIONS) == []


async def test_a_lost_permission_is_told_to_the_holder_and_the_circle_goes_on_once_it_is_back(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as evening:
        discord = evening.discord
        thread, speaker, turn = await evening.in_session()
        discord.overwrite(evening.garden, discord.bot, deny=P.SEND_MESSAGES_IN_THREADS)
        await evening.press(speaker, turn, "Pass")
        await discord.until(lambda: _told(evening.ana, "lacks: Send Messages in Threads"), "a word to the holder", 60)
        assert not any(_told(one, "lacks:") for one in evening.people.values() if one is not evening.ana)
        discord.overwrite(evening.garden, discord.bot, allow=P.SEND_MESSAGES_IN_THREADS)
        following, _ = await evening.speaker_in(thread, turn)
        assert following is not speaker
        assert sum("lacks:" in sight.text for sight in evening.ana.saw) == 1
        discord.violations.clear()  # it had to try


async def test_a_bot_that_is_removed_in_mid_session_and_invited_again_goes_on_where_it_stood(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as evening:
        discord = evening.discord
        thread, speaker, turn = await evening.in_session()
        discord.remove_bot()
        with pytest.raises(NoAnswer):
            await speaker.press(turn, "Pass")
        discord.invite_bot(PERMISSIONS.value)
        await evening.press(speaker, turn, "Pass")
        speaker, turn = await evening.speaker_in(thread, turn)
        assert discord.violations == []

        async def remove(phase: Phase, call: Call) -> None:
            if discord.bot.here and call.name == "POST /channels/{channel}/messages":
                discord.remove_bot()

        discord.hooks.append(remove)  # the turn is over, and nobody has read it yet
        await evening.press(speaker, turn, "Pass")
        await discord.until(lambda: not discord.bot.here, "the bot to be removed", 60)
        discord.hooks.remove(remove)
        await evening.bot.restart()
        asked_of_discord = len(discord.calls)
        discord.invite_bot(0)  # by a link that asks for nothing
        told = await evening.reads(evening.ana, "lacks:")
        assert "Send Messages in Threads" in told
        assert "Manage Threads" in told
        assert len(discord.calls) > asked_of_discord
        discord.change_role(discord.bot_role, PERMISSIONS.value)
        following, turn = await evening.speaker_in(thread, turn)
        assert following is not speaker
        await evening.close_early(evening.ana, turn)
        await discord.message(thread, "is closed", timeout=60)
        nonces = [one.nonce for one in thread.messages.values() if one.nonce]
        assert len(set(nonces)) == len(nonces)
        discord.violations.clear()  # it had to try


async def test_a_thread_that_went_while_the_bot_was_away_is_told_to_the_holder_once_it_is_back(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as evening:
        discord = evening.discord
        thread, speaker, _ = await evening.in_session()
        discord.remove_bot()
        discord.delete_channel(thread)
        discord.invite_bot(PERMISSIONS.value)
        await evening.reads(evening.ana, "is gone from Discord")
        shown = await evening.slash(evening.ana, "circle show")
        await evening.choose(evening.ana, shown, "Go on in a new thread")
        anew = await discord.thread(evening.garden, but=[thread], timeout=60)
        assert (await evening.speaker_in(anew))[0] is speaker


async def test_without_a_gateway_for_a_while_nothing_is_lost(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as evening:
        thread, speaker, turn = await evening.in_session()
        for resumable in (True, False):
            await evening.discord.gateway.drop_connection(resumable=resumable)
            await evening.press(speaker, turn, "Pass")
            speaker, turn = await evening.speaker_in(thread, turn)


def _told(person: Person, words: str) -> bool:
    return any(words in sight.text for sight in person.saw)

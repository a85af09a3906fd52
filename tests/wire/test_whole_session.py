"""Eight people and everything a session can do, on the strict Discord, with a bot that dies at every step."""

import asyncio
from contextlib import suppress
from pathlib import Path

import pytest

from .errors import NoAnswer
from .evening import SPEAKERS, Evening, an_evening, new_discord
from .model import Channel, Message
from .people import Answer, Person
from .process import BotProcess, write_env
from .server import Phase
from .test_evening import kill_and_revive

EIGHT = (*SPEAKERS, "Fatou", "Goran", "Hanna")
AT_ONCE = 40
KILLED_AT = (24,)  # of the requests that change something, in each of its lives
SIX_MINUTES = 6 * 60.0  # seconds; the holder is awaited for five
MOST_THAT_STAY = 10  # messages of the bot, lines about who was added too
QUIET, PHONES = "We begin with a minute of quiet.", "Phones stay outside."
STARTERS = 8
MAKING, AGREEMENT = "Propose a line for our agreement", "Our agreement; remind us of a line"


async def test_forty_presses_at_once_have_one_effect(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as evening:
        thread, speaker, turn = await evening.in_session()

        async def press() -> str:
            with suppress(NoAnswer):
                return (await speaker.press(turn, "I'm done, pass it on", stale=True)).text
            return ""

        told = await asyncio.gather(*(press() for _ in range(AT_ONCE)))
        assert sum("Your turn is over." in text for text in told) == 1
        following, message = await evening.speaker_in(thread, turn)
        assert following is not speaker
        await evening.close_early(evening.ana, message)
        await evening.discord.message(thread, "is closed", timeout=60)
        assert sum("Pass" in one.labels for one in _ours(evening, thread)) == 2


async def test_of_an_evening_of_six_few_messages_of_the_bot_stay(tmp_path: Path) -> None:
    async with new_discord() as discord:
        write_env(tmp_path, discord)
        async with BotProcess(discord, tmp_path) as bot:
            evening = Evening(discord, bot, EIGHT[:6])
            await evening.set_up()
            await evening.make_circle()
            thread, _ = await evening.gather()
            await evening.begin(thread)
            await _agree(evening, thread, (await evening.speaker_in(thread))[1])
            await evening.pass_round(thread, 3 * 6)
            await discord.until(lambda: len(_standing(evening, thread)) == 3, "the spent ones to go", 60)
            stay = [one for one in discord.public_messages(thread) if one.author is discord.bot]
            assert len(stay) <= MOST_THAT_STAY
        assert discord.violations == []


@pytest.mark.parametrize("phase", ["before", "after"])
async def test_everything_a_session_can_do_while_the_bot_dies_at_every_step(tmp_path: Path, phase: Phase) -> None:
    async with new_discord() as discord:
        write_env(tmp_path, discord)
        async with BotProcess(discord, tmp_path) as bot:
            evening = Evening(discord, bot, EIGHT)
            await evening.set_up()
            await evening.make_circle()
            thread, invitation = await evening.gather(late=evening.ana)
            reviving = asyncio.create_task(kill_and_revive(bot, phase, KILLED_AT))
            try:
                await _take_over(evening, thread, invitation)
                await evening.begin(thread)
                order, turn = await _check_in(evening, thread)
                turn = await _theme_round(evening, thread, order, turn)
                await _check_out(evening, thread, turn)
                await discord.until(lambda: "is closed" in invitation.text, "the invitation to say that it is over", 60)
                await discord.until(lambda: len(_standing(evening, thread)) == 3, "all but three of ours to go", 60)
            finally:
                reviving.cancel()
                await asyncio.gather(reviving, return_exceptions=True)
            nonces = [one.nonce for one in _ours(evening, thread)]
            assert len(set(nonces)) == len(nonces)
        assert discord.violations == []


async def _take_over(evening: Evening, thread: Channel, invitation: Message) -> None:
    """Ana is late, Benedikt holds it; she comes, and takes it back before the first turn."""
    discord, second = evening.discord, evening.people["Benedikt"]
    await evening.come_back_later(SIX_MINUTES)
    awaited = await discord.message(thread, "We have waited five minutes for Amalia", timeout=60)
    assert "you hold" in (await evening.press(second, awaited, "I'll hold the circle")).text.lower()
    held = await discord.message(thread, "Benedikt holds the circle now", timeout=60)
    await discord.until(lambda: "Benedikt holds it" in invitation.text, "the invitation to name Benedikt", 60)
    assert second.mention in (await evening.press(evening.people["Celeste"], awaited, "I'll hold the circle")).text
    await evening.come_in(thread, invitation, evening.ana)
    await evening.press(evening.ana, held, "I'm back, I'll hold it")
    await discord.until(lambda: "Amalia holds it" in invitation.text, "the invitation to name Amalia", 60)
    await discord.until(lambda: held.deleted and awaited.deleted, "what is over to go", 60)


async def _agree(evening: Evening, thread: Channel, turn: Message) -> None:
    """Two lines are proposed and two asked to be changed; the list is closed, and three say yes for today."""
    first, second, third = list(evening.people.values())[1:4]
    for person, words in ((first, QUIET), (second, PHONES)):
        await _propose(evening, person, turn, words)
    listed = await evening.discord.message(thread, PHONES, timeout=60)
    await _asks_to_change(evening, third, turn, 1)
    await _asks_to_change(evening, third, turn, STARTERS + 2)
    await evening.discord.until(lambda: f"1, {STARTERS + 2}" in listed.text, "the list to say so", 60)
    assert third.name not in listed.text
    assert "Close the list of lines" not in _offered(await evening.press(first, turn, "More..."))
    more, told = await evening.press(evening.ana, turn, "More..."), None
    while told is None or "Nothing is agreed yet" in told.text:  # it wasn't known yet that the list had arrived
        told = await evening.insist(lambda: evening.ana.select(more, ["Close the list of lines"], stale=True))
        if "Nothing is agreed yet" in told.text:  # pressed on and on, it would die before it looks
            await evening.discord.until(lambda: _is_at_work(evening), "the bot to take up what waits", 60)
    await evening.discord.until(lambda: "our agreement, version 1" in listed.text, "the list to be closed", 60)
    assert QUIET in listed.text
    assert PHONES not in listed.text
    for person in (evening.ana, first, third):
        agreement = await evening.choose(person, turn, AGREEMENT)
        assert "to version 1" in (await evening.press(person, agreement, "Yes, for today")).text


def _is_at_work(evening: Evening) -> bool:
    """Whether the bot has begun in this life to carry out what waits."""
    log = evening.discord.log
    born = max(place for place, entry in enumerate(log) if entry.startswith("gateway: identified"))
    return any(entry.split(" ")[-1].startswith("/channels/") for entry in log[born:] if entry.count(" ") == 1)


async def _propose(evening: Evening, person: Person, turn: Message, words: str) -> None:
    form = await evening.choose(person, turn, MAKING)
    await evening.insist(lambda: person.submit(form, {"The line": words}))


async def _asks_to_change(evening: Evening, person: Person, turn: Message, place: int) -> None:
    agreement = await evening.choose(person, turn, AGREEMENT)
    asking = await evening.press(person, agreement, "I'd like to change a line")
    line = _offered(asking)[place - 1]
    told = None
    while told is None or "You no longer ask" in told.text:  # chosen again because the bot died before its answer
        told = await evening.insist(lambda: person.select(asking, [line], stale=True))


def _offered(answer: Answer) -> list[str]:
    """What the list under this answer offers."""
    return [str(option["label"]) for select in answer.message.selects for option in select["options"]]


async def _check_in(evening: Evening, thread: Channel) -> tuple[list[Person], Message]:
    """Not finished, come back to, paused, once more. Returns the order, and the last turn."""
    first, turn = await evening.speaker_in(thread)
    await evening.press(first, turn, "I'm done, pass it on")
    second, turn = await evening.speaker_in(thread, turn)
    await evening.choose(first, turn, "I wasn't finished")
    again, turn = await evening.speaker_in(thread, turn)
    assert again is first
    await evening.press(first, turn, "I'm done, pass it on")
    back, turn = await evening.speaker_in(thread, turn)
    assert back is second
    await evening.choose(evening.ana, turn, "Come back to them later in this round")
    third, turn = await evening.speaker_in(thread, turn)
    await evening.press(second, turn, "Pause, please")
    pause = await evening.discord.message(thread, "Someone asked for a breath", timeout=60)
    assert "There's a pause" in (await evening.press(third, turn, "Pass")).text
    await evening.press(evening.ana, pause, "Go on")
    goes_on, turn = await evening.speaker_in(thread, turn)
    assert goes_on is third
    reached = [first]
    for _ in range(len(EIGHT) - 1):
        speaker, turn = await evening.speaker_in(thread, turn if len(reached) > 1 else None)
        reached.append(speaker)
        await evening.press(speaker, turn, "Pass")
    assert reached[-1] is second
    asked = await evening.asked_in(thread)
    await evening.press(third, asked, "I'd like a turn")
    speaker, turn = await evening.speaker_in(thread, turn)
    assert speaker is third
    await evening.press(third, turn, "I'm done, pass it on")
    asked = await evening.asked_in(thread)
    await evening.press(evening.ana, asked, "Go on")
    return [first, second, *[one for one in reached[1:] if one is not second]], turn


async def _theme_round(evening: Evening, thread: Channel, order: list[Person], turn: Message) -> Message:
    """Somebody guards, somebody steps out while they have the piece, and comes back for the last round."""
    speaker, turn = await evening.speaker_in(thread, turn)
    assert speaker is order[1]
    await _agree(evening, thread, turn)
    await evening.choose(order[3], turn, "I'll guard tonight")
    await evening.choose(speaker, turn, "Step out of the order")
    for expected in [*order[2:], order[0]]:
        speaker, turn = await evening.speaker_in(thread, turn)
        assert speaker is expected
        await evening.press(speaker, turn, "I'm done, pass it on")
    asked = await evening.asked_in(thread)
    await evening.choose(order[1], asked, "I'm here again")
    await evening.press(evening.ana, asked, "Go on")
    return turn


async def _check_out(evening: Evening, thread: Channel, turn: Message) -> None:
    for _ in EIGHT:
        speaker, turn = await evening.speaker_in(thread, turn)
        await evening.press(speaker, turn, "Pass")
    await evening.press(evening.ana, await evening.asked_in(thread), "Go on")
    await evening.discord.message(thread, "is closed", timeout=60)
    shown = await evening.slash(evening.ana, "circle show")
    assert "1 session has been held" in shown.text


def _ours(evening: Evening, thread: Channel) -> list[Message]:
    """All the bot ever said in the thread."""
    said = evening.discord.public_messages(deleted=True)
    return [one for one in said if one.channel is thread and one.author is evening.discord.bot and one.text]


def _standing(evening: Evening, thread: Channel) -> list[Message]:
    return [one for one in _ours(evening, thread) if not one.deleted]

"""The Discord of these tests, tried with a toy: what it allows, what it refuses, and a bot killed in mid-sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from .errors import Faults, NoAnswer, NotPossible
from .model import RECIPIENT_ADD, Json
from .permissions import P
from .process import BotProcess, write_env
from .rules import message as check_message
from .rules_forms import commands as check_commands
from .server import Discord

pytestmark = pytest.mark.asyncio
TOY = Path(__file__).with_name("toy_bot.py")
INVITE = (
    P.VIEW_CHANNEL
    | P.SEND_MESSAGES
    | P.SEND_MESSAGES_IN_THREADS
    | P.CREATE_PRIVATE_THREADS
    | P.MANAGE_THREADS
    | P.READ_MESSAGE_HISTORY
)


def toy(discord: Discord, folder: Path, *arguments: str) -> BotProcess:
    return BotProcess(discord, folder, (str(TOY), *arguments), {"DISCORD_TOKEN": discord.token})


async def test_a_command_is_answered_privately_and_in_the_language_of_the_person(tmp_path: Path) -> None:
    async with Discord(INVITE) as discord:
        ana, ben = discord.person("Ana", locale="es-ES"), discord.person("Ben", roles=["Facilitators"])
        garden = discord.channel("garden")
        async with toy(discord, tmp_path):
            assert await ana.complete("toy hello", garden, "name", "Ri") == ["Rivers"]
            answer = await ana.slash("toy hello", garden, name="Rivers", who=ben)
            assert answer.text == "hello Rivers and Ben (es-ES)"
            assert ana.sees(garden) == [answer.message]
            assert ben.sees(garden) == []
            with pytest.raises(NotPossible):
                await ben.press(answer, "Greet")
            with pytest.raises(NotPossible):
                await ana.slash("toy hello", garden)

            greeted = await ana.press(answer, "Greet")
            assert (await greeted.more()).text == "and once more"
            assert [one.text for one in greeted.messages] == ["greeted", "and once more"]
            assert (await ana.press(answer, "Choose")).text == "chosen slowly"
            form = (await ana.press(answer, "Form")).modal
            with pytest.raises(NotPossible):
                await ana.submit(form, {"What?": "x" * 21})
            assert (await ana.submit(form, {"What?": "rain"})).text == "wished: rain"
            whole = {"What?": "sun", "For whom?": ben, "When?": "Later"}
            form = (await ana.press(answer, "Form")).modal
            assert (await ana.submit(form, whole)).text == "wished: sun, Ben, later"
            assert (await ana.press(answer, "Update")).message is answer.message
            assert answer.text == "updated in place"
            assert answer.labels == []
        assert discord.violations == []
        assert discord.public_messages() == []
        assert [one.text for one in ana.saw][:2] == ["hello Rivers and Ben (es-ES)", "greeted"]
        assert ben.saw == []


async def test_direct_messages_files_and_words_it_cannot_read(tmp_path: Path) -> None:
    async with Discord(INVITE) as discord:
        ana, ben = discord.person("Ana"), discord.person("Ben")
        garden = discord.channel("garden")
        closed = discord.channel("closed", deny={discord.bot_role.id: P.SEND_MESSAGES, ben.id: P.VIEW_CHANNEL})
        async with toy(discord, tmp_path):
            assert (await ana.slash("toy whisper", garden, who=ben)).text == "sent"
            assert (await ben.press(ben.dms[-1], "Greet")).text == "greeted"
            ben.closes_dms()
            assert (await ana.slash("toy whisper", garden, who=ben)).text == "not sent: 50007"

            card = await ana.slash("toy export", garden)
            assert card.text == "all that is kept"
            assert card.message.files == {"kept.txt": b"nothing"}
            assert (await ana.press(card, "Greet")).text == "greeted"

            ana.says(garden, "what I tell you")
            assert (await ana.slash("toy read", garden)).text == "Ana:"
            assert discord.violations == []
            await ana.slash("toy announce", closed, text="not here")
            await discord.until(lambda: discord.violations, "the refusal")
        with pytest.raises(NotPossible):
            await ben.slash("toy read", closed)
        assert discord.violations == [
            "POST /channels/{channel}/messages: 50013 Missing Permissions in closed: SEND_MESSAGES"
        ]
        assert not any(one.private for one in ben.saw if one.channel == "garden")


async def test_what_discord_does_not_forgive_is_recorded(tmp_path: Path) -> None:
    async with Discord(INVITE) as discord:
        ana, garden = discord.person("Ana"), discord.channel("garden")
        async with toy(discord, tmp_path):
            answer = await ana.slash("toy hello", garden, name="Rivers")
            await ana.press(answer, "Loud")
            await ana.press(answer, "Kick")
            await discord.until(lambda: len(discord.violations) > 1, "the refusal")
            with pytest.raises(NoAnswer):
                await ana.press(answer, "Silent")
        public, forbidden, silent = discord.violations
        assert "is public: it carries who pressed" in public
        assert "50013 Missing Permissions in garden: MANAGE_CHANNELS" in forbidden
        assert "was not answered within 3 s" in silent


async def test_a_private_thread_and_who_is_in_it(tmp_path: Path) -> None:
    async with Discord(INVITE) as discord:
        ana, ben, eve = (discord.person(name) for name in ("Ana", "Ben", "Eve"))
        garden = discord.channel("garden")
        async with toy(discord, tmp_path) as bot:
            answer = await ana.slash("toy meet", garden, who=ben)
            assert answer.text == "2 inside"
            (thread,) = discord.threads(garden)
            assert discord.pulled_in == [(thread, ben)]
            lines = [one.mentions for one in thread.messages.values() if one.type == RECIPIENT_ADD]
            assert lines == [[ana], [ben]]
            assert len(ben.sees(thread)) == 3
            assert eve.sees(thread) == []
            assert len(discord.owner.sees(thread)) == 3, "whoever owns the server can open every thread"
            assert [one.how for one in ben.saw if one.text] == ["found on entering"]

            await bot.restart()
            call = await discord.message(thread, "come")
            assert (await ben.press(call, "Greet")).text == "greeted"
            with pytest.raises(NotPossible):
                await eve.press(call, "Greet")
        assert discord.violations == []


@pytest.mark.parametrize("phase", ["before", "after"])
async def test_killed_while_posting_it_says_it_once(tmp_path: Path, phase: str) -> None:
    async with Discord(INVITE) as discord:
        ana, garden = discord.person("Ana"), discord.channel("garden")
        async with toy(discord, tmp_path) as bot:
            bot.kill_at(1, "before" if phase == "before" else "after", lambda call: call.route.endswith("/messages"))
            await ana.slash("toy announce", garden, text="we meet on Sunday")
            await bot.killed.wait()
            with pytest.raises(NoAnswer):
                await ana.slash("toy announce", garden, text="nobody is there")
            await bot.start()
            said = await discord.message(garden, "we meet on Sunday")
            assert (await ana.press(said, "Greet")).text == "greeted"
        assert discord.public_messages(deleted=True) == [said]
        assert len(discord.deduplicated) == (1 if phase == "after" else 0)
        assert discord.violations == []


async def test_killed_before_answering_the_person_reads_that_nobody_answered(tmp_path: Path) -> None:
    async with Discord(INVITE) as discord:
        ana, garden = discord.person("Ana"), discord.channel("garden")
        async with toy(discord, tmp_path) as bot:
            bot.kill_at(1)
            with pytest.raises(NoAnswer):
                await ana.slash("toy hello", garden, name="Rivers")
            await bot.start()
            assert (await ana.slash("toy hello", garden, name="Rivers")).text.startswith("hello")
        assert discord.violations == []


async def test_a_dropped_connection_is_resumed_and_nothing_is_missed(tmp_path: Path) -> None:
    async with Discord(INVITE) as discord:
        ana, garden = discord.person("Ana"), discord.channel("garden")
        async with toy(discord, tmp_path):
            await discord.gateway.drop_connection()
            await discord.until(lambda: discord.gateway.resumed, "the bot to resume")
            assert (await ana.slash("toy hello", garden, name="Rivers")).text.startswith("hello")
        assert discord.gateway.identified == 1
        assert discord.violations == []


async def test_privileged_intents_close_the_door(tmp_path: Path) -> None:
    async with Discord(INVITE) as discord:
        bot = toy(discord, tmp_path, "privileged")
        await bot.launch()
        await discord.until(lambda: not bot.running, "the bot to give up")
        assert discord.violations == ["gateway: closed with 4014 disallowed intents GUILD_MEMBERS"]
        await bot.kill()


async def test_a_rate_limit_is_told_and_kept(tmp_path: Path) -> None:
    async with Discord(INVITE) as discord:
        ana, garden = discord.person("Ana"), discord.channel("garden")
        discord.limits.per_route["POST /channels/{channel}/messages"] = (1, 0.3)
        async with toy(discord, tmp_path):
            for text in ("one", "two", "three"):
                await ana.slash("toy announce", garden, text=text)
                await discord.message(garden, text)
        assert discord.limits.refused == [], "discord.py reads the headers and waits"
        assert discord.violations == []


async def test_the_env_of_an_operator(tmp_path: Path) -> None:
    path = write_env(tmp_path, Discord(INVITE), EXTRA="1")
    names = [line.split("=")[0] for line in path.read_text().splitlines()]
    assert names == ["DISCORD_TOKEN", "OPERATOR", "TRELLIS_KEY", "TRELLIS_PEPPER", "DATABASE_URL", "EXTRA"]
    assert "sqlite+aiosqlite:////" in path.read_text()


def button(number: int, label: str = "x") -> Json:
    return {"type": 2, "style": 1, "label": label, "custom_id": f"a{number}"}


def row(*parts: Json) -> Json:
    return {"type": 1, "components": list(parts)}


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ({"content": "x" * 2001}, "0-2000"),
        ({"content": "x", "nonce": "n" * 26}, "at most 25"),
        ({"content": "x", "components": [row(button(1), button(1))]}, "used twice"),
        ({"content": "x", "components": [row(*map(button, range(6)))]}, "at most 5 buttons"),
        ({"content": "x", "components": [row(button(n)) for n in range(6)]}, "at most 5 rows"),
        ({"content": "x", "components": [row(button(1, "x" * 81))]}, "0-80"),
        ({"content": "x", "components": [row()]}, "must not be empty"),
        ({"content": "x", "flags": 1 << 15, "components": [{"type": 10, "content": "y"}]}, "IS_COMPONENTS_V2"),
        ({"flags": 1 << 15, "components": [{"type": 10, "content": "y" * 4001}]}, "4000"),
        ({"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}}, "parse and listed"),
        ({"embeds": [{"description": "x" * 4096}, {"description": "x" * 2000}]}, "6000"),
    ],
)
async def test_a_message_that_discord_would_refuse(body: Json, fault: str) -> None:
    faults = Faults()
    check_message(faults, body, 0)
    assert any(fault in text for _, text in faults.found), faults.found


@pytest.mark.parametrize(
    ("command", "fault"),
    [
        ({"name": "Circle", "description": "x"}, "is not a name"),
        ({"name": "circle", "description": ""}, "1-100"),
        ({"name": "circle", "description": "x", "name_localizations": {"es": "rueda"}}, "not a locale"),
        (
            {
                "name": "circle",
                "description": "x",
                "options": [
                    {"type": 3, "name": "a", "description": "x"},
                    {"type": 3, "name": "b", "description": "x", "required": True},
                ],
            },
            "required options come first",
        ),
    ],
)
async def test_a_command_that_discord_would_refuse(command: Json, fault: str) -> None:
    faults = Faults()
    check_commands(faults, [command])
    assert any(fault in text for _, text in faults.found), faults.found

"""Circles: made, joined, shown, left."""

import discord
import pytest

from bot.rehearsal.world import Sight
from tests.cogs.evening import Evening

ODD = {
    "x" * 41: "too long",
    "**bold**": "pose as something else",
    "<@&1> hello": "pose as something else",
    "@everyone": "pose as something else",
    "a\u202eb": "pose as something else",
    "\U0001f33f": "pose as something else",
    "  ": "needs a name",
}


def cards(evening: Evening) -> list[Sight]:
    return [sight for sight in evening.sees("Mara") if "Ask to join" in sight.labels]


async def test_nothing_is_made_before_its_maker_said_yes(evening: Evening) -> None:
    await evening.set_up()
    told = await evening.slash("Ana", "circle create", name="Harbour", purpose="after long days")
    assert "Nothing is made yet" in told
    assert cards(evening) == []
    assert "is made" in await evening.press("Ana", "draft.quiet")
    (card,) = cards(evening)
    assert card.labels == ("Ask to join", "About", "Something between us needs care", "Help now")
    assert "after long days" in card.text
    assert "settled already" in await evening.press("Ana", "draft.dms")
    assert len(cards(evening)) == 1


async def test_a_maker_may_think_again(evening: Evening) -> None:
    await evening.set_up()
    await evening.slash("Ana", "circle create", name="Harbour")
    assert "Nothing was made" in await evening.press("Ana", "draft.no")
    assert cards(evening) == []


@pytest.mark.parametrize("name", ODD)
async def test_a_name_that_could_mislead_is_refused_in_words(evening: Evening, name: str) -> None:
    await evening.set_up()
    assert ODD[name] in await evening.slash("Ana", "circle create", name=name)
    assert cards(evening) == []


async def test_the_same_name_twice_is_refused_also_in_other_letters(evening: Evening) -> None:
    await evening.make_circle()
    assert "with that name here already" in await evening.slash("Ana", "circle create", name="HARBOUR")


async def test_a_channel_the_bot_cannot_use_is_named_with_what_it_lacks(evening: Evening) -> None:
    await evening.set_up()
    bot = evening.world.guild.roles["Trellis"]
    room = evening.world.guild.create_text_channel(
        "room", overwrites={bot: discord.PermissionOverwrite(create_private_threads=False)}
    )
    told = await evening.slash("Ana", "circle create", name="Harbour", channel=room)
    assert "Create Private Threads" in told
    assert cards(evening) == []


async def test_without_the_role_no_circle_is_made(evening: Evening) -> None:
    assert "isn't set up for circles yet" in await evening.slash("Ana", "circle create", name="Harbour")
    await evening.set_up()
    assert "needs the role" in await evening.slash("Ben", "circle create", name="Harbour")


async def test_asking_twice_says_where_it_stands(evening: Evening) -> None:
    await evening.make_circle()
    assert "You have asked to join" in await evening.press("Ben", "circle.join")
    assert "waiting for an answer" in await evening.press("Ben", "circle.join")
    await evening.press("Ana", "door.let-in")
    assert "a member of this circle already" in await evening.press("Ben", "circle.join")


async def test_joining_by_command_says_first_what_happens_to_ones_words(evening: Evening) -> None:
    await evening.make_circle()
    assert "Before you ask to join" in await evening.slash("Ben", "circle join")
    assert "Nothing is waiting" in await evening.slash("Ana", "inbox")
    assert "You have asked to join" in await evening.press("Ben", "circle.join")


async def test_an_open_door_lets_in_at_once_and_a_closed_one_says_so(evening: Evening) -> None:
    await evening.make_circle()
    await evening.slash("Ana", "circle door", door="open")
    assert "You are a member" in await evening.press("Ben", "circle.join")
    await evening.slash("Ana", "circle door", door="closed")
    assert "nobody new for now" in await evening.press("Cleo", "circle.join")
    assert "for those who facilitate" in await evening.slash("Ben", "circle door", door="open")


async def test_a_member_facilitates_once_they_said_yes_themselves(evening: Evening) -> None:
    await evening.make_circle("Ben")
    await evening.slash("Ana", "circle members")
    told = await evening.world.choose(evening["Ana"], "members.facilitate", str(evening["Ben"].actor.id))
    assert "in private" in told
    assert "for those who facilitate" in await evening.slash("Ben", "circle members")
    assert "You facilitate **Harbour** now" in await evening.press("Ben", "facilitate.quiet")
    assert "2 members" in await evening.slash("Ben", "circle members")


async def test_leaving_asks_nothing_and_says_first_what_stays(evening: Evening) -> None:
    await evening.make_circle("Ben")
    before = evening.public()
    assert "Nothing has happened yet" in await evening.slash("Ben", "circle leave")
    assert "You have left" in await evening.press("Ben", "circle.leave")
    assert "for members of this circle" in await evening.slash("Ben", "circle show")
    assert evening.public() == before


async def test_a_circle_one_cannot_see_is_as_unknown_as_one_that_is_not(evening: Evening) -> None:
    await evening.set_up()
    hidden = evening.world.guild.create_text_channel(
        "hidden",
        overwrites={
            evening.world.guild.default_role: discord.PermissionOverwrite(view_channel=False),
            evening.role: discord.PermissionOverwrite(view_channel=True),
            evening.world.guild.roles["Trellis"]: discord.PermissionOverwrite(view_channel=True),
        },
    )
    await evening.slash("Ana", "circle create", name="Harbour", channel=hidden)
    await evening.press("Ana", "draft.quiet")
    unseen = await evening.slash("Ben", "circle show", circle="Harbour")
    assert unseen == await evening.slash("Ben", "circle show", circle="Atlantis")
    assert await evening.world.complete(evening["Ben"], "circle show", "circle", "H") == []
    assert await evening.world.complete(evening["Ana"], "circle show", "circle", "H") == ["Harbour"]


async def test_each_is_answered_in_their_own_language_and_the_circle_reads_its_own(evening: Evening) -> None:
    evening["Ana"].language = "es"
    await evening.set_up(language="es")
    assert "Aún no se ha creado nada" in await evening.slash("Ana", "circle create", name="Puerto")
    await evening.press("Ana", "draft.quiet")
    assert any("Pedir entrar" in sight.labels for sight in evening.sees("Ben"))
    assert "You have asked to join" in await evening.press("Ben", "circle.join")


async def test_every_prompt_can_be_read_ahead_by_members(evening: Evening) -> None:
    await evening.make_circle("Ben")
    await evening.slash("Ben", "circle prompts")
    told = "\n".join(sight.text for sight in evening.sees("Ben") if sight.private)
    assert "What would it feel like if you were understood here?" in told
    assert "What's the version only you know?" in told
    assert "One word for how you are leaving." in told
    assert "for members" in await evening.slash("Dan", "circle prompts")

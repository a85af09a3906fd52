"""Members: paused by two, away and back, and more of them than one list holds."""

import pytest

from tests.cogs.evening import Evening

DAY = 24 * 60 * 60  # seconds


async def with_two_facilitators(evening: Evening) -> None:
    """Ana and Ben facilitate; Cleo and Dan are members."""
    await evening.make_circle("Ben", "Cleo", "Dan")
    await evening.slash("Ana", "circle members")
    await evening.world.choose(evening["Ana"], "members.facilitate", str(evening["Ben"].actor.id))
    await evening.press("Ben", "facilitate.quiet")


async def with_a_care_contact(evening: Evening, name: str = "Noor") -> None:
    evening.world.add(name)
    await evening.slash("Mara", "trellis setup", care_contact=evening[name].actor)
    await evening.press(name, "care.yes")


async def choose_to_pause(evening: Evening, by: str, concerned: str) -> str:
    await evening.slash(by, "circle members")
    return await evening.world.choose(evening[by], "members.pause", str(evening[concerned].actor.id))


def told(evening: Evening, name: str) -> str:
    return "\n".join(sight.text for sight in evening.sees(name) if sight.private)


async def test_two_facilitators_pause_a_member_who_is_told_plainly_and_nobody_else(evening: Evening) -> None:
    await with_two_facilitators(evening)
    before = evening.public()
    assert "Nothing has happened yet" in await choose_to_pause(evening, "Ana", "Cleo")
    assert "with your name" in await evening.press("Ana", "pausing.facilitators")
    assert "paused" not in told(evening, "Cleo")
    assert "asks whether you would second this" in told(evening, "Ben")
    assert "It takes effect now" in await evening.press("Ben", "pausing.second")
    assert "Two people decided it" in told(evening, "Cleo")
    assert "Somebody seconded it" in told(evening, "Ana")
    assert "paused" not in told(evening, "Dan")
    assert evening.public() == before
    await evening.slash("Ben", "circle open")
    assert "You are paused in this circle" in await evening.press("Cleo", "session.speak")
    assert "isn't open any more" in await evening.press("Ben", "pausing.second")


async def test_one_facilitator_ends_a_pause(evening: Evening) -> None:
    await with_two_facilitators(evening)
    await choose_to_pause(evening, "Ana", "Cleo")
    await evening.press("Ana", "pausing.facilitators")
    await evening.press("Ben", "pausing.second")
    assert "Cleo" in evening.world.plain(await evening.slash("Ana", "circle members"))
    assert "paused" in await evening.slash("Ben", "circle members")
    assert "has ended" in await choose_to_pause(evening, "Ben", "Cleo")
    assert "Your pause in **Harbour** has ended" in told(evening, "Cleo")
    assert ", paused" not in await evening.slash("Ben", "circle members")
    await evening.slash("Ben", "circle open")
    assert "Before you come in" in await evening.press("Cleo", "session.speak")


async def test_one_facilitator_and_a_care_contact_pause_and_the_person_finds_nothing_before(evening: Evening) -> None:
    await with_two_facilitators(evening)
    await with_a_care_contact(evening)
    assert "takes two" in await choose_to_pause(evening, "Ana", "Ben")
    await evening.world.restart()
    await evening.press("Ana", "pausing.care")
    for look in ("inbox", "circle members", "circle show", "circle rota", "help-now"):
        seen = await evening.slash("Ben", look)
        assert "paus" not in seen.casefold()
        assert "Something is waiting" not in seen
    assert "Something is waiting" in await evening.slash("Noor", "help-now")
    assert "asks whether you would second this" in await evening.slash("Noor", "inbox")
    await evening.press("Noor", "pausing.second")
    assert "Two people decided it" in told(evening, "Ben") + await evening.slash("Ben", "inbox")
    assert "You are paused in this circle" in await evening.slash("Ben", "circle members")


async def test_who_leaves_while_paused_reads_that_it_stays(evening: Evening) -> None:
    await with_two_facilitators(evening)
    await choose_to_pause(evening, "Ana", "Cleo")
    await evening.press("Ana", "pausing.facilitators")
    await evening.press("Ben", "pausing.second")
    assert "still holds if you join again" in await evening.slash("Cleo", "circle leave")
    assert "You have left" in await evening.press("Cleo", "circle.leave")
    assert "still holds" not in await evening.slash("Dan", "circle leave")


async def test_a_no_is_no_and_nobody_reads_whose(evening: Evening) -> None:
    await with_two_facilitators(evening)
    await choose_to_pause(evening, "Ana", "Cleo")
    await evening.press("Ana", "pausing.facilitators")
    assert "kept nowhere" in await evening.press("Ben", "pausing.not")
    last = [sight.text for sight in evening.sees("Ana") if "isn't paused" in sight.text]
    assert len(last) == 1
    assert "Ben" not in last[0]
    assert "paus" not in told(evening, "Cleo")


async def test_alone_one_is_told_what_is_missing(evening: Evening) -> None:
    await evening.make_circle("Ben")
    assert "there is nobody else who could say yes" in await choose_to_pause(evening, "Ana", "Ben")


async def test_a_question_nobody_answers_is_gone_after_a_week(evening: Evening) -> None:
    await with_two_facilitators(evening)
    await choose_to_pause(evening, "Ana", "Cleo")
    await evening.press("Ana", "pausing.facilitators")
    for _ in range(8):
        await evening.world.env.advance_time(DAY)
    await evening.slash("Dan", "inbox")
    assert "isn't open any more" in await evening.press("Ben", "pausing.second")
    assert "Nothing is waiting" in await evening.slash("Ben", "inbox")
    assert "isn't paused" in await evening.slash("Ana", "inbox")


async def test_who_leaves_the_server_and_comes_back_is_no_member_until_they_ask(evening: Evening) -> None:
    await with_two_facilitators(evening)
    world = evening.world
    await world.env.advance_time(60)
    world.guild.remove_member(evening["Ben"].actor)
    world.people["Ben"].actor = world.guild.add_member(evening["Ben"].actor.user)
    assert "came back" in await evening.slash("Ben", "circle show")
    assert "came back" in await evening.slash("Ben", "circle members")
    assert "You have asked to join" in await evening.press("Ben", "circle.join")
    assert "Ben asks to join" in world.plain(await evening.slash("Ana", "circle members")).replace("@", "")
    await evening.press("Ana", "door.let-in")
    assert "Facilitated by" in await evening.slash("Ben", "circle show")
    assert "for those who facilitate" in await evening.slash("Ben", "circle members")


@pytest.mark.parametrize("deed", ["members.facilitate", "members.pause"])
async def test_a_circle_with_more_members_than_a_list_holds_loses_nobody(evening: Evening, deed: str) -> None:
    await evening.make_circle()
    await evening.slash("Ana", "circle door", door="open")
    names = [f"Member {number}" for number in range(1, 53)]
    for name in names:
        evening.world.add(name)
        await evening.press(name, "circle.join")
    await evening.slash("Ana", "circle members")
    await evening.world.choose(evening["Ana"], deed, "from-24")
    assert "more members to choose from" in await evening.world.choose(evening["Ana"], deed, "from-48")
    await evening.slash("Ana", "circle members")
    offered = [name for name in names if await is_offered(evening, deed, name)]
    assert offered == names


async def is_offered(evening: Evening, deed: str, name: str) -> bool:
    """Whether the list or one of its pages offers this person, once."""
    wanted = str(evening[name].actor.id)
    return sum(wanted in page for page in pages(evening, deed)) == 1


def pages(evening: Evening, deed: str) -> list[list[str]]:
    """The values of each of the lists that are before Ana's eyes."""
    noun, _, what = deed.partition(".")
    seen: dict[str, list[str]] = {}
    for message in evening.world.garden.history(viewer=evening["Ana"].actor):
        for row in message.components:
            for item in getattr(row, "children", []):
                custom_id = str(getattr(item, "custom_id", ""))
                if custom_id.startswith(f"{noun}:") and custom_id.endswith(f":{what}"):
                    values = [option.value for option in item.options]
                    seen[values[0]] = values
    return list(seen.values())

"""A session, from its opening to its closing."""

import re
from pathlib import Path

from tests.cogs.evening import Evening


async def test_coming_in_says_first_who_is_there_and_who_can_open_the_thread(evening: Evening) -> None:
    await evening.make_circle("Ben")
    await evening.gather("Ana")
    told = await evening.press("Ben", "session.speak")
    assert "In the thread:" in told
    assert str(evening["Ana"].actor.id) in told
    assert "Admins" in told
    assert "the harbour collective" in told
    assert "added" in told
    assert "#circle 1" not in {sight.place for sight in evening.sees("Ben")}
    await evening.press("Ben", "session.in-speaking")
    assert "#circle 1" in {sight.place for sight in evening.sees("Ben")}


async def test_somebody_who_is_no_member_asks_to_join_by_that_press(evening: Evening) -> None:
    await evening.make_circle("Ben")
    await evening.gather("Ana")
    told = await evening.press("Dan", "session.speak")
    assert "You have asked to join" in told
    await evening.press("Ana", "door.let-in")
    assert "Before you come in" in await evening.press("Dan", "session.speak")


async def test_listeners_are_present_without_a_turn(evening: Evening) -> None:
    await evening.make_circle("Ben", "Cleo", "Dan")
    await evening.gather("Ana", "Ben", "Cleo", listening=("Dan",))
    await evening.begin()
    speakers = []
    for _ in range(3 * 3):
        speakers.append(await evening.pass_on("round.pass"))
    assert "Dan" not in speakers
    assert any("This session is closed" in text for text in evening.public("Dan"))


async def test_a_session_closes_by_itself_and_is_counted_as_held(evening: Evening) -> None:
    await evening.make_circle("Ben", "Cleo")
    await evening.gather("Ana", "Ben", "Cleo")
    await evening.begin()
    for _ in range(3 * 3):
        await evening.pass_on()
    assert not any("the talking piece is with you" in text for text in evening.public())
    assert "1 session has been held" in await evening.slash("Ben", "circle show")


async def test_closing_early_takes_the_turn_away_and_is_not_counted(evening: Evening) -> None:
    await evening.make_circle("Ben", "Cleo")
    await evening.gather("Ana", "Ben", "Cleo")
    await evening.begin()
    asked = await evening.more("Ana", "close")
    assert "Nothing is closed yet" in asked
    assert "isn't counted as held, nobody gets another turn" in asked
    assert "Nothing was closed by this" in await evening.press("Ana", "session.close-not")
    assert evening.speaker() == "Ana"
    assert "You have closed the session" in await evening.press("Ana", "session.close-now")
    assert "This session is closed. Nothing has changed" in await evening.press("Ana", "session.close-now")
    assert sum("It isn't counted as held" in text for text in evening.public()) == 1
    assert not any("the talking piece is with you" in text for text in evening.public())
    assert "0 sessions have been held" in await evening.slash("Ana", "circle show")
    assert "is being opened" in await evening.slash("Ana", "circle open")


async def test_only_the_holder_begins_and_only_with_enough_people(evening: Evening) -> None:
    await evening.make_circle("Ben", "Cleo")
    await evening.gather("Ana", "Ben")
    assert "begin" not in await evening.offered("Ben")
    assert "a round needs three" in await evening.more("Ana", "begin")
    assert not any("Check-in round" in text for text in evening.public())


async def test_who_comes_late_finds_the_door_shut_and_told_so(evening: Evening) -> None:
    await evening.make_circle("Ben", "Cleo", "Dan")
    await evening.gather("Ana", "Ben", "Cleo")
    await evening.begin()
    for _ in range(3):
        await evening.pass_on()
    assert "has begun" in await evening.press("Dan", "session.speak")


async def test_a_second_session_is_not_opened_beside_the_first(evening: Evening) -> None:
    await evening.make_circle("Ben")
    await evening.gather("Ana")
    assert "open session already" in await evening.slash("Ana", "circle open")
    assert sum("Session 1 of Harbour is open" in text for text in evening.public()) == 1


async def test_bad_numbers_are_answered_with_what_is_possible(evening: Evening) -> None:
    await evening.make_circle("Ben")
    assert "from 1 to 10" in await evening.slash("Ana", "circle open", time="soon")
    assert "from 1 to 10" in await evening.slash("Ana", "circle open", time="11")
    assert "at least one theme round" in await evening.slash("Ana", "circle open", rounds=0)
    assert "for those who facilitate" in await evening.slash("Ben", "circle open")
    assert not any("is open" in text for text in evening.public())


async def test_a_channel_that_lost_a_permission_is_named_before_anything_is_opened(evening: Evening) -> None:
    await evening.make_circle("Ben")
    backend = evening.world.env.backend
    role = evening.world.guild.roles["Trellis"]
    without = backend.get_role(evening.world.guild.id, role.id).permissions & ~(1 << 36)
    backend.edit_role(evening.world.guild.id, role.id, {"permissions": without})
    told = await evening.slash("Ana", "circle open")
    assert "Create Private Threads" in told
    assert not any("is open" in text for text in evening.public())


async def test_no_turn_outlives_the_closing_on_the_disk_either(evening: Evening, tmp_path: Path) -> None:
    await evening.make_circle("Ben", "Cleo")
    await evening.gather("Ana", "Ben", "Cleo")
    await evening.begin()
    for _ in range(3 * 3):
        await evening.pass_on()
    sent = [str(one.json) for one in evening.world.env.http_requests if one.path.endswith("/messages")]
    turns = {token for body in sent for token in re.findall(r"round:([\w-]+):spoke", body)}
    assert len(turns) == 9
    await evening.world.env.advance_time(61)
    await evening.slash("Ana", "inbox")
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("trellis.db*"))
    assert [token for token in turns if token.encode() in kept] == []

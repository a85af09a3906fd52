"""What becomes of a flag: its writer ends it, a talk takes both, and words go in time."""

from datetime import timedelta
from typing import Any

import pytest

from bot.acts import door
from bot.acts.due import Errand
from bot.acts.rupture import caring, mending, passing, reading, talking
from bot.practice.rupture.flag import How, Stage
from bot.practice.rupture.words import Lane, Look
from bot.store.unit import Store

from .flags import DAY, HOUR, harbour, told
from .people import Home, Someone, refused


async def test_only_its_writer_closes_it_and_words_and_people_go_after_thirty_days(home: Home, store: Store) -> None:
    ours = await harbour(home)
    writer = ours.members[0]
    token, (first, *_) = await ours.is_heard_of(writer)
    await first.does(caring.acknowledge, token, words="")
    await first.does(caring.ask, token)
    assert "rupture.how_is_it" in await told(writer)
    with refused("rupture.asked_already"):
        await first.does(caring.ask, token)
    for deed in (mending.go_on, mending.reopen):
        with refused("rupture.gone"):
            await first.does(deed, token)
    with refused("rupture.gone"):
        await first.does(mending.close, token, how=How.MENDED)
    await writer.does(mending.close, token, how=How.MENDED)
    assert await ours.sees(first) == []
    assert "rupture.closed_mended" in await told(first)
    with refused("rupture.is_closed"):
        await writer.does(mending.close, token, how=How.MENDED)
    assert "rupture.how_is_it" not in await told(writer)  # its question went with the answer
    await home.passes(29 * DAY)
    assert (await writer.does(reading.my_own))[0].how is How.MENDED
    await home.passes(2 * DAY)
    assert await writer.does(reading.my_own) == []
    async with store.unit(home.id) as unit:
        assert await unit.waiting.get(token) is None
        person = await unit.people.find(writer.id)
        assert person is not None
        assert [due.deed for due in await unit.waiting.of_person(person.id)] == []
    assert len(await rests(store, home)) == 1
    await home.passes(151 * DAY)
    assert await rests(store, home) == []


async def rests(store: Store, home: Home) -> list[dict[str, str]]:
    """What is left of flags whose words are gone, as far as it is opened."""
    home.moments.advance(10**8)
    async with store.unit(0) as unit:
        found = [due.facts for due in await unit.waiting.due() if "how" in due.facts]
    home.moments.advance(-(10**8))
    return found


async def test_without_an_answer_it_is_asked_once_and_then_rests_in_silence(home: Home) -> None:
    ours = await harbour(home)
    writer = ours.members[0]
    token, (first, *_) = await ours.is_heard_of(writer)
    await first.does(caring.acknowledge, token, words="")
    await told(writer)
    await home.passes(7 * DAY)
    assert "rupture.plan_due" in await told(first)
    await home.passes(7 * DAY)
    assert await told(writer) == ["rupture.how_is_it"]
    await home.passes(15 * DAY)
    assert (await ours.shown(writer, token)).how is How.IN_SILENCE
    assert "rupture.closed_silence" in await told(first)
    assert await told(writer) == []


async def test_not_yet_keeps_it_open_and_asks_again_a_fortnight_later(home: Home) -> None:
    ours = await harbour(home)
    writer = ours.members[0]
    token, (first, *_) = await ours.is_heard_of(writer)
    await first.does(caring.acknowledge, token, words="")
    for _ in range(3):
        await home.passes(14 * DAY)
        assert "rupture.how_is_it" in await told(writer)
        await writer.does(mending.go_on, token)
        assert await told(writer) == []
    await home.passes(13 * DAY)
    assert await ours.sees(first) == [token]


async def test_reopened_it_goes_to_who_carried_it_last(home: Home) -> None:
    ours = await harbour(home, facilitators=3)
    writer = ours.members[0]
    token, (_, backup, _) = await ours.is_heard_of(writer)
    await home.passes(48 * HOUR)
    await backup.does(caring.acknowledge, token, words="")
    await writer.does(mending.close, token, how=How.SETTLED)
    await writer.does(mending.reopen, token)
    with refused("rupture.is_open"):
        await writer.does(mending.reopen, token)
    await home.passes(HOUR)
    assert [person.id for person in ours.people if token in await ours.sees(person)] == [backup.id]
    assert (await ours.shown(writer, token)).stage is Stage.RAISED


async def test_taken_back_before_anybody_heard_it_reaches_nobody(home: Home) -> None:
    ours = await harbour(home)
    writer = ours.members[0]
    token, people = await ours.flags(writer)
    await writer.does(mending.close, token, how=How.WITHDRAWN)
    await home.passes(100 * HOUR)
    assert [await told(person) for person in people] == [[], [], []]


async def test_who_has_acknowledged_it_is_not_told_again_that_it_waits(home: Home) -> None:
    ours = await harbour(home)
    token, (first, *_) = await ours.is_heard_of(ours.members[0])
    await home.passes(25 * HOUR)
    assert await ours.sees(first) == [token]
    await first.does(caring.acknowledge, token, words="")
    assert await told(first) == []
    assert await ours.sees(first) == [token]


async def test_of_a_flag_and_its_reminder_a_dm_says_so_also_if_an_older_one_was_never_opened(home: Home) -> None:
    ours = await harbour(home, dms=True)
    writer = ours.members[0]
    for _ in range(2):
        _, (first, *_) = await ours.flags(writer, *ours.facilitators[1:])
        assert [note.reader_takes_dms for note in await notes_to(home, first, HOUR)] == [True]
    assert [note.reader_takes_dms for note in await notes_to(home, first, DAY)] == [True, True]


async def notes_to(home: Home, person: Someone, after: timedelta) -> list[Errand]:
    """The notes that are carried out for somebody until then."""
    carried = await home.passes(after)
    return [one for one in carried if one.due.deed == "note" and person.id in one.people.values()]


async def test_a_no_to_an_earlier_talk_is_not_read_beside_a_later_yes(home: Home) -> None:
    ours = await harbour(home)
    writer, other = ours.members
    token, (first, *_) = await ours.is_heard_of(writer)
    await first.does(caring.acknowledge, token, words="")
    await first.does(talking.offer, token)
    await writer.does(talking.decline, token)
    await writer.does(talking.wish, token)
    await first.does(talking.offer, token)
    await writer.does(talking.accept, token, other=other.id)
    (asked,) = [note for note in await other.looks() if note.due.facts["kind"] == "rupture.talk_asked"]
    await other.does(talking.answer, str(asked.due.facts["talk"]), yes=True)
    assert "rupture.talk_not" not in await told(first)


async def test_a_talk_takes_the_writers_yes_first_and_then_the_other_sides(home: Home) -> None:
    ours = await harbour(home)
    writer, other = ours.members
    token, (first, *_) = await ours.is_heard_of(writer)
    with refused("rupture.acknowledge_first"):
        await first.does(talking.offer, token)
    await first.does(caring.acknowledge, token, words="")
    await first.does(talking.offer, token)
    with refused("rupture.talk_asked_already"):
        await first.does(talking.offer, token)
    assert await told(other) == []
    for nobody in (writer, first):
        with refused("rupture.talk_with_other"):
            await writer.does(talking.accept, token, other=nobody.id)
    await writer.does(talking.accept, token, other=other.id)
    asked = next(note for note in await other.looks() if note.due.facts["kind"] == "rupture.talk_asked")
    assert "of" not in asked.due.facts  # nothing in it leads to the flag
    with refused("rupture.talk_gone"):
        await writer.does(talking.answer, str(asked.due.facts["talk"]), yes=True)
    await other.does(talking.answer, str(asked.due.facts["talk"]), yes=True)
    assert [("rupture.talk_both" in await told(person)) for person in (writer, other, first)] == [True] * 3
    assert (await ours.shown(writer, token)).stage is Stage.IN_REPAIR
    with refused("rupture.gone"):
        await ours.shown(other, token)
    await first.does(caring.plan, token, change="We take turns.", days=7)
    assert "rupture.planned" in await told(writer)
    await home.passes(7 * DAY)
    for person in (writer, other, first):
        (day,) = [note for note in await person.looks() if note.due.facts["kind"] == "rupture.plan_day"]
        assert day.words == "We take turns."


@pytest.mark.parametrize("who", ["writer", "other", "time"])
async def test_no_talk_is_no_talk_and_nobody_hears_why(home: Home, who: str) -> None:
    ours = await harbour(home)
    writer, other = ours.members
    token, (first, *_) = await ours.is_heard_of(writer)
    await first.does(caring.acknowledge, token, words="")
    await first.does(talking.offer, token)
    if who == "writer":
        await writer.does(talking.decline, token)
        assert await told(other) == []
    else:
        await writer.does(talking.accept, token, other=other.id)
        (asked,) = await other.looks()
        if who == "other":
            await other.does(talking.answer, str(asked.due.facts["talk"]), yes=False)
        else:
            await home.passes(8 * DAY)
        with refused("rupture.talk_gone"):
            await other.does(talking.answer, str(asked.due.facts["talk"]), yes=True)
    assert "rupture.talk_not" in await told(first)
    await home.passes(7 * DAY)
    await first.does(talking.offer, token)  # it can be offered again


async def test_one_change_needs_words_and_one_of_three_days(home: Home) -> None:
    ours = await harbour(home)
    token, (first, *_) = await ours.is_heard_of(ours.members[0])
    with refused("rupture.acknowledge_first"):
        await first.does(caring.plan, token, change="x", days=7)
    await first.does(caring.acknowledge, token, words="")
    for change, days in ((" ", 7), ("x" * 201, 7), ("x", 8)):
        with refused("rupture.no_change"):
            await first.does(caring.plan, token, change=change, days=days)


async def test_what_somebody_who_was_forgotten_flagged_opens_for_nobody(home: Home, store: Store) -> None:
    ours = await harbour(home)
    writer = ours.members[0]
    token, (first, *_) = await ours.is_heard_of(writer)
    async with store.unit(home.id) as unit:
        person = await unit.people.find(writer.id)
        assert person is not None
    await store.keyring.destroy(person.id)
    for somebody in (first, writer):
        with refused("rupture.gone"):
            await ours.shown(somebody, token)
    assert await ours.sees(first) == []


async def test_who_leaves_the_circle_keeps_their_flag_and_hears_of_it(home: Home) -> None:
    ours = await harbour(home)
    writer = ours.members[0]
    token, (first, *_) = await ours.is_heard_of(writer)
    await writer.does(door.leave, token=ours.circle)
    await first.does(caring.acknowledge, token, words="")
    assert await told(writer) == ["rupture.read"]
    await writer.does(mending.close, token, how=How.OUTSIDE)


async def test_who_is_forgotten_leaves_nothing_and_what_lay_before_them_goes_on(home: Home, store: Store) -> None:
    ours = await harbour(home, facilitators=3)
    writer, other = ours.members
    token, (first, backup, _) = await ours.is_heard_of(writer)
    kept, people = await ours.is_heard_of(other, *[one for one in ours.facilitators if one.id != first.id])
    assert people[0].id == first.id
    await first.does(caring.acknowledge, token, words="")
    for person in (writer, first):
        async with store.unit(home.id) as unit:
            known = await unit.people.find(person.id)
            assert known is not None
            await passing.end_all_of(unit, known.id)
            await passing.pass_on(unit, known.id)
            assert [due.deed for due in await unit.waiting.of_person(known.id) if due.deed != "note"] == []
    async with store.unit(home.id) as unit:
        assert await unit.waiting.get(token) is None
    assert await ours.sees(backup) == []
    assert await ours.sees(ours.contacts[0]) == [kept]
    await home.passes(100 * DAY)


async def test_a_question_is_asked_no_more_once_its_flag_is_closed(home: Home) -> None:
    ours = await harbour(home)
    writer = ours.members[0]
    token, (first, *_) = await ours.is_heard_of(writer)
    await first.does(caring.acknowledge, token, words="")
    await first.does(talking.offer, token)
    await first.does(caring.ask, token)
    assert {"rupture.talk_offered", "rupture.how_is_it"} <= set(await told(writer))
    await home.passes(15 * DAY)
    assert await told(writer) == []
    assert (await ours.shown(writer, token)).how is How.IN_SILENCE


@pytest.mark.parametrize("more", [{"look": Look.FACILITATES}, {"lane": Lane.HARM}], ids=["facilitates", "harm"])
async def test_where_only_people_outside_were_to_see_it_nobody_inside_is_proposed(
    home: Home, more: dict[str, Any]
) -> None:
    ours = await harbour(home)
    writer = ours.members[0]
    token, (contact,) = await ours.is_heard_of(writer, **more)
    await contact.does(caring.hand_on, token)
    assert await told(writer) == ["rupture.nobody_left"]

"""A flag on its way: to whom it was to go, one after the other, and to nobody else."""

from itertools import pairwise

import pytest

from bot.acts import circle, door, handover, pausing, server
from bot.acts.rupture import caring, flagging, mending, reading
from bot.practice.pausing import Way
from bot.practice.rupture.flag import How
from bot.practice.rupture.words import Soon
from bot.store.rows import Person
from bot.store.unit import Store

from .flags import HOUR, Harbour, becomes_contact, harbour, kinds, told
from .people import Home, refused


async def test_a_flag_reaches_the_first_then_the_backup_then_the_care_contact_and_each_once(home: Home) -> None:
    ours = await harbour(home)
    writer = ours.members[0]
    token, (first, backup, contact) = await ours.flags(writer)
    assert {first.id, backup.id} == {person.id for person in ours.facilitators}
    assert contact.id == ours.contacts[0].id
    assert await ours.sees(first) == []  # a wait of five minutes to an hour, drawn once
    await home.passes(HOUR)
    assert (await ours.sees(first), await ours.sees(backup), await ours.sees(contact)) == ([token], [], [])
    assert await told(first) == ["rupture.care"]
    await home.passes(23.5 * HOUR)
    assert await told(first) == ["rupture.remind"]
    assert await told(writer) == []
    await home.passes(24 * HOUR)
    assert await told(backup) == ["rupture.care"]
    assert await told(writer) == ["rupture.passed"]
    assert await ours.sees(contact) == []
    await home.passes(24 * HOUR)
    assert await told(contact) == ["rupture.care"]
    assert await told(writer) == ["rupture.passed"]
    await home.passes(24 * HOUR)
    assert await told(writer) == ["rupture.unanswered"]
    assert [await told(person) for person in (first, backup, contact)] == [[], [], []]


async def test_today_halves_the_first_two_times(home: Home) -> None:
    ours = await harbour(home)
    found = await ours.drafts(ours.members[0], soon=Soon.TODAY)
    assert [reach.hours for reach in found.reaches] == [0, 24, 72]
    token, (first, backup, _) = await ours.is_heard_of(ours.members[0], soon=Soon.TODAY)
    await told(first)
    await home.passes(12 * HOUR)
    assert await told(first) == ["rupture.remind"]
    await home.passes(12 * HOUR)
    assert await ours.sees(backup) == [token]


async def test_whoever_acknowledges_carries_it_alone_and_its_writer_reads_their_words(home: Home) -> None:
    ours = await harbour(home)
    writer = ours.members[0]
    token, (first, backup, _) = await ours.is_heard_of(writer)
    await home.passes(48 * HOUR)
    await told(writer)
    await backup.does(caring.acknowledge, token, words="Thank you for telling me.")
    (note,) = await writer.looks()
    assert (note.due.facts["kind"], note.words) == ("rupture.read", "Thank you for telling me.")
    assert next(iter(note.people.values())) == backup.id
    assert (await ours.sees(first), await ours.sees(backup)) == ([], [token])
    assert (await told(first))[-1] == "rupture.taken_up"
    with refused("rupture.gone"):
        await ours.shown(first, token)
    with refused("rupture.read_already"):
        await backup.does(caring.acknowledge, token, words="")
    await home.passes(30 * HOUR)
    assert await told(ours.contacts[0]) == []


async def test_a_name_is_held_back_unless_its_writer_shows_it_and_words_go_both_ways(home: Home) -> None:
    ours = await harbour(home)
    for named in (False, True):
        writer = ours.members[named]
        found = await ours.drafts(writer)
        assert not found.named
        found = await writer.does(flagging.choose, found.token, named=named)
        await writer.does(flagging.send, found.token)
        await home.passes(HOUR)
        token, first = (await writer.does(reading.my_own))[0].token, ours.whose(found.reaches[0].person)
        await first.looks()
        assert (await ours.shown(first, token)).writer == (writer.id if named else None)
        await writer.does(mending.write, token, words="One more thing 🌱")
        (note,) = await first.looks()
        assert note.words == "One more thing 🌱"
        assert (writer.id in note.people.values()) is named
        await first.does(caring.write, token, words="Shall we talk tomorrow?")
        (note,) = await writer.looks()
        assert note.words == "Shall we talk tomorrow?"
        await writer.does(mending.close, token, how=How.WITHDRAWN)


async def test_whoever_must_not_see_it_never_does_on_any_way(home: Home) -> None:
    ours = await harbour(home, facilitators=3)
    writer, party = ours.members[0], ours.facilitators[0]
    token, people = await ours.is_heard_of(writer, party)
    assert party.id not in {person.id for person in people}
    for person in people:
        await home.passes(48 * HOUR)
        if token in await ours.sees(person):
            await person.does(caring.hand_on, token)
        assert await ours.sees(party) == []
    await home.passes(100 * HOUR)
    assert await ours.sees(party) == []
    assert await told(party) == []
    with refused("rupture.gone"):
        await ours.shown(party, token)


async def test_somebody_excluded_who_is_forgotten_and_comes_back_still_sees_nothing(home: Home, store: Store) -> None:
    ours = await harbour(home, facilitators=3)
    writer, party = ours.members[0], ours.facilitators[2]
    token, people = await ours.flags(writer, party)
    async with store.unit(home.id) as unit:
        known = await unit.people.find(party.id)
        assert isinstance(known, Person)
    await party.does(door.leave, token=ours.circle)
    async with store.unit(home.id) as unit:
        await unit.delete(await unit.people.get(known.id))
    await store.keyring.destroy(known.id)
    await party.joins(ours.circle)
    async with store.unit(home.id) as unit:
        again = await unit.people.find(party.id)
        assert again is not None
        assert again.id != known.id
        membership = await circle.row_of(unit, party.presser, (await circle.by_token(unit, ours.circle)).id)
        assert membership is not None
        membership.facilitates = True
    for person in people[:2]:
        await home.passes(HOUR)
        if token in await ours.sees(person):
            await person.does(caring.hand_on, token)
        with refused("rupture.gone"):
            await ours.shown(party, token)
    await home.passes(100 * HOUR)
    assert await ours.sees(party) == []


async def test_handing_on_goes_to_the_next_named_and_then_only_as_its_writer_agrees(home: Home) -> None:
    ours = await harbour(home, facilitators=3, contacts=1)
    writer = ours.members[0]
    token, people = await ours.is_heard_of(writer)
    assert len(people) == 3
    for person, following in pairwise(people):
        await person.does(caring.hand_on, token)
        assert (await ours.sees(person), await ours.sees(following)) == ([], [token])
        with refused("rupture.gone"):
            await person.does(caring.write, token, words="late")
        assert await told(writer) == ["rupture.passed"]
    await people[-1].does(caring.hand_on, token)
    (asked,) = await writer.looks()
    (unnamed,) = {person.id for person in ours.facilitators} - {person.id for person in people}
    assert (asked.due.facts["kind"], next(iter(asked.people.values()))) == ("rupture.may_pass", unnamed)
    assert await ours.sees(ours.whose(unnamed)) == []
    await home.passes(HOUR)
    assert kinds(await writer.looks()) == ["rupture.may_pass"]  # it waits for an answer
    await writer.does(mending.let_pass, token, yes=True)
    assert await ours.sees(ours.whose(unnamed)) == [token]
    with refused("rupture.gone"):
        await writer.does(mending.let_pass, token, yes=True)
    await ours.whose(unnamed).does(caring.hand_on, token)
    assert await told(writer) == ["rupture.nobody_left"]


async def test_without_its_writers_yes_nobody_new_sees_it(home: Home) -> None:
    ours = await harbour(home, facilitators=3, contacts=1)
    writer = ours.members[0]
    token, people = await ours.is_heard_of(writer)
    for person in people:
        await person.does(caring.hand_on, token)
    await writer.does(mending.let_pass, token, yes=False)
    assert [await ours.sees(person) for person in ours.facilitators] == [[], [], []]
    assert "rupture.nobody_left" in await told(writer)


async def test_who_facilitates_later_sees_nothing_of_it(home: Home) -> None:
    ours = await harbour(home, facilitators=1)
    token, (first, contact) = await ours.is_heard_of(ours.members[0])
    late = await ours.facilitators[0].shares(ours.circle)
    await home.passes(100 * HOUR)
    assert await ours.sees(late) == []
    assert (await ours.sees(first), await ours.sees(contact)) == ([token], [token])


@pytest.mark.parametrize("way", ["hands over", "leaves", "is paused"])
async def test_who_stops_facilitating_sees_it_no_more_and_it_goes_on(home: Home, way: str) -> None:
    ours = await harbour(home, facilitators=3)
    token, (first, backup, _) = await ours.is_heard_of(ours.members[0])
    await first.does(caring.acknowledge, token, words="")
    if way == "hands over":
        await first.does(handover.step_back, ours.circle, farewell=False)
    elif way == "leaves":
        await first.does(door.leave, token=ours.circle)
    else:
        others = [person for person in ours.facilitators if person.id != first.id]
        choice = await others[0].does(pausing.choose, ours.circle, member=first.id)
        await others[0].does(pausing.ask, choice.token, way=Way.FACILITATORS)
        question = next(one for one in await others[1].looks() if one.due.facts["kind"] == "pausing.question")
        await others[1].does(pausing.answer, str(question.due.facts["question"]), yes=True)
    assert await ours.sees(first) == []
    with refused("rupture.gone"):
        await ours.shown(first, token)
    await home.carry_out()
    assert (await ours.sees(first), await ours.sees(backup)) == ([], [token])


async def test_a_care_contact_who_stops_or_joins_the_circle_sees_it_no_more(home: Home) -> None:
    ours = await harbour(home, facilitators=1, contacts=2)
    for stops in (True, False):
        writer = ours.members[stops]
        token, (first, backup) = await ours.is_heard_of(writer, ours.facilitators[0])
        await (first.does(server.stop_caring) if stops else first.does(door.ask, ours.circle))
        assert await ours.sees(first) == []
        await home.carry_out()
        assert (await ours.sees(first), await ours.sees(backup)) == ([], [token])
        await writer.does(mending.close, token, how=How.WITHDRAWN)
        ours.contacts.append(await becomes_contact(ours))


async def test_whom_discord_takes_no_message_to_is_followed_at_once_and_nobody_is_told(home: Home) -> None:
    ours = await harbour(home, dms=True)
    writer = ours.members[0]
    token, (first, backup, _) = await ours.flags(writer)
    home.takes_no_dms.add(first.id)
    await home.passes(HOUR)
    assert (await ours.sees(first), await ours.sees(backup)) == ([token], [token])
    assert await told(writer) == []
    await home.passes(48 * HOUR)
    assert await told(backup) == ["rupture.care", "rupture.remind"]


async def test_a_flag_of_another_server_is_nothing_here(home: Home, elsewhere: Home) -> None:
    ours: Harbour = await harbour(home)
    token, (first, *_) = await ours.is_heard_of(ours.members[0])
    with refused("rupture.gone"):
        await first.in_(elsewhere).does(reading.read, token)

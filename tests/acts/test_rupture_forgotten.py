"""Somebody named in a flag, asked about it, or writing one is forgotten: its writer loses nothing, nobody is asked."""

import pytest

from bot.acts.privacy import forgetting
from bot.acts.rupture import caring, flagging, mending, reading, talking
from bot.practice.rupture.flag import How
from bot.store.unit import Store

from .flags import harbour, told
from .people import Home, Someone

ENDINGS = ["taken back", "handed on", "forgotten"]


async def is_forgotten(home: Home, person: Someone) -> str:
    """Somebody is forgotten; their random id until now."""
    async with home.store.unit(home.id) as unit:
        known = await unit.people.find(person.id)
        assert known is not None
        await forgetting.forget(unit, known.id)
    await home.carry_out()
    return str(known.id)


async def test_whoever_one_is_asked_about_is_forgotten_and_ones_flags_are_still_shown(home: Home) -> None:
    ours = await harbour(home, facilitators=3)
    writer = ours.members[0]
    token, people = await ours.is_heard_of(writer)
    for person in people:
        await person.does(caring.hand_on, token)
    asked = (await writer.does(reading.my_own))[0].may_pass_to
    await is_forgotten(home, ours.whose(asked or 0))
    (shown,) = await writer.does(reading.my_own)
    assert (shown.token, shown.may_pass_to) == (token, None)
    await writer.does(mending.let_pass, token, yes=True)
    assert "rupture.nobody_left" in await told(writer)


async def test_whoever_one_flag_may_reach_is_forgotten_and_words_can_still_be_added(home: Home) -> None:
    ours = await harbour(home, facilitators=3)
    writer = ours.members[0]
    for _ in range(3):
        token, people = await ours.is_heard_of(writer)
    await is_forgotten(home, people[1])
    found = await ours.drafts(writer, words="And more.")
    assert found.adds_to == [people[0].id, people[2].id]
    await writer.does(flagging.add, found.token)
    assert (await ours.shown(writer, token)).words == ["It hurt.", "And more."]


async def test_a_preview_that_named_somebody_who_is_forgotten_is_drawn_anew(home: Home) -> None:
    ours = await harbour(home)
    writer = ours.members[0]
    found = await ours.drafts(writer)
    await is_forgotten(home, ours.whose(found.reaches[1].person))
    anew = await writer.does(flagging.choose, found.token, named=True)
    assert (anew.renewed, anew.named, anew.words) == (True, True, "It hurt.")
    assert [reach.person for reach in anew.reaches] == [found.reaches[0].person, ours.contacts[0].id]


async def test_what_somebody_wrote_and_never_sent_goes_with_them(home: Home, store: Store) -> None:
    ours = await harbour(home)
    writer = ours.members[0]
    await ours.drafts(writer)
    gone = await is_forgotten(home, writer)
    async with store.unit(home.id) as unit:
        assert [due for due in await unit.waiting.here() if gone in repr(due.facts)] == []


@pytest.mark.parametrize("ends", ENDINGS)
async def test_nobody_is_asked_for_a_talk_that_is_not_wished_any_more(home: Home, ends: str) -> None:
    ours = await harbour(home)
    writer, other = ours.members
    token, (first, *_) = await ours.is_heard_of(writer)
    await first.does(caring.acknowledge, token, words="")
    await first.does(talking.offer, token)
    await writer.does(talking.accept, token, other=other.id)
    if ends == "taken back":
        await writer.does(mending.close, token, how=How.WITHDRAWN)
    elif ends == "handed on":
        await first.does(caring.hand_on, token)
    else:
        await is_forgotten(home, writer)
    await home.carry_out()
    assert await told(other) == []

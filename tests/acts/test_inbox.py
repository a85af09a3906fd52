"""What waits for one person: shown to them, in their language, and to nobody else."""

from typing import Any

import pytest

from bot.acts import due, inbox
from bot.acts.inbox import MOST_AT_ONCE

from .people import Home, Someone


async def note_for(who: Someone, kind: str = "door.let_in", **facts: Any) -> str:
    who.home.moments.advance(1)
    async with who.home.store.unit(who.home.id) as unit:
        person = await unit.people.meet(who.id)
        return await unit.waiting.write("note", person.id, person=person.id, kind=kind, **facts)


async def kinds_shown(who: Someone) -> list[str]:
    return [errand.due.facts["kind"] for errand in await who.looks()]


async def test_a_stranger_has_nothing_and_is_not_remembered_for_looking(home: Home) -> None:
    ana = home.person()
    assert await kinds_shown(ana) == []
    async with home.store.unit(home.id) as unit:
        assert await unit.people.find(ana.id) is None


@pytest.mark.parametrize("carried_out_before", [True, False])
async def test_what_only_informs_is_shown_once(home: Home, carried_out_before: bool) -> None:
    ana = home.person()
    await note_for(ana)
    if carried_out_before:
        await home.carry_out()
    assert await kinds_shown(ana) == ["door.let_in"]
    assert await kinds_shown(ana) == []
    assert await home.carry_out() == []


@pytest.mark.parametrize("kind", sorted(inbox.ASKS_FOR_AN_ANSWER))
async def test_a_question_stays_until_it_is_answered_but_is_announced_no_more(home: Home, kind: str) -> None:
    ana = home.person()
    await note_for(ana, kind)
    assert await ana.does(due.anything_waits)
    for _ in range(2):
        assert await kinds_shown(ana) == [kind]
        assert await home.carry_out() == []
        assert not await ana.does(due.anything_waits)


async def test_nobody_sees_what_waits_for_another(home: Home, elsewhere: Home) -> None:
    ana, ben = home.person(), home.person()
    await note_for(ana)
    await note_for(ben, "door.not_now")
    await note_for(ana.in_(elsewhere), "door.request")
    assert await kinds_shown(ana) == ["door.let_in"]
    assert await kinds_shown(ben) == ["door.not_now"]
    assert await kinds_shown(ana.in_(elsewhere)) == ["door.request"]


async def test_more_than_a_few_come_in_turns_and_none_is_lost(home: Home) -> None:
    ana = home.person()
    for number in range(MOST_AT_ONCE + 2):
        await note_for(ana, number=str(number))
    looks = [await ana.looks() for _ in range(3)]
    assert [len(look) for look in looks] == [MOST_AT_ONCE, 2, 0]
    shown = [errand.due.facts["number"] for look in looks for errand in look]
    assert sorted(shown) == [str(number) for number in range(MOST_AT_ONCE + 2)]


async def test_questions_that_wait_long_do_not_hide_what_is_new(home: Home) -> None:
    ana = home.person()
    for _ in range(MOST_AT_ONCE):
        await note_for(ana, "door.request")
    await kinds_shown(ana)
    await note_for(ana, "door.let_in")
    assert "door.let_in" in await kinds_shown(ana) + await kinds_shown(ana)


async def test_looking_speaks_the_language_of_the_press_and_lets_us_knock_again(home: Home) -> None:
    ana = home.person(language="es")
    await ana.does(inbox.set_dms, wanted=True)
    for knocks in (True, False):
        await note_for(ana)
        (note,) = await home.carry_out()
        assert note.reader_takes_dms is knocks
    (first, _) = await ana.looks()
    assert first.language == "es"
    await note_for(ana)
    (note,) = await home.carry_out()
    assert note.reader_takes_dms


@pytest.mark.parametrize("wanted", [True, False])
async def test_dms_are_each_persons_own_choice(home: Home, wanted: bool) -> None:
    ana, ben = home.person(), home.person()
    await ben.does(inbox.set_dms, wanted=not wanted)
    for choice in (not wanted, wanted):
        await ana.does(inbox.set_dms, wanted=choice)
    async with home.store.unit(home.id) as unit:
        for who, dms in ((ana, wanted), (ben, not wanted)):
            person = await unit.people.find(who.id)
            assert person is not None
            assert person.dms is dms


async def test_a_note_goes_only_when_its_own_person_has_it(home: Home, elsewhere: Home) -> None:
    ana, ben = home.person(), home.person()
    token = await note_for(ana)
    for somebody_else in (ben, ana.in_(elsewhere)):
        await somebody_else.does(inbox.seen, [token])
    for _ in range(2):  # a look that never arrived loses nothing
        assert [note.due.token for note in await ana.does(inbox.look)] == [token]
    await ana.does(inbox.seen, [token, token, "no such token"])
    assert await ana.looks() == []

"""Another holder next time: two members, no reason, and nobody learns of it."""

import pytest

from bot.acts import calling, circle, door, inbox, mark, rota, session, swap
from bot.practice.refusals import Refusal
from bot.store.rows import Mark

from .garden import DAY, HOUR, Garden, made, told
from .people import Home, Someone, refused

LATER = 3 * HOUR  # by then it has had its effect


@pytest.fixture
async def garden(home: Home) -> Garden:
    return await made(home)


async def another(garden: Garden, *who: Someone) -> None:
    for one in who:
        await one.does(rota.ask_for_another, garden.token)


async def marks(garden: Garden) -> list[Mark]:
    async with garden.home.store.unit(garden.home.id) as unit:
        return await unit.all(Mark)


async def test_one_alone_changes_nothing_however_often_they_press(garden: Garden) -> None:
    await another(garden, garden.cem, garden.cem, garden.cem)
    await garden.home.passes(LATER)
    assert await garden.next_holder() == garden.ben.id
    assert len(await marks(garden)) == 1


async def test_two_let_whoever_is_next_be_passed_over_once(garden: Garden) -> None:
    await another(garden, garden.cem, garden.dua)
    assert await garden.following() == garden.ben.id  # not at once: the second would see that they were
    await garden.home.passes(LATER)
    assert await garden.following() == garden.cem.id
    await another(garden, garden.dua, garden.ben, garden.ana)
    await garden.home.passes(LATER)
    assert await garden.following() == garden.cem.id
    assert await garden.next_holder() == garden.cem.id
    assert len(await marks(garden)) == 1


async def test_the_answer_is_the_same_for_the_first_and_the_second_and_after_it(garden: Garden) -> None:
    first = await garden.dua.does(rota.ask_for_another, garden.token)
    second = await garden.ana.does(rota.ask_for_another, garden.token)
    assert first == second == await garden.dua.does(rota.ask_for_another, garden.token)
    assert [await told(who) for who in (garden.ana, garden.ben, garden.cem, garden.dua)] == [[], [], [], []]


async def test_a_session_that_opens_before_it_had_its_effect_is_held_by_somebody_else(garden: Garden) -> None:
    await another(garden, garden.cem, garden.dua)
    assert (await garden.ana.does(session.open_session, named=garden.token)).holder == garden.cem.id


async def test_who_is_next_themselves_has_another_way_and_so_has_whom_nobody_follows(garden: Garden) -> None:
    with refused("rota.you_are_next"):
        await another(garden, garden.ben)
    with refused("circle.members_only"):
        await another(garden, garden.home.person())
    for who in (garden.ben, garden.cem):
        await who.does(rota.set_willing, garden.token, willing=False)
    with refused("rota.nobody_next"):
        await another(garden, garden.ben)


async def test_it_is_asked_about_one_person_not_about_whoever_comes_after(garden: Garden) -> None:
    await another(garden, garden.dua)
    await garden.ben.does(rota.set_willing, garden.token, willing=False)
    await another(garden, garden.ana)
    await garden.home.passes(LATER)
    assert await garden.following() == garden.cem.id


async def test_who_has_left_the_circle_does_not_ask_any_more(garden: Garden) -> None:
    await another(garden, garden.cem)
    await garden.cem.does(door.leave, token=garden.token)
    await another(garden, garden.dua)
    await garden.home.passes(LATER)
    assert await garden.following() == garden.ben.id


async def test_marks_go_with_the_session_they_were_about(garden: Garden) -> None:
    await another(garden, garden.dua)
    await garden.ana.does(session.open_session, named=garden.token)
    invitation = next(one for one in await garden.home.carry_out() if one.due.facts.get("kind") == "session.invitation")
    assert len(await marks(garden)) == 1
    await garden.ben.does(session.close, str(invitation.due.facts["token"]))
    assert await marks(garden) == []


async def test_the_rows_show_neither_who_pressed_nor_in_which_circle(garden: Garden) -> None:
    await another(garden, garden.dua)
    (row,) = await marks(garden)
    assert set(vars(row)) - {"_sa_instance_state"} == {"blind", "about"}
    assert (len(row.blind), len(row.about)) == (32, 32)
    async with garden.home.store.unit(garden.home.id) as unit:
        found = await circle.by_token(unit, garden.token)
        assert not await mark.enough(unit, found, 1, about="somebody")


async def seen_by(who: Someone, garden: Garden, token: str) -> list[object]:
    """All that somebody can find out: what waits for them, what the rota says, what their presses answer."""
    found = await garden.calling()
    assert found
    assert found.at
    notes = [
        (
            note.due.facts["kind"],
            note.due.facts["at"] == found.at.timestamp(),
            note.share,
            note.people.keys() - {note.due.person_id},
        )
        for note in await who.does(inbox.look)
    ]
    shown = await who.does(rota.look, named=garden.token)
    answers = []
    for deed in (calling.hold, calling.decline, swap.whom):
        with pytest.raises(Refusal) as no:
            await who.does(deed, token)
        answers.append(no.value.code)
    return [notes, shown.holder == garden.cem.id, shown.willing, shown.mine, answers]


@pytest.mark.parametrize("said_yes", [False, True])
async def test_whoever_is_passed_over_sees_what_they_would_see_after_a_swap(
    garden: Garden, home: Home, said_yes: bool
) -> None:
    other = await made(Home(home.store, home.moments))
    seen = []
    for place, swaps in ((garden, True), (other, False)):
        await place.in_(3 * DAY)
        token = await place.call()
        if said_yes:
            await place.ben.does(calling.hold, token)
        if swaps:
            await place.ben.does(swap.ask, token, member=place.cem.id)
            await place.cem.does(swap.answer, token, yes=True)
        else:
            await another(place, place.cem, place.dua)
            await place.home.passes(LATER)
            await place.cem.does(calling.hold, token)
        seen.append(await seen_by(place.ben, place, token))
    assert seen[0] == seen[1]
    assert seen[0][0] == [("calling.in_other_hands", True, None, set())]

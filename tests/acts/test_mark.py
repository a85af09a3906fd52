"""Another holder next time: two members, no reason, and nobody learns of it."""

import pytest

from bot.acts import calling, circle, door, due, inbox, mark, rota, session, swap
from bot.practice.refusals import Refusal
from bot.store.rows import Mark

from .garden import DAY, HOUR, Garden, made, told
from .people import Evening, Home, Someone, refused
from .planning import plans
from .time_brings import bring

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
    noted = await garden.dua.does(rota.ask_for_another, garden.token)
    for who in (garden.ben, garden.cem):
        await who.does(rota.set_willing, garden.token, willing=False)
    async with garden.home.store.unit(garden.home.id) as unit:
        await unit.delete(await unit.one(Mark))
    assert await garden.dua.does(rota.ask_for_another, garden.token) == noted  # else it would tell that nobody is next
    assert await marks(garden) == []


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
    evening = Evening(garden.ben, [garden.ana, garden.cem, garden.dua], garden.token)
    await opens_unplanned(garden, evening)
    assert len(await marks(garden)) == 1
    async with garden.home.store.unit(garden.home.id) as unit:
        await rota.closed(unit, await circle.by_token(unit, garden.token), 1, held=True)
    assert await marks(garden) == []
    await garden.ben.does(session.close, evening.token)
    await another(garden, garden.dua)
    await garden.in_(HOUR)
    await opens_unplanned(garden, evening)
    assert await marks(garden) == []


async def opens_unplanned(garden: Garden, evening: Evening) -> None:
    """By hand; its holder presses with `evening.token`."""
    await garden.ana.does(session.open_session, named=garden.token)
    carried = await garden.home.carry_out()
    invitation = next(one for one in carried if one.due.facts.get("kind") == "session.invitation")
    evening.token = str(invitation.due.facts["token"])


@pytest.mark.parametrize("days", [None, 5])
async def test_nobody_undoes_them_by_opening_a_session_and_closing_it(garden: Garden, days: int | None) -> None:
    if days:
        await garden.in_(days * DAY)
    await another(garden, garden.cem, garden.dua)
    await garden.home.passes(LATER)
    evening = Evening(garden.cem, [], garden.token)
    await opens_unplanned(garden, evening)
    await garden.cem.does(session.close, evening.token)
    assert await garden.following() == garden.cem.id
    with refused("calling.somebody_else"):
        async with garden.home.store.unit(garden.home.id) as unit:
            token = (await calling.coming(unit, await circle.by_token(unit, garden.token))).token
        await garden.ben.does(calling.hold, token)


@pytest.mark.parametrize("days", [None, 5])
async def test_one_mark_is_carried_on_too_and_a_second_has_its_effect(garden: Garden, days: int | None) -> None:
    if days:
        await garden.in_(days * DAY)
    await another(garden, garden.cem)
    evening = Evening(garden.ben, [], garden.token)
    await opens_unplanned(garden, evening)
    await garden.ben.does(session.close, evening.token)
    await another(garden, garden.dua)
    await garden.home.passes(LATER)
    assert await garden.following() == garden.cem.id


async def test_whoever_says_yes_meanwhile_is_passed_over_all_the_same_and_told_neutrally(garden: Garden) -> None:
    await another(garden, garden.cem, garden.dua)
    await garden.home.passes(LATER)
    evening = Evening(garden.cem, [], garden.token)
    await opens_unplanned(garden, evening)
    await garden.in_(5 * DAY)
    await garden.ben.does(calling.hold, await garden.call())
    await garden.cem.does(session.close, evening.token)
    assert await told(garden.ben) == ["calling.in_other_hands"]
    assert await garden.named() is None


async def test_saving_the_schedule_again_shows_nobody_whether_somebody_else_had_asked(home: Home) -> None:
    seen = []
    for place, others in ((home, 0), (Home(home.store, home.moments), 1)):
        garden = await made(place)
        await plans(garden.ana)
        await another(garden, *[garden.cem, garden.dua][:others], garden.ana)
        saved = [(await plans(garden.ana)).holder for _ in range(2)]
        seen.append((saved, await garden.following() == garden.ben.id))
    assert seen == [([None, None], True)] * 2


async def test_once_everybody_is_asked_openly_whoever_was_passed_over_can_hold_too(garden: Garden) -> None:
    await garden.in_(DAY)
    await another(garden, garden.cem, garden.dua)
    await garden.home.passes(LATER)
    with refused("calling.somebody_else"):
        await garden.ben.does(calling.hold, await garden.call())
    await garden.home.passes(20 * HOUR)
    assert any(line.due.facts["kind"] == "calling.open" for line in garden.home.shown.values())
    await garden.ben.does(calling.hold, await garden.call())
    assert await garden.named() == garden.ben.id


async def test_what_time_brings_has_its_effect_once_though_it_is_carried_out_twice(garden: Garden) -> None:
    await garden.in_(3 * DAY)
    await another(garden, garden.cem, garden.dua)
    garden.home.moments.advance(LATER.total_seconds())
    async with garden.home.store.unit(0) as unit:
        rows = [row for row in await due.waiting_now(unit) if row.deed in {"pass-over", "calling"}]
    for _ in range(2):  # killed between the act's commit and the row's end
        for row in rows:
            await bring(garden.home.store, row, set())
    async with garden.home.store.unit(0) as unit:
        assert not {row.token for row in rows} & {row.token for row in await due.waiting_now(unit)}
    await garden.home.carry_out()
    assert await told(garden.ben) == ["calling.in_other_hands"]
    assert await told(garden.cem) == ["calling.call"]


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

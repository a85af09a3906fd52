"""What time keeps of a person - the rota, check-ins, buddies - let go of as people would meet it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.acts import buddy, calling, mark, rota, swap
from bot.acts.buddy import Stage
from bot.acts.privacy import exporting
from bot.acts.privacy.forgetting import LET_GO
from bot.practice.checkin import CORE, Tap
from bot.practice.circle import Circle
from bot.store.rows import Mark, Never
from bot.store.tables import metadata

from .asking import a_circle_of, kinds
from .garden import HOUR, Garden, made
from .people import Home, Someone
from .test_pairing import drawn, garden, question
from .test_pairing import kinds as notes
from .test_privacy import forgets

__all__ = ["garden"]

DAY = timedelta(days=1)


async def members(home: Home, token: str, count: int) -> list[Someone]:
    return [await home.person().joins(token) for _ in range(count)]


async def test_a_coming_session_goes_on_to_the_next(home: Home) -> None:
    here: Garden = await made(home)
    assert await here.following() == here.ben.id
    before = await here.ben.does(rota.look, named=here.token)
    assert before.mine is not None
    await here.ben.does(calling.hold, before.mine.calling)
    assert (await here.ben.does(exporting.export))["coming"][0]["holds_next"] is True
    await forgets(here.ben)
    assert await here.following() == here.cem.id
    assert (await here.cem.does(exporting.export))["coming"] == []


async def test_a_swap_that_was_asked_for_goes_with_whoever_asked(home: Home) -> None:
    here: Garden = await made(home)
    mine = (await here.ben.does(rota.look, named=here.token)).mine
    assert mine is not None
    await here.ben.does(swap.ask, mine.calling, member=here.cem.id)
    assert [note.due.facts["kind"] for note in await here.cem.looks()] == ["swap.question"]
    await forgets(here.ben)
    assert [note.due.facts["kind"] for note in await here.cem.looks()] == []


@pytest.mark.parametrize("about", [False, True])
async def test_a_mark_goes_with_whoever_left_it_and_with_whom_it_is_about(home: Home, about: bool) -> None:
    here: Garden = await made(home)
    for who in (here.dua, here.cem):
        await who.does(rota.ask_for_another, here.token)
    await forgets(here.ben if about else here.dua)
    async with home.store.unit(home.id) as unit:
        assert len(await unit.all(Mark)) == (0 if about else 1)
        assert ("pass-over" in [due.deed for due in await unit.waiting.here()]) is not about
    await home.passes(3 * HOUR)
    assert await here.next_holder() == (here.cem if about else here.ben).id


async def test_nobody_reads_in_an_export_that_they_are_passed_over(home: Home) -> None:
    here: Garden = await made(home)
    for who in (here.dua, here.cem):
        await who.does(rota.ask_for_another, here.token)
    before = await here.ben.does(exporting.export)
    await home.passes(3 * HOUR)
    async with home.store.unit(home.id) as unit:
        circle = await unit.one(Circle, token=here.token)
        assert isinstance(circle, Circle)
        assert await mark.passed_over(unit, circle, circle.sessions_opened + 1)
    assert await here.ben.does(exporting.export) == before


async def test_answers_to_an_open_check_in_become_rather_not_say_and_no_export_has_them(home: Home) -> None:
    asking = await a_circle_of(home, 6)
    await asking.all_say_yes()
    await asking.opens()
    everyone = await asking.everyone()
    ben, others = asking.people[1], [one for one in asking.people if one is not asking.people[1]]
    before = await ben.does(exporting.export)
    await asking.taps(ben, Tap.NO, Tap.YES, Tap.PARTLY)
    assert await ben.does(exporting.export) == before
    assert await asking.tapped(everyone) == set(Tap)
    await forgets(ben)
    assert await asking.tapped(everyone) == {Tap.SKIP}
    for person in others:
        await asking.taps(person, *[Tap.YES] * len(CORE))
    assert kinds([*await asking.closes(), *await asking.passes(DAY)]) == ["checkin.result"]


async def test_whoever_was_asked_to_open_a_check_in_isn_t_known_as_such(home: Home) -> None:
    asking = await a_circle_of(home, 6)
    ben = await asking.ana.shares(asking.circle)
    await asking.falls_due()
    async with home.store.unit(home.id) as unit:
        known = {(await unit.people.meet(one.id)).id: one for one in (asking.ana, ben)}
        (row,) = [due for due in await unit.waiting.here() if due.facts.get("step") == "next"]
    (first,) = row.facts["asked"]
    await forgets(known[first])
    async with home.store.unit(home.id) as unit:
        (again,) = [due for due in await unit.waiting.here() if due.facts.get("step") == "next"]
    assert (again.facts, again.due_at) == ({**row.facts, "asked": []}, row.due_at)


async def test_a_buddy_who_has_not_read_with_whom_reads_that_none_came_about(garden: str, home: Home) -> None:
    ben, cem = await members(home, garden, 2)
    await drawn(home, garden, ben, cem)
    for person in (ben, cem):
        await person.does(buddy.answer, await question(person), yes=True)
    told = (await cem.does(exporting.export))["buddies"]
    assert [(one["asked_for_a_buddy"], one["is_asked_about_a_pair"]) for one in told] == [(False, False)]
    await forgets(cem)
    assert await notes(ben) == ["buddy.none"]
    assert (await ben.does(buddy.look, named="Garden")).stage is Stage.ASKED


async def test_a_pair_that_was_asked_ends_in_the_words_everybody_reads(garden: str, home: Home) -> None:
    ben, cem = await members(home, garden, 2)
    await drawn(home, garden, ben, cem)
    await ben.does(buddy.answer, await question(ben), yes=True)
    await forgets(cem)
    assert await notes(ben) == []  # as after a no: it is told only when the three days are over
    await home.passes(3 * DAY)
    assert await notes(ben) == ["buddy.none"]


async def test_a_never_list_goes_with_its_owner_and_nobody_stays_on_one_who_is_forgotten(
    garden: str, home: Home
) -> None:
    ben, cem, dan = await members(home, garden, 3)
    for owner, other in ((ben, cem), (cem, ben), (cem, dan)):
        await owner.does(buddy.never, garden, member=other.id, wanted=True)
    assert (await cem.does(exporting.export))["never"] == [{"circle": "Garden", "kept": True}]
    assert (await dan.does(exporting.export))["never"] == []
    await forgets(ben)
    async with home.store.unit(home.id) as unit:
        assert len(await unit.all(Never)) == 1
    assert (await cem.does(buddy.never_list, garden)).never == [dan.id]
    await forgets(cem)
    async with home.store.unit(home.id) as unit:
        assert (await unit.rows.execute(select(metadata.tables["never"]))).all() == []
        assert [due.deed for due in await unit.waiting.here()].count(LET_GO) == 0

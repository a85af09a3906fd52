"""Who left the server is looked for once a week, quietly, and forgotten a month after that was first seen."""

from dataclasses import replace
from datetime import timedelta

from bot.acts.privacy import forgetting, gone
from bot.acts.rupture import caring, flagging
from bot.practice.gone import AT_ONCE, FORGOTTEN_AFTER, LOOK_EVERY, NEXT_GO
from bot.store.rows import Person
from bot.store.waiting import Due

from .flags import harbour, told
from .people import Home, Someone


async def waiting(home: Home, deed: str) -> list[Due]:
    async with home.store.unit(home.id) as unit:
        return [due for due in await unit.waiting.here() if due.deed == deed]


async def look(home: Home, *away: Someone) -> list[int]:
    """One go, in which these are found to be gone; who was looked up."""
    (row,) = await waiting(home, gone.LOOK)
    missing = {person.id for person in away}
    async with home.store.reading(home.id) as unit:
        people = await gone.next_few(unit, row.token)
    async with home.store.unit(home.id) as unit:
        await gone.note_down(unit, row.token, {one: address not in missing for one, address in people.items()})
    return [address or 0 for address in people.values()]


async def meet(home: Home, count: int) -> list[Someone]:
    people = [home.person() for _ in range(count)]
    async with home.store.unit(home.id) as unit:
        await gone.begin(unit)
        for person in people:
            await unit.people.meet(person.id)
    return people


async def row_of(home: Home, person: Someone) -> Person:
    async with home.store.unit(home.id) as unit:
        found = await unit.people.find(person.id)
    assert found is not None
    return found


async def test_one_row_waits_in_a_server_however_often_it_is_begun(home: Home) -> None:
    for _ in range(3):
        await meet(home, 1)
    (row,) = await waiting(home, gone.LOOK)
    assert row.due_at == home.moments.now() + LOOK_EVERY


async def test_everybody_is_looked_up_once_a_few_at_a_time(home: Home) -> None:
    people = await meet(home, AT_ONCE + 3)
    first = await look(home)
    (row,) = await waiting(home, gone.LOOK)
    assert (len(first), row.due_at) == (AT_ONCE, home.moments.now() + NEXT_GO)
    second = await look(home)
    (row,) = await waiting(home, gone.LOOK)
    assert row.due_at == home.moments.now() + LOOK_EVERY
    assert sorted(first + second) == sorted(person.id for person in people)


async def test_a_look_that_was_carried_out_twice_leaves_one_row(home: Home) -> None:
    await meet(home, 1)
    (row,) = await waiting(home, gone.LOOK)
    for _ in range(2):
        async with home.store.unit(home.id) as unit:
            await gone.note_down(unit, row.token, {})
    assert len(await waiting(home, gone.LOOK)) == 1


async def test_who_is_gone_is_noted_once_and_forgotten_a_month_later(home: Home) -> None:
    ana, ben = await meet(home, 2)
    first_seen = home.moments.now()
    await look(home, ben)
    home.moments.advance(LOOK_EVERY.total_seconds())
    await look(home, ben)
    kept = await row_of(home, ben)
    assert kept.gone_since == first_seen
    assert (await row_of(home, ana)).gone_since is None
    (row,) = await waiting(home, forgetting.LET_GO)
    assert row.due_at is not None
    assert row.due_at - first_seen < FORGOTTEN_AFTER + timedelta(seconds=1)
    assert (row.facts, row.person_id) == ({"of": kept.id, "gone": True}, None)
    async with home.store.reading(home.id) as unit:
        assert await gone.to_look_up(unit, kept.id) is None  # it isn't time yet
    home.moments.advance((FORGOTTEN_AFTER - LOOK_EVERY).total_seconds())
    async with home.store.reading(home.id) as unit:
        assert await gone.to_look_up(unit, kept.id) == ben.id


async def test_who_is_found_again_isnt_gone(home: Home) -> None:
    (ana,) = await meet(home, 1)
    await look(home, ana)
    await look(home)
    kept = await row_of(home, ana)
    assert kept.gone_since is None
    home.moments.advance(FORGOTTEN_AFTER.total_seconds())
    async with home.store.reading(home.id) as unit:
        assert await gone.to_look_up(unit, kept.id) is None


async def test_a_press_in_the_server_shows_that_somebody_is_here_and_one_in_a_dm_does_not(home: Home) -> None:
    (ana,) = await meet(home, 1)
    await look(home, ana)
    await ana.does(gone.seen)
    assert (await row_of(home, ana)).gone_since is not None
    back = home.person(joined_at=home.moments.now())
    here = Someone(home, type(back.presser)(ana.id, joined_at=home.moments.now()))
    await here.does(gone.seen)
    assert (await row_of(home, ana)).gone_since is None


async def test_nobody_without_a_key_or_a_name_is_looked_up(home: Home) -> None:
    (ana,) = await meet(home, 1)
    async with home.store.unit(home.id) as unit:
        await unit.people.nobody()
        await unit.keyring.destroy((await unit.people.meet(ana.id)).id)
    assert await look(home) == [0]
    async with home.store.unit(home.id) as unit:
        await forgetting.finish(unit)
        assert await unit.people.find(ana.id) is None


async def test_what_lay_before_somebody_who_left_the_server_goes_on_and_its_writer_reads_no_reason(home: Home) -> None:
    ours = await harbour(home, facilitators=3)
    writer = ours.members[0]
    token, (first, backup, contact) = await ours.is_heard_of(writer)
    await first.does(caring.acknowledge, token, words="")
    await told(writer)
    async with home.store.unit(home.id) as unit:
        await gone.begin(unit)
    await look(home, first, backup)
    await home.carry_out()
    assert [await ours.sees(person) for person in (first, backup, contact)] == [[], [], [token]]
    assert await told(writer) == ["rupture.passed"]
    assert "rupture.care" in await told(contact)
    home.moments.advance(LOOK_EVERY.total_seconds())
    await look(home, first, backup)  # the next week's look finds the same
    await home.carry_out()
    assert "rupture.passed" not in await told(writer)


async def test_a_preview_names_nobody_who_has_left_the_server(home: Home) -> None:
    ours = await harbour(home, facilitators=2)
    async with home.store.unit(home.id) as unit:
        await gone.begin(unit)
    before = await ours.drafts(ours.members[0])
    assert before.reaches[0].person in {person.id for person in ours.facilitators}
    away = ours.whose(before.reaches[0].person)
    await look(home, away)
    anew = await ours.members[0].does(flagging.choose, before.token, named=True)
    assert anew.renewed
    assert away.id not in [reach.person for reach in anew.reaches]
    async with home.store.unit(home.id) as unit:
        await gone.seen(unit, replace(away.presser, joined_at=home.moments.now()))
    assert len((await ours.drafts(ours.members[1])).reaches) == len(before.reaches)

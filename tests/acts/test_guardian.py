"""Whoever guarded a session that was held is offered the next one."""

from bot.acts import calling, circle, guardian, holding, rota

from .people import Evening, Home, Someone, begun, refused


async def held(home: Home) -> tuple[Evening, Someone]:
    """A session that was held to its end, and who guarded it."""
    evening = await begun(home)
    keeper = evening.others[1]
    await keeper.does(holding.guard, evening.token, wanted=True)
    while not any(one.due.facts.get("kind") == "session.closed" for one in await evening.goes_on()):
        pass
    return evening, keeper


async def kinds(who: Someone) -> list[str]:
    return [str(note.due.facts["kind"]) for note in await who.looks()]


async def test_they_alone_are_offered_it_and_with_a_yes_they_come_before_all_others(home: Home) -> None:
    evening, keeper = await held(home)
    other = evening.others[0]
    await other.does(rota.set_willing, evening.circle, willing=True)
    assert await kinds(other) == []
    assert await kinds(keeper) == ["rota.guarded"]
    assert (await keeper.does(guardian.answer, evening.circle, yes=True)).mine
    assert await kinds(keeper) == []
    async with home.store.unit(home.id) as unit:
        assert await rota.next_holder(unit, await circle.by_token(unit, evening.circle))
        found = await calling.known(unit, await circle.by_token(unit, evening.circle))
    assert found
    await keeper.does(calling.decline, found.token)
    assert (await other.does(rota.look, named=evening.circle)).mine


async def test_a_no_changes_nothing_and_a_second_yes_jumps_no_line(home: Home) -> None:
    evening, keeper = await held(home)
    other = evening.others[0]
    await other.does(rota.set_willing, evening.circle, willing=True)
    assert not (await keeper.does(guardian.answer, evening.circle, yes=False)).willing
    assert await kinds(keeper) == []
    assert (await keeper.does(guardian.answer, evening.circle, yes=True)).mine is None
    assert (await other.does(rota.look, named=evening.circle)).mine
    with refused("circle.members_only"):
        await home.person().does(guardian.answer, evening.circle, yes=True)


async def test_who_is_willing_already_is_not_asked(home: Home) -> None:
    evening = await begun(home)
    keeper = evening.others[0]
    await keeper.does(rota.set_willing, evening.circle, willing=True)
    await keeper.does(holding.guard, evening.token, wanted=True)
    while not any(one.due.facts.get("kind") == "session.closed" for one in await evening.goes_on()):
        pass
    assert await kinds(keeper) == []

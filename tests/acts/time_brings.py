"""What time brings, carried out as the cogs do it."""

from bot.acts import away, calling, holding, rota, schedule, wave
from bot.store.unit import Store
from bot.store.waiting import Due


async def bring(store: Store, row: Due, gone: set[int]) -> None:
    """What a cog does with a row that waited for its time; who is `gone` (Discord ids) has left the server."""
    if row.deed == "calling":
        await _call(store, row, gone)
    elif row.deed == "checkin" and row.facts["step"] == "scrub":
        assert await store.scrub(str(row.facts["wave"]))
    else:
        async with store.unit(row.server_id) as unit:
            match row.deed:
                case "moment":
                    await holding.meet_moment(unit, str(row.facts["session"]))
                case "schedule":
                    await schedule.meet_moment(unit, str(row.facts["circle"]))
                case "pass-over":
                    await rota.pass_over(unit, str(row.facts["circle"]), str(row.facts["about"]))
                case "checkin":
                    await wave.meet(unit, row)


async def _call(store: Store, row: Due, gone: set[int]) -> None:
    """Whoever is about to be reached is looked up first."""
    circle_id = str(row.facts["circle"])
    while True:
        async with store.unit(row.server_id) as unit:
            member = await calling.whom_to_reach(unit, circle_id)
            if member not in gone:
                return await calling.meet(unit, circle_id)
        async with store.unit(row.server_id) as unit:
            assert member
            await away.note_gone(unit, member)

"""The moments of a calling, carried out as the cog does it."""

from bot.acts import away, calling, rota
from bot.store.unit import Store
from bot.store.waiting import Due


async def carry_call(store: Store, row: Due, gone: set[int]) -> None:
    """What the cog does with such a row: whoever is about to be reached is looked up; who is `gone` left the server."""
    circle_id = str(row.facts.get("circle"))
    if row.deed == "pass-over":
        async with store.unit(row.server_id) as unit:
            await rota.pass_over(unit, circle_id, str(row.facts["about"]))
    while row.deed == "calling":
        async with store.unit(row.server_id) as unit:
            member = await calling.whom_to_reach(unit, circle_id)
            if member not in gone:
                return await calling.meet(unit, circle_id)
        async with store.unit(row.server_id) as unit:
            assert member
            await away.note_gone(unit, member)

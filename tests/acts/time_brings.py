"""What time brings, and reaching one person, carried out as the cogs do it."""

from collections.abc import Set

from bot.acts import away, calling, debrief, due, holding, pairing, rota, schedule, wave
from bot.acts.due import Errand
from bot.acts.rupture import caring, passing, talking
from bot.store.unit import Store, Unit
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
                case "debrief":
                    await debrief.meet_moment(unit, str(row.facts["plan"]))
                case "pass-over":
                    await rota.pass_over(unit, row.token, str(row.facts["circle"]), str(row.facts["about"]))
                case "checkin":
                    await wave.meet(unit, row)
                case "flag_moment":
                    await passing.meet(unit, row.token)
                case passing.STANDS_DOWN:
                    await passing.move_on(unit, row.token)
                case caring.PLAN:
                    await caring.remind_of_plan(unit, row.token)
                case talking.TALK:
                    await talking.lapse(unit, row.token)
                case "draw":
                    await pairing.draw_pairs(unit, str(row.facts["circle"]), row.token)
                case "apart":
                    await pairing.lapse(unit, str(row.facts["pair"]))
                case "nudge":
                    await pairing.nudge(unit, str(row.facts["pair"]), row.token, final=bool(row.facts["final"]))


async def reach(unit: Unit, errand: Errand, takes_no_dms: Set[int]) -> None:
    """Let a note rest with its person, who may have closed their DMs, or want no DM now."""
    shut = errand.people.get(errand.due.person_id or "") in takes_no_dms
    if errand.reader_takes_dms and errand.quiet_until:
        await due.let_sleep(unit, errand)
        return
    if errand.reader_takes_dms and shut:
        await passing.unreachable(unit, errand.due.token)
    await due.rest(unit, errand.due.token, knocked=errand.reader_takes_dms and not shut)


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

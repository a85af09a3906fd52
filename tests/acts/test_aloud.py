"""What is read as a gathering begins."""

from bot.acts import circle, debrief, session
from bot.practice.debrief import Debrief

from .doing import kind_of
from .people import Evening, Home, Someone


async def comes_together(evening: Evening) -> None:
    """Everybody comes into what was opened last, and it is begun."""
    invited = [errand for errand in await evening.shows() if kind_of(errand).endswith(".invitation")]
    evening.token = str(invited[-1].due.facts["token"])
    for person in evening.people:
        await person.does(session.come_in, evening.token, listening=False)
    await evening.holder.does(session.begin, evening.token)
    await evening.shows()


async def says_farewell(home: Home, circle_token: str, person: Someone) -> None:
    async with home.store.unit(home.id) as unit:
        here = await circle.by_token(unit, circle_token)
        here.farewell_id = (await unit.people.meet(person.id)).id


async def test_a_debrief_leaves_what_a_circle_reads_as_it_meets_to_the_next_session(home: Home) -> None:
    await home.is_set_up()
    ana = home.facilitator()
    garden = await ana.makes_circle()
    evening = Evening(ana, [await home.person().joins(garden) for _ in range(2)], garden)
    await says_farewell(home, garden, evening.others[0])
    await ana.does(debrief.open_now, named=garden, kind=Debrief.HOT)
    await comes_together(evening)
    assert evening.turns[-1].due.facts["farewell"] is None
    assert evening.turns[-1].due.facts["prompt"] == "hot.body hot.now"
    await ana.does(session.close, evening.token)
    await evening.shows()
    await ana.does(session.open_session, named=garden)
    await comes_together(evening)
    farewell = evening.turns[-1].due.facts["farewell"]
    assert farewell
    assert evening.turns[-1].people[farewell] == evening.others[0].id

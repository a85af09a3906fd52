"""Arriving at a session, before anybody is added to its thread."""

import pytest

from bot.acts import arrival, door, session
from bot.acts.door import Threshold
from bot.acts.session import Arrival
from bot.practice.door import Door

from .people import Home, gathered, refused


async def test_arriving_tells_who_is_here_and_adds_nobody(home: Home) -> None:
    evening = await gathered(home, speakers=2, listeners=1)
    ana, (ben, cem) = evening.holder, evening.others
    dua = await home.person().joins(evening.circle)
    told = await dua.does(arrival.arrive, evening.token, listening=False)
    assert isinstance(told, Arrival)
    assert told == Arrival(
        evening.token, home.channel, evening.thread, told.speaking, [cem.id], False, [], None, False, evening.circle
    )
    assert sorted(told.speaking) == sorted([ana.id, ben.id])
    assert await home.carry_out() == []
    assert dua.id not in (await ana.does(session.look, evening.token)).speaking


@pytest.mark.parametrize("how", [Door.OPEN, Door.ASK, Door.CLOSED])
async def test_somebody_who_is_no_member_stands_at_the_door_first(home: Home, how: Door) -> None:
    evening = await gathered(home)
    await evening.holder.does(door.set_door, named=None, door=how)
    stranger = home.person()
    with refused("session.members_only"):
        await stranger.does(session.come_in, evening.token, listening=False)
    if how is Door.CLOSED:
        with refused("door.closed"):
            await stranger.does(arrival.arrive, evening.token, listening=False)
        return
    told = await stranger.does(arrival.arrive, evening.token, listening=False)
    assert told == Threshold(evening.circle, "Garden", how, home.channel)
    notes = [errand for errand in await home.carry_out() if errand.due.facts["kind"] == "door.request"]
    assert len(notes) == (how is Door.ASK)  # with the door open nothing is done before the privacy lines were read

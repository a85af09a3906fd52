"""Stepping back: one press, no reason, and a circle that nobody facilitates looks for somebody."""

import pytest

from bot.acts import circle, door, facilitator, handover, server, session
from bot.practice.consent import Offer
from bot.practice.door import Answer, Door

from .people import Home, Someone, gathered, refused


@pytest.fixture
async def ana(home: Home) -> Someone:
    """Who facilitates."""
    await home.is_set_up()
    return home.facilitator()


@pytest.fixture
async def garden(ana: Someone) -> str:
    """A circle of Ana's with an open door."""
    return await ana.makes_circle()


async def kinds(who: Someone) -> list[str]:
    return [note.due.facts["kind"] for note in await who.looks()]


async def offer_for(who: Someone) -> str:
    (note,) = [note for note in await who.looks() if note.due.facts["kind"] == "offer.facilitator"]
    return str(note.due.facts["offer"])


async def posts(home: Home) -> list[str]:
    return [errand.due.facts["kind"] for errand in await home.carry_out() if errand.due.deed == "post"]


async def farewell(home: Home, garden: str) -> int | None:
    async with home.store.unit(home.id) as unit:
        person = await circle.take_farewell(unit, await circle.by_token(unit, garden))
        return await unit.people.address(person) if person else None


async def test_it_takes_effect_with_one_press_and_no_name_is_announced(ana: Someone, garden: str, home: Home) -> None:
    ben = await ana.shares(garden)
    await home.carry_out()
    meant = await ana.does(handover.before, named="Garden")
    assert (meant.alone, meant.looking) == (False, True)
    assert (await ana.does(circle.show, named="Garden")).facilitators == [ana.id, ben.id]
    assert await ana.does(handover.step_back, garden, farewell=False) == meant
    assert (await ana.does(circle.show, named="Garden")).facilitators == [ben.id]
    with refused("circle.facilitators_only"):
        await ana.does(session.open_session, named="Garden")
    (line,) = await home.carry_out()
    assert (line.due.facts["kind"], line.people) == ("circle.changed_facilitators", {})
    assert await kinds(ben) == []
    assert await farewell(home, garden) is None


async def test_a_farewell_is_said_once_and_only_of_somebody_who_is_still_there(
    ana: Someone, garden: str, home: Home
) -> None:
    ben = await ana.shares(garden)
    await ana.does(handover.step_back, garden, farewell=True)
    assert await farewell(home, garden) == ana.id
    assert await farewell(home, garden) is None
    cem = await ben.shares(garden)
    await ben.does(handover.step_back, garden, farewell=True)
    await ben.does(door.leave, token=garden)
    assert await farewell(home, garden) is None
    assert (await cem.does(circle.show, named="Garden")).facilitators == [cem.id]


async def test_only_who_facilitates_steps_back_and_not_while_they_hold(home: Home) -> None:
    evening = await gathered(home)
    with refused("circle.facilitators_only"):
        await evening.others[0].does(handover.before, named=evening.circle)
    with refused("handover.holding_now"):
        await evening.holder.does(handover.before, named=evening.circle)
    with refused("handover.holding_now"):
        await evening.holder.does(handover.step_back, evening.circle, farewell=True)
    await evening.holder.does(session.close, evening.token)
    await evening.holder.does(handover.step_back, evening.circle, farewell=True)


async def test_when_nobody_is_left_every_other_member_is_asked_in_private(
    ana: Someone, garden: str, home: Home
) -> None:
    ben, cem = [await home.person().joins(garden) for _ in range(2)]
    meant = await ana.does(handover.step_back, garden, farewell=False)
    assert (meant.alone, meant.looking) == (True, True)
    assert await people_in_the_line(home) == [{}]
    assert await kinds(ana) == []
    for member in (ben, cem):
        assert await kinds(member) == ["offer.facilitator"]
    assert (await ben.does(circle.show, named="Garden")).looks_for_somebody


async def people_in_the_line(home: Home) -> list[dict[str, int]]:
    """Who is named in what the channel gets."""
    carried = await home.carry_out()
    return [errand.people for errand in carried if errand.due.facts["kind"] == "handover.looking"]


async def test_one_yes_withdraws_what_all_were_asked_but_not_what_somebody_asked_by_name(
    ana: Someone, garden: str, home: Home
) -> None:
    ben, cem, dua = [await home.person().joins(garden) for _ in range(3)]
    await ana.does(facilitator.ask, garden, member=dua.id)
    await ana.does(handover.step_back, garden, farewell=False)
    late = await offer_for(cem)
    await ben.does(facilitator.answer, await offer_for(ben), yes=True)
    assert await kinds(cem) == []
    with refused("offer.gone"):
        await cem.does(facilitator.answer, late, yes=True)
    await dua.does(facilitator.answer, await offer_for(dua), yes=True)
    assert sorted((await ana.does(circle.show, named="Garden")).facilitators) == sorted([ben.id, dua.id])
    async with home.store.unit(home.id) as unit:
        assert await unit.all(Offer) == []


async def test_asking_somebody_by_name_keeps_their_question_from_being_withdrawn(
    ana: Someone, garden: str, home: Home
) -> None:
    ben, cem = [await home.person().joins(garden) for _ in range(2)]
    await ana.does(handover.step_back, garden, farewell=False)
    await ben.does(facilitator.answer, await offer_for(ben), yes=True)
    await ben.does(facilitator.ask, garden, member=cem.id)
    await ben.does(handover.step_back, garden, farewell=False)
    await ana.does(facilitator.answer, await offer_for(ana), yes=True)
    assert await kinds(cem) == ["offer.facilitator"]


async def test_of_two_who_say_yes_at_once_one_is_in_time(ana: Someone, garden: str, home: Home) -> None:
    ben, cem = [await home.person().joins(garden) for _ in range(2)]
    await ana.does(handover.step_back, garden, farewell=False)
    offers = [(who, await offer_for(who)) for who in (ben, cem)]
    met = await home.at_once(*(who.does(facilitator.answer, token, yes=True) for who, token in offers))
    assert sorted(map(str, met)) == ["Garden", "offer.gone"]


async def test_whoever_asks_to_join_waits_for_whoever_says_yes(ana: Someone, garden: str, home: Home) -> None:
    ben, asker = await home.person().joins(garden), home.person()
    await ana.does(door.set_door, named="Garden", door=Door.ASK)
    await ana.does(handover.step_back, garden, farewell=False)
    assert not (await asker.does(door.ask, garden)).facilitated
    with refused("door.asked_nobody_yet"):
        await asker.does(door.ask, garden)
    await ben.does(facilitator.answer, await offer_for(ben), yes=True)
    (note,) = await ben.looks()
    await ben.does(door.decide, str(note.due.facts["request"]), answer=Answer.LET_IN)
    assert await kinds(asker) == ["door.let_in"]


async def test_a_care_contact_is_not_asked(ana: Someone, garden: str, home: Home) -> None:
    ben = await home.person().joins(garden)
    admin = home.person(administers=True)
    await admin.does(server.set_up, facilitators=None, zone=None, language=None, care_contact=ben.id)
    question = next(one for one in await home.carry_out() if one.due.facts["kind"] == "server.care_question")
    await ben.does(server.answer_care, str(question.due.facts["token"]), yes=True, facilitates=False)
    await home.carry_out()
    meant = await ana.does(handover.step_back, garden, farewell=False)
    assert (meant.alone, meant.looking) == (True, False)
    assert await posts(home) == []
    assert await kinds(ben) == []
    with refused("facilitator.is_care_contact"):
        await ben.does(handover.take_on, garden)


async def test_a_circle_that_nobody_facilitates_can_be_taken_on_by_a_member(
    ana: Someone, garden: str, home: Home
) -> None:
    ben = await home.person().joins(garden)
    with refused("handover.somebody_does"):
        await ben.does(handover.take_on, garden)
    await ana.does(handover.step_back, garden, farewell=False)
    await ben.does(facilitator.answer, await offer_for(ben), yes=False)
    await ben.does(handover.take_on, garden)
    await ben.does(handover.take_on, garden)
    await ben.does(facilitator.answer, await offer_for(ben), yes=True)
    assert (await ben.does(circle.show, named="Garden")).facilitators == [ben.id]
    with refused("circle.members_only"):
        await home.person().does(handover.take_on, garden)

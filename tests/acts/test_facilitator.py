"""Who facilitates was asked, and said yes."""

import pytest

from bot.acts import door, facilitator, inbox, server
from bot.practice.consent import Offer
from bot.practice.door import Door

from .people import Home, Someone, refused


@pytest.fixture
async def ana(home: Home) -> Someone:
    """Who facilitates."""
    await home.is_set_up()
    return home.facilitator()


@pytest.fixture
async def garden(ana: Someone) -> str:
    """A circle of Ana's with an open door."""
    return await ana.makes_circle()


async def offer_to(ben: Someone, ana: Someone, garden: str) -> str:
    """Ana asks Ben, who is a member, and Ben looks: the token of the question."""
    await ana.does(facilitator.ask, garden, member=ben.id)
    (note,) = await ben.looks()
    assert (note.due.facts["kind"], note.circle_name) == ("offer.facilitator", "Garden")
    return str(note.due.facts["offer"])


async def facilitators(ana: Someone) -> list[int]:
    return sorted((await ana.does(door.roll, named="Garden")).facilitators)


async def test_it_takes_effect_only_with_their_own_yes(ana: Someone, garden: str, home: Home) -> None:
    ben = await home.person().joins(garden)
    token = await offer_to(ben, ana, garden)
    assert await facilitators(ana) == [ana.id]
    with refused("circle.facilitators_only"):
        await ben.does(door.set_door, named="Garden", door=Door.CLOSED)
    assert await ben.does(facilitator.answer, token, yes=True) == "Garden"
    assert await facilitators(ben) == [ana.id, ben.id]
    assert await ben.looks() == []


async def test_a_no_is_kept_nowhere_and_they_may_be_asked_again(ana: Someone, garden: str, home: Home) -> None:
    ben = await home.person().joins(garden)
    await ben.does(facilitator.answer, await offer_to(ben, ana, garden), yes=False)
    assert await facilitators(ana) == [ana.id]
    assert await ana.looks() == []
    async with home.store.unit(home.id) as unit:
        assert await unit.all(Offer) == await unit.waiting.of_person((await unit.people.meet(ben.id)).id) == []
    await ben.does(facilitator.answer, await offer_to(ben, ana, garden), yes=True)
    assert await facilitators(ana) == [ana.id, ben.id]


@pytest.mark.parametrize("yes", [True, False])
async def test_the_first_answer_stands(ana: Someone, garden: str, home: Home, yes: bool) -> None:
    ben = await home.person().joins(garden)
    token = await offer_to(ben, ana, garden)
    await ben.does(facilitator.answer, token, yes=yes)
    with refused("offer.gone"):
        await ben.does(facilitator.answer, token, yes=not yes)
    assert (ben.id in await facilitators(ana)) == yes


async def test_nobody_answers_for_another(ana: Someone, garden: str, home: Home, elsewhere: Home) -> None:
    ben = await home.person().joins(garden)
    token = await offer_to(ben, ana, garden)
    for somebody_else in (ana, home.person()):
        with refused("offer.not_for_you"):
            await somebody_else.does(facilitator.answer, token, yes=True)
    for person, of in ((ben.in_(elsewhere), token), (ben, "no such token")):
        with refused("offer.gone"):
            await person.does(facilitator.answer, of, yes=True)
    assert await facilitators(ana) == [ana.id]


async def test_only_facilitators_ask_and_only_members_are_asked(ana: Someone, garden: str, home: Home) -> None:
    ben, stranger = await home.person().joins(garden), home.person()
    with refused("circle.facilitators_only"):
        await ben.does(facilitator.ask, garden, member=ben.id)
    with refused("circle.members_only"):
        await stranger.does(facilitator.ask, garden, member=ben.id)
    for nobody in (stranger.id, 1):
        with refused("facilitator.not_a_member"):
            await ana.does(facilitator.ask, garden, member=nobody)
    with refused("facilitator.already"):
        await ana.does(facilitator.ask, garden, member=ana.id)
    await ana.does(facilitator.ask, garden, member=ben.id)
    await ana.does(facilitator.ask, garden, member=ben.id)
    assert len(await ben.looks()) == 1  # asking twice is answered alike and asks once


async def test_a_circle_of_another_server_asks_nobody(ana: Someone, garden: str, elsewhere: Home) -> None:
    with refused("circle.gone"):
        await ana.in_(elsewhere).does(facilitator.ask, garden, member=ana.id)


async def test_a_care_contact_is_not_asked_and_can_not_say_yes(ana: Someone, garden: str, home: Home) -> None:
    admin = home.person(administers=True)
    ben, cem = [await home.person().joins(garden) for _ in range(2)]
    early = await offer_to(cem, ana, garden)
    for who in (ben, cem):
        await admin.does(server.set_up, facilitators=None, zone=None, language=None, care_contact=who.id)
        question = (await home.carry_out())[-1]
        await who.does(server.answer_care, str(question.due.facts["token"]), yes=True, facilitates=False)
    with refused("facilitator.is_care_contact"):
        await ana.does(facilitator.ask, garden, member=ben.id)
    with refused("facilitator.is_care_contact"):
        await cem.does(facilitator.answer, early, yes=True)
    await cem.does(facilitator.answer, early, yes=False)
    assert await facilitators(ana) == [ana.id]


async def test_who_left_meanwhile_does_not_facilitate(ana: Someone, garden: str, home: Home) -> None:
    ben = await home.person().joins(garden)
    token = await offer_to(ben, ana, garden)
    await ben.does(door.leave, token=garden)
    with refused("offer.gone"):
        await ben.does(facilitator.answer, token, yes=True)
    assert await facilitators(ana) == [ana.id]


async def test_who_left_and_came_back_can_be_asked_again(ana: Someone, garden: str, home: Home) -> None:
    ben = await home.person().joins(garden)
    await offer_to(ben, ana, garden)
    await ben.does(door.leave, token=garden)
    await ben.joins(garden)
    await ben.does(facilitator.answer, await offer_to(ben, ana, garden), yes=True)
    assert ben.id in await facilitators(ana)


async def test_a_yes_to_facilitating_is_no_yes_to_being_a_care_contact(ana: Someone, garden: str, home: Home) -> None:
    ben = await home.person().joins(garden)
    token = await offer_to(ben, ana, garden)
    with refused("offer.gone"):
        await ben.does(server.answer_care, token, yes=True, facilitates=False)


@pytest.mark.parametrize(("before", "said"), [(False, True), (False, False), (True, False)])
async def test_dms_are_as_was_said_last(ana: Someone, garden: str, home: Home, before: bool, said: bool) -> None:
    ben = await home.person().joins(garden)
    await ben.does(inbox.set_dms, wanted=before)
    await ben.does(facilitator.answer, await offer_to(ben, ana, garden), yes=True, dms=said)
    async with home.store.unit(home.id) as unit:
        assert (await unit.people.meet(ben.id)).dms is said


async def test_of_two_who_ask_the_same_person_at_once_one_asks(ana: Someone, garden: str, home: Home) -> None:
    ben = await home.person().joins(garden)
    met = await home.at_once(*(ana.does(facilitator.ask, garden, member=ben.id) for _ in range(3)))
    assert met == [None] * 3
    assert len(await ben.looks()) == 1


async def test_of_answers_at_once_one_counts(ana: Someone, garden: str, home: Home) -> None:
    ben = await home.person().joins(garden)
    token = await offer_to(ben, ana, garden)
    met = await home.at_once(*(ben.does(facilitator.answer, token, yes=yes) for yes in (True, False)))
    assert sorted(map(str, met)) == ["Garden", "offer.gone"]
    assert (ben.id in await facilitators(ana)) == (met[0] == "Garden")

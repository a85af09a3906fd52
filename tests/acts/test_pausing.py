"""Pausing a member: two people decide it, and only the person concerned is told."""

from dataclasses import dataclass

import pytest

from bot.acts import arrival, circle, door, due, facilitator, handover, pausing, server, session
from bot.practice.circle import Membership
from bot.practice.door import Door
from bot.practice.pausing import LASTS, KeptPause, Way

from .people import Home, Someone, gathered, refused


@dataclass
class Harbour:
    """Ana and Ben facilitate; Cem and Dua are members; Eda is a care contact."""

    home: Home
    token: str
    ana: Someone
    ben: Someone
    cem: Someone
    dua: Someone
    eda: Someone

    async def asks(self, first: Someone, concerned: Someone, way: Way = Way.FACILITATORS) -> None:
        choice = await first.does(pausing.choose, self.token, member=concerned.id)
        assert way in choice.ways
        await first.does(pausing.ask, choice.token, way=way)

    async def paused(self, concerned: Someone) -> bool:
        async with self.home.store.unit(self.home.id) as unit:
            person = await unit.people.meet(concerned.id)
            (membership,) = await unit.all(Membership, person_id=person.id)
            return bool(membership.paused)

    async def pauses(self, concerned: Someone) -> None:
        await self.asks(self.ana, concerned, Way.CARE)
        await self.eda.does(pausing.answer, await question_for(self.eda), yes=True)
        await kinds(concerned)
        await kinds(self.ana)


async def care_contact(home: Home, who: Someone) -> Someone:
    await home.person(administers=True).does(
        server.set_up, facilitators=None, zone=None, language=None, care_contact=who.id
    )
    asked = next(one for one in await home.carry_out() if one.due.facts["kind"] == "server.care_question")
    await who.does(server.answer_care, str(asked.due.facts["token"]), yes=True, facilitates=False)
    await home.carry_out()
    return who


async def kinds(who: Someone) -> list[str]:
    """Everything that waits for somebody, wherever they could find it."""
    shown = [note.due.facts["kind"] for note in await who.looks()]
    assert not await who.does(due.anything_waits)
    return shown


async def question_for(who: Someone) -> str:
    (note,) = [note for note in await who.looks() if note.due.facts["kind"] == pausing.QUESTION]
    return str(note.due.facts["question"])


@pytest.fixture
async def harbour(home: Home) -> Harbour:
    await home.is_set_up()
    ana = home.facilitator()
    token = await ana.makes_circle()
    ben = await ana.shares(token)
    cem, dua = [await home.person().joins(token) for _ in range(2)]
    return Harbour(home, token, ana, ben, cem, dua, await care_contact(home, home.person()))


@pytest.mark.parametrize("way", list(Way))
async def test_the_second_yes_pauses_and_only_the_person_and_the_first_are_told(harbour: Harbour, way: Way) -> None:
    second, other = (harbour.ben, harbour.eda) if way is Way.FACILITATORS else (harbour.eda, harbour.ben)
    await harbour.asks(harbour.ana, harbour.cem, way)
    assert await kinds(other) == []
    assert not await harbour.paused(harbour.cem)
    await second.does(pausing.answer, await question_for(second), yes=True)
    assert await harbour.paused(harbour.cem)
    assert await kinds(harbour.cem) == ["pausing.paused"]
    assert await kinds(harbour.ana) == ["pausing.seconded"]
    for somebody in (harbour.ben, harbour.dua, harbour.eda):
        assert await kinds(somebody) == []
    assert [errand for errand in await harbour.home.carry_out() if errand.due.deed == "post"] == []


async def test_the_person_concerned_finds_nothing_anywhere(harbour: Harbour) -> None:
    await harbour.asks(harbour.ana, harbour.ben, Way.CARE)
    choice = await harbour.ana.does(pausing.choose, harbour.token, member=harbour.ben.id)
    assert choice.ways == [Way.CARE]
    with refused("pausing.nobody_to_ask"):  # there is no facilitator besides the two
        await harbour.ana.does(pausing.ask, choice.token, way=Way.FACILITATORS)
    question = await question_for(harbour.eda)
    assert await kinds(harbour.ben) == []
    for yes in (True, False):
        with refused("pausing.gone"):
            await harbour.ben.does(pausing.answer, question, yes=yes)
        with refused("pausing.gone"):
            await harbour.ben.does(pausing.answer, "no such question", yes=yes)
    roll = await harbour.ben.does(door.roll, named=harbour.token)
    assert (roll.paused, roll.requests) == ([], [])
    assert await harbour.ben.does(circle.show, named=harbour.token) == await harbour.ana.does(
        circle.show, named=harbour.token
    )


async def test_the_first_can_not_be_the_second(harbour: Harbour) -> None:
    await harbour.asks(harbour.ana, harbour.cem)
    question = await question_for(harbour.ben)
    for somebody in (harbour.ana, harbour.dua, harbour.cem, harbour.home.person(), harbour.eda):
        with refused("pausing.gone"):
            await somebody.does(pausing.answer, question, yes=True)
    assert not await harbour.paused(harbour.cem)


async def test_a_no_ends_it_for_everybody_and_nobody_learns_whose_it_was(harbour: Harbour) -> None:
    fay = await harbour.ana.shares(harbour.token)
    await harbour.asks(harbour.ana, harbour.cem)
    question = await question_for(fay)
    await harbour.ben.does(pausing.answer, await question_for(harbour.ben), yes=False)
    (told,) = await harbour.ana.looks()
    assert told.due.facts["kind"] == "pausing.not_seconded"
    assert set(told.people.values()) == {harbour.cem.id, harbour.ana.id}
    assert await kinds(fay) == await kinds(harbour.cem) == []
    with refused("pausing.gone"):
        await fay.does(pausing.answer, question, yes=True)
    assert not await harbour.paused(harbour.cem)


async def test_of_answers_at_once_one_counts(harbour: Harbour) -> None:
    fay = await harbour.ana.shares(harbour.token)
    await harbour.asks(harbour.ana, harbour.cem)
    question = await question_for(fay)
    met = await harbour.home.at_once(
        harbour.ben.does(pausing.answer, question, yes=True), fay.does(pausing.answer, question, yes=False)
    )
    assert sorted(map(str, met)) == ["None", "pausing.gone"]
    assert await harbour.paused(harbour.cem) == (met[0] is None)


async def test_without_an_answer_it_goes_after_seven_days_with_every_trace(harbour: Harbour) -> None:
    await harbour.asks(harbour.ana, harbour.cem)
    question = await question_for(harbour.ben)
    harbour.home.moments.advance(LASTS.total_seconds() - 60)
    assert not any(errand.due.deed == "lapse" for errand in await harbour.home.carry_out())
    harbour.home.moments.advance(120)
    async with harbour.home.store.unit(0) as unit:
        (lapsed,) = [row for row in await due.waiting_now(unit) if row.deed == "lapse"]
    async with harbour.home.store.unit(harbour.home.id) as unit:
        await pausing.lapse(unit, lapsed.token)
    assert lapsed.token == question
    assert await kinds(harbour.ben) == await kinds(harbour.cem) == []
    assert await kinds(harbour.ana) == ["pausing.not_seconded"]
    with refused("pausing.gone"):
        await harbour.ben.does(pausing.answer, question, yes=True)


async def test_asking_twice_leaves_one_question(harbour: Harbour) -> None:
    for _ in range(2):
        await harbour.asks(harbour.ana, harbour.cem)
    await harbour.ben.does(pausing.answer, await question_for(harbour.ben), yes=False)
    assert await kinds(harbour.ben) == []
    harbour.home.moments.advance(2 * LASTS.total_seconds())
    assert not any(errand.due.deed == "lapse" for errand in await harbour.home.carry_out())


async def test_with_nobody_to_ask_no_way_is_offered(home: Home) -> None:
    await home.is_set_up()
    ana = home.facilitator()
    token = await ana.makes_circle()
    ben = await home.person().joins(token)
    assert (await ana.does(pausing.choose, token, member=ben.id)).ways == []
    await care_contact(home, ben)  # the person concerned is no help in this
    choice = await ana.does(pausing.choose, token, member=ben.id)
    assert choice.ways == []
    for way in Way:
        with refused("pausing.nobody_to_ask"):
            await ana.does(pausing.ask, choice.token, way=way)


async def test_only_facilitators_begin_it_and_never_about_themselves(harbour: Harbour, elsewhere: Home) -> None:
    with refused("circle.facilitators_only"):
        await harbour.dua.does(pausing.choose, harbour.token, member=harbour.cem.id)
    with refused("pausing.oneself"):
        await harbour.ana.does(pausing.choose, harbour.token, member=harbour.ana.id)
    with refused("facilitator.not_a_member"):
        await harbour.ana.does(pausing.choose, harbour.token, member=harbour.eda.id)
    choice = await harbour.ana.does(pausing.choose, harbour.token, member=harbour.cem.id)
    with refused("circle.facilitators_only"):
        await harbour.dua.does(pausing.ask, choice.token, way=Way.CARE)
    with refused("pausing.gone"):
        await harbour.ana.in_(elsewhere).does(pausing.ask, choice.token, way=Way.CARE)


async def test_a_yes_counts_only_while_both_still_may(harbour: Harbour) -> None:
    await harbour.asks(harbour.ana, harbour.cem)
    question = await question_for(harbour.ben)
    await harbour.ana.does(handover.step_back, harbour.token, farewell=False)
    with refused("pausing.gone"):
        await harbour.ben.does(pausing.answer, question, yes=True)


async def test_who_is_paused_can_not_come_in_until_one_facilitator_ends_it(harbour: Harbour) -> None:
    await harbour.pauses(harbour.cem)
    await harbour.ben.does(session.open_session, named=harbour.token)
    invitation = (await harbour.home.carry_out())[-1]
    token = str(invitation.due.facts["token"])
    with refused("session.paused"):
        await harbour.cem.does(arrival.arrive, token, listening=True)
    with refused("session.paused"):
        await harbour.cem.does(session.come_in, token, listening=False)
    assert (await harbour.ben.does(pausing.choose, harbour.token, member=harbour.cem.id)).ended
    assert await kinds(harbour.cem) == ["pausing.ended"]
    await harbour.cem.does(session.come_in, token, listening=False)


async def test_who_is_in_the_session_stays_in_it(home: Home) -> None:
    evening = await gathered(home)
    ben = evening.others[0]
    eda = await care_contact(home, home.person())
    choice = await evening.holder.does(pausing.choose, evening.circle, member=ben.id)
    await evening.holder.does(pausing.ask, choice.token, way=Way.CARE)
    await eda.does(pausing.answer, await question_for(eda), yes=True)
    await ben.does(session.come_in, evening.token, listening=True)
    assert (await ben.does(session.look, evening.token)).listening == [ben.id]


async def test_a_paused_facilitator_does_not_act_as_one_but_may_step_back_and_leave(harbour: Harbour) -> None:
    asker = harbour.home.person()
    await harbour.ana.does(door.set_door, named=harbour.token, door=Door.ASK)
    await asker.does(door.ask, harbour.token)
    await harbour.pauses(harbour.ben)
    assert await kinds(harbour.ben) == []
    with refused("circle.paused"):
        await harbour.ben.does(door.roll, named=harbour.token)
    with refused("circle.paused"):
        await harbour.ben.does(session.open_session, named=harbour.token)
    late = harbour.home.person()
    await late.does(door.ask, harbour.token)
    assert await kinds(harbour.ben) == []
    await harbour.ana.does(pausing.choose, harbour.token, member=harbour.ben.id)
    assert sorted(await kinds(harbour.ben)) == ["door.request", "door.request", "pausing.ended"]
    await harbour.pauses(harbour.ben)
    await harbour.ben.does(handover.step_back, harbour.token, farewell=False)
    await harbour.ben.does(door.leave, token=harbour.token)


async def test_nobody_who_is_paused_is_asked_to_facilitate(harbour: Harbour) -> None:
    await harbour.ana.does(facilitator.ask, harbour.token, member=harbour.cem.id)
    await harbour.pauses(harbour.cem)
    assert await kinds(harbour.cem) == []
    with refused("facilitator.is_paused"):
        await harbour.ana.does(facilitator.ask, harbour.token, member=harbour.cem.id)


async def test_leaving_and_joining_again_does_not_end_a_pause(harbour: Harbour) -> None:
    await harbour.pauses(harbour.cem)
    for _ in range(2):
        await harbour.cem.does(door.leave, token=harbour.token)
        await harbour.cem.joins(harbour.token)
        assert await harbour.paused(harbour.cem)
    await harbour.ana.does(pausing.choose, harbour.token, member=harbour.cem.id)
    await harbour.cem.does(door.leave, token=harbour.token)
    await harbour.cem.joins(harbour.token)
    assert not await harbour.paused(harbour.cem)
    async with harbour.home.store.unit(harbour.home.id) as unit:
        assert await unit.all(KeptPause) == []

"""Coming into a circle and leaving it: one answer, told in private, and no reason asked."""

import pytest

from bot.acts import door, session
from bot.acts.door import Threshold
from bot.practice.door import Answer, Door, Request
from bot.store.rows import Person

from .people import Home, Someone, begun, gathered, refused


@pytest.fixture
async def ana(home: Home) -> Someone:
    """Who facilitates."""
    await home.is_set_up()
    return home.facilitator()


@pytest.fixture
async def garden(ana: Someone) -> str:
    """A circle of Ana's that asks at the door."""
    token = await ana.makes_circle()
    await ana.does(door.set_door, named=token, door=Door.ASK)
    return token


async def request_of(asker: Someone, garden: str) -> str:
    """Ask to join; the token of the request, as its facilitators get it."""
    await asker.does(door.ask, garden)
    notes = [note for note in await asker.home.carry_out() if note.due.facts["kind"] == "door.request"]
    return str(notes[-1].due.facts["request"])


async def waits_for(who: Someone) -> list[str]:
    return [errand.due.facts["kind"] for errand in await who.looks()]


async def members(ana: Someone) -> list[int]:
    return (await ana.does(door.roll, named="Garden")).members


async def test_an_open_door_lets_in_at_once_after_the_threshold(ana: Someone, garden: str, home: Home) -> None:
    await ana.does(door.set_door, named="Garden", door=Door.OPEN)
    ben = home.person()
    assert await ben.does(door.approach, named="Garden") == Threshold(garden, "Garden", Door.OPEN, home.channel)
    assert await members(ana) == [ana.id]
    assert await ben.does(door.ask, garden) == Threshold(garden, "Garden", Door.OPEN, home.channel)
    assert sorted(await members(ana)) == sorted([ana.id, ben.id])
    assert await home.carry_out() == []


async def test_approaching_and_being_refused_leave_no_trace(ana: Someone, garden: str, home: Home) -> None:
    ben = home.person()
    await ben.does(door.approach, named="Garden")
    await ana.does(door.set_door, named="Garden", door=Door.CLOSED)
    with refused("door.closed"):
        await ben.does(door.ask, garden)
    with refused("door.closed"):
        await ben.does(door.approach, named="Garden")
    async with home.store.unit(home.id) as unit:
        assert len(await unit.all(Person)) == 1
    assert await home.carry_out() == []


async def test_asking_tells_every_facilitator_in_private_and_nobody_else(ana: Someone, garden: str, home: Home) -> None:
    ben = await ana.shares(garden)
    cem, dua = home.person(), home.person()
    await dua.does(door.ask, garden)
    await ana.does(door.decide, await request_of(cem, garden), answer=Answer.LET_IN)
    for facilitator in (ana, ben):
        (note,) = await facilitator.looks()
        assert note.due.facts["kind"] == "door.request"
        assert dua.id in note.people.values()
        assert note.circle_name == "Garden"
    assert await waits_for(cem) == ["door.let_in"]
    assert await waits_for(dua) == []


async def test_who_asked_or_is_in_can_not_ask_again(ana: Someone, garden: str, home: Home) -> None:
    ben = home.person()
    request = await request_of(ben, garden)
    for code, deed in (("door.asked_already", Answer.LET_IN), ("door.member_already", None)):
        with refused(code):
            await ben.does(door.ask, garden)
        with refused(code):
            await ben.does(door.approach, named="Garden")
        if deed:
            await ana.does(door.decide, request, answer=deed)
    assert sorted(await members(ana)) == sorted([ana.id, ben.id])


@pytest.mark.parametrize("answer", list(Answer))
async def test_the_first_answer_ends_it_and_only_the_asker_is_told(
    ana: Someone, garden: str, home: Home, answer: Answer
) -> None:
    ben, cem = await ana.shares(garden), home.person()
    request = await request_of(cem, garden)
    assert await ana.does(door.decide, request, answer=answer) == cem.id
    for facilitator in (ana, ben):
        with refused("door.answered_already"):
            await facilitator.does(door.decide, request, answer=Answer.LET_IN)
        assert await waits_for(facilitator) == []
    assert await waits_for(cem) == [f"door.{answer.value}"]
    assert (cem.id in await members(ana)) == (answer is Answer.LET_IN)
    async with home.store.unit(home.id) as unit:
        assert await unit.all(Request) == []


async def test_of_answers_at_once_one_counts(ana: Someone, garden: str, home: Home) -> None:
    ben, cem = await ana.shares(garden), home.person()
    request = await request_of(cem, garden)
    met = await home.at_once(
        *(who.does(door.decide, request, answer=answer) for who, answer in zip((ana, ben), Answer, strict=True))
    )
    assert sorted(map(str, met)) == sorted([str(cem.id), "door.answered_already"])
    assert await waits_for(cem) == (["door.let_in"] if met[0] == cem.id else ["door.not_now"])
    assert (cem.id in await members(ana)) == (met[0] == cem.id)


async def test_of_presses_that_ask_at_once_one_asks(garden: str, home: Home) -> None:
    ben = home.person()
    met = await home.at_once(*(ben.does(door.ask, garden) for _ in range(3)))
    assert sorted(type(one).__name__ for one in met) == ["Refusal", "Refusal", "Threshold"]
    assert [errand.due.facts["kind"] for errand in await home.carry_out()] == ["door.request"]


async def test_after_not_now_one_may_ask_again(ana: Someone, garden: str, home: Home) -> None:
    ben = home.person()
    await ana.does(door.decide, await request_of(ben, garden), answer=Answer.NOT_NOW)
    await ana.does(door.decide, await request_of(ben, garden), answer=Answer.LET_IN)
    assert ben.id in await members(ana)


async def test_who_asked_comes_in_by_themselves_once_the_door_is_open(ana: Someone, garden: str, home: Home) -> None:
    ben = home.person()
    await request_of(ben, garden)
    await ana.does(door.set_door, named="Garden", door=Door.OPEN)
    await ben.does(door.ask, garden)
    shown = await ana.does(door.roll, named="Garden")
    assert (sorted(shown.members), shown.requests) == (sorted([ana.id, ben.id]), [])
    assert await waits_for(ana) == []


async def test_only_a_facilitator_of_the_circle_decides(ana: Someone, garden: str, home: Home, elsewhere: Home) -> None:
    asker, member, other = home.person(), home.person(), home.facilitator()
    await ana.does(door.decide, await request_of(member, garden), answer=Answer.LET_IN)
    request = await request_of(asker, garden)
    await other.makes_circle("River")
    with refused("circle.facilitators_only"):
        await member.does(door.decide, request, answer=Answer.LET_IN)
    for stranger in (other, asker):
        with refused("circle.members_only"):
            await stranger.does(door.decide, request, answer=Answer.LET_IN)
    for token in (request, "no such token"):
        with refused("door.answered_already"):
            await ana.in_(elsewhere).does(door.decide, token, answer=Answer.LET_IN)
    assert (await ana.does(door.roll, named="Garden")).requests == [(request, asker.id)]


async def test_only_facilitators_choose_the_door_and_read_the_roll(ana: Someone, garden: str, home: Home) -> None:
    ben = home.person()
    await ana.does(door.decide, await request_of(ben, garden), answer=Answer.LET_IN)
    with refused("circle.facilitators_only"):
        await ben.does(door.set_door, named="Garden", door=Door.OPEN)
    with refused("circle.facilitators_only"):
        await ben.does(door.roll, named="Garden")
    shown = await ana.does(door.roll, named="Garden")
    assert (shown.token, shown.name, shown.facilitators, shown.requests) == (garden, "Garden", [ana.id], [])


async def test_by_name_leaving_only_says_what_would_happen(ana: Someone, garden: str, home: Home) -> None:
    ben = home.person()
    await ana.does(door.decide, await request_of(ben, garden), answer=Answer.LET_IN)
    await home.carry_out()
    assert await ben.does(door.leave, named="Garden") == Threshold(garden, "Garden", Door.ASK, home.channel)
    assert ben.id in await members(ana)
    await ben.does(door.leave, token=garden)
    assert await members(ana) == [ana.id]
    with refused("circle.members_only"):
        await ben.does(door.leave, token=garden)
    assert await waits_for(ana) == []
    assert await home.carry_out() == []


async def test_who_left_may_come_back(ana: Someone, garden: str, home: Home) -> None:
    ben = home.person()
    for _ in range(2):
        await ana.does(door.decide, await request_of(ben, garden), answer=Answer.LET_IN)
        await ben.does(door.leave, token=garden)
    assert await members(ana) == [ana.id]


async def test_whoever_holds_a_session_that_is_not_closed_stays(home: Home) -> None:
    evening = await gathered(home)
    with refused("door.holding_now"):
        await evening.holder.does(door.leave, token=evening.circle)
    await evening.others[0].does(door.leave, token=evening.circle)
    await evening.holder.does(session.close, evening.token)
    await evening.holder.does(door.leave, token=evening.circle)


async def test_when_the_only_facilitator_leaves_the_members_are_asked(ana: Someone, garden: str, home: Home) -> None:
    ben = home.person()
    await ana.does(door.decide, await request_of(ben, garden), answer=Answer.LET_IN)
    assert await waits_for(ben) == ["door.let_in"]
    assert not (await ana.does(door.leave, named="Garden")).facilitated
    assert not (await ana.does(door.leave, token=garden)).facilitated
    assert await waits_for(ben) == ["offer.facilitator"]
    assert await waits_for(ana) == []
    posts = [errand.due.facts["kind"] for errand in await home.carry_out() if errand.due.deed == "post"]
    assert posts == ["handover.looking"]


async def test_when_one_of_two_facilitators_leaves_nobody_is_asked(ana: Someone, garden: str, home: Home) -> None:
    ben = await ana.shares(garden)
    await home.carry_out()
    assert (await ana.does(door.leave, token=garden)).facilitated
    assert await waits_for(ben) == []
    assert await home.carry_out() == []  # leaving is said by no line, whoever leaves (D1.12)


async def test_of_two_facilitators_who_leave_at_once_the_second_leaves_the_members_asked(
    ana: Someone, garden: str, home: Home
) -> None:
    ben, cem = await ana.shares(garden), home.person()
    await ana.does(door.decide, await request_of(cem, garden), answer=Answer.LET_IN)
    await waits_for(cem)
    met = await home.at_once(*(who.does(door.leave, token=garden) for who in (ana, ben)))
    assert {one.facilitated for one in met if isinstance(one, Threshold)} == {False, True}
    assert await waits_for(cem) == ["offer.facilitator"]


async def test_a_facilitator_who_left_keeps_no_question_of_the_circle(ana: Someone, garden: str, home: Home) -> None:
    ben = await ana.shares(garden)
    request = await request_of(home.person(), garden)
    await ben.does(door.leave, token=garden)
    await ana.does(door.decide, request, answer=Answer.LET_IN)
    assert await waits_for(ben) == []


async def test_who_leaves_while_people_gather_gives_up_their_seat(home: Home) -> None:
    evening = await gathered(home, speakers=4)
    leaver = evening.others[0]
    await leaver.does(door.leave, token=evening.circle)
    await evening.holder.does(session.begin, evening.token)
    await evening.shows()
    asked = [evening.speaker]
    for _ in range(2):
        await evening.goes_on()
        asked.append(evening.speaker)
    assert leaver not in asked
    assert len({person.id for person in asked}) == 3


async def test_who_leaves_with_the_piece_lets_it_go_on_and_is_not_asked_again(home: Home) -> None:
    evening = await begun(home, speakers=4)
    await evening.goes_on()
    leaver = evening.speaker
    assert leaver is not evening.holder
    await leaver.does(door.leave, token=evening.circle)
    told = await evening.shows()
    assert [errand.due.deed for errand in told] == ["post", "unsay"]
    assert told[0].people[told[0].due.facts["before"]] == leaver.id
    asked = [evening.speaker]
    while True:
        news = await evening.goes_on()
        if any(errand.due.facts.get("kind") == "session.closed" for errand in news):
            break
        asked.append(evening.speaker)
    assert leaver not in asked
    assert len(asked) == 2 + 3 + 3


async def test_who_left_before_discord_could_add_them_is_not_added(home: Home) -> None:
    evening = await gathered(home)
    late = await home.person().joins(evening.circle)
    await late.does(session.come_in, evening.token, listening=False)
    await late.does(door.leave, token=evening.circle)
    added = [errand for errand in await home.carry_out() if errand.due.deed == "add"]
    assert [errand.people for errand in added] == [{}]

"""The talking piece goes round: one open turn, one message a step, whoever presses what and when."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.acts import holding
from bot.acts import round as rounds
from bot.practice.seat import State
from bot.practice.session import Session
from bot.store.rows import Notice, Person
from bot.store.unit import Store
from tests.conftest import Moments

from .people import Evening, Home, Someone, begun, refused


async def presses(person: Someone, token: str) -> None:
    await person.does(rounds.pass_piece, token)


async def open_turns(evening: Evening) -> list[str]:
    """The tokens of those who have the piece now, as the rows tell it."""
    home = evening.holder.home
    async with home.store.unit(home.id) as unit:
        session = await unit.one(Session, token=evening.token)
        assert isinstance(session, Session)
        return [session.round.turn.token] if session.round and session.round.turn else []


async def test_the_piece_goes_on_and_the_spent_message_is_deleted(home: Home) -> None:
    evening = await begun(home)
    async with home.store.unit(home.id) as unit:
        (notice,) = await unit.all(Notice)
    spent = notice.message_id
    await evening.speaker.does(rounds.pass_piece, evening.turn)
    turn, unsaid = await evening.shows()
    assert (turn.due.facts["kind"], turn.channel_id) == ("round.turn", evening.thread)
    assert (unsaid.due.deed, unsaid.channel_id, unsaid.message_id) == ("unsay", evening.thread, spent)
    assert turn.people[turn.due.facts["before"]] == evening.holder.id
    assert evening.speaker is not evening.holder


async def test_a_late_press_ends_nobody_elses_turn(home: Home) -> None:
    evening = await begun(home)
    first, token = evening.speaker, evening.turn
    await evening.goes_on()
    for person in evening.people:
        with refused("round.turn_is_over"):
            await presses(person, token)
    assert await open_turns(evening) == [evening.turn]
    assert evening.speaker is not first
    assert await home.carry_out() == []


async def test_the_wrong_person_is_told_whose_turn_it_is_and_a_stranger_is_not_remembered(home: Home) -> None:
    evening = await begun(home, listeners=1)
    for person in [*evening.others, home.person()]:
        with refused("round.not_your_turn") as no:
            await presses(person, evening.turn)
        async with home.store.unit(home.id) as unit:
            assert await unit.people.address(str(no.value.slots["speaker"])) == evening.holder.id
            assert len(await unit.all(Person)) == len(evening.people)
    assert await home.carry_out() == []


async def test_a_turn_of_another_server_or_of_nowhere_is_over(home: Home, elsewhere: Home) -> None:
    evening = await begun(home)
    for person, token in ((evening.holder.in_(elsewhere), evening.turn), (evening.holder, "no such token")):
        with refused("round.turn_is_over"):
            await presses(person, token)
    assert await open_turns(evening) == [evening.turn]


async def test_two_circles_go_round_without_each_other(home: Home, elsewhere: Home) -> None:
    here, there = await begun(home), await begun(elsewhere)
    await there.goes_on()
    assert await home.carry_out() == []
    with refused("round.turn_is_over"):
        await presses(here.speaker, there.turn)
    await here.goes_on()
    assert len(here.turns) == len(there.turns) == 2


async def test_of_presses_at_once_one_ends_the_turn_and_one_message_follows(home: Home) -> None:
    evening = await begun(home)
    token = evening.turn
    met = await home.at_once(*(presses(evening.speaker, token) for _ in range(5)))
    assert sorted(map(str, met)) == ["None", *["round.turn_is_over"] * 4]
    assert [errand.due.deed for errand in await evening.shows()] == ["post", "unsay"]


async def test_of_last_presses_at_once_one_closes_the_circle(home: Home) -> None:
    evening = await begun(home)
    for _ in range(8):
        await evening.goes_on()
    await presses(evening.speaker, evening.turn)
    await evening.shows()
    met = await home.at_once(*(evening.holder.does(holding.go_on, evening.token) for _ in range(5)))
    assert sorted(map(str, met)) == ["False", *["session.nothing_waits"] * 4]
    assert [errand.due.deed for errand in await evening.shows()] == ["post", "edit", "unsay"]


def expected(evening: Evening, rounds_: int) -> list[str]:
    """Who speaks, from the order that was shown when the session began."""
    order = list(evening.turns[0].due.facts["order"])
    turned = [order[start % len(order) :] + order[: start % len(order)] for start in range(rounds_)]
    return [person for round_order in turned for person in round_order]


PRESSES = st.lists(
    st.tuples(st.sampled_from(["right", "right", "twice", "wrong", "late"]), st.integers(0, 20)), max_size=14
)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pressed=PRESSES, speakers=st.integers(3, 4))
async def test_whatever_is_pressed_the_order_holds_and_no_step_is_told_twice(
    store: Store, moments: Moments, pressed: list[tuple[str, int]], speakers: int
) -> None:
    home = Home(store, moments)
    evening = await begun(home, speakers=speakers, listeners=1)
    spent: list[tuple[Someone, str]] = []

    async def pass_on() -> None:
        before, speaker, token = len(evening.posted), evening.speaker, evening.turn
        await presses(speaker, token)
        spent.append((speaker, token))
        assert [errand.due.deed for errand in await evening.shows()] == ["post", "unsay"]
        assert len(evening.posted) == before + 2
        if len(spent) % speakers == 0:
            assert evening.posted[-2].due.facts["kind"] == "round.asked"
            await evening.holder.does(holding.go_on, evening.token)
            closes = ["edit"] * (len(spent) == 3 * speakers)
            assert [errand.due.deed for errand in await evening.shows()] == ["post", *closes, "unsay"]

    async def nothing_follows(person: Someone, token: str, code: str) -> None:
        with refused(code):
            await presses(person, token)
        assert await evening.shows() == []

    for how, which in [*pressed, *[("right", 0)] * 3 * speakers]:
        if len(spent) == 3 * speakers:
            break
        if how in {"right", "twice"}:
            await pass_on()
        if how in {"twice", "late"} and spent:
            await nothing_follows(*spent[-1 if how == "twice" else which % len(spent)], "round.turn_is_over")
        if how == "wrong":
            others = [person for person in [*evening.people, home.person()] if person is not evening.speaker]
            await nothing_follows(others[which % len(others)], evening.turn, "round.not_your_turn")
        assert await open_turns(evening) == [evening.turn] * (len(spent) < 3 * speakers)

    assert [errand.due.facts["speaker"] for errand in evening.turns] == expected(evening, 3)
    async with store.unit(home.id) as unit:
        (session,) = [one for one in await unit.all(Session) if one.token == evening.token]
    assert (session.state, session.held) == (State.CLOSED, True)


@pytest.mark.parametrize("themes", [1, 2, 3])
async def test_the_prompt_is_told_with_every_turn_of_its_round(home: Home, themes: int) -> None:
    evening = await begun(home, themes=themes)
    for _ in range(3 * (themes + 2)):
        await evening.goes_on()
    prompts = [errand.due.facts["prompt"] for errand in evening.turns]
    assert [len(set(prompts[start : start + 3])) for start in range(0, len(prompts), 3)] == [1] * (themes + 2)
    assert len(set(prompts)) == themes + 2

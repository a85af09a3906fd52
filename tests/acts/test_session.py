"""Sessions: opened, come into, begun, closed; and a whole evening as a cog would see it."""

from typing import Any

import pytest

from bot.acts import arrival, past, session
from bot.acts import round as rounds
from bot.acts.due import Errand
from bot.acts.session import Arrival, Beginning, Opened
from bot.practice.round import Kind
from bot.practice.seat import MOST, State
from bot.practice.session import Session
from bot.store.tables import notice, round_, turn

from .people import Evening, Home, Someone, begun, gathered, refused


async def the_session(home: Home) -> Session:
    async with home.store.unit(home.id) as unit:
        (found,) = await unit.all(Session)
    assert isinstance(found, Session)
    return found


async def comes_in(person: Someone, evening: Evening, *, listening: bool = False) -> Arrival:
    return await person.does(session.come_in, evening.token, listening=listening)


async def test_opening_makes_a_thread_then_its_waiting_message_then_the_invitation(home: Home) -> None:
    await home.is_set_up()
    ana = home.facilitator()
    await ana.makes_circle()
    assert await ana.does(session.open_session, named="Garden") == Opened(1, home.channel, slow=False)
    thread, waits, invitation = await home.carry_out()
    assert [errand.due.deed for errand in (thread, waits, invitation)] == ["thread", "post", "post"]
    assert (waits.due.facts["kind"], invitation.due.facts["kind"]) == ("session.waiting", "session.invitation")
    opened = await the_session(home)
    assert waits.channel_id == opened.thread_id
    assert thread.channel_id == invitation.channel_id == home.channel
    assert None not in (opened.thread_id, opened.waiting_message_id, opened.invitation_id)
    assert (opened.state, opened.theme_rounds, opened.minutes) == (State.GATHERING, 1, 4)


@pytest.mark.parametrize(
    ("numbers", "code"),
    [
        ({"rounds": 0}, "session.agreement_first"),
        ({"rounds": 4}, "session.rounds_range"),
        ({"rounds": -1}, "session.rounds_range"),
        ({"time": 0}, "session.time_range"),
        ({"time": 11}, "session.time_range"),
        ({"time": 0, "slow": True}, "session.days_range"),
        ({"time": 8, "slow": True}, "session.days_range"),
        ({"prompts": "weather"}, "session.no_such_prompts"),
    ],
)
async def test_numbers_out_of_range_are_refused_and_open_nothing(
    home: Home, numbers: dict[str, Any], code: str
) -> None:
    await home.is_set_up()
    ana = home.facilitator()
    await ana.makes_circle()
    with refused(code):
        await ana.does(session.open_session, named=None, **numbers)
    assert await home.carry_out() == []
    assert (await ana.does(session.open_session, named=None, rounds=3, time=10)).number == 1


async def test_only_a_facilitator_opens_and_only_one_session_at_a_time(home: Home) -> None:
    evening = await gathered(home)
    with refused("circle.facilitators_only"):
        await evening.others[0].does(session.open_session, named=None)
    with refused("circle.members_only"):
        await home.facilitator().does(session.open_session, named=None)
    with refused("session.open_already"):
        await evening.holder.does(session.open_session, named=None)
    await evening.holder.does(session.close, evening.token)
    assert (await evening.holder.does(session.open_session, named=None)).number == 2


async def test_of_presses_that_open_at_once_one_opens(home: Home) -> None:
    await home.is_set_up()
    ana = home.facilitator()
    await ana.makes_circle()
    met = await home.at_once(*(ana.does(session.open_session, named=None) for _ in range(3)))
    assert sorted(map(str, met))[1:] == ["session.open_already"] * 2
    assert [errand.due.deed for errand in await home.carry_out()] == ["thread", "post", "post"]


async def test_coming_in_adds_the_person_to_the_thread_once(home: Home) -> None:
    evening = await gathered(home)
    dua = await home.person().joins(evening.circle)
    told = await comes_in(dua, evening)
    assert dua.id in told.speaking
    (added,) = await home.carry_out()
    assert (added.due.deed, added.thread_id, list(added.people.values())) == ("add", evening.thread, [dua.id])
    with refused("session.here_already"):
        await comes_in(dua, evening)
    assert dua.id in (await comes_in(dua, evening, listening=True)).listening
    assert await home.carry_out() == []


async def test_twelve_are_in_and_the_next_is_told_so(home: Home) -> None:
    evening = await gathered(home, speakers=MOST)
    late = await home.person().joins(evening.circle)
    with refused("session.full"):
        await comes_in(late, evening)


async def test_of_those_who_come_at_once_no_more_than_twelve_are_let_in(home: Home) -> None:
    evening = await gathered(home, speakers=MOST - 1)
    late = [await home.person().joins(evening.circle) for _ in range(4)]
    met = await home.at_once(*(comes_in(person, evening) for person in late))
    assert sorted(map(str, met))[1:] == ["session.full"] * 3
    assert len((await the_session(home)).seats) == MOST


async def test_who_comes_in_while_it_begins_gets_a_place_or_is_told_that_it_began(home: Home) -> None:
    evening = await gathered(home)
    late = [await home.person().joins(evening.circle) for _ in range(3)]
    begins = evening.holder.does(session.begin, evening.token)
    _, *met = await home.at_once(begins, *(comes_in(person, evening) for person in late))
    speaking = (await evening.holder.does(session.look, evening.token)).speaking
    for person, told in zip(late, met, strict=True):
        assert (person.id in speaking) == isinstance(told, Arrival)


async def test_only_the_holder_begins_and_closes_and_too_few_do_not_begin(home: Home) -> None:
    evening = await gathered(home, speakers=2)
    assert await evening.holder.does(session.begin, evening.token) == Beginning(False, 2, 2 * 4)
    await comes_in(await home.person().joins(evening.circle), evening)
    for deed in (session.begin, session.close):
        with refused("session.only_holder"):
            await evening.others[0].does(deed, evening.token)
        with refused("session.members_only"):
            await home.person().does(deed, evening.token)
    assert await evening.holder.does(session.begin, evening.token) == Beginning(True, 3)


async def test_of_presses_that_begin_at_once_one_begins(home: Home) -> None:
    evening = await gathered(home)
    met = await home.at_once(*(evening.holder.does(session.begin, evening.token) for _ in range(3)))
    assert sorted(map(str, met))[1:] == ["session.begun_already_holder"] * 2
    assert [errand.due.facts["kind"] for errand in await evening.shows()] == ["session.begun", "round.turn"]


async def test_a_session_of_another_server_is_gone(home: Home, elsewhere: Home) -> None:
    evening = await gathered(home)
    there = evening.holder.in_(elsewhere)
    for deed in (session.begin, session.close, session.look):
        with refused("session.gone"):
            await there.does(deed, evening.token)
    for arriving in (arrival.arrive, session.come_in):
        with refused("session.gone"):
            await there.does(arriving, evening.token, listening=True)
    with refused("session.gone"):
        await evening.holder.does(session.look, "no such token")
    assert (await the_session(home)).state is State.GATHERING


async def test_closing_early_takes_the_open_turn_away_and_is_not_counted(home: Home) -> None:
    evening = await begun(home)
    await evening.goes_on()
    await evening.holder.does(session.close, evening.token)
    closed, over, unsaid = await evening.shows()
    assert (over.due.deed, over.due.facts["kind"]) == ("edit", "session.invitation_over")
    assert (closed.due.facts["kind"], closed.due.facts["held"], closed.people) == ("session.closed", False, {})
    assert unsaid.due.deed == "unsay"
    assert unsaid.message_id is not None
    with refused("round.turn_is_over"):
        await evening.speaker.does(rounds.pass_piece, evening.turn)
    with refused("session.closed_already"):
        await evening.holder.does(session.close, evening.token)
    assert (await the_session(home)).held is False


async def test_closing_asks_first_while_a_round_is_open_and_closes_once(home: Home) -> None:
    evening = await begun(home)
    assert await evening.holder.does(session.close, evening.token, ask_first=True) is False
    assert await evening.shows() == []
    await evening.goes_on()
    assert evening.speaker is not evening.holder
    with refused("session.only_holder"):
        await evening.others[0].does(session.close, evening.token)
    assert await evening.holder.does(session.close, evening.token) is True
    for ask_first in (True, False):
        with refused("session.closed_already"):
            await evening.holder.does(session.close, evening.token, ask_first=ask_first)
    closed = [errand for errand in await evening.shows() if errand.due.facts.get("kind") == "session.closed"]
    assert len(closed) == 1


async def test_before_the_rounds_and_after_the_goodbye_closing_does_not_ask(home: Home) -> None:
    evening = await gathered(home)
    assert await evening.holder.does(session.close, evening.token, ask_first=True) is True
    await evening.opens()
    await evening.holder.does(session.begin, evening.token)
    await evening.shows()
    for _ in range(3 * 3 - 1):
        await evening.goes_on()
    await evening.speaker.does(rounds.pass_piece, evening.turn)
    assert await evening.holder.does(session.close, evening.token, ask_first=True) is True
    told = [errand.due.facts for errand in await evening.shows()]
    assert [facts["held"] for facts in told if facts.get("kind") == "session.closed"] == [True]


@pytest.mark.parametrize("themes", [1, 3])
async def test_a_whole_evening(home: Home, elsewhere: Home, themes: int) -> None:
    evening = await begun(home, speakers=4, listeners=2, themes=themes)
    order = evening.turns[0].due.facts["order"]
    assert evening.speaker is evening.holder
    steps = [await evening.goes_on() for _ in range(4 * (themes + 2))]
    asks = [["round.turn"]] * 3 + [["round.asked", "round.turn"]]
    assert [kinds(step) for step in steps] == [*asks * (themes + 1), *asks[:3], ["round.asked", "session.closed"]]
    assert all(errand.channel_id == evening.thread for step in steps for errand in step if errand.due.deed != "edit")

    speakers = [errand.due.facts["speaker"] for errand in evening.turns]
    shown = [errand.due.facts["order"] for errand in evening.turns if errand.due.facts["order"]]
    turned = [order[start % 4 :] + order[: start % 4] for start in range(themes + 2)]
    assert shown == turned
    assert speakers == [person for round_order in turned for person in round_order]
    thanked = [None if place % 4 == 0 else before for place, before in enumerate([None, *speakers[:-1]])]
    assert [errand.due.facts["before"] for errand in evening.turns] == thanked
    asked = [errand for errand in evening.posted if errand.due.facts.get("kind") == "round.asked"]
    assert [errand.due.facts["before"] for errand in asked] == speakers[3::4]
    rounds_told = [errand.due.facts["round"] for errand in evening.turns]
    assert rounds_told[::4] == [Kind.OPENING, *[Kind.THEME] * themes, Kind.CLOSING]

    (closed,) = [errand for errand in steps[-1] if errand.due.facts.get("kind") == "session.closed"]
    assert closed.due.facts["held"] is True
    ended = await the_session(home)
    assert (ended.state, ended.held, ended.rounds) == (State.CLOSED, True, [])
    async with home.store.unit(home.id) as unit:
        for table in (round_, turn, notice):
            assert (await unit.rows.execute(table.select())).all() == []


def kinds(step: list[Errand]) -> list[str]:
    return [errand.due.facts["kind"] for errand in step if errand.due.deed == "post"]


async def test_who_was_there_is_known_of_the_last_held_sessions_only(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(past, "SEATS_KEPT", 2)
    evening = await gathered(home)
    for closes_early in (False, True, False, False):
        await evening.holder.does(session.begin, evening.token)
        await evening.shows()
        for _ in range(4 if closes_early else 9):
            await evening.goes_on()
        if closes_early:
            await evening.holder.does(session.close, evening.token)
        await evening.opens()
    async with home.store.unit(home.id) as unit:
        kept = {one.number: len(one.seats) for one in await unit.all(Session)}
    assert kept == {1: 0, 2: 0, 3: 3, 4: 3, 5: 3}

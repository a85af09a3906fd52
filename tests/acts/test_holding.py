"""Going on without the one who held it, pausing, guarding, and asking somebody to write."""

import asyncio
from datetime import timedelta

import pytest

from bot.acts import door, holding, session
from bot.acts import round as rounds
from bot.acts.due import Errand
from bot.practice.more import More
from bot.practice.seat import State
from bot.store.rows import Notice

from .doing import MINUTE, do, kind_of, standing, the_session, what_stands_is_true
from .people import Evening, Home, Someone, begun, gathered, refused

PRESSES = 40


def kinds(step: list[Errand]) -> list[str]:
    return [kind_of(errand) for errand in step if errand.due.deed == "post"]


async def asked(home: Home) -> Evening:
    """An evening after its first round, when whoever would like a turn is asked."""
    evening = await begun(home)
    for _ in evening.people:
        await evening.speaker.does(rounds.pass_piece, evening.turn)
        await evening.shows()
    return evening


async def test_when_the_holder_doesn_t_begin_somebody_holds_it_and_begins(home: Home) -> None:
    evening = await gathered(home)
    ben = evening.others[0]
    with refused("session.holder_is_there"):
        await ben.does(holding.take_hold, evening.token)
    assert kinds(await home.passes(5 * MINUTE)) == ["session.awaits"]
    await ben.does(holding.take_hold, evening.token)
    held = await evening.shows()
    assert kinds(held) == ["session.hold"]
    assert [list(errand.people.values()) for errand in held if kind_of(errand) == "session.hold"] == [
        [ben.id, evening.holder.id]
    ]
    assert standing(evening) == ["session.hold"]
    with refused("session.only_holder"):
        await evening.holder.does(session.begin, evening.token)
    await ben.does(session.begin, evening.token)
    await evening.shows()
    await what_stands_is_true(evening)
    with refused("session.hold_is_taken"):
        await evening.holder.does(holding.take_hold_back, evening.token)


async def test_the_former_holder_takes_it_back_before_the_next_turn(home: Home) -> None:
    evening = await gathered(home)
    await home.passes(5 * MINUTE)
    await evening.others[0].does(holding.take_hold, evening.token)
    await evening.shows()
    await evening.holder.does(holding.take_hold_back, evening.token)
    assert kinds(await evening.shows()) == ["session.hold_back"]
    assert standing(evening) == ["session.hold_back"]
    await evening.holder.does(session.begin, evening.token)
    await evening.shows()
    assert standing(evening) == ["round.turn"]


async def test_the_invitation_names_who_holds_it_now(home: Home) -> None:
    evening = await gathered(home)
    (invitation,) = [made for made, one in home.shown.items() if kind_of(one) == "session.invitation"]
    ben = evening.others[0]

    def named() -> tuple[str, int | None, int]:
        one = home.shown[invitation]
        return kind_of(one), one.channel_id, one.people[one.due.facts["holder"]]

    assert named() == ("session.invitation", home.channel, evening.holder.id)
    await home.passes(5 * MINUTE)
    await ben.does(holding.take_hold, evening.token)
    await evening.shows()
    assert named() == ("session.invitation", home.channel, ben.id)
    await evening.holder.does(holding.take_hold_back, evening.token)
    await evening.shows()
    assert named() == ("session.invitation", home.channel, evening.holder.id)


async def test_of_presses_at_once_one_holds_it(home: Home) -> None:
    evening = await gathered(home, speakers=5)
    await home.passes(5 * MINUTE)
    met = await home.at_once(*(one.does(holding.take_hold, evening.token) for one in evening.others))
    assert sorted(map(str, met)) == ["None", *["session.holder_is_there"] * 3]
    assert kinds(await evening.shows()) == ["session.hold"]


async def test_a_pause_names_nobody_and_goes_with_the_holder_going_on(home: Home) -> None:
    evening = await begun(home)
    await evening.others[1].does(holding.pause, evening.token)
    (pause,) = await evening.shows()
    assert (kind_of(pause), set(pause.people.values())) == ("round.pause", {evening.holder.id})  # who goes on
    assert standing(evening) == ["round.turn", "round.pause"]
    with refused("round.in_pause"):
        await evening.speaker.does(rounds.pass_piece, evening.turn)
    with refused("session.only_holder"):
        await evening.others[1].does(holding.go_on, evening.token)
    await evening.holder.does(holding.go_on, evening.token)
    await evening.shows()
    assert standing(evening) == ["round.turn"]
    await what_stands_is_true(evening)


async def test_a_pause_that_waits_for_its_holder_is_ended_by_whoever_holds_it_then(home: Home) -> None:
    evening = await begun(home, listeners=1)
    listener = evening.others[-1]
    await evening.others[0].does(holding.pause, evening.token)
    assert "session.awaits" in kinds(await home.passes(6 * MINUTE))
    await listener.does(holding.take_hold, evening.token)
    await evening.shows()
    assert standing(evening) == ["round.turn", "round.pause", "session.hold"]
    await listener.does(holding.go_on, evening.token)
    await evening.shows()
    assert standing(evening) == ["round.turn"]


async def test_who_has_the_piece_and_steps_out_of_a_pause_leaves_it_to_the_next(home: Home) -> None:
    evening = await begun(home)
    first = evening.speaker
    await evening.others[0].does(holding.pause, evening.token)
    await first.does(session.step_out, evening.token)
    assert kinds(await evening.shows()) == ["round.pause"]
    await what_stands_is_true(evening)
    await evening.holder.does(holding.go_on, evening.token)
    await evening.shows()
    assert evening.speaker is not first
    await what_stands_is_true(evening)


async def test_of_forty_presses_on_one_turn_one_has_an_effect(home: Home) -> None:
    evening = await begun(home)
    speaker, token = evening.speaker, evening.turn
    deeds = [speaker.does(rounds.pass_piece, token) for _ in range(PRESSES)]
    met = await asyncio.gather(*deeds, return_exceptions=True)
    assert sorted(map(str, met)) == ["None", *["round.turn_is_over"] * (PRESSES - 1)]
    assert [errand.due.deed for errand in await evening.shows()] == ["post", "unsay"]
    await what_stands_is_true(evening)


async def test_of_a_pause_a_pass_and_a_come_back_at_once_the_circle_keeps_one_turn(home: Home) -> None:
    evening = await begun(home, speakers=4)
    token = evening.turn
    met = await home.at_once(
        evening.speaker.does(rounds.pass_piece, token),
        evening.others[0].does(holding.pause, evening.token),
        evening.holder.does(rounds.come_back_later, token),
        evening.others[1].does(session.step_out, evening.token),
        evening.others[2].does(holding.pause, evening.token),
    )
    assert {str(one) for one in met} <= {"None", "round.turn_is_over", "round.in_pause", "round.paused_already"}
    await evening.shows()
    await what_stands_is_true(evening)
    assert (await the_session(evening)).turn is not None


async def test_of_those_who_would_like_a_turn_at_once_each_press_is_answered_and_one_gets_it(home: Home) -> None:
    evening = await asked(home)
    met = await home.at_once(*(one.does(rounds.ask_for_turn, evening.token) for one in evening.people))
    assert sorted(map(str, met)) == ["None", *["round.not_asking"] * 2]
    assert kinds(await evening.shows()) == ["round.turn"]
    await what_stands_is_true(evening)


async def test_a_press_that_goes_on_and_time_that_does_open_one_round(home: Home) -> None:
    evening = await asked(home)
    home.moments.advance(130)
    await evening.holder.does(holding.go_on, evening.token)
    assert kinds(await evening.shows()) == ["round.turn"]
    await what_stands_is_true(evening)
    with refused("session.nothing_waits"):
        await evening.holder.does(holding.go_on, evening.token)


async def test_an_old_moment_that_comes_late_brings_nothing(home: Home) -> None:
    evening = await begun(home)
    kept = await the_session(evening)
    for _ in range(3):
        async with home.store.unit(home.id) as unit:
            await holding.meet_moment(unit, kept.id)
    async with home.store.unit(home.id) as unit:
        await holding.meet_moment(unit, "no such session")
    assert await evening.shows() == []
    assert kinds(await home.passes(8 * MINUTE)) == ["round.still"]


async def test_who_guards_is_asked_first_to_write_then_who_holds(home: Home) -> None:
    evening = await begun(home, speakers=4)
    ben, cem, dua = evening.others
    await dua.does(holding.guard, evening.token, wanted=True)
    with refused("session.guarded"):
        await cem.does(holding.guard, evening.token, wanted=True)
    people = await ben.does(holding.may_write, evening.token)
    assert people[:2] == [dua.id, evening.holder.id]
    assert sorted(people) == sorted(person.id for person in evening.people if person is not ben)


async def test_only_the_one_who_was_chosen_is_asked_to_write(home: Home) -> None:
    evening = await begun(home)
    ben, cem = evening.others
    await ben.does(holding.ask_to_write, evening.token, member=cem.id)
    (note,) = await home.carry_out()
    assert (note.due.deed, kind_of(note)) == ("note", "session.write_to")
    assert note.people[note.due.facts["people"][0]] == ben.id
    assert [len(await one.looks()) for one in (evening.holder, ben, cem)] == [0, 0, 1]


async def test_somebody_who_left_the_circle_is_not_asked_to_write(home: Home) -> None:
    evening = await begun(home)
    ben, cem = evening.others
    await cem.does(door.leave, token=evening.circle)
    assert cem.id not in await ben.does(holding.may_write, evening.token)
    with refused("session.person_not_here"):
        await ben.does(holding.ask_to_write, evening.token, member=cem.id)
    with refused("session.members_only"):
        await cem.does(holding.may_write, evening.token)


async def test_who_isn_t_here_holds_pauses_and_guards_nothing(home: Home) -> None:
    evening = await begun(home)
    late, stranger = await home.person().joins(evening.circle), home.person()
    deeds = [More.HOLD, More.PAUSE, More.GUARD, More.STEP_OUT, More.BE_BACK]
    for deed in deeds:
        for person, code in ((late, "session.come_in_first"), (stranger, "session.members_only")):
            with refused(code):
                await do(person, deed, evening.token)
    assert await evening.shows() == []


async def test_when_all_step_out_it_closes_and_nothing_waits_but_the_thread(home: Home) -> None:
    evening = await begun(home)
    for person in evening.people:
        await person.does(session.step_out, evening.token)
    assert "session.closed" in kinds(await evening.shows())
    kept = await the_session(evening)
    assert (kept.state, kept.held, kept.moment, kept.awaited_since) == (State.CLOSED, False, None, None)
    async with home.store.unit(home.id) as unit:
        assert await unit.all(Notice) == []
    assert [errand.due.deed for errand in await home.passes(timedelta(days=1))] == ["archive"]


async def test_who_comes_again_after_leaving_the_circle_is_added_again_and_has_a_turn(home: Home) -> None:
    evening = await begun(home)
    cem: Someone = evening.others[-1]
    await cem.does(door.leave, token=evening.circle)
    await evening.shows()
    await cem.joins(evening.circle)
    await cem.does(session.come_in, evening.token, listening=False)
    (added, edited) = await evening.shows()
    assert (added.due.deed, edited.due.deed) == ("add", "edit")
    await what_stands_is_true(evening)
    speakers = []
    while not (await the_session(evening)).asking:
        speakers.append(evening.speaker)
        await evening.speaker.does(rounds.pass_piece, evening.turn)
        await evening.shows()
    assert speakers[-1] is cem


@pytest.mark.parametrize("stands", ["gathering", "asked", "turn"])
async def test_where_nothing_waits_for_the_holder_going_on_is_answered_kindly(home: Home, stands: str) -> None:
    evening = await (gathered(home) if stands == "gathering" else asked(home) if stands == "asked" else begun(home))
    if stands == "asked":
        await evening.holder.does(holding.go_on, evening.token)
        assert kinds(await evening.shows()) == ["round.turn"]
    with refused("session.nothing_waits"):
        await evening.holder.does(holding.go_on, evening.token)

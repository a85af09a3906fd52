"""What others see of a session: one new message a step, each taken away when its time is over, and what time tells."""

from datetime import timedelta

import pytest

from bot.acts import broken, holding, inbox, session
from bot.acts import round as rounds
from bot.acts.due import Errand
from bot.acts.telling import ARCHIVED_AFTER
from bot.practice.holding import SLOW_PATIENCE
from bot.practice.more import More

from .doing import MINUTE, do, kind_of, standing, the_session, what_stands_is_true
from .people import Evening, Home, Someone, begun, gathered, refused


def deeds(step: list[Errand]) -> list[str]:
    return [errand.due.deed for errand in step if errand.due.deed != "moment"]


def kinds(step: list[Errand]) -> list[str]:
    return [kind_of(errand) for errand in step if errand.due.deed == "post"]


WEEK = timedelta(days=7)


async def slow_evening(home: Home, days: int = 2) -> Evening:
    """A slow session of three that has begun by itself."""
    evening = await gathered(home)
    await evening.holder.does(session.close, evening.token)
    await home.passes(WEEK)
    await evening.holder.does(session.open_session, named=evening.circle, time=days, slow=True)
    *_, waits, invitation = await evening.shows()
    evening.token, evening.thread = str(invitation.due.facts["token"]), waits.thread_id or 0
    for person in evening.people:
        await person.does(session.come_in, evening.token, listening=False)
    await evening.shows()
    return evening


async def test_whoever_asked_is_told_alone_a_minute_before_their_time_is_over(home: Home) -> None:
    evening = await begun(home)
    await evening.speaker.does(rounds.tell_time, evening.turn)
    assert deeds(await home.passes(2.5 * MINUTE)) == []
    (whispered,) = [errand for errand in await home.passes(MINUTE) if errand.due.deed == "whisper"]
    assert list(whispered.people.values()) == [evening.holder.id]
    assert standing(evening) == ["round.turn"]


async def test_a_little_more_time_moves_it_and_nobody_reads_that(home: Home) -> None:
    evening = await begun(home)
    await evening.speaker.does(rounds.tell_time, evening.turn)
    await evening.speaker.does(rounds.take_more_time, evening.turn)
    assert deeds(await home.passes(6.5 * MINUTE)) == []
    assert deeds(await home.passes(MINUTE)) == ["whisper"]
    await evening.speaker.does(rounds.take_more_time, evening.turn)
    assert deeds(await home.passes(4 * MINUTE)) == ["whisper"]


@pytest.mark.parametrize("deed", [More.SPOKE, More.PAUSE, More.STEP_OUT, More.COME_BACK, More.CLOSE])
async def test_of_a_turn_that_is_over_or_a_time_that_stands_still_nobody_is_told(home: Home, deed: More) -> None:
    evening = await begun(home)
    await evening.speaker.does(rounds.tell_time, evening.turn)
    await do(evening.holder, deed, evening.token, evening.turn)
    await evening.shows()
    assert "whisper" not in deeds(await home.passes(4 * MINUTE))
    assert (await the_session(evening)).whisper is None


async def test_it_is_too_late_to_be_told_once_the_minute_has_begun(home: Home) -> None:
    evening = await begun(home)
    await home.passes(3 * MINUTE)
    with refused("round.nearly_up_already"):
        await evening.speaker.does(rounds.tell_time, evening.turn)
    with refused("round.turn_is_over"):
        await evening.others[0].does(rounds.tell_time, evening.turn)


async def test_at_twice_the_time_one_line_is_read_and_goes_with_the_turn(home: Home) -> None:
    evening = await begun(home)
    assert kinds(await home.passes(8 * MINUTE)) == ["round.still"]
    assert standing(evening) == ["round.turn", "round.still"]
    await what_stands_is_true(evening)
    assert deeds(await evening.goes_on()) == ["post", "unsay", "unsay"]
    assert standing(evening) == ["round.turn"]


async def test_after_a_round_two_minutes_pass_and_the_next_begins(home: Home) -> None:
    evening = await begun(home)
    for _ in evening.people:
        await evening.speaker.does(rounds.pass_piece, evening.turn)
        await evening.shows()
    assert standing(evening) == ["round.asked"]
    assert deeds(await home.passes(1.9 * MINUTE)) == []
    assert kinds(await home.passes(0.2 * MINUTE)) == ["round.turn"]
    assert standing(evening) == ["round.turn"]


async def test_a_slow_round_is_one_message_one_reminder_and_nothing_of_who_answered(home: Home) -> None:
    evening = await slow_evening(home)
    assert standing(evening) == ["round.slow"]
    before = (await the_session(evening)).version
    for person in evening.people:
        until, last = await person.does(rounds.have_had_turn, evening.token)
        assert until > home.moments.now()
        assert not last
    assert (await the_session(evening)).version == before
    assert await home.carry_out() == []
    assert kinds(await home.passes(timedelta(days=1))) == ["round.halfway"]
    assert kinds(await home.passes(timedelta(hours=23))) == []
    assert kinds(await home.passes(timedelta(hours=2))) == ["round.slow"]
    await what_stands_is_true(evening)
    closing = [await home.passes(timedelta(days=1, minutes=5)) for _ in range(4)]
    assert kinds(closing[-1]) == ["session.closed"]
    assert closing[-1][1].due.facts["held"] is True


async def test_a_slow_circle_goes_on_without_its_holder_after_a_day(home: Home) -> None:
    evening = await slow_evening(home, days=3)
    ben = evening.others[0]
    assert kinds(await home.passes(SLOW_PATIENCE - MINUTE)) == []
    with refused("session.holder_is_there"):
        await ben.does(holding.take_hold, evening.token)
    assert kinds(await home.passes(2 * MINUTE)) == []  # nobody reads that the holder isn't there
    await ben.does(holding.take_hold, evening.token)
    assert kinds(await evening.shows()) == ["session.hold"]
    await ben.does(holding.go_on, evening.token)
    assert kinds(await evening.shows()) == ["round.slow"]
    await what_stands_is_true(evening)
    with refused("session.holder_is_there"):
        await evening.others[1].does(holding.take_hold, evening.token)


async def test_only_in_a_slow_round_one_has_had_ones_turn_at_any_time(home: Home) -> None:
    evening = await begun(home)
    with refused("round.no_round"):
        await evening.others[0].does(rounds.have_had_turn, evening.token)


async def test_a_session_nobody_goes_on_with_is_closed_after_a_day_and_not_counted(home: Home) -> None:
    evening = await begun(home)
    told = [*await home.passes(timedelta(hours=1)), *await home.passes(timedelta(days=1))]
    (closed,) = [errand for errand in told if kind_of(errand) == "session.closed"]
    assert closed.due.facts["held"] is False
    assert standing(evening) == []
    assert (await evening.holder.does(session.open_session, named=None)).number == 2


async def test_the_thread_is_put_away_after_a_day_and_deleted_after_a_week(home: Home) -> None:
    evening = await begun(home)
    await evening.holder.does(session.close, evening.token)
    (closed,) = [errand for errand in await evening.shows() if kind_of(errand) == "session.closed"]
    assert closed.due.facts["deleted_at"] - home.moments.now().timestamp() == pytest.approx(7 * 86400, abs=5)
    assert deeds(await home.passes(ARCHIVED_AFTER - MINUTE)) == []
    (archived,) = await home.passes(MINUTE)
    assert (archived.due.deed, archived.thread_id) == ("archive", evening.thread)
    assert deeds(await home.passes(WEEK - ARCHIVED_AFTER - MINUTE)) == []
    (deleted,) = await home.passes(MINUTE)
    assert (deleted.due.deed, deleted.thread_id) == ("delete", evening.thread)
    assert await home.passes(timedelta(days=99)) == []


async def test_the_first_message_says_who_holds_who_guards_and_who_is_in_the_order(home: Home) -> None:
    evening = await begun(home, speakers=4, listeners=1)
    ben, *_, eva = evening.others
    for deed in (More.GUARD, More.GUARD_NOT):
        await do(eva, deed, evening.token)
        (edited,) = await evening.shows()
        assert edited.due.facts["kind"] == "session.begun"
        await what_stands_is_true(evening)
    for deed, added in ((More.STEP_OUT, []), (More.BE_BACK, ["add"])):  # no line says so
        await do(ben, deed, evening.token)
        assert [errand.due.deed for errand in await evening.shows()] == added
        await what_stands_is_true(evening)


async def test_a_message_still_on_its_way_when_its_time_is_over_is_taken_away_on_arrival(home: Home) -> None:
    evening = await begun(home)
    for _ in range(2):  # the first of these is never shown before the second is due
        speaker, token = await _turn(evening)
        await speaker.does(rounds.pass_piece, token)
    await evening.shows()
    await what_stands_is_true(evening)


async def _turn(evening: Evening) -> tuple[Someone, str]:
    kept, home = await the_session(evening), evening.holder.home
    assert kept.turn is not None
    async with home.store.unit(home.id) as unit:
        speaks = await unit.people.address(kept.turn.person_id)
    return next(person for person in evening.people if person.id == speaks), kept.turn.token


async def test_notes_of_a_session_go_when_it_closes_and_who_is_asked_to_write_keeps_that_a_day(home: Home) -> None:
    evening = await begun(home)
    ben, cem = evening.others
    await ben.does(holding.ask_to_write, evening.token, member=cem.id)
    await home.carry_out()
    thread = (await the_session(evening)).thread_id
    assert thread
    async with home.store.unit(home.id) as unit:
        await broken.lose_thread(unit, thread)
    await home.carry_out()

    async def waits(somebody: Someone) -> list[str]:
        return [str(one.due.facts["kind"]) for one in await somebody.does(inbox.look)]

    assert await waits(evening.holder) == ["session.thread_gone"]
    await evening.holder.does(session.close, evening.token)
    assert await waits(evening.holder) == []
    assert await waits(cem) == ["session.write_to"]
    await home.passes(ARCHIVED_AFTER + MINUTE)
    assert await waits(cem) == []

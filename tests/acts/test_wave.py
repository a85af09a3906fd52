"""A check-in is due, opened by whoever facilitates, closed by time, and told to all at once (P7)."""

from datetime import timedelta

from bot.acts import checkin, door, facilitator, handover, session, wave
from bot.practice.checkin import CORE, EASY, VITALITY, Tap
from bot.practice.circle import Circle
from bot.practice.wave import Phase, Wave
from bot.store.answers import owner_of

from .asking import DAYS, HARD, a_circle_of, kinds
from .people import Evening, Home, Someone, refused

HOUR = timedelta(hours=1)


async def asked(home: Home, *people: Someone) -> list[Someone]:
    """To whom of these a note says that it's their turn."""
    found = []
    for person in people:
        async with home.store.unit(home.id) as unit:
            known = await unit.people.meet(person.id)
            notes = await unit.waiting.of_person(known.id)
        found += [person for note in notes if note.facts.get("kind") == "checkin.your_turn"]
    return found


async def test_a_held_third_session_makes_it_due_and_no_other_before(home: Home) -> None:
    asking = await a_circle_of(home, 5)
    evening = Evening(asking.ana, asking.people[1:3], asking.circle)
    for number in (1, 3):
        async with home.store.unit(home.id) as unit:
            (found,) = await unit.all(Circle)
            found.sessions_held = number - 1
        await evening.opens(themes=1)
        await evening.holder.does(session.begin, evening.token)
        await evening.shows()
        while any(errand.due.facts.get("kind") == "round.turn" for errand in home.shown.values()):
            await evening.goes_on()
        assert ("checkin.due" in asking.said) == (number == 3)
    offers = [
        one.due.facts["offers_checkins"] for one in evening.posted if one.due.facts.get("kind") == "session.closed"
    ]
    assert offers == [asking.circle, None]
    assert await asked(home, *asking.people) == [asking.ana]


async def test_a_session_that_was_not_held_makes_nothing_due(home: Home) -> None:
    asking = await a_circle_of(home, 5)
    async with home.store.unit(home.id) as unit:
        (found,) = await unit.all(Circle)
        found.sessions_held = 2
    evening = Evening(asking.ana, asking.people[1:4], asking.circle)
    await evening.opens()
    await evening.holder.does(session.close, evening.token)
    await evening.shows()
    assert "checkin.due" not in asking.said


async def test_whoever_facilitates_is_asked_one_after_the_other_and_only_once_round(home: Home) -> None:
    asking = await a_circle_of(home, 4)
    ben, cem = [await asking.ana.shares(asking.circle) for _ in range(2)]
    await asking.falls_due()
    everyone = [*asking.people, ben, cem]
    turns = [await asked(home, *everyone)]
    for _ in range(4):
        await asking.passes(3 * DAYS + HOUR)
        turns.append(await asked(home, *everyone))
    assert turns == [[asking.ana], [asking.ana, ben], *[[asking.ana, ben, cem]] * 3]
    assert (await asking.row()).for_all
    assert asking.said == ["checkin.due"]


async def test_once_it_is_taken_up_the_line_goes_and_so_do_the_notes(home: Home) -> None:
    asking = await a_circle_of(home, 4)
    ben = await asking.ana.shares(asking.circle)
    await asking.falls_due()
    await asking.passes(3 * DAYS + HOUR)
    opened = await ben.does(wave.open_wave, asking.token)
    assert opened.closes_at == home.moments.now() + 3 * DAYS
    await asking.shows()
    assert await asked(home, asking.ana, ben) == []
    assert asking.said == ["checkin.open"]
    await asking.passes(4 * DAYS)
    assert await asked(home, asking.ana, ben) == []


async def test_a_line_that_was_still_on_its_way_when_it_was_opened_goes_on_arrival(home: Home) -> None:
    asking = await a_circle_of(home, 5)
    async with home.store.unit(home.id) as unit:
        (found,) = await unit.all(Circle)
        found.sessions_held = 3
        await wave.fall_due(unit, found)
    async with home.store.unit(home.id) as unit:
        (row,) = await unit.all(Wave)
    await asking.ana.does(wave.open_wave, row.token)
    await asking.shows()
    assert asking.said == ["checkin.open"]


async def test_only_who_facilitates_opens_it_and_only_once(home: Home) -> None:
    asking = await a_circle_of(home, 5)
    await asking.falls_due()
    with refused("rc.facilitators_open"):
        await asking.people[1].does(wave.open_wave, asking.token)
    with refused("circle.members_only"):
        await home.person().does(wave.open_wave, asking.token)
    await asking.ana.does(wave.open_wave, asking.token)
    with refused("rc.opened_already"):
        await asking.ana.does(wave.open_wave, asking.token)
    await asking.shows()
    await asking.closes()
    with refused("rc.over"):
        await asking.ana.does(wave.open_wave, asking.token)
    with refused("rc.gone"):
        await asking.ana.does(wave.open_wave, "no-such-token")
    assert (await asking.row()).number == 1


async def test_two_who_open_it_at_once_open_it_once(home: Home) -> None:
    asking = await a_circle_of(home, 4)
    ben = await asking.ana.shares(asking.circle)
    await asking.falls_due()
    token = asking.token
    met = await home.at_once(asking.ana.does(wave.open_wave, token), ben.does(wave.open_wave, token))
    assert sorted(type(one).__name__ for one in met) == ["Opened", "Refusal"]
    await asking.shows()
    assert asking.said == ["checkin.open"]
    assert (await asking.row()).number == 1


async def test_one_that_nobody_took_up_gives_way_to_the_next(home: Home) -> None:
    asking = await a_circle_of(home, 5)
    await asking.falls_due(3)
    old = asking.token
    await asking.falls_due(8)
    assert asking.said == ["checkin.due"]
    assert await asked(home, *asking.people) == [asking.ana]
    with refused("rc.gone"):
        await asking.ana.does(wave.open_wave, old)
    assert (await asking.row()).items == CORE + VITALITY


async def test_while_one_is_open_another_is_not(home: Home) -> None:
    asking = await a_circle_of(home, 5)
    await asking.opens(3)
    await asking.falls_due(8)
    with refused("rc.another_is_open"):
        await asking.ana.does(wave.open_wave, asking.token)
    await asking.closes()
    await asking.ana.does(wave.open_wave, asking.token)
    assert (await asking.row()).number == 2


async def test_a_circle_of_fewer_than_five_reads_the_open_round_instead(home: Home) -> None:
    asking = await a_circle_of(home, 4)
    await asking.falls_due()
    assert asking.said == ["checkin.small"]
    assert await asked(home, *asking.people) == []


async def test_a_circle_that_became_too_small_reads_it_when_somebody_would_open_it(home: Home) -> None:
    asking = await a_circle_of(home, 5)
    await asking.falls_due()
    await asking.people[4].does(door.leave, token=asking.circle)
    opened = await asking.ana.does(wave.open_wave, asking.token)
    assert opened.closes_at is None
    await asking.shows()
    assert asking.said == ["checkin.small"]
    assert await asked(home, asking.ana) == []
    with refused("rc.gone"):
        await asking.ana.does(wave.open_wave, asking.token)


async def test_where_nobody_facilitates_whoever_does_later_is_told(home: Home) -> None:
    asking = await a_circle_of(home, 5)
    await asking.ana.does(handover.step_back, asking.circle, farewell=False)
    await asking.falls_due()
    ben = asking.people[1]
    (offer,) = [one for one in await ben.looks() if one.due.facts["kind"] == "offer.facilitator"]
    await ben.does(facilitator.answer, str(offer.due.facts["offer"]), yes=True)
    await asking.passes(3 * DAYS + HOUR)
    assert await asked(home, *asking.people) == [ben]


async def test_a_wave_is_of_its_server_only_and_is_found_from_a_dm(home: Home, elsewhere: Home) -> None:
    asking = await a_circle_of(home, 5)
    await asking.falls_due()
    assert await home.store.server_of(asking.token) == home.id
    with refused("rc.gone"):
        await asking.ana.in_(elsewhere).does(wave.open_wave, asking.token)


async def test_who_steps_back_is_not_reminded_any_more(home: Home) -> None:
    asking = await a_circle_of(home, 4)
    ben = await asking.ana.shares(asking.circle)
    await asking.falls_due()
    await asking.ana.does(handover.step_back, asking.circle, farewell=False)
    assert await asked(home, asking.ana) == []
    await asking.passes(3 * DAYS + HOUR)
    assert await asked(home, asking.ana, ben) == [ben]


async def test_one_line_reminds_all_after_two_days_and_goes_when_it_closes(home: Home) -> None:
    asking = await a_circle_of(home, 5)
    await asking.all_say_yes()
    await asking.opens()
    assert kinds(await asking.passes(2 * DAYS - HOUR)) == []
    assert kinds(await asking.passes(HOUR)) == ["checkin.reminder"]
    assert asking.said == ["checkin.open", "checkin.reminder"]
    await asking.passes(DAYS)
    assert asking.said == ["checkin.closed"]


async def test_a_reminder_that_comes_too_late_is_not_said(home: Home) -> None:
    asking = await a_circle_of(home, 5)
    await asking.opens()
    assert kinds(await asking.closes()) == []


async def test_all_read_at_once_what_several_share_the_next_morning_at_ten(home: Home) -> None:
    asking = await a_circle_of(home, 6)
    await asking.all_say_yes()
    await asking.opens()
    for person in asking.people:
        await asking.taps(person, Tap.YES, HARD["rushed"], EASY["leave"])
    assert kinds(await asking.closes()) == []  # closed at noon: six hours later it is evening
    assert kinds(await asking.passes(timedelta(hours=21, minutes=55))) == []
    anew = await asking.passes(timedelta(minutes=5))
    assert kinds(anew) == ["checkin.result"]
    (told,) = [one.due.facts for one in anew if one.due.deed == "post"]
    assert told["several"] == ["rushed"]
    assert await asking.passes(30 * DAYS) == []


async def test_fewer_than_five_answers_to_everything_show_nothing_and_the_line_does_not_say_how_many(
    home: Home,
) -> None:
    asking = await a_circle_of(home, 6)
    await asking.all_say_yes(asking.people[5])
    await asking.opens()
    for person in asking.people[:4]:
        await asking.taps(person, *[HARD[item] for item in CORE])
    await asking.taps(asking.people[4], Tap.SKIP, Tap.SKIP)
    anew = [*await asking.closes(), *await asking.passes(DAYS)]
    assert kinds(anew) == ["checkin.few"]


async def test_with_fewer_than_five_who_are_asked_it_opens_all_the_same(home: Home) -> None:
    asking = await a_circle_of(home, 5)
    await asking.people[1].does(checkin.join, asking.circle)
    await asking.opens()
    assert asking.said == ["checkin.open"]
    assert kinds([*await asking.closes(), *await asking.passes(DAYS)]) == ["checkin.few"]


async def test_who_leaves_the_circle_or_takes_it_back_is_not_counted(home: Home) -> None:
    asking = await a_circle_of(home, 7)
    await asking.all_say_yes()
    await asking.opens()
    for person in asking.people:
        await asking.taps(person, *[HARD[item] for item in CORE])
    rows = await asking.answers()
    for person in asking.people[4:6]:
        await person.does(checkin.leave, named=asking.circle)
    await asking.people[6].does(door.leave, token=asking.circle)
    assert await asking.answers() == rows
    assert kinds([*await asking.closes(), *await asking.passes(DAYS)]) == ["checkin.few"]


async def test_when_it_closes_the_answers_and_the_key_are_gone(home: Home) -> None:
    asking = await a_circle_of(home, 5)
    await asking.all_say_yes()
    await asking.opens(8)
    await asking.taps(asking.ana, Tap.YES)
    kept = await asking.row()
    assert len(await asking.answers()) == 5 * 9
    assert owner_of(kept.id) in home.store.keyring.owners()
    await asking.closes()
    assert await asking.answers() == []
    assert owner_of(kept.id) not in home.store.keyring.owners()
    assert (await asking.row()).phase is Phase.CLOSED


async def test_what_a_wave_came_to_is_kept_of_the_last_two_only(home: Home) -> None:
    asking = await a_circle_of(home, 5)
    for held in (3, 8, 18):
        await asking.opens(held)
        await asking.closes()
        await asking.passes(DAYS)
    async with home.store.unit(home.id) as unit:
        assert sorted(one.held for one in await unit.all(Wave)) == [8, 18]

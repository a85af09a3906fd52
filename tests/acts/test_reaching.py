"""How one person is reached: not woken, pinged less, and never left without what is for them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.acts import due, inbox, reaching, server
from bot.acts.due import Errand
from bot.acts.reaching import Reach
from bot.store.rows import Person, Server

from .people import Home, Someone, begun, refused
from .test_inbox import note_for

HOUR = timedelta(hours=1)
ENDS = datetime(2026, 11, 23, 21, tzinfo=UTC)  # the moments of these tests begin at noon


async def sleeping(home: Home, start: str = "11:00", end: str = "21:00") -> Someone:
    """Somebody who takes DMs, but not now."""
    ana = home.person()
    await ana.does(inbox.set_dms, wanted=True)
    await ana.does(reaching.keep_quiet, start=start, end=end, zone="UTC")
    return ana


def knocks(carried: list[Errand]) -> list[str]:
    """The rows for which a DM was sent."""
    return [one.due.token for one in carried if one.reader_takes_dms and not one.quiet_until]


async def next_due_of(home: Home) -> datetime | None:
    async with home.store.unit(0) as unit:
        return await due.next_due(unit)


async def test_a_dm_that_would_wake_somebody_comes_when_their_quiet_hours_end_and_only_then(home: Home) -> None:
    ana = await sleeping(home)
    token = await note_for(ana)
    assert knocks(await home.carry_out()) == []
    assert await home.carry_out() == []  # not again and again
    assert await next_due_of(home) == ENDS
    home.moments.advance((ENDS - home.moments.now()).total_seconds() - 5)
    assert await home.carry_out() == []
    assert knocks(await home.passes(timedelta(seconds=5))) == [token]
    assert [note.due.token for note in await ana.looks()] == [token]


async def test_a_night_full_of_notes_ends_with_one_dm(home: Home) -> None:
    ana = await sleeping(home)
    for _ in range(3):
        await note_for(ana)
        await home.carry_out()
    assert len(knocks(await home.passes(10 * HOUR))) == 1
    assert len(await ana.looks()) == 3
    assert await home.carry_out() == []


async def test_what_waits_for_the_morning_can_be_looked_at_in_the_night_and_then_nothing_comes(home: Home) -> None:
    ana = await sleeping(home)
    token = await note_for(ana)
    question = await note_for(ana, "door.request")
    await home.carry_out()
    assert await ana.does(due.anything_waits)
    assert {note.due.token for note in await ana.looks()} == {token, question}
    assert await home.passes(10 * HOUR) == []


async def test_somebody_who_sleeps_holds_up_nobody_else(home: Home) -> None:
    ana = await sleeping(home)
    ben = home.person()
    await ben.does(inbox.set_dms, wanted=True)
    async with home.store.unit(home.id) as unit:
        for who in (ana, ben):
            person = await unit.people.meet(who.id)
            await unit.waiting.write("note", "one lane", person=person.id, kind="door.let_in")
    assert [one.people for one in await home.carry_out() if knocks([one])] == [{(await person_of(ben)).id: ben.id}]


@pytest.mark.parametrize("dms_off", [True, False])
async def test_what_is_chosen_in_the_night_holds_from_then_on(home: Home, dms_off: bool) -> None:
    ana = await sleeping(home)
    token = await note_for(ana)
    await home.carry_out()
    if dms_off:
        await ana.does(inbox.set_dms, wanted=False)
        assert knocks(await home.passes(10 * HOUR)) == []
    else:
        await ana.does(reaching.keep_quiet, start="11:00", end="22:00", zone="")
        assert knocks(await home.passes(9 * HOUR)) == []
        assert knocks(await home.passes(HOUR)) == [token]
    assert [note.due.token for note in await ana.looks()] == [token]


async def test_a_dm_that_may_have_been_sent_before_the_night_is_looked_for_after_it(home: Home) -> None:
    ana = await sleeping(home, start="13:00")
    token = await note_for(ana)
    async with home.store.unit(home.id) as unit:
        await due.claim(unit, token)  # and then the process died
    claimed = home.moments.now()
    await home.passes(2 * HOUR)
    carried = await home.passes(8 * HOUR)
    assert knocks(carried) == [token]
    assert [one.claimed_at for one in carried] == [claimed]


async def test_without_dms_quiet_hours_change_nothing(home: Home) -> None:
    ana = await sleeping(home)
    await ana.does(inbox.set_dms, wanted=False)
    await note_for(ana)
    await home.carry_out()
    assert await next_due_of(home) is None


async def test_who_wants_fewer_pings_is_known_to_what_carries_their_turn(home: Home) -> None:
    evening = await begun(home)
    assert all(turn.unpinged == frozenset() for turn in evening.turns)
    for person in evening.others:
        await person.does(reaching.ping_less, wanted=True)
    await evening.goes_on()
    turn = evening.turns[-1]
    assert turn.due.facts["speaker"] in turn.unpinged
    assert {turn.people[person] for person in turn.unpinged} <= {person.id for person in evening.others}
    assert evening.speaker.id == turn.people[turn.due.facts["speaker"]]
    await evening.speaker.does(reaching.ping_less, wanted=False)
    assert (await person_of(evening.speaker)).fewer_pings is False


async def test_each_person_chooses_for_themselves_and_in_each_server(home: Home, elsewhere: Home) -> None:
    ana, ben = home.person(language="es"), home.person()
    await ana.does(reaching.ping_less, wanted=True)
    kept = await ana.does(reaching.keep_quiet, start="22:00", end="08:00", zone="europe/madrid")
    assert kept.quiet is not None
    assert (kept.fewer_pings, kept.dms, kept.quiet.zone) == (True, False, "Europe/Madrid")
    assert kept == await ana.does(reaching.look)
    for who in (ben, ana.in_(elsewhere)):
        assert await who.does(reaching.look) == Reach()
    assert (await person_of(ana)).language == "es"


async def test_looking_remembers_nobody(home: Home) -> None:
    await home.person().does(reaching.look)
    await home.person().does(reaching.end_quiet)
    async with home.store.unit(home.id) as unit:
        assert await unit.all(Person) == []


@pytest.mark.parametrize(
    ("start", "end", "zone", "code"),
    [
        ("late", "08:00", "UTC", "reminders.unclear_time"),
        ("22:00", "8:61", "UTC", "reminders.unclear_time"),
        ("22:00", "22", "UTC", "reminders.no_hours"),
        ("22:00", "08:00", "Berln", "settings.unknown_zone"),
        ("22:00", "08:00", "the moon", "settings.no_zone_like_it"),
        ("22:00", "08:00", " ", "reminders.which_zone"),
    ],
)
async def test_what_is_not_clear_changes_nothing(home: Home, start: str, end: str, zone: str, code: str) -> None:
    ana = home.person()
    with refused(code):
        await ana.does(reaching.keep_quiet, start=start, end=end, zone=zone)
    async with home.store.unit(home.id) as unit:
        assert await unit.all(Person) == []
        assert await unit.all(Server) == []


async def test_without_a_zone_it_is_ones_own_else_the_servers(home: Home) -> None:
    admin, ana = home.person(administers=True), home.person()
    await admin.does(server.set_up, facilitators=None, zone="Asia/Beirut", language=None, care_contact=None)
    zones = []
    for given in ("", "Europe/Berlin", ""):
        kept = await ana.does(reaching.keep_quiet, start="22", end="8", zone=given)
        assert kept.quiet is not None
        zones.append(kept.quiet.zone)
    assert zones == ["Asia/Beirut", "Europe/Berlin", "Europe/Berlin"]


async def test_with_the_quiet_hours_the_zone_is_forgotten(home: Home) -> None:
    ana = await sleeping(home)
    assert (await ana.does(reaching.end_quiet)) == Reach(dms=True)
    person = await person_of(ana)
    assert (person.quiet_from, person.quiet_until, person.zone) == (None, None, None)
    token = await note_for(ana)
    assert knocks(await home.carry_out()) == [token]


async def person_of(who: Someone) -> Person:
    async with who.home.store.unit(who.home.id) as unit:
        person = await unit.people.find(who.id)
    assert person is not None
    return person


async def test_the_next_quiet_is_told_by_the_clock_of_today(home: Home) -> None:
    ana = Someone(home, replace(home.person().presser))
    kept = await ana.does(reaching.keep_quiet, start="22:00", end="08:00", zone="Europe/Madrid")
    assert kept.next_quiet == (ENDS, datetime(2026, 11, 24, 7, tzinfo=UTC))

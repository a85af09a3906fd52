"""The agreement: made in a session, line by line, and said yes to for today."""

from pathlib import Path

import pytest

from bot.acts import agreement, circle, session
from bot.practice.agreement import LONGEST_LINE, MOST_LINES, STARTER, Agreement, Assent, Line
from bot.store.rows import Sealed
from bot.store.tables import metadata

from .agreeing import OWN, agrees, closes, opens_list, rows, shown
from .people import Home, Someone, begun, gathered, refused


async def test_before_there_is_one_members_read_ahead_and_nothing_is_kept(home: Home) -> None:
    evening = await gathered(home)
    found = await shown(evening.others[0])
    assert [line.starter for line in found.lines] == list(STARTER)
    assert (found.version, found.opened, found.is_open, found.said_yes) == (0, False, True, False)
    with refused("circle.members_only"):
        await shown(home.person())
    for kind in (Agreement, Line):
        assert await rows(home, kind) == []
    assert await evening.holder.does(agreement.of_session, evening.token) == await shown(evening.holder)


async def test_the_way_from_the_first_list_to_a_second_version(home: Home) -> None:
    evening = await begun(home)
    ana, ben, cem = evening.people
    lines = await opens_list(evening)
    assert await ben.does(agreement.propose, evening.circle, f" {OWN} ")
    assert await cem.does(agreement.object, lines[3]) == agreement.Asked(4, now=True, listed=True)
    await evening.shows()
    assert await ana.does(agreement.close_list, evening.token) == 1
    closed_at = home.moments.now()
    found = await shown(cem)
    assert [line.id for line in found.lines[:-1]] == [*lines[:3], *lines[4:]]
    assert (found.lines[-1].text, found.version, found.is_open) == (OWN, 1, False)
    assert found.agreed_at == closed_at

    await closes(evening)
    await evening.opens(themes=0)
    await ana.does(session.begin, evening.token)
    await evening.shows()
    assert await ben.does(agreement.propose, evening.circle, "We end on time")
    await evening.shows()
    assert await ana.does(agreement.close_list, evening.token) == 2
    assert [line.text for line in (await shown(cem)).lines[-2:]] == [OWN, "We end on time"]


async def test_only_the_holder_closes_the_list_and_only_in_an_open_session(home: Home, elsewhere: Home) -> None:
    evening = await begun(home)
    await opens_list(evening)
    with refused("session.only_holder"):
        await evening.others[0].does(agreement.close_list, evening.token)
    with refused("circle.members_only"):
        await home.person().does(agreement.close_list, evening.token)
    with refused("session.gone"):
        await evening.holder.in_(elsewhere).does(agreement.close_list, evening.token)
    await closes(evening)
    with refused("session.closed_already"):
        await evening.holder.does(agreement.close_list, evening.token)
    assert (await shown(evening.holder)).version == 0


async def test_if_every_line_is_asked_to_be_changed_nothing_is_adopted(home: Home) -> None:
    evening = await begun(home)
    for line in await opens_list(evening):
        await evening.others[0].does(agreement.object, line)
    await evening.shows()
    with refused("agreement.nothing_left"):
        await evening.holder.does(agreement.close_list, evening.token)
    assert (await shown(evening.holder)).version == 0


@pytest.mark.parametrize("text", ["no", "x" * (LONGEST_LINE + 1), " \n "])
async def test_a_line_that_can_not_be_used_is_refused_and_opens_nothing(home: Home, text: str) -> None:
    evening = await begun(home)
    with refused("agreement.line_length"):
        await evening.holder.does(agreement.propose, evening.circle, text)
    assert await rows(home, Line) == []
    assert await evening.shows() == []


async def test_the_same_line_twice_stands_once(home: Home) -> None:
    evening = await begun(home)
    await evening.holder.does(agreement.propose, evening.circle, OWN)
    with refused("agreement.there_already"):
        await evening.others[0].does(agreement.propose, evening.circle, OWN.upper())
    assert len(await rows(home, Line)) == len(STARTER) + 1


async def test_when_the_list_is_full_that_is_said_and_nothing_is_kept(home: Home) -> None:
    evening = await begun(home)
    for number in range(MOST_LINES - len(STARTER)):
        await evening.holder.does(agreement.propose, evening.circle, f"Line {number}")
    before = len(await rows(home, Sealed))
    with refused("agreement.no_room"):
        await evening.holder.does(agreement.propose, evening.circle, OWN)
    assert len(await rows(home, Sealed)) == before


async def test_only_members_of_the_circle_change_its_lines(home: Home, elsewhere: Home) -> None:
    evening = await begun(home)
    lines = await agrees(evening)
    stranger, away = home.person(), evening.holder.in_(elsewhere)
    for deed in (agreement.open_list, agreement.assent, agreement.unsure):
        with refused("circle.members_only"):
            await stranger.does(deed, evening.circle)
        with refused("circle.gone"):
            await away.does(deed, evening.circle)
    with refused("circle.members_only"):
        await stranger.does(agreement.propose, evening.circle, OWN)
    for on_line in (agreement.object, agreement.remind):
        with refused("circle.members_only"):
            await stranger.does(on_line, lines[0])
        with refused("agreement.line_gone"):
            await away.does(on_line, lines[0])
        with refused("agreement.line_gone"):
            await evening.holder.does(on_line, "no such line")


async def test_a_yes_is_for_this_version_and_can_be_taken_back(home: Home) -> None:
    evening = await begun(home)
    _, ben, cem = evening.people
    with refused("agreement.none_yet"):
        await ben.does(agreement.assent, evening.circle)
    await agrees(evening)
    assert not (await shown(ben)).said_yes
    for _ in range(2):
        assert await ben.does(agreement.assent, evening.circle) == 1
    assert [(await shown(who)).said_yes for who in (ben, cem)] == [True, False]
    await cem.does(agreement.unsure, evening.circle)
    assert len(await rows(home, Assent)) == 1
    await ben.does(agreement.unsure, evening.circle)
    assert await rows(home, Assent) == []


async def test_everybody_is_asked_again_after_a_change_and_newcomers_are_asked_too(home: Home) -> None:
    evening = await begun(home)
    _, ben, _ = evening.people

    async def unanswered(who: Someone) -> bool:
        async with home.store.unit(home.id) as unit:
            person = await unit.people.find(who.id)
            found = await unit.one(Agreement)
            assert person is not None
            return found is not None and await agreement.unanswered(unit, found.circle_id, person.id)

    assert not await unanswered(ben)
    await agrees(evening)
    await ben.does(agreement.assent, evening.circle)
    dua = await home.person().joins(evening.circle)
    assert [await unanswered(who) for who in (ben, dua)] == [False, True]
    await dua.does(agreement.propose, evening.circle, OWN)
    await evening.shows()
    assert not await unanswered(ben)
    await evening.holder.does(agreement.close_list, evening.token)
    assert await unanswered(ben)
    assert await rows(home, Assent) == []


async def test_a_session_without_theme_rounds_needs_an_agreement(home: Home) -> None:
    evening = await begun(home)
    await closes(evening)
    with refused("session.agreement_first"):
        await evening.holder.does(session.open_session, named=None, rounds=0)
    await evening.opens()
    with refused("agreement.in_a_round"):
        await agrees(evening)
    await evening.holder.does(session.begin, evening.token)
    await agrees(evening)
    await closes(evening)
    assert (await evening.holder.does(session.open_session, named=None, rounds=0)).number == 3


async def test_the_card_of_the_circle_says_which_version_stands_and_since_when(home: Home) -> None:
    evening = await begun(home)
    found = await evening.holder.does(circle.show, named=None)
    assert (found.agreement_version, found.agreed_at) == (0, None)
    await agrees(evening)
    found = await evening.holder.does(circle.show, named=None)
    assert found.agreement_version == 1
    assert found.agreed_at is not None


async def test_after_adoption_no_row_ties_a_line_to_a_person(home: Home, tmp_path: Path) -> None:
    evening = await begun(home)
    _, ben, cem = evening.people
    await ben.does(agreement.propose, evening.circle, OWN)
    await cem.does(agreement.propose, evening.circle, "We speak slowly")
    lines = [line.id for line in (await shown(ben)).lines]
    for line in (lines[0], lines[9]):
        await ben.does(agreement.object, line)
    await evening.shows()
    async with home.store.unit(home.id) as unit:
        people = [await unit.people.find(who.id) for who in evening.people]
        before = await unit.all(Sealed)
    assert {row.owner for row in before} >= {person.id for person in people[1:] if person}

    await evening.holder.does(agreement.close_list, evening.token)
    await evening.shows()
    assert [line.text for line in (await shown(cem)).lines[7:]] == [OWN]
    async with home.store.unit(home.id) as unit:
        kept = await unit.one(Agreement)
        assert kept is not None
        assert {row.owner for row in await unit.all(Sealed)} == {f"circle:{kept.circle_id}"}
        ids = [str(person.id) for person in people if person]
        of_lines = {table.name: (await unit.rows.execute(table.select())).all() for table in metadata.sorted_tables}
        for name in ("agreement", "line", "objection", "assent", "waiting"):
            told = repr(of_lines[name])
            assert [person for person in ids if person in told] == [], name
        about = {line.id for line in kept.lines} | {line.words_id for line in kept.lines if line.words_id}
        elsewhere = repr({name: found for name, found in of_lines.items() if name not in {"line", "sealed"}})
        assert [one for one in [*lines, *about] if one in elsewhere] == []
    await home.store.keep_safe()
    if home.store.url.startswith("sqlite"):
        on_disk = b"".join(path.read_bytes() for path in tmp_path.iterdir())
        assert OWN.encode() not in on_disk

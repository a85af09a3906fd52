"""The lines of an agreement, as people read them."""

from bot.acts import agreement, door, lines, session
from bot.practice.agreement import STARTER, Assent, Line, Objection
from bot.practice.circle import Circle
from bot.practice.session import Session

from .agreeing import OWN, closes, opens_list, rows, shown
from .people import Home, begun, gathered, refused


async def test_in_the_public_list_nothing_is_anybodys(home: Home) -> None:
    evening = await begun(home)
    found = await evening.holder.does(agreement.open_list, evening.circle)
    await evening.holder.does(agreement.object, found.lines[0].id)
    async with home.store.unit(home.id) as unit:
        circle = await unit.one(Circle, token=evening.circle)
        assert circle is not None
        listed = await lines.view(unit, circle, None)
    assert [(line.asked, line.mine) for line in listed.lines[:2]] == [(True, False), (False, False)]
    assert (listed.said_yes, listed.may_close) == (False, False)
    own = await evening.holder.does(agreement.read)
    assert (own.lines[0].mine, own.may_close, own.session) == (True, True, evening.token)


async def test_without_an_open_session_no_thread_shows_the_list(home: Home) -> None:
    await home.is_set_up()
    ana = home.facilitator()
    token = await ana.makes_circle()
    found = await ana.does(agreement.open_list, token)
    assert [line.starter for line in found.lines] == list(STARTER)
    assert (found.session, found.may_close, found.opened) == (None, False, True)
    assert await home.carry_out() == []


async def test_only_the_holder_is_told_that_they_may_close_the_list(home: Home) -> None:
    evening = await gathered(home)
    assert not (await evening.others[0].does(agreement.read)).may_close
    assert (await evening.holder.does(agreement.read)).may_close


async def test_the_list_is_posted_once_and_changed_from_there_on(home: Home) -> None:
    evening = await begun(home)
    _, ben, cem = evening.people
    await ben.does(agreement.propose, evening.circle, OWN)
    await cem.does(agreement.propose, evening.circle, "We end on time")
    posted, edited = await evening.shows()
    assert (posted.due.deed, posted.due.facts["kind"], posted.channel_id) == ("post", "agreement.list", evening.thread)
    for errand in (posted, edited):  # both have the newest state, however late they are carried out
        assert errand.agreement
        assert [line.text for line in errand.agreement.lines[8:]] == [OWN, "We end on time"]
        assert errand.people == {}
    (kept,) = [one for one in await rows(home, Session) if isinstance(one, Session)]
    assert (edited.due.deed, edited.message_id) == ("edit", kept.list_message_id)
    assert kept.list_message_id
    await evening.holder.does(agreement.close_list, evening.token)
    (edited,) = await evening.shows()
    assert (edited.due.deed, edited.message_id) == ("edit", kept.list_message_id)
    assert edited.agreement
    assert (edited.agreement.version, edited.agreement.is_open) == (1, False)


async def test_what_changes_while_the_list_is_on_its_way_reaches_it(home: Home) -> None:
    evening = await begun(home)
    await evening.holder.does(agreement.open_list, evening.circle)
    on_its_way = await rows(home, Session)
    await evening.holder.does(agreement.propose, evening.circle, OWN)
    assert [one.list_message_id for one in on_its_way if isinstance(one, Session)] == [0]
    posted, edited = await evening.shows()
    assert [posted.due.deed, edited.due.deed] == ["post", "edit"]
    assert edited.message_id


async def test_nothing_is_adopted_that_never_stood_in_the_thread(home: Home) -> None:
    evening = await begun(home)
    assert await evening.holder.does(agreement.close_list, evening.token) is None
    assert await evening.holder.does(agreement.close_list, evening.token) is None  # it is still on its way
    (posted,) = await evening.shows()
    assert (posted.due.deed, posted.due.facts["kind"]) == ("post", "agreement.list")
    assert await evening.holder.does(agreement.close_list, evening.token) == 1
    with refused("agreement.nothing_open"):
        await evening.holder.does(agreement.close_list, evening.token)


async def test_an_open_list_outlives_its_session_and_stands_in_the_next_thread(home: Home) -> None:
    evening = await begun(home)
    lines = await opens_list(evening)
    await evening.others[0].does(agreement.object, lines[0])
    await evening.shows()
    await closes(evening)
    assert not await evening.others[0].does(agreement.propose, evening.circle, OWN)  # no thread shows it now
    await evening.opens()
    await evening.holder.does(session.begin, evening.token)
    await evening.shows()
    assert await evening.holder.does(agreement.close_list, evening.token) is None
    (posted,) = await evening.shows()
    assert posted.agreement
    assert (posted.agreement.lines[0].asked, posted.agreement.lines[-1].text) == (True, OWN)
    assert posted.channel_id == evening.thread
    assert await evening.holder.does(agreement.close_list, evening.token) == 1


async def test_who_asked_sees_their_own_mark_and_nobody_sees_whose_another_is(home: Home) -> None:
    evening = await begun(home)
    lines = await opens_list(evening)
    _, ben, cem = evening.people
    await ben.does(agreement.object, lines[2])
    seen = [(await shown(who)).lines[2] for who in (ben, cem)]
    assert [(line.asked, line.mine) for line in seen] == [(True, True), (True, False)]
    assert await ben.does(agreement.object, lines[2]) == agreement.Asked(3, now=False, listed=True)
    assert not (await shown(cem)).lines[2].asked


async def test_who_leaves_takes_along_what_is_not_adopted_and_leaves_what_is(home: Home) -> None:
    evening = await begun(home)
    ana, ben, _ = evening.people
    await ben.does(agreement.propose, evening.circle, OWN)
    await evening.shows()
    await ana.does(agreement.close_list, evening.token)
    await ben.does(agreement.assent, evening.circle)
    lines = [line.id for line in (await shown(ben)).lines]
    await ben.does(agreement.propose, evening.circle, "We end on time")
    await ben.does(agreement.object, lines[0])
    await evening.shows()
    await ben.does(door.leave, token=evening.circle)
    *_, listed = [errand.agreement for errand in await evening.shows() if errand.agreement]
    assert [line.text for line in listed.lines[8:]] == [OWN]
    found = await shown(ana)
    assert (found.is_open, [line.id for line in found.lines]) == (False, lines)
    assert await rows(home, Assent) == await rows(home, Objection) == []


async def test_a_line_whose_author_was_forgotten_is_not_shown_and_not_adopted(home: Home) -> None:
    evening = await begun(home)
    _, ben, cem = evening.people
    for who, text in ((ben, OWN), (cem, "We end on time")):
        await who.does(agreement.propose, evening.circle, text)
    await evening.shows()
    async with home.store.unit(home.id) as unit:
        forgotten = await unit.people.find(ben.id)
    assert forgotten is not None
    await home.store.keyring.destroy(forgotten.id)
    assert [line.text for line in (await shown(cem)).lines[8:]] == ["We end on time"]
    assert await evening.holder.does(agreement.close_list, evening.token) == 1
    assert [line.text for line in (await shown(cem)).lines[8:]] == ["We end on time"]
    assert len(await rows(home, Line)) == 9

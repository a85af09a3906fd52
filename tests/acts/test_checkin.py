"""Saying yes to being asked, answering, and changing one's mind; and what nobody else can tell from it (D4.4-D4.6)."""

from datetime import timedelta

from bot.acts import checkin, door, server
from bot.practice.checkin import CORE, EASY, VITALITY, Tap
from bot.practice.circle import Membership

from .asking import DAYS, HARD, a_circle_of, kinds
from .people import Home, refused


async def test_nobody_is_asked_until_they_said_yes_and_nobody_else_learns_of_it(home: Home) -> None:
    asking = await a_circle_of(home, 5)
    ben = asking.people[1]
    assert await ben.does(checkin.about, named=asking.circle) == checkin.Standing(
        asking.circle, "Garden", 5, asked=False, now_open=False, highest=5
    )
    assert (await ben.does(checkin.join, asking.circle)).asked
    assert (await ben.does(checkin.about_here, asking.circle)).asked
    assert await asking.shows() == []
    assert not (await asking.ana.does(checkin.about, named=None)).asked
    assert not (await ben.does(checkin.leave, named=None)).asked
    assert await asking.shows() == []


async def test_strangers_neither_say_yes_nor_answer(home: Home) -> None:
    asking = await a_circle_of(home, 5)
    await asking.opens()
    stranger = home.person()
    with refused("circle.members_only"):
        await stranger.does(checkin.join, asking.circle)
    with refused("circle.members_only"):
        await stranger.does(checkin.about, named=asking.circle)
    with refused("circle.members_only"):
        await stranger.does(checkin.begin, asking.token)
    with refused("circle.members_only"):
        await stranger.does(checkin.begin_here, named=asking.circle)


async def test_questions_come_one_by_one_and_an_answer_can_be_changed_until_it_closes(home: Home) -> None:
    asking = await a_circle_of(home, 5)
    await asking.all_say_yes()
    await asking.opens(8)
    ben = asking.people[1]
    found = await ben.does(checkin.begin, asking.token)
    assert found is not None
    assert (found.item, found.place, found.of, found.care) == ("remembered", 1, 9, [])
    came = []
    for item in CORE + VITALITY:
        found = await ben.does(checkin.answer, asking.token, item=item, tap=Tap.PARTLY)
        assert found is not None
        came.append(found.item)
    assert came == [*(CORE + VITALITY)[1:], None]
    assert await asking.letters() == "-" * 36 + "p" * 9
    await ben.does(checkin.answer, asking.token, item="rushed", tap=Tap.NO)
    await ben.does(checkin.answer, asking.token, item="known", tap=Tap.SKIP)
    assert await asking.letters() == "-" * 37 + "n" + "p" * 7


async def test_a_question_it_does_not_ask_is_not_answered(home: Home) -> None:
    asking = await a_circle_of(home, 5)
    await asking.all_say_yes()
    await asking.opens(3)
    for item in ("known", "no such"):
        with refused("rc.gone"):
            await asking.ana.does(checkin.answer, asking.token, item=item, tap=Tap.YES)


async def test_who_is_not_asked_this_time_changes_nothing(home: Home) -> None:
    asking = await a_circle_of(home, 6)
    _, ben, cem, dan, *_ = asking.people
    for person in (ben, dan):
        await person.does(checkin.join, asking.circle)
    await asking.opens()
    await cem.does(checkin.join, asking.circle)
    await dan.does(checkin.leave, named=asking.circle)
    await dan.does(checkin.join, asking.circle)
    before = await asking.answers()
    for person, code in ((asking.ana, "rc.not_in"), (cem, "rc.from_the_next"), (dan, "rc.from_the_next")):
        with refused(code):
            await person.does(checkin.begin, asking.token)
        with refused(code):
            await person.does(checkin.answer, asking.token, item="rushed", tap=Tap.YES)
    assert await asking.answers() == before
    await asking.closes()
    await asking.passes(DAYS)
    await asking.opens(8)
    for person in (ben, cem, dan):
        assert await person.does(checkin.begin, asking.token)


async def test_a_button_of_an_earlier_or_closed_one_changes_nothing(home: Home) -> None:
    asking = await a_circle_of(home, 5)
    await asking.all_say_yes()
    await asking.falls_due()
    with refused("rc.not_open_yet"):
        await asking.ana.does(checkin.begin, asking.token)
    with refused("rc.none_open"):
        await asking.ana.does(checkin.begin_here, named=asking.circle)
    await asking.opens(3)
    first = asking.token
    home.moments.advance(3 * 86400)  # its time is over, though nobody has carried it out yet
    with refused("rc.over"):
        await asking.ana.does(checkin.answer, first, item="rushed", tap=Tap.YES)
    await asking.shows()
    await asking.opens(8)
    with refused("rc.over"):
        await asking.ana.does(checkin.answer, first, item="rushed", tap=Tap.YES)
    with refused("rc.gone"):
        await asking.ana.does(checkin.begin, "earlier")
    assert set(await asking.letters()) == {"-"}
    assert await asking.ana.does(checkin.begin_here, named=None)


async def test_who_was_away_from_the_server_is_told_so(home: Home) -> None:
    asking = await a_circle_of(home, 4)
    cem = await home.person(joined_at=home.moments.now()).joins(asking.circle)
    await cem.does(checkin.join, asking.circle)
    await asking.opens()
    home.moments.advance(60)
    with refused("circle.was_away"):
        await (await asking.leaves_server(cem)).does(checkin.answer, asking.token, item="rushed", tap=Tap.YES)


async def test_who_leaves_and_comes_back_is_asked_only_after_a_new_yes(home: Home) -> None:
    asking = await a_circle_of(home, 6)
    await asking.all_say_yes()
    ben = asking.people[1]
    await ben.does(door.leave, token=asking.circle)
    await ben.joins(asking.circle)
    await asking.opens()
    with refused("rc.not_in"):
        await ben.does(checkin.begin, asking.token)


async def test_every_screen_names_the_care_contacts(home: Home) -> None:
    asking = await a_circle_of(home, 5)
    await asking.all_say_yes()
    contact, admin = home.person(), home.person(administers=True)
    await admin.does(server.set_up, facilitators=None, zone=None, language=None, care_contact=contact.id)
    question = next(one for one in await asking.shows() if one.due.facts["kind"] == "server.care_question")
    await contact.does(server.answer_care, str(question.due.facts["token"]), yes=True, facilitates=False)
    await asking.opens()
    replies = [await asking.ana.does(checkin.answer, asking.token, item="leave", tap=tap) for tap in Tap]
    assert [reply and reply.care for reply in replies] == [[contact.id]] * 4
    assert len(set(map(repr, replies))) == 1  # whatever was tapped, the answer is the same


async def test_the_threshold_only_goes_up_and_counts_from_the_next_one(home: Home) -> None:
    asking = await a_circle_of(home, 7)
    await asking.all_say_yes()
    with refused("circle.facilitators_only"):
        await asking.people[1].does(checkin.set_threshold, asking.circle, threshold=6)
    with refused("circle.facilitators_only"):
        await asking.people[1].does(checkin.threshold, asking.circle)
    await asking.opens()
    assert (await asking.ana.does(checkin.set_threshold, asking.circle, threshold=7)).threshold == 7
    with refused("rc.only_upwards"):
        await asking.ana.does(checkin.set_threshold, asking.circle, threshold=6)
    with refused("rc.too_high"):
        await asking.ana.does(checkin.set_threshold, asking.circle, threshold=13)
    with refused("rc.more_than_members"):
        await asking.ana.does(checkin.set_threshold, asking.circle, threshold=8)
    assert (await asking.ana.does(checkin.threshold, asking.circle)).threshold == 7
    assert kinds(await asking.shows()) == ["checkin.raised"]
    await asking.ana.does(checkin.set_threshold, asking.circle, threshold=7)
    assert kinds(await asking.shows()) == []
    assert (await asking.row()).threshold == 5
    for person in asking.people[:6]:
        await asking.taps(person, *[HARD[item] for item in CORE])
    told = [*await asking.closes(), *await asking.passes(timedelta(days=1))]
    assert [one.due.facts["kind"] for one in told if one.due.deed == "post"] == ["checkin.result"]
    await asking.opens(8)
    for person in asking.people[:6]:
        await asking.taps(person, *[EASY[item] for item in CORE])
    told = [*await asking.closes(), *await asking.passes(timedelta(days=1))]
    assert [one.due.facts["kind"] for one in told if one.due.deed == "post"] == ["checkin.few"]


async def test_saying_yes_twice_changes_nothing_and_no_is_kept_as_nothing(home: Home) -> None:
    asking = await a_circle_of(home, 5)
    await asking.ana.does(checkin.join, asking.circle)
    await asking.opens()
    await asking.ana.does(checkin.join, asking.circle)
    assert (await asking.membership(asking.ana)).checks_in_from == 1
    async with home.store.unit(home.id) as unit:
        members: list[Membership] = await unit.all(Membership)
    assert sorted(str(member.checks_in_from) for member in members) == ["1", "None", "None", "None", "None"]

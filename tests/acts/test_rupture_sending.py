"""A flag before it is sent: whom it may reach, what is refused, and what isn't lost."""

from datetime import timedelta

from bot.acts import door, handover
from bot.acts.rupture import caring, flagging, mending, reading, talking
from bot.acts.rupture.flagging import Preview, Sent
from bot.practice.rupture.flag import How
from bot.practice.rupture.words import Lane, Look, Soon, Wish
from bot.store.rows import Person
from bot.store.unit import Store

from .flags import DAY, HOUR, harbour, told
from .people import Home, refused


async def test_harm_goes_to_care_contacts_and_to_facilitators_only_if_ticked(home: Home) -> None:
    ours = await harbour(home, contacts=3)
    writer = ours.members[0]
    found = await ours.drafts(writer, lane=Lane.HARM)
    contacts = {person.id for person in ours.contacts}
    assert {reach.person for reach in found.reaches} < contacts
    assert [reach.hours for reach in found.reaches] == [0, 48]
    ticked = await writer.does(flagging.choose, found.token, ticked=True)
    assert ticked.reaches[:2] == found.reaches
    assert ours.whose(ticked.reaches[2].person) in ours.facilitators
    assert await writer.does(flagging.choose, found.token, ticked=False) == found
    await writer.does(flagging.send, found.token)
    await home.passes(timedelta(minutes=11))
    first = ours.whose(found.reaches[0].person)
    (token,) = await ours.sees(first)
    await first.does(caring.acknowledge, token, words="")
    with refused("rupture.no_talk"):
        await first.does(talking.offer, token)
    await home.passes(100 * HOUR)
    assert [await told(person) for person in ours.facilitators] == [[], []]


async def test_harm_has_no_wish_to_talk_it_through(home: Home) -> None:
    ours = await harbour(home)
    with refused("rupture.cannot_be_chosen"):
        await ours.drafts(ours.members[0], lane=Lane.HARM, wish=Wish.TOGETHER)


async def test_about_a_facilitator_whom_nobody_names_only_care_contacts_hear(home: Home) -> None:
    ours = await harbour(home)
    found = await ours.drafts(ours.members[0], look=Look.FACILITATES)
    assert [reach.person for reach in found.reaches] == [ours.contacts[0].id]
    found = await ours.drafts(ours.members[0], ours.facilitators[0], look=Look.FACILITATES)
    assert [reach.person for reach in found.reaches] == [ours.facilitators[1].id, ours.contacts[0].id]


async def test_where_nobody_is_left_nothing_is_kept(home: Home, store: Store) -> None:
    ours = await harbour(home)
    async with store.unit(home.id) as unit:
        before = len(await unit.all(Person))
    with refused("rupture.nobody"):
        await ours.drafts(ours.members[0], *ours.facilitators, *ours.contacts, home.person())
    async with store.unit(home.id) as unit:
        assert len(await unit.all(Person)) == before
    assert await ours.members[0].does(reading.my_own) == []


async def test_until_the_server_is_set_up_nothing_can_be_sent(home: Home) -> None:
    await home.is_set_up()
    holder = home.facilitator()
    token = await holder.makes_circle()
    member = await home.person().joins(token)
    assert (await member.does(flagging.lanes_of, token)).missing == ["help_card", "care"]
    with refused("rupture.not_yet"):
        await member.does(
            flagging.draft,
            token,
            lane=Lane.HARM,
            look=Look.HURT,
            wish=Wish.KNOW,
            soon=Soon.TODAY,
            excluded=[],
            words="",
        )
    with refused("circle.members_only"):
        await home.person().does(flagging.lanes_of, token)


async def test_a_preview_an_hour_old_or_not_true_any_more_is_shown_anew_with_its_words(home: Home) -> None:
    ours = await harbour(home, facilitators=3)
    writer = ours.members[0]
    found = await ours.drafts(writer, ours.members[1], words="Río 🌱")
    await home.passes(2 * HOUR)
    renewed = await writer.does(flagging.send, found.token)
    assert isinstance(renewed, Preview)
    assert (renewed.renewed, renewed.words, renewed.excluded) == (True, "Río 🌱", [ours.members[1].id])
    await ours.whose(renewed.reaches[0].person).does(handover.step_back, ours.circle, farewell=False)
    again = await writer.does(flagging.send, found.token)
    assert isinstance(again, Preview)
    assert renewed.reaches[0].person not in {reach.person for reach in again.reaches}
    assert isinstance(await writer.does(flagging.send, found.token), Sent)
    with refused("rupture.draft_gone"):
        await writer.does(flagging.send, found.token)
    assert len(await writer.does(reading.my_own)) == 1
    late = await ours.drafts(writer)
    await home.passes(2 * DAY)
    with refused("rupture.draft_gone"):
        await writer.does(flagging.send, late.token)


async def test_a_draft_is_its_writers_alone_and_can_be_thrown_away(home: Home) -> None:
    ours = await harbour(home)
    found = await ours.drafts(ours.members[0])
    for deed in (flagging.send, flagging.throw_away, flagging.add):
        with refused("rupture.draft_gone"):
            await ours.members[1].does(deed, found.token)
    await ours.members[0].does(flagging.throw_away, found.token)
    with refused("rupture.draft_gone"):
        await ours.members[0].does(flagging.send, found.token)


async def test_five_hundred_characters_fit_also_as_emoji_and_one_more_is_refused(home: Home) -> None:
    ours = await harbour(home)
    writer = ours.members[0]
    await ours.flags(writer, *[home.person() for _ in range(10)], words="🌱" * 500)
    assert (await writer.does(reading.my_own))[0].words == ["🌱" * 500]
    with refused("rupture.too_long"):
        await ours.drafts(writer, words="x" * 501)


async def test_with_three_open_words_can_be_added_to_the_newest(home: Home) -> None:
    ours = await harbour(home)
    writer = ours.members[0]
    for _ in range(3):
        token, people = await ours.is_heard_of(writer)
    full = await ours.drafts(writer, words="And this.")
    assert (full.full, full.adds_to) == ("open", [person.id for person in people])
    assert isinstance(await writer.does(flagging.send, full.token), Preview)
    await writer.does(flagging.add, full.token)
    assert (await ours.shown(people[0], token)).words == ["It hurt.", "And this."]
    assert "rupture.added" in await told(people[0])
    apart = await ours.drafts(writer, people[0], words="Not for them.")
    assert apart.adds_to is None
    with refused("rupture.nothing_to_add_to"):
        await writer.does(flagging.add, apart.token)
    harm = await ours.drafts(writer, lane=Lane.HARM)
    assert harm.full is None
    assert isinstance(await writer.does(flagging.send, harm.token), Sent)


async def test_five_a_week_and_then_again_a_week_later(home: Home) -> None:
    ours = await harbour(home)
    writer = ours.members[0]
    for _ in range(5):
        token, _ = await ours.flags(writer)
        await writer.does(mending.close, token, how=How.WITHDRAWN)
    assert (await ours.drafts(writer)).full == "week"
    assert (await ours.drafts(ours.members[1])).full is None
    await home.passes(7 * DAY)
    assert (await ours.drafts(writer)).full is None


async def test_who_left_the_circle_sends_nothing_and_has_their_words_back(home: Home) -> None:
    ours = await harbour(home)
    writer = ours.members[0]
    for lane in Lane:
        found = await ours.drafts(writer, lane=lane)
        await writer.does(door.leave, token=ours.circle)
        given_back = await writer.does(flagging.send, found.token)
        assert isinstance(given_back, Preview)
        assert (given_back.full, given_back.words, given_back.adds_to) == ("left", "It hurt.", None)
        assert await writer.does(reading.my_own) == []
        await writer.joins(ours.circle)
        assert isinstance(await writer.does(flagging.send, found.token), Sent)
        (sent,) = await writer.does(reading.my_own)
        await writer.does(mending.close, sent.token, how=How.WITHDRAWN)
        async with home.store.unit(home.id) as unit:
            await unit.waiting.done(sent.token)

"""Circles are drafted, made, found and shown; what somebody can't see isn't there for them."""

from dataclasses import replace
from datetime import datetime

import pytest

from bot.acts import Presser, circle, debrief, door, server
from bot.practice.circle import Circle
from bot.practice.door import Door
from bot.store.rows import Sealed
from bot.store.unit import Unit

from .people import SNOWFLAKES, Home, Someone, begun, gathered, refused


async def drafted(ana: Someone, name: str = "Garden", purpose: str | None = None) -> str:
    draft = await ana.does(circle.draft, name=name, channel_id=ana.home.channel, purpose=purpose)
    return draft.token


async def name_found(ana: Someone, named: str | None = None) -> str:
    async def deed(unit: Unit, by: Presser) -> str:
        return await unit.words.read((await circle.find(unit, by, named)).name_id)

    return await ana.does(deed)


async def test_without_the_role_nobody_drafts_a_circle(home: Home) -> None:
    with refused("circle.no_role_yet"):
        await drafted(home.facilitator())
    await home.is_set_up()
    with refused("circle.role_only"):
        await drafted(home.person(administers=True, roles=frozenset({1, 2})))


async def test_a_draft_says_the_name_as_it_will_be_kept(home: Home) -> None:
    await home.is_set_up()
    draft = await home.facilitator().does(circle.draft, name=" Our  garden ", channel_id=home.channel, purpose=None)
    assert (draft.name, draft.channel_id) == ("Our garden", home.channel)


@pytest.mark.parametrize(
    ("name", "purpose", "code"),
    [
        ("@everyone", None, "circle.name_signs"),
        (" ", None, "circle.name_empty"),
        ("a" * 41, None, "circle.name_too_long"),
        ("Garden", "a" * 201, "circle.purpose_too_long"),
    ],
)
async def test_what_can_not_be_used_is_refused_and_nothing_waits(
    home: Home, name: str, purpose: str | None, code: str
) -> None:
    await home.is_set_up()
    with refused(code):
        await drafted(home.facilitator(), name, purpose)
    home.moments.advance(10_000)
    assert await home.carry_out() == []


async def test_nothing_is_made_before_the_yes(home: Home) -> None:
    await home.is_set_up()
    ana = home.facilitator()
    token = await drafted(ana)
    assert await home.carry_out() == []
    async with home.store.unit(home.id) as unit:
        assert await unit.all(Circle) == await unit.all(Sealed) == []
    assert await ana.does(circle.create, token, dms=False) == "Garden"
    (card,) = await home.carry_out()
    assert (card.due.facts["kind"], card.channel_id, card.circle_name) == ("circle.card", home.channel, "Garden")
    async with home.store.unit(home.id) as unit:
        (made,) = await unit.all(Circle)
    assert made.token == card.due.facts["token"]
    assert made.card_message_id is not None
    assert made.door is Door.ASK


async def test_who_makes_a_circle_is_its_first_facilitator(home: Home) -> None:
    await home.is_set_up()
    ana = home.facilitator()
    await ana.does(circle.create, await drafted(ana, purpose="We meet\nafter work"), dms=False)
    shown = await ana.does(circle.show, named=None)
    assert (shown.name, shown.purpose, shown.facilitators) == ("Garden", "We meet after work", [ana.id])
    assert (shown.sessions_held, shown.session is not None, shown.thread_id, shown.holder) == (0, False, None, None)


async def test_dms_are_as_was_said_with_the_last_circle(home: Home) -> None:
    await home.is_set_up()
    ana = home.facilitator()
    for name, dms, wanted in (("Garden", False, False), ("River", True, True), ("Wood", False, False)):
        await ana.does(circle.create, await drafted(ana, name), dms=dms)
        async with home.store.unit(home.id) as unit:
            person = await unit.people.find(ana.id)
            assert person is not None
            assert person.dms is wanted


async def test_a_draft_is_good_for_one_yes_of_its_own_maker(home: Home, elsewhere: Home) -> None:
    await home.is_set_up()
    ana = home.facilitator()
    ben = home.facilitator()
    token, _ = await drafted(ana), await drafted(ben, "River")
    for somebody_else in (ben, home.person(), ana.in_(elsewhere)):
        with refused("circle.draft_gone"):
            await somebody_else.does(circle.create, token, dms=True)
        with refused("circle.draft_gone"):
            await somebody_else.does(circle.discard, token)
    await ana.does(circle.create, token, dms=False)
    with refused("circle.draft_gone"):
        await ana.does(circle.create, token, dms=False)


async def test_a_draft_that_was_thrown_away_or_waited_an_hour_is_gone(home: Home) -> None:
    await home.is_set_up()
    ana = home.facilitator()
    thrown_away, forgotten = [await drafted(ana, name) for name in ("Garden", "River")]
    await ana.does(circle.discard, thrown_away)
    home.moments.advance(3600)
    await home.carry_out()
    for token in (thrown_away, forgotten):
        with refused("circle.draft_gone"):
            await ana.does(circle.create, token, dms=False)


async def test_who_lost_the_role_meanwhile_makes_no_circle(home: Home) -> None:
    await home.is_set_up()
    ana = home.facilitator()
    token = await drafted(ana)
    await home.person(administers=True).does(server.set_up, facilitators=1, zone=None, language=None, care_contact=None)
    with refused("circle.role_only"):
        await ana.does(circle.create, token, dms=False)


@pytest.mark.parametrize("name", ["Garden", "gARDEN", "  garden ", "Ｇａｒｄｅｎ"])
async def test_a_name_is_taken_in_its_own_server_only(home: Home, elsewhere: Home, name: str) -> None:
    for place in (home, elsewhere):
        await place.is_set_up()
    ana, ben = home.facilitator(), home.facilitator()
    early = await drafted(ben, name)
    await ana.makes_circle("Garden")
    with refused("circle.name_taken"):
        await drafted(ben, name)
    with refused("circle.name_taken"):
        await ben.does(circle.create, early, dms=False)
    await elsewhere.facilitator().makes_circle(name)


async def test_of_two_who_take_the_same_name_at_once_one_is_refused(home: Home) -> None:
    await home.is_set_up()
    makers = [home.facilitator() for _ in range(2)]
    drafts = [await drafted(maker) for maker in makers]
    made = await home.at_once(
        *(maker.does(circle.create, draft, dms=False) for maker, draft in zip(makers, drafts, strict=True))
    )
    assert sorted(map(str, made)) == ["Garden", "circle.name_taken"]
    async with home.store.unit(home.id) as unit:
        assert len(await unit.all(Circle)) == 1


async def test_a_circle_takes_the_language_and_zone_of_its_server(home: Home) -> None:
    await home.person(administers=True).does(
        server.set_up, facilitators=home.role, zone="Europe/Madrid", language="es", care_contact=None
    )
    await home.facilitator(language="en").makes_circle()
    async with home.store.unit(home.id) as unit:
        (made,) = await unit.all(Circle)
    assert (made.language, made.zone) == ("es", "Europe/Madrid")


async def test_a_circle_is_found_by_name_by_token_and_by_place(home: Home) -> None:
    evening = await gathered(home)
    ana, away = evening.holder, 1
    other = next(SNOWFLAKES)
    await ana.makes_circle("River", other)
    for named in ("Garden", "gaRDEN", evening.circle):
        assert await name_found(ana.at(away), named) == "Garden"
    assert await name_found(ana.at(home.channel)) == "Garden"
    assert await name_found(ana.at(evening.thread)) == "Garden"
    assert await name_found(ana.at(other)) == "River"
    with refused("circle.which"):
        await name_found(ana.at(away))


async def test_the_only_circle_of_somebody_need_not_be_named(home: Home) -> None:
    evening = await gathered(home)
    ben = home.facilitator()
    await ben.makes_circle("River")
    assert await name_found(evening.others[0].at(1)) == "Garden"
    assert await name_found(ben.at(1)) == "River"


async def test_a_circle_nobody_knows_and_one_that_can_not_be_seen_are_the_same(home: Home, elsewhere: Home) -> None:
    await home.is_set_up()
    token = await home.facilitator().makes_circle()
    for stranger in (home.person(channels=frozenset({1})), home.person().in_(elsewhere)):
        for named in ("Garden", token, "Nowhere"):
            with refused("circle.unknown"):
                await name_found(stranger, named)
        with refused("circle.none_yet"):
            await name_found(stranger)
        assert await stranger.does(circle.named_like, "") == []


async def test_a_member_sees_their_circle_also_where_its_channel_is_hidden(home: Home) -> None:
    await home.is_set_up()
    token = await home.facilitator().makes_circle()
    ben = await home.person().joins(token)
    hidden = Someone(home, replace(ben.presser, channels=frozenset(), place=1))
    assert await name_found(hidden, "Garden") == "Garden"
    assert await hidden.does(circle.named_like, "gar") == [("Garden", token)]


async def test_names_are_completed_in_order_and_not_more_than_discord_shows(home: Home) -> None:
    await home.is_set_up()
    ana = home.facilitator()
    for number in reversed(range(26)):
        await ana.does(circle.create, await drafted(ana, f"Garden {number:02}"), dms=False)
    await ana.makes_circle("River")
    names = [name for name, _ in await home.person().does(circle.named_like, "GARDEN")]
    assert names == [f"Garden {number:02}" for number in range(25)]
    assert [name for name, _ in await ana.does(circle.named_like, "ver")] == ["River"]


async def test_only_members_are_shown_a_circle_and_everybody_may_read_its_card(home: Home, elsewhere: Home) -> None:
    await home.is_set_up()
    ana = home.facilitator()
    token = await ana.makes_circle()
    stranger = home.person()
    with refused("circle.members_only"):
        await stranger.does(circle.show, named="Garden")
    assert await stranger.does(circle.about, token) == await ana.does(circle.show, named="Garden")
    for gone in ("no such token", token):
        with refused("circle.gone"):
            await stranger.in_(elsewhere).does(circle.about, gone)


async def test_a_running_session_is_shown_with_its_holder_and_a_held_one_is_counted(home: Home) -> None:
    evening = await begun(home)
    shown = await evening.others[0].does(circle.show, named=None)
    assert (shown.session is not None, shown.thread_id, shown.holder) == (True, evening.thread, evening.holder.id)
    for _ in range(9):
        await evening.goes_on()
    shown = await evening.others[0].does(circle.show, named=None)
    assert (shown.session is not None, shown.holder, shown.sessions_held) == (False, None, 1)


async def test_in_a_circle_that_nobody_facilitates_members_read_so_and_what_they_can_do(home: Home) -> None:
    await home.is_set_up()
    ana, ben = home.facilitator(), home.person()
    token = await ana.makes_circle()
    await ben.joins(token)
    with refused("circle.facilitators_only"):
        await ben.does(debrief.plan, named=token, first=datetime(2027, 1, 14, 19, 30))
    await ana.does(door.leave, token=token)
    with refused("circle.nobody_facilitates"):
        await ben.does(debrief.plan, named=token, first=datetime(2027, 1, 14, 19, 30))

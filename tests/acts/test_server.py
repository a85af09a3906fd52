"""Setting a server up: nothing is on before the person it concerns said yes."""

import pytest

from bot.acts import server
from bot.acts.server import Setup
from bot.store.rows import Sealed

from .people import Home, Someone, refused


async def asked(admin: Someone, whom: Someone) -> Setup:
    return await admin.does(server.set_up, facilitators=None, zone=None, language=None, care_contact=whom.id)


async def offered(home: Home) -> str:
    """The token of the question that was posted last."""
    return str((await home.carry_out())[-1].due.facts["token"])


async def so_far(home: Home) -> Setup:
    async with home.store.unit(home.id) as unit:
        return await server.setup(unit)


@pytest.fixture
def admin(home: Home) -> Someone:
    return home.person(administers=True, language="es")


async def test_only_admins_set_up(home: Home, admin: Someone) -> None:
    ana = home.facilitator()
    with refused("server.admins_only"):
        await ana.does(server.set_up, facilitators=1, zone=None, language=None, care_contact=None)
    with refused("server.admins_only"):
        await ana.does(server.write_help_card, emergency="112", lines="friends")
    assert await ana.does(server.facilitator_role) is None
    assert await ana.does(server.help_card) is None


async def test_what_is_given_is_kept_and_what_is_missing_is_said(home: Home, admin: Someone) -> None:
    told = await admin.does(server.set_up, facilitators=None, zone="Europe/Madrid", language="es", care_contact=None)
    assert (told.zone, told.language, told.missing) == ("Europe/Madrid", "es", ["role", "help_card", "care"])
    told = await admin.does(server.set_up, facilitators=home.role, zone=None, language=None, care_contact=None)
    assert (told.facilitator_role_id, told.zone, told.missing) == (home.role, "Europe/Madrid", ["help_card", "care"])
    told = await admin.does(server.write_help_card, emergency="112", lines="friends")
    assert told.missing == ["care"]
    cem = home.person()
    told = await asked(admin, cem)
    assert (told.care_contacts, told.missing) == ([], ["care"])
    await cem.does(server.answer_care, await offered(home), yes=True, facilitates=False)
    told = await admin.does(server.set_up, facilitators=None, zone=None, language=None, care_contact=None)
    assert (told.care_contacts, told.missing) == ([cem.id], [])


async def test_a_setup_that_is_refused_keeps_nothing_of_it(home: Home, admin: Someone) -> None:
    with refused("server.care_facilitates"):
        await admin.does(
            server.set_up, facilitators=1, zone="UTC", language="es", care_contact=2, contact_facilitates=True
        )
    assert await so_far(home) == Setup(None, None, None, False, [])


async def test_the_question_is_asked_by_name_where_the_admin_stands(home: Home, admin: Someone) -> None:
    cem = home.person()
    await asked(admin.at(99), cem)
    (question,) = await home.carry_out()
    assert (question.due.facts["kind"], question.channel_id) == ("server.care_question", 99)
    assert list(question.people.values()) == [cem.id]
    assert question.language == "es"


async def test_nobody_says_yes_for_another(home: Home, admin: Someone) -> None:
    cem, dua = home.person(), home.person()
    await asked(admin, cem)
    token = await offered(home)
    for somebody_else in (dua, admin):
        with refused("offer.not_for_you"):
            await somebody_else.does(server.answer_care, token, yes=True, facilitates=False)
    assert (await so_far(home)).care_contacts == []


@pytest.mark.parametrize("yes", [True, False])
async def test_once_answered_the_question_goes_from_the_channel(home: Home, admin: Someone, yes: bool) -> None:
    cem, dua = home.person(), home.person()
    await asked(admin, cem)
    token = await offered(home)
    (message,) = home.shown
    with refused("offer.not_for_you"):
        await dua.does(server.answer_care, token, yes=yes, facilitates=False, message=message)
    with refused("server.care_facilitates"):
        await cem.does(server.answer_care, token, yes=True, facilitates=True, message=message)
    assert await home.carry_out() == []
    await cem.does(server.answer_care, token, yes=yes, facilitates=False, message=message)
    (gone,) = await home.carry_out()
    assert (gone.due.deed, gone.channel_id, gone.message_id) == ("unsay", home.channel, message)
    assert home.shown == {}


async def test_a_question_that_is_not_open_any_more_goes_when_somebody_presses_it(home: Home, admin: Someone) -> None:
    cem, dua = home.person(), home.person()
    await asked(admin, cem)
    first = await offered(home)
    (message,) = home.shown
    await dua.does(server.let_go_of_question, first, message=message)
    assert await home.carry_out() == []
    home.moments.advance(11 * 60)
    await asked(admin, cem)
    await home.carry_out()
    await dua.does(server.let_go_of_question, first, message=message)
    await home.carry_out()
    (stands,) = home.shown.values()
    assert stands.due.facts["token"] != first


async def test_a_question_asked_anew_while_it_was_on_its_way_does_not_stay(home: Home, admin: Someone) -> None:
    cem = home.person()
    await asked(admin, cem)
    home.moments.advance(11 * 60)
    await asked(admin, cem)
    told = await home.carry_out()
    assert [errand.due.deed for errand in told] == ["post", "post", "unsay"]
    (stands,) = home.shown.values()
    await cem.does(server.answer_care, str(stands.due.facts["token"]), yes=True, facilitates=False)


@pytest.mark.parametrize("yes", [True, False])
async def test_the_first_answer_stands(home: Home, admin: Someone, yes: bool) -> None:
    cem = home.person()
    await asked(admin, cem)
    token = await offered(home)
    await cem.does(server.answer_care, token, yes=yes, facilitates=False)
    with refused("offer.gone"):
        await cem.does(server.answer_care, token, yes=not yes, facilitates=False)
    assert (await so_far(home)).care_contacts == ([cem.id] if yes else [])


async def test_the_same_command_again_at_once_leaves_the_question_as_it_is(home: Home, admin: Someone) -> None:
    cem = home.person()
    await asked(admin, cem)
    first = await offered(home)
    await asked(admin, cem)
    assert await home.carry_out() == []
    await cem.does(server.answer_care, first, yes=True, facilitates=False)


async def test_asking_again_puts_the_question_anew_and_the_old_one_counts_no_more(home: Home, admin: Someone) -> None:
    cem = home.person()
    await asked(admin, cem)
    first = await offered(home)
    home.moments.advance(11 * 60)
    await asked(admin, cem)
    with refused("offer.gone"):
        await cem.does(server.answer_care, first, yes=True, facilitates=False)
    await cem.does(server.answer_care, await offered(home), yes=True, facilitates=False)
    with refused("server.care_already"):
        await asked(admin, cem)


async def test_who_facilitates_a_circle_can_not_be_a_care_contact(home: Home, admin: Someone) -> None:
    await home.is_set_up()
    ana, cem = home.facilitator(), home.facilitator()
    await ana.makes_circle()
    with refused("server.care_facilitates"):
        await asked(admin, ana)
    await asked(admin, cem)
    token = await offered(home)
    await cem.makes_circle("River")
    with refused("server.care_facilitates"):
        await cem.does(server.answer_care, token, yes=True, facilitates=False)
    await cem.does(server.answer_care, token, yes=False, facilitates=False)


async def test_who_facilitates_two_circles_can_not_be_a_care_contact_either(home: Home, admin: Someone) -> None:
    await home.is_set_up()
    ana = home.facilitator()
    for name in ("Garden", "River"):
        await ana.makes_circle(name)
    with refused("server.care_facilitates"):
        await asked(admin, ana)


async def test_who_has_the_facilitator_role_can_not_say_yes(home: Home, admin: Someone) -> None:
    cem = home.person()
    await asked(admin, cem)
    token = await offered(home)
    with refused("server.care_facilitates"):
        await cem.does(server.answer_care, token, yes=True, facilitates=True)
    await cem.does(server.answer_care, token, yes=True, facilitates=False)


async def test_a_question_of_another_server_is_gone(home: Home, elsewhere: Home, admin: Someone) -> None:
    cem = home.person()
    await asked(admin, cem)
    token = await offered(home)
    with refused("offer.gone"):
        await cem.in_(elsewhere).does(server.answer_care, token, yes=True, facilitates=False)
    with refused("offer.gone"):
        await cem.does(server.answer_care, "no such token", yes=True, facilitates=False)
    assert await so_far(elsewhere) == Setup(None, None, None, False, [])


async def test_the_help_card_is_for_everybody_and_only_the_newest_is_kept(home: Home, admin: Someone) -> None:
    for lines in ("friends", "neighbours"):
        await admin.does(server.write_help_card, emergency=" 112 ", lines=lines)
    card = await home.person().does(server.help_card)
    assert card is not None
    assert (card.emergency, card.lines, card.care_contacts) == ("112", "neighbours", [])
    assert card.checked_at is not None
    async with home.store.unit(home.id) as unit:
        assert len(await unit.all(Sealed)) == 1


@pytest.mark.parametrize(("emergency", "lines"), [("", "friends"), ("112", " \n"), ("", "")])
async def test_an_empty_help_card_is_refused_and_the_old_one_stays(
    home: Home, admin: Someone, emergency: str, lines: str
) -> None:
    await admin.does(server.write_help_card, emergency="112", lines="friends")
    with refused("server.card_empty"):
        await admin.does(server.write_help_card, emergency=emergency, lines=lines)
    card = await admin.does(server.help_card)
    assert card is not None
    assert (card.emergency, card.lines) == ("112", "friends")


async def test_each_circle_hears_in_its_channel_of_what_it_rests_on(
    home: Home, elsewhere: Home, admin: Someone
) -> None:
    for place in (home, elsewhere):
        await place.is_set_up()
        await place.facilitator().makes_circle()
    cem = home.person()
    await admin.does(server.set_up, facilitators=99, zone=None, language=None, care_contact=None)
    await admin.does(server.set_up, facilitators=99, zone="UTC", language=None, care_contact=None)  # the same: no news
    await admin.does(server.write_help_card, emergency="112", lines="friends")
    await asked(admin, cem)
    carried = await home.carry_out()
    await cem.does(server.answer_care, str(carried[-1].due.facts["token"]), yes=True, facilitates=False)
    carried += await home.carry_out()
    told = [(errand.due.facts["kind"], errand.channel_id) for errand in carried]
    changes = [one for one in told if one[0] != "server.care_question"]
    expected = ("server.changed_facilitators", "server.changed_help_card", "server.changed_care")
    assert changes == [(kind, home.channel) for kind in expected]

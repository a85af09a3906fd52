"""Setting a server up, from nothing, by commands."""

import discord

from tests.cogs.evening import Evening

CARD = {"emergency": "112, from any phone", "lines": "The night line"}


async def test_setup_says_what_is_missing_until_nothing_is(evening: Evening) -> None:
    told = await evening.slash("Mara", "trellis setup")
    assert all(word in told for word in ("facilitators' role", "help card", "care contact"))
    await evening.set_up()
    assert "The help card is saved" in await evening.world.fill_in(evening["Mara"], "server.card", CARD)
    told = await evening.slash("Mara", "trellis setup", care_contact=evening["Dan"].actor)
    assert "care contact who has accepted" in told
    assert "only their own yes counts" in told
    assert "You are a care contact here now" in await evening.press("Dan", "care.yes")
    assert "Everything is set up" in await evening.slash("Mara", "trellis setup")


async def test_only_those_who_manage_the_server_set_it_up(evening: Evening) -> None:
    assert "Manage Server" in await evening.slash("Ben", "trellis setup", timezone="Europe/Madrid")
    assert "facilitators' role" in await evening.slash("Mara", "trellis setup")


async def test_nobody_becomes_a_care_contact_but_by_their_own_yes(evening: Evening) -> None:
    await evening.set_up()
    await evening.slash("Mara", "trellis setup", care_contact=evening["Dan"].actor)
    assert sum("would you be a care contact" in text for text in evening.public()) == 1
    assert "for somebody else" in await evening.press("Ben", "care.yes")
    assert "you are not a care contact" in await evening.press("Dan", "care.no")
    assert not any("would you be a care contact" in text for text in evening.public())
    assert "care contact who has accepted" in await evening.slash("Mara", "trellis setup")


async def test_somebody_who_facilitates_is_not_asked(evening: Evening) -> None:
    await evening.set_up()
    assert "can't be a care contact" in await evening.slash("Mara", "trellis setup", care_contact=evening["Ana"].actor)
    assert evening.public() == []


async def test_somebody_who_cannot_see_the_channel_is_not_asked_there(evening: Evening) -> None:
    closed = evening.world.guild.create_text_channel(
        "backroom", overwrites={evening.world.guild.default_role: discord.PermissionOverwrite(view_channel=False)}
    )
    evening.world.garden = closed
    told = await evening.slash("Mara", "trellis setup", care_contact=evening["Dan"].actor)
    assert "can't see this channel" in told


async def test_what_cannot_be_used_is_said_and_nothing_changes(evening: Evening) -> None:
    assert "isn't a time zone" in await evening.slash("Mara", "trellis setup", timezone="Mordor/**Barad**")
    everyone = evening.world.guild.default_role
    assert "@everyone" in await evening.slash("Mara", "trellis setup", facilitators=everyone)
    assert "facilitators' role" in await evening.slash("Mara", "trellis setup")


async def test_the_card_survives_a_form_that_was_opened_before_a_restart(evening: Evening) -> None:
    await evening.set_up()
    form = await evening.world.open_form(evening["Mara"], "server.card")
    await evening.world.restart()
    assert "The help card is saved" in await evening.world.hand_in(evening["Mara"], form, CARD)
    assert "The night line" in await evening.slash("Ben", "help-now")


async def test_an_empty_card_is_given_back_with_what_was_written(evening: Evening) -> None:
    await evening.set_up()
    told = await evening.world.fill_in(evening["Mara"], "server.card", {"emergency": "112", "lines": "   "})
    assert "an empty card helps nobody" in told
    assert "112" in told
    assert "own card isn't at hand" in await evening.slash("Ben", "help-now")


async def test_each_circle_reads_of_changes_it_rests_on(evening: Evening) -> None:
    await evening.make_circle()
    await evening.world.fill_in(evening["Mara"], "server.card", CARD)
    assert sum("The help card of this server has changed" in text for text in evening.public()) == 1


async def test_about_says_who_runs_it_and_what_is_lost(evening: Evening) -> None:
    told = await evening.slash("Ben", "trellis about")
    assert "the harbour collective" in told
    assert "nobody in a bot has chosen to be with you" in told


async def test_a_care_contact_can_stop_with_one_press(evening: Evening) -> None:
    await evening.set_up()
    await evening.world.fill_in(evening["Mara"], "server.card", CARD)
    await evening.slash("Mara", "trellis setup", care_contact=evening["Dan"].actor)
    await evening.press("Dan", "care.yes")
    await evening.slash("Dan", "help-now")
    assert "no longer a care contact" in await evening.press("Dan", "care.stop")
    assert "outside the circles" not in await evening.slash("Ben", "help-now")

"""Help, one press away."""

from tests.cogs.evening import Evening


async def test_without_a_card_there_is_a_general_one_that_says_so(evening: Evening) -> None:
    told = await evening.slash("Dan", "help-now")
    assert "local emergency number" in told
    assert "own card isn't at hand" in told


async def test_the_card_names_the_care_contacts_who_accepted(evening: Evening) -> None:
    await evening.set_up()
    await evening.slash("Mara", "trellis setup", care_contact=evening["Dan"].actor)
    await evening.world.fill_in(evening["Mara"], "server.card", {"emergency": "112", "lines": "The night line"})
    assert "outside the circles" not in await evening.slash("Ben", "help-now")
    await evening.press("Dan", "care.yes")
    told = await evening.slash("Ben", "help-now")
    assert f"<@{evening['Dan'].actor.id}>" in told
    assert "The night line" in told


async def test_help_is_on_every_message_for_all(evening: Evening) -> None:
    await evening.make_circle("Ben", "Cleo")
    await evening.gather("Ana", "Ben", "Cleo")
    await evening.begin()
    written = [sight for sight in evening.sees("Mara") if sight.labels]
    assert len(written) >= 4
    assert all("Help now" in sight.labels for sight in written if not sight.private)
    assert "local emergency number" in await evening.press("Ben", "help.now")
    assert not any("emergency" in text for text in evening.public("Ana"))


async def test_help_is_shown_also_when_the_card_cannot_be_opened(evening: Evening) -> None:
    await evening.set_up()
    await evening.world.fill_in(evening["Mara"], "server.card", {"emergency": "112", "lines": "The night line"})
    keyring = evening.world.bot.store.keyring
    for owner in keyring.owners():
        await keyring.destroy(owner)
    assert "emergency number" in await evening.slash("Ben", "help-now")

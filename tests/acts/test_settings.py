"""What a circle has set: changed by those who facilitate it, and by nobody else."""

import pytest

from bot.acts import broken, circle, session, settings
from bot.practice.circle import Circle
from bot.store.unit import Unit

from .people import SNOWFLAKES, Home, Someone, gathered, refused


@pytest.fixture
async def ana(home: Home) -> Someone:
    """Who facilitates."""
    await home.is_set_up()
    return home.facilitator()


@pytest.fixture
async def garden(ana: Someone) -> str:
    """A circle of Ana's with an open door."""
    return await ana.makes_circle()


async def the_circle(unit: Unit, garden: str) -> Circle:
    return await circle.by_token(unit, garden)


async def test_at_first_it_is_as_the_circle_was_made(ana: Someone, garden: str, home: Home) -> None:
    shown = await ana.does(settings.look, named="Garden")
    assert shown == settings.Settings(garden, "Garden", home.channel, "en", "UTC", 7)
    assert await ana.does(settings.by_circle, garden) == shown


async def test_only_who_facilitates_sees_and_changes_it(ana: Someone, garden: str, home: Home) -> None:
    ben = await home.person().joins(garden)
    for deed in (
        ben.does(settings.look, named="Garden"),
        ben.does(settings.by_circle, garden),
        ben.does(settings.set_language, garden, language="es"),
        ben.does(settings.set_thread_days, garden, days=3),
        ben.does(settings.set_zone, garden, zone="Europe/Madrid"),
        ben.does(settings.move, garden, channel_id=1, old_is_gone=True),
    ):
        with refused("circle.facilitators_only"):
            await deed
    assert (await ana.does(settings.look, named="Garden")).language == "en"


async def test_another_language_changes_the_card_and_what_comes(ana: Someone, garden: str, home: Home) -> None:
    assert (await ana.does(settings.set_language, garden, language="es")).language == "es"
    (edit,) = await home.carry_out()
    async with home.store.unit(home.id) as unit:
        assert edit.message_id == (await the_circle(unit, garden)).card_message_id
    assert (edit.due.deed, edit.due.facts["kind"], edit.language) == ("edit", "circle.card", "es")
    await ana.does(session.open_session, named="Garden")
    assert {errand.language for errand in await home.carry_out()} == {"es"}


async def test_days_are_one_of_a_few(ana: Someone, garden: str) -> None:
    for days in settings.THREAD_DAYS:
        assert (await ana.does(settings.set_thread_days, garden, days=days)).thread_days == days
    for days in (0, 2, -1, 365):
        with refused("settings.days_range"):
            await ana.does(settings.set_thread_days, garden, days=days)
    assert (await ana.does(settings.look, named="Garden")).thread_days == 30


async def test_a_zone_is_one_that_exists(ana: Someone, garden: str) -> None:
    assert (await ana.does(settings.set_zone, garden, zone="europe/madrid")).zone == "Europe/Madrid"
    with refused("settings.unknown_zone"):
        await ana.does(settings.set_zone, garden, zone="Madird")
    assert (await ana.does(settings.look, named="Garden")).zone == "Europe/Madrid"


async def test_a_circle_that_moves_takes_its_card_along(ana: Someone, garden: str, home: Home) -> None:
    async with home.store.unit(home.id) as unit:
        old_card = (await the_circle(unit, garden)).card_message_id
    new = next(SNOWFLAKES)
    assert (await ana.does(settings.move, garden, channel_id=new, old_is_gone=False)).channel_id == new
    carried = {errand.due.deed: errand for errand in await home.carry_out()}
    assert (carried["unsay"].channel_id, carried["unsay"].message_id) == (home.channel, old_card)
    assert (carried["post"].channel_id, carried["post"].due.facts["kind"]) == (new, "circle.card")
    assert carried["post"].due.lane != carried["unsay"].due.lane
    async with home.store.unit(home.id) as unit:
        assert (await the_circle(unit, garden)).card_message_id not in {None, old_card}
    with refused("settings.here_already"):
        await ana.does(settings.move, garden, channel_id=new, old_is_gone=False)


async def test_it_does_not_move_while_a_session_is_open_unless_its_channel_is_gone(home: Home) -> None:
    evening = await gathered(home)
    new = next(SNOWFLAKES)
    with refused("settings.session_open"):
        await evening.holder.does(settings.move, evening.circle, channel_id=new, old_is_gone=False)
    await evening.holder.does(settings.move, evening.circle, channel_id=new, old_is_gone=True)
    carried = [errand.due.facts["kind"] for errand in await home.carry_out() if errand.due.deed in {"post", "note"}]
    assert sorted(carried) == ["circle.card", "session.thread_gone"]
    await evening.holder.does(broken.renew_thread, evening.token)
    thread = next(errand for errand in await home.carry_out() if errand.due.deed == "thread")
    assert thread.due.facts["channel"] == new

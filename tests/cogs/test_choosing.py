"""Choosing one person in a form: a person, and where there are people."""

import simcord

from tests.cogs.evening import Evening


async def test_a_program_is_not_asked_to_sit_with_anybody(evening: Evening) -> None:
    await evening.set_up()
    bot = evening.world.bot.user
    assert bot is not None
    env = evening.world.env
    itself = simcord.UserHandle(env, env.backend.get_user(bot.id))
    await evening.slash("Dan", "help-now")
    told = await evening.world.fill_in(evening["Dan"], "help.sit", {"other": [itself]})
    assert "That is a program, not a person" in told
    assert "Nobody was asked" in told


async def test_in_a_direct_message_it_is_said_where_there_are_people_to_choose_from(evening: Evening) -> None:
    await evening.set_up()
    await evening.slash("Ana", "circle create", name="Harbour")
    await evening.press("Ana", "draft.dms")
    await evening.world.restart()
    await evening.slash("Ben", "help-now")
    await evening.world.fill_in(evening["Ben"], "help.sit", {"other": [evening["Ana"].actor]})
    assert "could sit with them" in await evening.press("Ana", "dm.open")
    await evening.press("Ana", "help.now")
    told = await evening.press("Ana", "help.sit")
    assert "In a direct message you couldn't choose a person" in told
    assert "/help-now has the same button" in told

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

"""Asking somebody to sit with one: one person of one's own choice, and nobody else hears of it (promise 11)."""

from bot.acts import Presser
from bot.acts.rupture.keeping import mark, mine
from bot.practice.refusals import Refusal
from bot.practice.rupture.flag import Stage
from bot.store.unit import Unit


async def ask(unit: Unit, by: Presser, *, other: int) -> None:
    """Ask this person (a Discord id), in private. Asking again takes the place of the earlier question.

    Raises Refusal for oneself, and for somebody whom one keeps out of an open flag: that isn't who should come.
    """
    if other == by.discord_id:
        raise Refusal("company.yourself")
    for kept in await mine(unit, by):
        if kept.flag.stage is not Stage.CLOSED and mark(unit, kept.flag.salt, other) in kept.flag.excluded:
            raise Refusal("company.excluded")
    asker = await unit.people.meet(by.discord_id, by.language)
    person = await unit.people.meet(other)
    await unit.waiting.drop_of(person.id, kind="company.asked", people=[asker.id])
    await unit.waiting.write("note", person.id, person=person.id, kind="company.asked", people=[asker.id])

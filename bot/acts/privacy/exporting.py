"""All that is kept of one person, for that person's eyes (`/privacy export`)."""

from bot.acts import Presser
from bot.acts.privacy.rooms import ROOMS, Kept
from bot.practice.refusals import Refusal
from bot.store.unit import Unit


async def export(unit: Unit, by: Presser) -> Kept:
    """Everything of `by` in this server, by section. Raises Refusal when nothing is kept of them."""
    person = await unit.people.find(by.discord_id)
    if person is None:
        raise Refusal("privacy.nothing_kept")
    kept: Kept = {}
    for room in ROOMS:
        kept |= await room.kept_of(unit, person)
    return {"about": kept.pop("about"), **kept}

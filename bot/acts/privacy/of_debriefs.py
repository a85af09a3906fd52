"""What debriefs keep of a person: that they planned one that is still to come. Of those that were, nothing (D2.7)."""

from typing import Any

from bot.acts.privacy.rows import circle_name
from bot.practice.debrief import DebriefPlan
from bot.store.rows import Person
from bot.store.unit import Unit


async def kept_of(unit: Unit, person: Person) -> dict[str, list[dict[str, Any]]]:
    """The debriefs they planned and are to hold, each by its circle and number."""
    plans: list[DebriefPlan] = await unit.all(DebriefPlan, holder_id=person.id)
    return {"debriefs": [{"circle": await circle_name(unit, plan.circle_id), "debrief": plan.number} for plan in plans]}


async def let_go(unit: Unit, person: Person) -> None:
    """What they planned goes on; one who facilitates holds it."""
    for plan in await unit.all(DebriefPlan, holder_id=person.id):
        plan.holder_id = None

"""What planned debriefs keep of a person: that they planned one, and would hold it. Who came to one isn't kept."""

from typing import Any

from bot.acts.privacy.rows import circle_name
from bot.practice.debrief import DebriefPlan
from bot.store.rows import Person
from bot.store.unit import Unit


async def kept_of(unit: Unit, person: Person) -> dict[str, list[dict[str, Any]]]:
    """The debriefs they planned that are still to come, by their circles and numbers; when, stands in the channel."""
    plans: list[DebriefPlan] = await unit.all(DebriefPlan, holder_id=person.id)
    return {
        "planned_debriefs": [
            {"circle": await circle_name(unit, plan.circle_id), "debrief": plan.number} for plan in plans
        ]
    }


async def let_go(unit: Unit, person: Person) -> None:
    """What they planned stays planned, and is held by somebody else who facilitates."""
    for plan in await unit.all(DebriefPlan, holder_id=person.id):
        plan.holder_id = None

"""What is kept of a person's own flags; of those of others nothing here says that there are any (D3.3)."""

from typing import Any

from bot.acts.privacy.rows import circle_name
from bot.acts.rupture import keeping, passing
from bot.store.rows import Person
from bot.store.unit import Unit


async def kept_of(unit: Unit, person: Person) -> dict[str, list[dict[str, Any]]]:
    """What they flagged, with their own words as long as these are kept; not whom it reached or who is kept from it."""
    flags = [
        {
            "circle": await circle_name(unit, kept.flag.circle_id),
            "flagged_at": kept.flag.raised_at,
            "lane": kept.flag.lane.value,
            "look": kept.flag.look.value,
            "wish": kept.flag.wish.value,
            "soon": kept.flag.soon.value,
            "stage": kept.flag.stage.value,
            "words": unit.words.unwrap(person.id, kept.wrapped) if kept.wrapped else None,
            "added": "\n\n".join(
                unit.words.unwrap(person.id, added.facts["wrapped"]) or ""
                for added in await keeping.added_to(unit, kept.flag)
            )
            or None,
        }
        for kept in await keeping.written(unit, person.id)
    ]
    return {"flags": flags}


async def let_go(unit: Unit, person: Person) -> None:
    """What lay before them goes on to the next. It comes before the circles; what they flagged is gone already."""
    await passing.pass_on(unit, person.id)

"""What buddies keep of a person: that they asked for one, a pair, and whom they would never be paired with."""

from typing import Any

from bot.acts import buddy
from bot.acts.pairing import never_mark, nevers_of, pairs_of, unsay_met
from bot.acts.privacy.rows import circle_name, drop_notes_about
from bot.practice.buddies import Pair
from bot.practice.circle import Circle, Membership
from bot.store.rows import Never, Person
from bot.store.unit import Unit


async def kept_of(unit: Unit, person: Person) -> dict[str, list[dict[str, Any]]]:
    """Where they stand, as /buddy says it: not with whom, and nothing of a pair that is asked whether they may come.

    Of a never-list only that there is one. Whom it names /buddy shows to its owner; a file could be demanded.
    """
    buddies, lists = [], []
    for membership in await unit.all(Membership, person_id=person.id):
        circle = await unit.one(Circle, id=membership.circle_id)
        assert isinstance(circle, Circle)
        name = await circle_name(unit, circle.id)
        pairs = await pairs_of(unit, circle.id, person.id)
        if membership.wish or pairs:
            buddies.append({"circle": name, **_stands(membership, pairs)})
        if await nevers_of(unit, circle, person.id):
            lists.append({"circle": name, "kept": True})
    return {"buddies": buddies, "never": lists}


async def let_go(unit: Unit, person: Person) -> None:
    """No pair, no list, and on nobody's list any more; the others read what anybody reads for whom none came about.

    It comes before the circles, which end what they know of as when somebody leaves.
    """
    for circle in await unit.all(Circle, server_id=unit.server_id):
        for pair in await pairs_of(unit, circle.id, person.id):
            await unsay_met(unit, circle, pair, person.id)
        await buddy.let_go(unit, circle, person.id)
        await _off_the_lists(unit, circle, person.id)
    await drop_notes_about(unit, person, ("buddy.",))


def _stands(membership: Membership, pairs: list[Pair]) -> dict[str, Any]:
    me = membership.person_id
    met = next((pair.met_at for pair in pairs if pair.met_at), None)
    open_to_them = any(me in pair.unanswered for pair in pairs)
    return {"asked_for_a_buddy": met is None, "is_asked_about_a_pair": open_to_them, "buddies_since": met}


async def _off_the_lists(unit: Unit, circle: Circle, person_id: str) -> None:
    secret = unit.secret
    for membership in await unit.all(Membership, circle_id=circle.id):
        mark = await unit.one(Never, mark=never_mark(secret, circle, membership.person_id, person_id))
        if mark:
            await unit.delete(mark)

"""What circles keep of a person: being in one, facilitating, being paused, what they asked and were asked."""

from typing import Any

from bot.acts.door import forget_request, part_with
from bot.acts.pausing import drop_question
from bot.acts.privacy.rows import circle_name, drop_notes_about, of
from bot.practice.circle import Circle, Membership
from bot.practice.consent import Offer
from bot.practice.door import Request
from bot.practice.pausing import KeptPause
from bot.store.rows import Person
from bot.store.unit import Unit

OF_US = ("door.", "pausing.", "session.")  # notes to others about somebody; other rooms' notes are theirs to end


async def kept_of(unit: Unit, person: Person) -> dict[str, list[dict[str, Any]]]:
    """Memberships, pauses, requests, offers, a farewell, questions and drafts of theirs.

    Not the wish for a buddy: `of_relationship` says where they stand, as far as they may know it.
    """

    async def rows(kind: type) -> list[dict[str, Any]]:
        found = await unit.all(kind, person_id=person.id)
        return [of(row, circle=await circle_name(unit, row.circle_id)) for row in found if row.circle_id]

    waiting = await unit.waiting.here()
    drafts = [due.facts for due in waiting if due.lane == "draft" and due.facts["by"] == person.id]
    questions = [due.facts for due in waiting if due.deed == "lapse" and due.facts.get("first") == person.id]
    farewells = await unit.all(Circle, farewell_id=person.id)
    return {
        "circles": [{name: said for name, said in row.items() if name != "wish"} for row in await rows(Membership)],
        "pauses": await rows(KeptPause),
        "requests": await rows(Request),
        "offers": await rows(Offer),
        "farewells": [{"circle": await circle_name(unit, circle.id)} for circle in farewells],
        "drafts": [{"name": facts["name"], "purpose": facts["purpose"]} for facts in drafts],
        "pause_questions": [{"circle": await _circle_of(unit, facts["membership"])} for facts in questions],
    }


async def let_go(unit: Unit, person: Person) -> None:
    """They part with every circle, which is handed over if they were the last who facilitates it (P9)."""
    memberships: list[Membership] = await unit.all(Membership, person_id=person.id)
    await _withdraw_questions(unit, person.id, {membership.id for membership in memberships})
    for membership in memberships:
        circle = await unit.one(Circle, id=membership.circle_id)
        assert isinstance(circle, Circle)
        await part_with(unit, circle, membership)
    await unit.flush()
    for circle in await unit.all(Circle, server_id=unit.server_id):
        await forget_request(unit, circle, person.id)
        if circle.farewell_id == person.id:
            circle.farewell_id = None
    offers: list[Offer] = await unit.all(Offer, person_id=person.id)
    for row in [*await unit.all(KeptPause, person_id=person.id), *(offer for offer in offers if offer.circle_id)]:
        await unit.delete(row)
    for due in await unit.waiting.here():
        if due.lane == "draft" and due.facts.get("by") == person.id:
            await unit.waiting.done(due.token)
    await drop_notes_about(unit, person, OF_US)


async def _withdraw_questions(unit: Unit, person_id: str, memberships: set[str]) -> None:
    """Whether to pause somebody: the questions this person asked, and those about them."""
    for due in await unit.waiting.here():
        theirs = due.facts.get("first") == person_id or due.facts.get("membership") in memberships
        if due.deed == "lapse" and theirs:
            await drop_question(unit, due.token)


async def _circle_of(unit: Unit, membership_id: str) -> str:
    membership = await unit.one(Membership, id=membership_id)
    return await circle_name(unit, membership.circle_id) if isinstance(membership, Membership) else ""

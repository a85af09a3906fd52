"""What the rota keeps of a person: being asked to hold the coming session, having said yes, a swap."""

from typing import Any

from bot.acts import mark
from bot.acts.calling import give_up
from bot.acts.privacy.rows import circle_name, drop_notes_about
from bot.practice.calling import Calling
from bot.practice.circle import Circle
from bot.store.rows import Person
from bot.store.unit import Unit

ROLES = {
    "called_id": "asked_to_hold", "holder_id": "holds_next", "first_id": "asked_first",
    "swap_by": "asked_to_swap", "swap_with": "is_asked_to_swap",
}  # fmt: skip


async def kept_of(unit: Unit, person: Person) -> dict[str, list[dict[str, Any]]]:
    """The coming sessions that are with them, or that they are asked about.

    Not that the asking has gone past them: to somebody whom nobody had asked yet it would tell that two would like
    another holder (D3.9). When, and how somebody is reminded, stands with their circles.
    """
    coming = []
    for calling in await unit.all(Calling):
        roles = {shown: getattr(calling, column) == person.id for column, shown in ROLES.items()}
        if any(roles.values()):
            name = await circle_name(unit, calling.circle_id)
            coming.append({"circle": name, "session": calling.number, **roles})
    return {"coming": coming}


async def let_go(unit: Unit, person: Person) -> None:
    """What was with them goes on to the next; whom the asking went past isn't known of them, nor any mark of theirs."""
    for circle in await unit.all(Circle, server_id=unit.server_id):
        await give_up(unit, circle, person.id)
        for number in (circle.sessions_opened, circle.sessions_opened + 1):
            await mark.let_go(unit, circle, number, person.id)
        calling = await unit.one(Calling, circle_id=circle.id)
        if isinstance(calling, Calling):
            _take_out(calling, person.id)
    for due in await unit.waiting.here():
        if due.deed == "pass-over" and due.facts.get("about") == person.id:
            await unit.waiting.done(due.token)
    await drop_notes_about(unit, person, ("calling.", "swap.", "rota."))


def _take_out(calling: Calling, person_id: str) -> None:
    """Also where it was for a session that has opened meanwhile."""
    for column in ROLES:
        if getattr(calling, column) == person_id:
            setattr(calling, column, None)
    for past in [past for past in calling.past if past.person_id == person_id]:
        calling.past.remove(past)

"""Who would like to hold a session, and who is next (P9)."""

from dataclasses import dataclass
from datetime import datetime

from bot.acts import Presser
from bot.acts.circle import by_token, find, membership_of
from bot.practice import rota
from bot.practice.circle import Circle, Membership
from bot.practice.session import Session
from bot.store.unit import Unit


@dataclass(frozen=True)
class Rota:
    """Who holds next (a Discord id; None: whoever opens a session holds it), and whether the reader is willing."""

    token: str
    name: str
    holder: int | None
    willing: bool


async def look(unit: Unit, by: Presser, *, named: str | None) -> Rota:
    """Who holds next, for members."""
    return await _rota(unit, by, await find(unit, by, named))


async def set_willing(unit: Unit, by: Presser, token: str, *, willing: bool) -> Rota:
    """Say that one would like to hold a session, or not for now. Nobody is told (promise 3)."""
    circle = await by_token(unit, token)
    (await membership_of(unit, by, circle)).willing = willing
    await unit.flush()
    return await _rota(unit, by, circle)


async def next_holder(unit: Unit, circle: Circle) -> str | None:
    """Who holds next: of the willing who aren't paused, whoever held least recently. None when there is nobody."""
    willing: list[Membership] = await unit.all(Membership, circle_id=circle.id, willing=True, paused=False)
    return next(iter(await in_turn(unit, circle, willing)), None)


async def in_turn(unit: Unit, circle: Circle, people: list[Membership]) -> list[str]:
    """These members of the circle (random ids) in the order in which it is their turn to hold: least recent first."""
    held: list[Session] = await unit.all(Session, circle_id=circle.id, held=True)
    held.sort(key=lambda session: session.number)
    people = sorted(people, key=lambda membership: (membership.joined_at, membership.id))
    return rota.in_turn([one.person_id for one in people], [session.holder_id for session in held])


async def look_ahead(unit: Unit, circle: Circle, at: datetime | None) -> None:
    """What the rota has to do before the session at `at` (UTC; None: nothing is planned). Nothing, so far."""


async def _rota(unit: Unit, by: Presser, circle: Circle) -> Rota:
    membership = await membership_of(unit, by, circle)
    holder = await next_holder(unit, circle)
    name = await unit.words.read(circle.name_id)
    return Rota(circle.token, name, await unit.people.address(holder) if holder else None, membership.willing)

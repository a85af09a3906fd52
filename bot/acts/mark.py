"""Marks: that somebody would like another holder next time, in a way nobody can read from the rows (D3.9).

A mark is a keyed hash of the circle, its coming session, who pressed and who would hold. That somebody was passed over
is such a hash too, made with a secret of the server: another pepper leaves it as it is. Only whoever has that key could
try people one by one.
"""

from bot import vault
from bot.practice.circle import Circle, Membership
from bot.practice.rota import ASKING_FOR_ANOTHER
from bot.store.rows import Mark
from bot.store.unit import Unit


async def leave(unit: Unit, circle: Circle, number: int, *, by: str, about: str) -> bool:
    """`by` would like that `about` (random ids) doesn't hold the session of this number. Pressing twice counts once.

    True as soon as enough have asked. Once somebody was passed over for this session, no more marks are kept.
    """
    if await passed_over(unit, circle, number):
        return False
    secret = unit.secret
    blind = _of(secret, circle, number, by, about)
    if not await unit.one(Mark, blind=blind):
        unit.add(Mark(blind, _about(secret, circle, number)))
        await unit.flush()
    return await enough(unit, circle, number, about=about)


async def enough(unit: Unit, circle: Circle, number: int, *, about: str) -> bool:
    """Whether enough of those who are members now have asked that this person be passed over."""
    left, secret = await _blinds(unit, circle, number), unit.secret
    asking = [member for member in await _members(unit, circle) if _of(secret, circle, number, member, about) in left]
    return len(asking) >= ASKING_FOR_ANOTHER


async def pass_over(unit: Unit, circle: Circle, number: int, person_id: str) -> None:
    """This person is passed over for this session; who asked is gone with it."""
    await forget(unit, circle, number)
    secret = unit.secret
    unit.add(Mark(_over(secret, circle, number, person_id), _about(secret, circle, number)))
    await unit.flush()


async def passed_over(unit: Unit, circle: Circle, number: int) -> str | None:
    """Who is passed over for this session, while they are a member."""
    left, secret = await _blinds(unit, circle, number), unit.secret
    members = await _members(unit, circle) if left else []
    return next((member for member in members if _over(secret, circle, number, member) in left), None)


async def forget(unit: Unit, circle: Circle, number: int) -> None:
    """The marks about this session go."""
    for mark in await _marks(unit, circle, number):
        await unit.delete(mark)
    await unit.flush()


async def let_go(unit: Unit, circle: Circle, number: int, person_id: str) -> None:
    """Marks that this person left about a member, that a member left about them, and that they are passed over, go."""
    secret, theirs = unit.secret, set[bytes]()
    for member in [person_id, *await _members(unit, circle)]:
        theirs |= {_of(secret, circle, number, *pair) for pair in ((person_id, member), (member, person_id))}
    theirs.add(_over(secret, circle, number, person_id))
    for mark in await _marks(unit, circle, number):
        if mark.blind in theirs:
            await unit.delete(mark)


async def _blinds(unit: Unit, circle: Circle, number: int) -> set[bytes]:
    return {mark.blind for mark in await _marks(unit, circle, number)}


async def _marks(unit: Unit, circle: Circle, number: int) -> list[Mark]:
    return await unit.all(Mark, about=_about(unit.secret, circle, number))


async def _members(unit: Unit, circle: Circle) -> list[str]:
    return [member.person_id for member in await unit.all(Membership, circle_id=circle.id)]


def _about(secret: bytes, circle: Circle, number: int) -> bytes:
    return vault.keyed_hash(secret, "another", circle.id, number)


def _of(secret: bytes, circle: Circle, number: int, by: str, about: str) -> bytes:
    return vault.keyed_hash(secret, "another", circle.id, number, by, about)


def _over(secret: bytes, circle: Circle, number: int, person_id: str) -> bytes:
    return vault.keyed_hash(secret, "passed over", circle.id, number, person_id)

"""Marks: that somebody would like another holder next time, in a way nobody can read from the rows (D3.9).

A mark is a keyed hash of the circle, its coming session, who pressed and who would hold. That somebody was passed over,
and that somebody has asked somebody to swap, are such hashes too, made with a secret of the
server: another pepper leaves them as they are. Only whoever has that key could try people one by one.
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
    blind = _of(unit, circle, number, by, about)
    if not await unit.one(Mark, blind=blind):
        unit.add(Mark(blind, _about(unit, circle, number)))
        await unit.flush()
    return await enough(unit, circle, number, about=about)


async def enough(unit: Unit, circle: Circle, number: int, *, about: str) -> bool:
    """Whether enough of those who are members now have asked that this person be passed over."""
    left = await _blinds(unit, circle, number)
    asking = [member for member in await _members(unit, circle) if _of(unit, circle, number, member, about) in left]
    return len(asking) >= ASKING_FOR_ANOTHER


async def pass_over(unit: Unit, circle: Circle, number: int, person_id: str) -> None:
    """This person is passed over for this session; who asked is gone with it."""
    await forget(unit, circle, number)
    unit.add(Mark(_over(unit, circle, number, person_id), _about(unit, circle, number)))
    await unit.flush()


async def passed_over(unit: Unit, circle: Circle, number: int) -> str | None:
    """Who is passed over for this session, while they are a member."""
    left = await _blinds(unit, circle, number)
    members = await _members(unit, circle) if left else []
    return next((member for member in members if _over(unit, circle, number, member) in left), None)


async def carry_on(unit: Unit, circle: Circle, number: int) -> None:
    """What was asked about the session of this number is asked about the circle's next one."""
    left, following = await _blinds(unit, circle, number), circle.sessions_opened + 1
    if not left:
        return
    over, people = await passed_over(unit, circle, number), await _members(unit, circle)
    await forget(unit, circle, number)
    if await passed_over(unit, circle, following):
        return
    if over:
        return await pass_over(unit, circle, following, over)
    already = await _blinds(unit, circle, following)
    asked = [(by, who) for by in people for who in people if _of(unit, circle, number, by, who) in left]
    for blind in {_of(unit, circle, following, by, who) for by, who in asked} - already:
        unit.add(Mark(blind, _about(unit, circle, following)))
    await unit.flush()


async def ask_once(unit: Unit, circle: Circle, token: str, *, by: str, asked: str) -> bool:
    """`by` asks somebody (random ids) to swap, for the calling with this token. False when they have already."""
    blind = vault.keyed_hash(unit.secret, "swap", circle.id, token, by, asked)
    if await unit.one(Mark, blind=blind):
        return False
    unit.add(Mark(blind, _swaps(unit, circle)))
    await unit.flush()
    return True


async def forget_swaps(unit: Unit, circle: Circle) -> None:
    """Who has asked whom to swap is over."""
    for mark in await unit.all(Mark, about=_swaps(unit, circle)):
        await unit.delete(mark)
    await unit.flush()


async def forget(unit: Unit, circle: Circle, number: int) -> None:
    """The marks about this session go."""
    for mark in await unit.all(Mark, about=_about(unit, circle, number)):
        await unit.delete(mark)
    await unit.flush()


async def let_go(unit: Unit, circle: Circle, number: int, person_id: str) -> None:
    """Marks that this person left about a member, that a member left about them, and that they are passed over, go."""
    theirs = {_over(unit, circle, number, person_id)}
    for member in [person_id, *await _members(unit, circle)]:
        theirs |= {_of(unit, circle, number, *pair) for pair in ((person_id, member), (member, person_id))}
    for mark in await unit.all(Mark, about=_about(unit, circle, number)):
        if mark.blind in theirs:
            await unit.delete(mark)


async def _blinds(unit: Unit, circle: Circle, number: int) -> set[bytes]:
    return {mark.blind for mark in await unit.all(Mark, about=_about(unit, circle, number))}


async def _members(unit: Unit, circle: Circle) -> list[str]:
    return [member.person_id for member in await unit.all(Membership, circle_id=circle.id)]


def _about(unit: Unit, circle: Circle, number: int) -> bytes:
    return vault.keyed_hash(unit.secret, "another", circle.id, number)


def _swaps(unit: Unit, circle: Circle) -> bytes:
    return vault.keyed_hash(unit.secret, "swaps", circle.id)


def _of(unit: Unit, circle: Circle, number: int, by: str, about: str) -> bytes:
    return vault.keyed_hash(unit.secret, "another", circle.id, number, by, about)


def _over(unit: Unit, circle: Circle, number: int, person_id: str) -> bytes:
    return vault.keyed_hash(unit.secret, "passed over", circle.id, number, person_id)

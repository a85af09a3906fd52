"""Swapping: whoever is next asks somebody else who is willing, in private (P9)."""

from dataclasses import dataclass

from bot.acts import Presser
from bot.acts.calling import Answered, answered, expect_called_for, following, in_line, refuse_swap, take, tell
from bot.practice.calling import Calling
from bot.practice.circle import Circle, Membership
from bot.practice.refusals import Refusal
from bot.store.unit import Unit


@dataclass(frozen=True)
class Choice:
    """Who can be asked to swap (Discord ids), for whoever is next."""

    token: str
    name: str
    people: list[int]


async def whom(unit: Unit, by: Presser, token: str) -> Choice:
    """Whom one can ask: the others who are willing and haven't said no to this session.

    Raises Refusal when it isn't with `by`, or there is nobody.
    """
    calling, circle, person_id = await _expect_next(unit, by, token)
    others = await _others(unit, circle, calling, person_id)
    if not others:
        raise Refusal("swap.nobody")
    name = await unit.words.read(circle.name_id)
    return Choice(calling.token, name, [await unit.people.address(person) for person in others])


async def ask(unit: Unit, by: Presser, token: str, *, member: int) -> Answered:
    """Ask somebody (a Discord id), in private. It stays with `by` until they say yes; an earlier question goes.

    Raises Refusal when it isn't with `by`, or that person can't be asked (any more): they may have said no already.
    """
    calling, circle, person_id = await _expect_next(unit, by, token)
    person = await unit.people.find(member)
    if person is None or person.id not in await _others(unit, circle, calling, person_id):
        raise Refusal("swap.not_them")
    if calling.swap_with == person.id:
        return await answered(unit, circle, calling)  # once is enough
    if calling.swap_with:
        await unit.waiting.drop_of(calling.swap_with, kind="swap.question", calling=calling.token)
    calling.swap_by, calling.swap_with = person_id, person.id
    await tell(unit, circle, calling, person.id, "swap.question", people=[person_id])
    return await answered(unit, circle, calling)


async def answer(unit: Unit, by: Presser, token: str, *, yes: bool) -> Answered:
    """The answer of who was asked. With a yes they hold the coming session; a no reaches only who asked.

    Raises Refusal when the question is answered, withdrawn or over, or wasn't put to `by`.
    """
    calling, circle, person_id = await expect_called_for(unit, by, token)
    if calling.swap_with != person_id:
        raise Refusal("swap.gone")
    if not yes:
        calling.decline_swap()
        await refuse_swap(unit, circle, calling)
        return await answered(unit, circle, calling)
    await take(unit, circle, calling, person_id, instead_of=calling.swap_by)
    return await answered(unit, circle, calling)


async def _expect_next(unit: Unit, by: Presser, token: str) -> tuple[Calling, Circle, str]:
    calling, circle, person_id = await expect_called_for(unit, by, token)
    if person_id != await following(unit, circle, calling):
        raise Refusal("calling.not_with_you")
    return calling, circle, person_id


async def _others(unit: Unit, circle: Circle, calling: Calling, person_id: str) -> list[str]:
    willing: list[Membership] = await unit.all(Membership, circle_id=circle.id, willing=True)
    can = {member.person_id for member in willing}
    line = await in_line(unit, circle, calling)
    no = calling.gone_past
    return [person for person in line if person in can and person not in no and person != person_id]

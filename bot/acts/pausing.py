"""Pausing a member: a facilitator asks, somebody else says yes too, and only the person concerned is told."""

from dataclasses import dataclass

from bot.acts import Presser
from bot.acts.calling import give_up
from bot.acts.circle import by_token, expect_facilitator, facilitating, present_membership
from bot.acts.facilitator import hear_requests
from bot.acts.rupture.passing import stand_down
from bot.practice.circle import Circle, Membership
from bot.practice.consent import Offer
from bot.practice.pausing import LASTS, Question, Way, expect_pausable, who_can_second
from bot.practice.refusals import Refusal
from bot.practice.session import Session
from bot.store.rows import CareContact
from bot.store.unit import Unit

QUESTION = "pausing.question"


@dataclass(frozen=True)
class Choice:
    """Somebody (a Discord id) was chosen: their pause has ended, or these are the ways to ask for the second yes."""

    person: int
    name: str
    token: str
    ended: bool
    ways: list[Way]


async def choose(unit: Unit, by: Presser, token: str, *, member: int) -> Choice:
    """Choose a member (a Discord id) of the circle `token`. Who is paused is paused no more; one facilitator is enough.

    For anybody else this only says who can be asked. Raises Refusal when `by` doesn't facilitate the circle or chose
    themselves, or the person isn't a member.
    """
    circle = await by_token(unit, token)
    first = await expect_facilitator(unit, by, circle)
    person = await unit.people.find(member)
    chosen = person and await unit.one(Membership, circle_id=circle.id, person_id=person.id)
    if not isinstance(chosen, Membership):
        raise Refusal("facilitator.not_a_member")
    if chosen.paused:
        await _end(unit, circle, chosen)
        return Choice(member, await unit.words.read(circle.name_id), chosen.id, ended=True, ways=[])
    expect_pausable(chosen, first.person_id)
    ways = [way for way in Way if await _who_can_be_asked(unit, circle, way, first.person_id, chosen)]
    return Choice(member, await unit.words.read(circle.name_id), chosen.id, ended=False, ways=ways)


async def ask(unit: Unit, by: Presser, membership_id: str, *, way: Way) -> int:
    """Ask for the second yes, each of them in private. Asking anew takes the place of one's earlier question.

    Returns the Discord id of the person concerned. Raises Refusal when `by` doesn't facilitate the circle, the person
    isn't in it or is paused already, or nobody can be asked that way.
    """
    chosen, circle = await _chosen(unit, membership_id)
    first = (await expect_facilitator(unit, by, circle)).person_id
    expect_pausable(chosen, first)
    asked = await _who_can_be_asked(unit, circle, way, first, chosen)
    if not asked:
        raise Refusal("pausing.nobody_to_ask")
    for somebody in asked:
        for due in await unit.waiting.of_person(somebody):
            if {"kind": QUESTION, "of": membership_id, "first": first}.items() <= due.facts.items():
                await drop_question(unit, due.facts["question"])
    question = await unit.waiting.write(
        "lapse", membership_id, after=LASTS, first=first, membership=membership_id, asked=asked
    )
    for somebody in asked:
        await unit.waiting.write(
            "note", somebody, person=somebody, kind=QUESTION, question=question, of=membership_id, first=first,
            people=[chosen.person_id, first], circle=circle.id,
        )  # fmt: skip
    return await unit.people.address(chosen.person_id)


async def answer(unit: Unit, by: Presser, token: str, *, yes: bool) -> None:
    """The answer of one who was asked; the first ends the question. With a yes the person is paused, and told.

    Raises Refusal when it is answered or lapsed, wasn't put to `by`, or either of the two can't say so any more.
    """
    question = await _question(unit, token)
    person = await unit.people.find(by.discord_id)
    question.expect_asked(person.id if person else "")
    chosen, circle = await _chosen(unit, question.membership_id)
    if not await _still_may(unit, by, circle, question, chosen):
        raise Refusal("pausing.gone")
    await drop_question(unit, token)
    if not yes:
        await _tell_first(unit, circle, question, chosen, "pausing.not_seconded")
    elif not chosen.paused:
        await _begin(unit, circle, chosen)
        await _tell_first(unit, circle, question, chosen, "pausing.seconded")


async def lapse(unit: Unit, token: str) -> None:
    """Nobody answered in seven days: the question goes, and whoever asked is told only that."""
    question = await _question(unit, token)
    await drop_question(unit, token)
    chosen = await unit.one(Membership, id=question.membership_id)
    circle = isinstance(chosen, Membership) and await unit.one(Circle, id=chosen.circle_id)
    if isinstance(chosen, Membership) and isinstance(circle, Circle) and not chosen.paused:
        await _tell_first(unit, circle, question, chosen, "pausing.not_seconded")


async def expect_not_paused(unit: Unit, session: Session, person_id: str) -> None:
    """Say no to who is paused, unless they are in this session already or hold it: for them it begins with the next."""
    paused = await unit.one(Membership, circle_id=session.circle_id, person_id=person_id, paused=True)
    if paused and session.seat_of(person_id) is None and session.holder_id != person_id:
        raise Refusal("session.paused")


async def _begin(unit: Unit, circle: Circle, chosen: Membership) -> None:
    chosen.paused = True
    for kind in ("door.request", "offer.facilitator", QUESTION):
        await unit.waiting.drop_of(chosen.person_id, kind=kind, circle=circle.id)
    for offer in await unit.all(Offer, circle_id=circle.id, person_id=chosen.person_id):
        await unit.delete(offer)
    await give_up(unit, circle, chosen.person_id)
    await stand_down(unit, chosen.person_id)
    await _tell(unit, circle, chosen, "pausing.paused")


async def _end(unit: Unit, circle: Circle, chosen: Membership) -> None:
    chosen.paused = False
    if chosen.facilitates:
        await hear_requests(unit, circle, chosen.person_id)
    await unit.waiting.drop_of(chosen.person_id, kind="pausing.paused", circle=circle.id)
    await _tell(unit, circle, chosen, "pausing.ended")


async def _chosen(unit: Unit, membership_id: str) -> tuple[Membership, Circle]:
    chosen = await unit.one(Membership, id=membership_id)
    circle = isinstance(chosen, Membership) and await unit.one(Circle, id=chosen.circle_id, server_id=unit.server_id)
    if not isinstance(chosen, Membership) or not isinstance(circle, Circle):
        raise Refusal("pausing.gone")
    return chosen, circle


async def _who_can_be_asked(unit: Unit, circle: Circle, way: Way, first: str, chosen: Membership) -> list[str]:
    """The random ids of those who can be asked this way."""
    people: list[Membership | CareContact] = (
        [*await facilitating(unit, circle)]
        if way is Way.FACILITATORS
        else await unit.all(CareContact, server_id=unit.server_id)
    )
    return who_can_second([one.person_id for one in people], first, chosen.person_id)


async def _question(unit: Unit, token: str) -> Question:
    due = await unit.waiting.get(token)
    if due is None or due.deed != "lapse":
        raise Refusal("pausing.gone")
    return Question(due.facts["first"], due.facts["membership"], due.facts["asked"])


async def _still_may(unit: Unit, by: Presser, circle: Circle, question: Question, chosen: Membership) -> bool:
    """Whether both still are what they were asked as."""
    first = await unit.one(Membership, circle_id=circle.id, person_id=question.first)
    second = await present_membership(unit, by, circle.id)
    person = await unit.people.find(by.discord_id)
    cares = person and await unit.one(CareContact, server_id=unit.server_id, person_id=person.id)
    facilitates = second is not None and second.acts_as_facilitator
    return isinstance(first, Membership) and first.acts_as_facilitator and bool(facilitates or cares)


async def drop_question(unit: Unit, token: str) -> None:
    """The question goes, and with it the note of everybody who was asked."""
    due = await unit.waiting.get(token)
    if due:
        await unit.waiting.done(token)
        for somebody in due.facts["asked"]:
            await unit.waiting.drop_of(somebody, question=token)


async def _tell(unit: Unit, circle: Circle, chosen: Membership, kind: str) -> None:
    await unit.waiting.write("note", chosen.person_id, person=chosen.person_id, kind=kind, circle=circle.id)


async def _tell_first(unit: Unit, circle: Circle, question: Question, chosen: Membership, kind: str) -> None:
    await unit.waiting.write(
        "note", question.first, person=question.first, kind=kind, people=[chosen.person_id], circle=circle.id
    )

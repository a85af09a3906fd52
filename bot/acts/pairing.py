"""What time and yeses bring to buddies: a draw, a pair that is met or isn't, two nudges, and then no record (D5.5)."""

from itertools import permutations

from bot import vault
from bot.acts.past import orders
from bot.practice.buddies import ANSWERED_WITHIN, DRAWN_AFTER, NUDGED_AFTER, Pair, Partner, Wish, draw
from bot.practice.circle import Circle, Membership
from bot.practice.order import who_sat_side_by_side
from bot.store.rows import Never
from bot.store.unit import Unit


async def arm(unit: Unit, circle: Circle) -> None:
    """Let a draw wait, unless one does already: 24 hours after the first who asked."""
    if circle.draw is None:
        circle.draw = await unit.waiting.write("draw", circle.id, after=DRAWN_AFTER, circle=circle.id)


async def draw_pairs(unit: Unit, circle_id: str) -> None:
    """Draw pairs among all who asked. Each is asked in private; who is left over is asked what they would like."""
    circle = await unit.one(Circle, id=circle_id)
    if not isinstance(circle, Circle):
        return
    circle.draw = None
    members: list[Membership] = await unit.all(Membership, circle_id=circle.id, paused=False)
    asking = {member.person_id: member for member in members if member.wish}
    people = sorted(asking)
    never = await _nevers(unit, circle, people)
    sat = who_sat_side_by_side(await orders(unit, circle.id))
    pairs, left = draw(people, never, sat, unit.shuffle)
    for pair in pairs:
        for person in pair:
            asking[person].wish = None
            await unit.waiting.drop_of(person, kind="buddy.none", circle=circle.id)
        await _propose(unit, circle, [Partner(person) for person in pair])
    for person in left:
        if (
            asking[person].wish is Wish.PAIR
        ):  # told once: more would show that others asked, and weren't drawn with them
            await _tell_none(unit, circle, asking[person])


async def meet(unit: Unit, circle: Circle, pair: Pair, *, last: str) -> None:
    """Everybody has said yes: all are told, but for the `last` one, who reads it in their answer; nudges wait.

    A pair that became three ends its own record.
    """
    joined = pair.joins and await unit.one(Pair, token=pair.joins)
    if isinstance(joined, Pair):
        await unit.delete(joined)
    for person in pair.others(last):
        await unit.waiting.write(
            "note", person, person=person, kind="buddy.met", people=pair.others(person), circle=circle.id
        )
    for number, wait in enumerate(NUDGED_AFTER, start=1):
        final = number == len(NUDGED_AFTER)
        await unit.waiting.write("nudge", pair.token, after=wait, pair=pair.token, final=final)
    await unit.flush()
    for member in await unit.all(Membership, circle_id=circle.id, wish=Wish.JOIN, paused=False):
        await find_pair_for(unit, circle, member)


async def find_pair_for(unit: Unit, circle: Circle, member: Membership) -> None:
    """Ask two who have met whether this person may come to them as a third, if there are such two. One at a time."""
    pairs: list[Pair] = await unit.all(Pair, circle_id=circle.id)
    asked_already = {pair.joins for pair in pairs}
    for pair in pairs:
        if pair.met_at is None or len(pair.partners) != 2 or pair.token in asked_already:
            continue
        never = await _nevers(unit, circle, [member.person_id, *pair.people])
        if not any(member.person_id in apart for apart in never) and member.person_id not in pair.people:
            member.wish = None
            third = Partner(member.person_id, yes=True)
            await _propose(unit, circle, [*(Partner(person) for person in pair.people), third], joins=pair.token)
            return


async def lapse(unit: Unit, token: str) -> None:
    """Three days have gone by: who hasn't answered isn't asked any more, and whoever said yes is asked what now."""
    pair = await unit.one(Pair, token=token)
    circle = isinstance(pair, Pair) and await unit.one(Circle, id=pair.circle_id)
    if isinstance(pair, Pair) and isinstance(circle, Circle) and pair.met_at is None:
        await come_apart(unit, circle, pair, without=set(pair.unanswered))


async def nudge(unit: Unit, token: str, *, final: bool) -> None:
    """Bring each other to mind, without a word about anything. After the `final` one there is no record."""
    pair = await unit.one(Pair, token=token)
    circle = isinstance(pair, Pair) and await unit.one(Circle, id=pair.circle_id)
    if isinstance(pair, Pair) and isinstance(circle, Circle):
        for person in pair.people:
            kind = "buddy.nudge_last" if final else "buddy.nudge"
            await unit.waiting.write("note", person, person=person, kind=kind, circle=pair.circle_id)
        if final:
            for three in await unit.all(Pair, joins=pair.token):
                await come_apart(unit, circle, three, without=set(pair.people))
            await unit.delete(pair)


async def come_apart(unit: Unit, circle: Circle, pair: Pair, *, without: set[str]) -> None:
    """The pair is no more. Of one that wasn't met the others are in the draw again, and read that none came about.

    They read the same words as somebody who was left over, whatever the reason. The two of a pair that somebody would
    have come to stay a pair and read nothing.
    """
    for person in pair.people:
        await unit.waiting.drop_of(person, pair=pair.token)
    for three in await unit.all(Pair, joins=pair.token):
        await come_apart(unit, circle, three, without=set(pair.people))
    stay = await unit.one(Pair, token=pair.joins) if pair.joins else None
    settled = set(stay.people) if isinstance(stay, Pair) else set()
    for person in [] if pair.met_at else [one for one in pair.people if one not in without | settled]:
        member = await unit.one(Membership, circle_id=circle.id, person_id=person)
        if isinstance(member, Membership):
            await _tell_none(unit, circle, member)
            await arm(unit, circle)
    await unit.delete(pair)
    await unit.flush()


async def unsay_met(unit: Unit, circle: Circle, pair: Pair, person_id: str) -> None:
    """This person is forgotten: whoever of their pair hasn't read yet with whom they are reads that none came about."""
    for other in pair.others(person_id):
        for due in await unit.waiting.of_person(other):
            names = due.facts.get("people", []) if due.facts.get("circle") == circle.id and not due.shown else []
            unread = due.facts.get("kind") == "buddy.met" and person_id in names
            member = unread and await unit.one(Membership, circle_id=circle.id, person_id=other)
            if isinstance(member, Membership):
                await _tell_none(unit, circle, member)
                await arm(unit, circle)


async def pairs_of(unit: Unit, circle_id: str, person_id: str) -> list[Pair]:
    """The pairs in which somebody is, or is asked to be, in a circle."""
    found: list[Pair] = await unit.all(Pair, circle_id=circle_id)
    return [pair for pair in found if person_id in pair.people]


def never_mark(secret: bytes, circle: Circle, owner: str, other: str) -> bytes:
    """What stands for "`owner` never with `other`": to be made only by who knows both, and the server's secret
    (promise 7). Not made with the pepper, so that another pepper leaves it as it is."""
    return vault.keyed_hash(secret, "never", circle.id, owner, other)


def box(secret: bytes, circle: Circle, owner: str) -> bytes:
    """By what the never-list of somebody is found, without showing whose it is."""
    return vault.keyed_hash(secret, "nevers", circle.id, owner)


async def nevers_of(unit: Unit, circle: Circle, owner: str) -> list[Never]:
    """The never-list of somebody, as it is kept."""
    return await unit.all(Never, box=box(unit.secret, circle, owner))


async def _nevers(unit: Unit, circle: Circle, people: list[str]) -> set[frozenset[str]]:
    """Of these people, those who wouldn't be paired: because of the one or of the other."""
    marks = {never.mark for owner in people for never in await nevers_of(unit, circle, owner)}
    secret, pairs = unit.secret, permutations(people, 2)
    return {frozenset(pair) for pair in pairs if never_mark(secret, circle, *pair) in marks}


async def _propose(unit: Unit, circle: Circle, partners: list[Partner], *, joins: str | None = None) -> None:
    pair = Pair(vault.new_token(), circle.id, partners, joins)
    unit.add(pair)
    await unit.flush()
    third = [partner.person_id for partner in partners if partner.yes]
    for person in pair.unanswered:
        await unit.waiting.write(
            "note", person, person=person, kind="buddy.third" if joins else "buddy.question", pair=pair.token,
            people=third or pair.others(person), circle=circle.id,
        )  # fmt: skip
    await unit.waiting.write("apart", pair.token, after=ANSWERED_WITHIN, pair=pair.token)


async def _tell_none(unit: Unit, circle: Circle, member: Membership) -> None:
    """No pair came about for somebody; they wait for the next draw unless they say otherwise."""
    member.wish, person = Wish.WAIT, member.person_id
    await unit.waiting.drop_of(person, kind="buddy.none", circle=circle.id)
    await unit.waiting.write("note", person, person=person, kind="buddy.none", circle=circle.id, token=circle.token)

"""What time and yeses bring to buddies: a draw, a pair that is met or isn't, two nudges, and then no record (D5.5)."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import permutations

from bot import vault
from bot.acts.past import orders
from bot.practice.buddies import ANSWERED_WITHIN, DRAWN_AFTER, NUDGED_AFTER, Pair, Partner, Wish, draw
from bot.practice.circle import Circle, Membership
from bot.practice.order import who_sat_side_by_side
from bot.store.rows import Never
from bot.store.unit import Unit

NONE = "buddy.none", "buddy.none_joined"  # no pair came about: by a draw or an answer; or as a third


async def arm(unit: Unit, circle: Circle, within: timedelta = DRAWN_AFTER) -> None:
    """Let a draw wait: 24 hours after the first who asked, or sooner for whoever asks `within` less."""
    if circle.draw is None:  # a lane of its own: a channel that shuts us out mustn't hold it up
        circle.draw = await unit.waiting.write("draw", f"draw:{circle.id}", after=within, circle=circle.id)
    due = await unit.waiting.get(circle.draw)
    if due and due.due_at and due.due_at > unit.now + within:
        await unit.waiting.put_off(due.token, unit.now + within, None)


async def draw_pairs(unit: Unit, circle_id: str, token: str) -> None:
    """Draw pairs among all who asked. Each is asked in private; who is left over is asked what they would like.

    `token` is that of its waiting row: a draw is made once, however often it is carried out.
    """
    circle = await unit.one(Circle, id=circle_id)
    if not isinstance(circle, Circle) or circle.draw != token:
        return
    circle.draw = None
    await unit.waiting.done(token)
    members: list[Membership] = await unit.all(Membership, circle_id=circle.id, paused=False)
    asking = {member.person_id: member for member in members if member.wish}
    people = sorted(asking)
    never = await _nevers(unit, circle, people)
    sat = who_sat_side_by_side(await orders(unit, circle.id))
    pairs, left = draw(people, never, sat, unit.shuffle)
    for pair in pairs:
        for person in pair:
            asking[person].wish = None
            await forget_none(unit, circle, person)
        await _propose(unit, circle, list(pair))
    for person in left:  # told once: more would show that others asked, and weren't drawn with them
        if asking[person].wish is Wish.PAIR:
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
    await bring_together(unit, circle)


async def seek(unit: Unit, circle: Circle, person_id: str) -> None:
    """Somebody would come to a pair as a third. What came of it they hear three days later, unless all said yes."""
    await _wait_for_answers(unit, Pair(vault.new_token(), circle.id, [Partner(person_id, yes=True)], joins=""))
    await bring_together(unit, circle)


async def bring_together(unit: Unit, circle: Circle) -> None:
    """Ask pairs that have met whether they would be three; each is asked about one person, ever.

    Of any pair and person chance decides beforehand, once for all, whether they could be brought together: so that a
    pair that isn't asked can't tell whether that is somebody's never-list. Trying again changes nothing.
    """
    pairs: list[Pair] = await unit.all(Pair, circle_id=circle.id)
    asked = {pair.joins for pair in pairs}
    free = {pair.token: pair for pair in pairs if pair.met_at and pair.joins is None and pair.token not in asked}
    seeking = {pair.token: pair for pair in pairs if pair.joins == ""}
    for token in _by_chance(unit, seeking):
        (third,) = seeking[token].people
        member = await unit.one(Membership, circle_id=circle.id, person_id=third)
        if not isinstance(member, Membership) or member.paused:
            continue
        for found in _by_chance(unit, free):
            if could_come(unit, found, third) and not await apart(unit, circle, [third, *free[found].people]):
                await _ask_about(unit, circle, seeking[token], free.pop(found), third)
                break


async def lapse(unit: Unit, token: str) -> None:
    """Three days have gone by: who hasn't answered isn't asked any more, and whoever said yes is asked what now.

    Only now do they read that no pair came about, so that a no and no answer look alike. They are in the draw again.
    """
    pair = await unit.one(Pair, token=token)
    circle = isinstance(pair, Pair) and await unit.one(Circle, id=pair.circle_id)
    if not isinstance(pair, Pair) or not isinstance(circle, Circle) or pair.met_at:
        return
    hopeful = [one for one in pair.people if one not in pair.unanswered] if pair.joins is None else []
    for person in [*hopeful, *await third_of(unit, pair)]:
        member = await unit.one(Membership, circle_id=circle.id, person_id=person)
        if isinstance(member, Membership):
            await _tell_none(unit, circle, member, joined=pair.joins is not None)
    if hopeful:
        await arm(unit, circle)
    await close(unit, pair)


async def nudge(unit: Unit, token: str, row: str, *, final: bool) -> None:
    """Bring each other to mind, without a word about anything. After the `final` one there is no record.

    `row` is the token of what waited: it is said once, however often it is carried out; and of two that come together
    after a long silence only the last.
    """
    if await unit.waiting.get(row) is None:
        return
    await unit.waiting.done(row)
    pair = await unit.one(Pair, token=token)
    if not isinstance(pair, Pair) or pair.met_at is None:
        return
    if not final and unit.now >= pair.met_at + NUDGED_AFTER[-1]:
        return
    for person in pair.people:
        kind = "buddy.nudge_last" if final else "buddy.nudge"
        await unit.waiting.write("note", person, person=person, kind=kind, circle=pair.circle_id)
    if final:
        await end(unit, pair)


async def end(unit: Unit, pair: Pair) -> None:
    """There is no record of a pair that has met any more. Who would have come to it may come to another."""
    for three in await unit.all(Pair, joins=pair.token):
        for person in pair.people:
            await step_out(unit, three, person)
        three.joins = ""
        if not three.people:
            await unit.delete(three)
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


async def step_out(unit: Unit, pair: Pair, person_id: str) -> None:
    """Somebody isn't in an unsettled pair any more. The others read nothing of it before their three days are over."""
    await unit.waiting.drop_of(person_id, pair=pair.token)
    pair.take_out(person_id)
    await unit.flush()


async def close(unit: Unit, pair: Pair) -> None:
    """Nobody is asked about it any more. Of a pair that was asked about a third it stays known that it was, no more."""
    for person in pair.people:
        await step_out(unit, pair, person)
    if not pair.joins:
        await unit.delete(pair)
        await unit.flush()


async def third_of(unit: Unit, pair: Pair) -> list[str]:
    """Who would come to a pair as a third: one person, or nobody."""
    if pair.joins is None:
        return []
    two = await unit.one(Pair, token=pair.joins)
    return [one for one in pair.people if not isinstance(two, Pair) or one not in two.people]


async def asked_about(unit: Unit, pair: Pair, person_id: str) -> list[str]:
    """Of whom the question to somebody speaks; the same also when one of them has said no meanwhile."""
    notes = await unit.waiting.of_person(person_id)
    return next((list(note.facts["people"]) for note in notes if note.facts.get("pair") == pair.token), [])


async def forget_none(unit: Unit, circle: Circle, person_id: str) -> None:
    """That no pair came about is answered, or over."""
    for kind in NONE:
        await unit.waiting.drop_of(person_id, kind=kind, circle=circle.id)


async def apart(unit: Unit, circle: Circle, people: list[str]) -> bool:
    """Whether any two of these never would."""
    return bool(await _nevers(unit, circle, people))


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


async def _propose(unit: Unit, circle: Circle, people: list[str]) -> None:
    pair = Pair(vault.new_token(), circle.id, [Partner(person) for person in people])
    await _wait_for_answers(unit, pair)
    for person in people:
        await _ask(unit, circle, pair, person, "buddy.question", pair.others(person))


async def _ask_about(unit: Unit, circle: Circle, three: Pair, two: Pair, third: str) -> None:
    three.joins = two.token
    three.partners += [Partner(person) for person in two.people]
    await unit.flush()
    for person in two.people:
        await _ask(unit, circle, three, person, "buddy.third", [third])


async def _ask(unit: Unit, circle: Circle, pair: Pair, person: str, kind: str, people: list[str]) -> None:
    await unit.waiting.write("note", person, person=person, kind=kind, pair=pair.token, people=people, circle=circle.id)


async def _wait_for_answers(unit: Unit, pair: Pair) -> None:
    unit.add(pair)
    await unit.flush()
    await unit.waiting.write("apart", pair.token, after=ANSWERED_WITHIN, pair=pair.token)


async def _tell_none(unit: Unit, circle: Circle, member: Membership, *, joined: bool = False) -> None:
    """No pair came about for somebody; they wait for the next draw unless they say otherwise. As a third: once."""
    member.wish, person = Wish.WAIT if joined else Wish.LEFT, member.person_id
    await forget_none(unit, circle, person)
    await unit.waiting.write("note", person, person=person, kind=NONE[joined], circle=circle.id, token=circle.token)


def _by_chance(unit: Unit, pairs: Iterable[str]) -> list[str]:
    tokens = sorted(pairs)
    unit.shuffle(tokens)
    return tokens


def could_come(unit: Unit, pair: str, person_id: str) -> bool:
    """Heads or tails, always the same for the same pair and person."""
    return vault.keyed_hash(unit.secret, "third", pair, person_id)[0] % 2 == 0

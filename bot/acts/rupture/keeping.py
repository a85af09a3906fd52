"""Flags as they are kept: sealed waiting rows like any other (promise 7), opened only for who may see them.

All that leads to a flag lies under the key of who wrote it: forgetting them shuts it in every copy (promise 8).
"""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot import vault
from bot.acts import Presser
from bot.practice.circle import Circle, Membership
from bot.practice.refusals import Refusal
from bot.practice.rupture.clock import next_step
from bot.practice.rupture.flag import Flag, How, Reader, Stage, may_see
from bot.practice.rupture.route import Reach
from bot.practice.rupture.words import Lane, Look, Soon, Wish
from bot.store.rows import CareContact
from bot.store.unit import Unit
from bot.store.waiting import Due

FLAG, BEFORE, ADDED, MOMENT = "flag", "flag_before", "flag_words", "flag_moment"
MOMENTS = ("raised_at", "since", "first_at", "checked_at", "asked_at", "closed_at", "declined_at", "refused_at")
KINDS: dict[str, type] = {"lane": Lane, "look": Look, "wish": Wish, "soon": Soon, "stage": Stage, "how": How}


@dataclass
class Kept:
    """A flag with the token of its row and its words, still sealed with the key of who wrote them."""

    token: str
    flag: Flag
    wrapped: str | None


@dataclass(frozen=True)
class Standing:
    """Who could be given flags of a circle now: those who act as facilitators, and care contacts from outside it.

    Of both only who is in the server, as far as that is known.
    """

    facilitators: frozenset[str]
    contacts: frozenset[str]

    @property
    def people(self) -> frozenset[str]:
        """All of them."""
        return self.facilitators | self.contacts


async def keep(unit: Unit, flag: Flag, wrapped: str | None) -> Kept:
    """Keep a new flag: one row, in the box of who wrote it, that says nothing in clear."""
    token = await unit.waiting.write(FLAG, flag.by, person=flag.by, resting=True)
    kept = Kept(token, flag, wrapped)
    await save(unit, kept)
    return kept


async def save(unit: Unit, kept: Kept) -> None:
    """Keep what has become of it, and let its one next moment wait."""
    if kept.flag.moment:
        await unit.waiting.done(kept.flag.moment)
    when, step = next_step(kept.flag)
    kept.flag.moment = await unit.waiting.write(
        MOMENT, kept.token, under=kept.flag.by, after=max(when - unit.now, timedelta()), of=kept.token, step=step
    )
    await unit.waiting.change(kept.token, flag=_as_facts(kept.flag), wrapped=kept.wrapped)


async def add_words(unit: Unit, kept: Kept, wrapped: str) -> None:
    """Keep more words with a flag. Each such row knows the one before it: the flag's own stays as long as any other."""
    before = kept.flag.added.pop() if kept.flag.added else None
    added = await unit.waiting.write(
        ADDED, kept.token, under=kept.flag.by, resting=True, wrapped=wrapped, before=before
    )
    kept.flag.added.append(added)
    await save(unit, kept)


async def added_to(unit: Unit, flag: Flag) -> list[Due]:
    """The rows with words that came later, oldest first."""
    found = []
    for last in reversed(flag.added):
        due = await unit.waiting.get(last)
        while due:
            found.append(due)
            due = await unit.waiting.get(due.facts.get("before") or "")
    return found[::-1]


async def load(unit: Unit, token: str) -> Kept | None:
    """The flag with this token, for the clock and for who has been let through already."""
    due = await unit.waiting.get(token)
    return _opened(token, due.facts) if due and due.deed == FLAG else None


async def seen_by(unit: Unit, by: Presser, token: str) -> Kept:
    """The flag, if `by` may see it. Raises the same Refusal whether there is none or they may not."""
    kept = await load(unit, token)
    reader = await reader_of(unit, kept.flag, by) if kept else None
    if kept is None or reader is None or not may_see(kept.flag, reader):
        raise Refusal("rupture.gone")
    return kept


async def carried_by(unit: Unit, by: Presser, token: str) -> tuple[Kept, str]:
    """The flag, if it lies before `by` now, and their random id. Raises Refusal otherwise."""
    kept = await seen_by(unit, by, token)
    person = await unit.people.find(by.discord_id)
    if person is None or person.id not in kept.flag.readers:
        raise Refusal("rupture.gone")
    return kept, person.id


async def written_by(unit: Unit, by: Presser, token: str) -> Kept:
    """The flag, if `by` wrote it. Raises Refusal otherwise."""
    kept = await seen_by(unit, by, token)
    person = await unit.people.find(by.discord_id)
    if person is None or person.id != kept.flag.by:
        raise Refusal("rupture.gone")
    return kept


async def mine(unit: Unit, by: Presser) -> list[Kept]:
    """The flags that `by` wrote, oldest first."""
    found = [_opened(due.token, due.facts) for due in await _in_box_of(unit, by, FLAG)]
    return sorted(found, key=lambda kept: kept.flag.raised_at)


async def before(unit: Unit, by: Presser) -> list[Kept]:
    """The flags that lie before `by` now, oldest first."""
    found = []
    for due in await _in_box_of(unit, by, BEFORE):
        kept = await load(unit, due.facts["of"])
        reader = await reader_of(unit, kept.flag, by) if kept else None
        if kept and reader and may_see(kept.flag, reader):
            found.append(kept)
    return sorted(found, key=lambda kept: kept.flag.raised_at)


async def written(unit: Unit, person_id: str) -> list[Kept]:
    """The flags this person wrote."""
    return [_opened(due.token, due.facts) for due in await _in_box(unit, person_id, FLAG)]


async def lying_before(unit: Unit, person_id: str) -> list[Kept]:
    """The flags that lie before this person, whether or not they still are what they were named as."""
    rows = await _in_box(unit, person_id, BEFORE)
    found = [await load(unit, due.facts["of"]) for due in rows]
    return [kept for kept in found if kept and person_id in kept.flag.readers]


async def reader_of(unit: Unit, flag: Flag, by: Presser) -> Reader | None:
    """`by` as somebody who would look at this flag; None for who isn't known here."""
    person = await unit.people.find(by.discord_id)
    if person is None:
        return None
    member = await unit.one(Membership, circle_id=flag.circle_id, person_id=person.id)
    away = isinstance(member, Membership) and by.came_anew(member.came_at)
    stands = not away and person.id in (await standing(unit, flag.circle_id)).people
    return Reader(person.id, mark(unit, flag.salt, by.discord_id), stands)


async def standing(unit: Unit, circle_id: str) -> Standing:
    """Who could be given flags of this circle now."""
    members: list[Membership] = await unit.all(Membership, circle_id=circle_id)
    contacts: list[CareContact] = await unit.all(CareContact, server_id=unit.server_id)
    inside = {member.person_id for member in members}
    gone = await unit.people.gone()
    return Standing(
        frozenset(member.person_id for member in members if member.acts_as_facilitator) - gone,
        frozenset(contact.person_id for contact in contacts) - inside - gone,
    )


async def allowed(unit: Unit, flag: Flag) -> frozenset[str]:
    """Everyone who stands and whom this flag doesn't keep out (random ids)."""
    now = await standing(unit, flag.circle_id)
    found = set()
    for person in now.people - {flag.by}:
        address = await unit.people.known_address(person)
        if address and mark(unit, flag.salt, address) not in flag.excluded:  # without one they are being forgotten
            found.add(person)
    return frozenset(found)


def mark(unit: Unit, salt: str, discord_id: int) -> str:
    """How somebody is known again in one flag, and in no other: also after they were forgotten and came back."""
    return vault.keyed_hash(unit.secret, "kept from a flag", salt, discord_id).hex()[:32]


async def lay_before(unit: Unit, kept: Kept, person_id: str) -> None:
    """Let the flag lie before this person. Like all that leads to it, it opens only while its writer has a key."""
    await unit.waiting.write(BEFORE, person_id, person=person_id, under=kept.flag.by, resting=True, of=kept.token)


async def take_from(unit: Unit, token: str, person_id: str) -> None:
    """It doesn't lie before this person any more, and what was written to them of it goes too."""
    await unit.waiting.drop_of(person_id, of=token)


async def name_of(unit: Unit, flag: Flag) -> str:
    """The name of the circle it was written in; empty when that is gone."""
    circle = await unit.one(Circle, id=flag.circle_id)
    return await unit.words.read(circle.name_id) if isinstance(circle, Circle) else ""


async def _in_box_of(unit: Unit, by: Presser, deed: str) -> list[Due]:
    person = await unit.people.find(by.discord_id)
    return await _in_box(unit, person.id if person else "nobody", deed)


async def _in_box(unit: Unit, person_id: str, deed: str) -> list[Due]:
    return [due for due in await unit.waiting.of_person(person_id) if due.deed == deed]


def _as_facts(flag: Flag) -> dict[str, Any]:
    facts = asdict(flag)
    for name in MOMENTS:
        facts[name] = facts[name].timestamp() if facts[name] else None
    facts["reaches"] = [[reach.person, reach.hours, reach.outside] for reach in flag.reaches]
    return facts


def _opened(token: str, facts: dict[str, Any]) -> Kept:
    said = dict(facts["flag"])
    for name in MOMENTS:
        said[name] = datetime.fromtimestamp(said[name], UTC) if said[name] else None
    for name, kind in KINDS.items():
        said[name] = kind(said[name]) if said[name] else None
    said["reaches"] = [Reach(*reach) for reach in said["reaches"]]
    return Kept(token, Flag(**said), facts["wrapped"])

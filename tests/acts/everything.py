"""Somebody of whom everything is kept that can be kept: they stand in every column that knows people.

A new column makes `test_privacy.py` fail until this, the export and the forgetting know of it.
"""

from dataclasses import dataclass

from sqlalchemy import func, select

from bot import vault
from bot.acts import agreement, calling, circle, pausing
from bot.acts.lines import kept
from bot.acts.pairing import box, never_mark
from bot.practice.agreement import Assent, Objection
from bot.practice.buddies import Pair, Partner
from bot.practice.calling import Past
from bot.practice.circle import Circle, Membership
from bot.practice.consent import Offer, Role
from bot.practice.debrief import DebriefPlan
from bot.practice.door import Request
from bot.practice.pausing import KeptPause, Way
from bot.practice.session import Session
from bot.store.rows import CareContact, Never
from bot.store.tables import metadata
from bot.store.unit import Store, Unit

from .people import Evening, Home, Someone, begun

COLUMNS = sorted(
    f"{table.name}.{column.name}"
    for table in metadata.tables.values()
    for column in table.columns
    if any(key.column.table.name == "person" for key in column.foreign_keys)
)
WORDS = ["We water what is dry", "A quiet draft", "for those who draft"]


@dataclass
class Everything:
    """`who` is in everything; `evening` is an open session of theirs; `id` is their random id."""

    who: Someone
    evening: Evening
    id: str


async def everything_of_somebody(home: Home) -> Everything:
    """Somebody who facilitates a circle with others, holds its open session, and so on."""
    evening = await begun(home, speakers=4)
    who, other = evening.holder, evening.others[0]
    garden = evening.circle
    await other.does(agreement.open_list, garden)
    await who.does(agreement.propose, garden, WORDS[0])
    draft = await who.does(circle.draft, name=WORDS[1], channel_id=home.channel, purpose=WORDS[2])
    assert draft.name == WORDS[1]
    second = await who.shares(garden)
    third = await who.shares(garden)
    async with home.store.unit(home.id) as unit:
        me = await unit.people.find(who.id)
        assert me is not None
        chosen = (await circle.row_of(unit, second.presser, (await circle.by_token(unit, garden)).id)) or None
    assert chosen is not None
    await who.does(pausing.ask, chosen.id, way=Way.FACILITATORS)
    assert third is not second
    async with home.store.unit(home.id) as unit:
        await _add_rows(unit, me.id, evening.token)
        await _add_what_time_brings(unit, me.id, [(await unit.people.meet(one.id)).id for one in (other, second)])
    return Everything(who, evening, me.id)


async def _add_rows(unit: Unit, me: str, session_token: str) -> None:
    """What no single person can do at once, straight into the rows."""
    session = await unit.one(Session, token=session_token)
    assert isinstance(session, Session)
    here = await unit.one(Circle, id=session.circle_id)
    assert isinstance(here, Circle)
    here.farewell_id = session.former_holder_id = session.guardian_id = me
    elsewhere = Circle(
        vault.new_token(), vault.new_token(), unit.server_id, here.channel_id, await unit.words.keep("circle:x", "x"),
        vault.new_key(), unit.now,
    )  # fmt: skip
    unit.add(elsewhere)
    await unit.flush()
    line = next(line for line in (await kept(unit, here.id)).lines if line.starter)
    line.objections.append(Objection(line.id, me))
    for row in (
        Assent(here.id, me, 1),
        DebriefPlan(vault.new_token(), vault.new_token(), here.id, 1, unit.now.replace(tzinfo=None), me),
        CareContact(unit.server_id, me),
        KeptPause(elsewhere.id, me),
        Request(vault.new_token(), elsewhere.id, me, unit.now),
        Offer(vault.new_token(), unit.server_id, me, Role.FACILITATOR, unit.now, circle_id=elsewhere.id),
        Offer(vault.new_token(), unit.server_id, me, Role.CARE_CONTACT, unit.now),
    ):
        unit.add(row)


async def _add_what_time_brings(unit: Unit, me: str, others: list[str]) -> None:
    """The coming session of the first of their circles is with them in every way, and they have a buddy there."""
    theirs = await unit.all(Membership, person_id=me)
    here = await unit.one(Circle, id=theirs[0].circle_id)
    assert isinstance(here, Circle)
    coming = await calling.coming(unit, here)
    coming.called_id = coming.holder_id = coming.first_id = coming.swap_by = coming.swap_with = me
    coming.past.append(Past(here.id, me, 0))
    unit.add(Pair(vault.new_token(), here.id, [Partner(me, yes=True), Partner(others[0], yes=True)], met_at=unit.now))
    secret = unit.secret
    for owner, named in ((me, others[1]), (others[1], me)):
        unit.add(Never(never_mark(secret, here, owner, named), box(secret, here, owner)))


async def where_is(store: Store, person_id: str) -> list[str]:
    """The columns in which this person stands."""
    found = []
    async with store.reading(0) as unit:
        for name in COLUMNS:
            table, _, column = name.partition(".")
            of = metadata.tables[table].columns[column]
            if (await unit.rows.execute(select(func.count()).where(of == person_id))).scalar_one():
                found.append(name)
    return found

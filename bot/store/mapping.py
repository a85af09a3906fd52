"""How the plain objects of the practice, and our own rows, lie in the tables."""

from typing import Any

from sqlalchemy import Column
from sqlalchemy.orm import registry, relationship

from bot.practice.agreement import Agreement, Assent, Line, Objection
from bot.practice.buddies import Pair, Partner
from bot.practice.calling import Calling, Past
from bot.practice.circle import Circle, Membership
from bot.practice.consent import Offer
from bot.practice.debrief import DebriefPlan
from bot.practice.door import Request
from bot.practice.pausing import KeptPause
from bot.practice.prompts import ListedPrompt
from bot.practice.round import Round, Turn
from bot.practice.schedule import Schedule
from bot.practice.seat import Seat
from bot.practice.session import Session
from bot.practice.wave import Wave
from bot.store import tables
from bot.store.rows import CareContact, House, Mark, Never, Notice, Person, Sealed, Server, Waiting

AS_THEY_ARE = {
    House: tables.house,
    Server: tables.server,
    Person: tables.person,
    Sealed: tables.sealed,
    Waiting: tables.waiting,
    Membership: tables.membership,
    KeptPause: tables.kept_pause,
    CareContact: tables.care_contact,
    Notice: tables.notice,
    Seat: tables.seat,
    Turn: tables.turn,
    Objection: tables.objection,
    Assent: tables.assent,
    Past: tables.past,
    Mark: tables.mark,
    Partner: tables.partner,
    Never: tables.never,
    ListedPrompt: tables.listed_prompt,
}

COUNTED = {
    Circle: tables.circle,
    Request: tables.request,
    Offer: tables.offer,
    Schedule: tables.schedule,
    Wave: tables.wave,
    DebriefPlan: tables.debrief_plan,
}


def lay_out() -> None:
    """Map every kind of object onto its table; once, before the first unit."""
    mapper = registry(metadata=tables.metadata)
    for kind, table in AS_THEY_ARE.items():
        mapper.map_imperatively(kind, table)
    for counted, table in COUNTED.items():
        mapper.map_imperatively(counted, table, version_id_col=table.c.version)
    objections = _whole(Objection, tables.objection.c.line_id)
    mapper.map_imperatively(Line, tables.line, properties={"objections": objections})
    mapper.map_imperatively(
        Agreement,
        tables.agreement,
        version_id_col=tables.agreement.c.changes,
        properties={"lines": _whole(Line, tables.line.c.place)},
    )
    mapper.map_imperatively(
        Calling,
        tables.calling,
        version_id_col=tables.calling.c.version,
        properties={"past": _whole(Past, tables.past.c.place)},
    )
    mapper.map_imperatively(
        Pair,
        tables.pair,
        version_id_col=tables.pair.c.version,
        properties={"partners": _whole(Partner, tables.partner.c.person_id)},
    )
    mapper.map_imperatively(Round, tables.round_, properties={"turns": _whole(Turn, tables.turn.c.place)})
    mapper.map_imperatively(
        Session,
        tables.session,
        version_id_col=tables.session.c.version,
        properties={
            "seats": _whole(Seat, tables.seat.c.session_id),
            "rounds": _whole(Round, tables.round_.c.number),
        },
    )


def _whole(of: type, order: Column[Any]) -> Any:
    return relationship(of, lazy="selectin", cascade="all, delete-orphan", order_by=order, passive_deletes=True)

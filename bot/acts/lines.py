"""The lines of an agreement as people read them, alone or in the list all can read (P1)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.acts.circle import running_session
from bot.practice.agreement import STARTER, Agreement, Assent
from bot.practice.circle import Circle
from bot.practice.session import Session
from bot.store.keyring import KeyGone
from bot.store.unit import Unit

ON_ITS_WAY = 0  # stands for the id of the list's message until that is there

Wording = tuple[str | None, str | None]  # the word key of a starter line, or a line in somebody's words


@dataclass(frozen=True)
class LineShown:
    """A line as somebody reads it. `asked` is whether anybody asked to change it, `mine` whether the reader did."""

    id: str
    starter: str | None
    text: str | None
    adopted: bool
    asked: bool = False
    mine: bool = False


@dataclass(frozen=True)
class View:
    """An agreement as one person reads it; in the public list, as everybody does.

    `opened` is whether the list of lines was ever opened; before, `lines` are those it will begin with. `session` is
    the token of the circle's open session, and `may_close` whether the reader can close the list there.
    """

    circle_token: str
    name: str
    version: int
    agreed_at: datetime | None
    lines: list[LineShown]
    is_open: bool
    opened: bool
    said_yes: bool = False
    session: str | None = None
    may_close: bool = False


async def view(unit: Unit, circle: Circle, person_id: str | None) -> View:
    """The agreement as this person reads it; None: as the public list has it, where nothing is anybody's."""
    agreement = await kept(unit, circle.id)
    worded = await wordings(unit, agreement)
    lines = [
        LineShown(
            line.id, *worded[line.id], line.adopted, bool(line.objections),
            mine=bool(person_id and line.objection_of(person_id)),
        )
        for line in agreement.lines
        if line.id in worded
    ]  # fmt: skip
    session = await running_session(unit, circle)
    return View(
        circle.token,
        await unit.words.read(circle.name_id),
        agreement.version,
        agreement.agreed_at,
        lines or [LineShown("", starter, None, adopted=False) for starter in STARTER],
        agreement.is_open,
        bool(lines),
        said_yes=bool(person_id and await said_yes(unit, agreement, person_id)),
        session=session.token if session else None,
        may_close=bool(session and session.holder_id == person_id and agreement.is_open),
    )


async def show_list(unit: Unit, circle: Circle) -> bool:
    """Let the thread of the open session show the list as it is then: posted once, changed from there on."""
    session = await running_session(unit, circle)
    if session is None or session.thread_lost:
        return False
    facts: dict[str, Any] = {
        "kind": "agreement.list",
        "circle": circle.id,
        "session": session.id,
        "token": session.token,
        "language": circle.language,
    }
    if session.list_message_id is None:
        session.list_message_id = ON_ITS_WAY
        await unit.waiting.write("post", session.id, mark=["list", session.id], **facts)
    else:
        await unit.waiting.write("edit", session.id, message="list", **facts)
    return True


async def list_changes(unit: Unit, session: Session) -> bool:
    """Whether the thread doesn't show the list yet as it is now."""
    waiting = [due for due in await unit.waiting.due() if due.lane == session.id]
    return any(due.facts.get("kind") == "agreement.list" for due in waiting)


async def lose_list(unit: Unit, session_id: str) -> None:
    """The message with the list is gone from the thread: it is posted anew."""
    session = await unit.one(Session, id=session_id)
    if isinstance(session, Session) and session.list_message_id:
        session.list_message_id = None
        circle = await unit.one(Circle, id=session.circle_id)
        assert isinstance(circle, Circle)
        await show_list(unit, circle)


async def kept(unit: Unit, circle_id: str) -> Agreement:
    """The agreement as it is kept; an empty one, of which nothing is kept, when there is none."""
    found = await unit.one(Agreement, circle_id=circle_id)
    return found if isinstance(found, Agreement) else Agreement(circle_id)


async def wordings(unit: Unit, agreement: Agreement) -> dict[str, Wording]:
    """What the lines say, by id, in order; without those whose author was forgotten before they were adopted."""
    found: dict[str, Wording] = {}
    for line in agreement.lines:
        try:
            found[line.id] = (line.starter, await unit.words.read(line.words_id) if line.words_id else None)
        except KeyGone:
            continue
    return found


async def said_yes(unit: Unit, agreement: Agreement, person_id: str) -> bool:
    """Whether this person has said yes to the version that stands."""
    said = await unit.one(Assent, circle_id=agreement.circle_id, person_id=person_id)
    return isinstance(said, Assent) and said.version == agreement.version

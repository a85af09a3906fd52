"""Rows that wait: claimed, carried out, marked. One mechanism for posts, private notes and due moments."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.acts import Presser, debrief_line, openly, past, reminders
from bot.acts.lines import View, view
from bot.acts.rota import Share, share
from bot.acts.server import take_question_away
from bot.acts.telling import WRITE_TO, drop_notes
from bot.acts.wave_lines import posted
from bot.practice.circle import Circle
from bot.practice.consent import Offer
from bot.practice.session import Session
from bot.store.keyring import KeyGone
from bot.store.rows import Notice, Person
from bot.store.unit import Unit
from bot.store.waiting import Due

LONGEST_WAIT = timedelta(hours=1)
KNOCKS_AGAIN = frozenset({"rupture.care", "rupture.remind"})  # also who hasn't opened an older DM must hear of a flag


@dataclass(frozen=True)
class Errand:
    """A claimed row with what is needed to carry it out.

    `people` maps the random ids in its facts to Discord ids. `claimed_at` is set when it was claimed before: it may
    have been carried out already, so look first. `language` is the reader's, and `quiet_until` when their quiet hours
    end that are now. `unpinged` are those of `people` who want fewer pings. `words` are what one person entrusts to
    another; None also when they were forgotten with who wrote them.
    """

    due: Due
    people: dict[str, int]
    claimed_at: datetime | None
    language: str
    channel_id: int | None = None
    message_id: int | None = None
    thread_id: int | None = None
    circle_channel_id: int | None = None
    circle_name: str = ""
    circle_purpose: str = ""
    reader_takes_dms: bool = False
    quiet_until: datetime | None = None
    unpinged: frozenset[str] = frozenset()
    threads_of_others: frozenset[int] = frozenset()
    agreement: View | None = None
    share: Share | None = None
    words: str | None = None


async def waiting_now(unit: Unit, but: Set[str] = frozenset()) -> list[Due]:
    """What is due now, in any server, in the order in which it was written; not the rows with the tokens in `but`."""
    return await unit.waiting.due(but)


async def next_due(unit: Unit) -> datetime | None:
    """The moment (UTC) at which something is due next that isn't yet. What is put off is due already."""
    return await unit.waiting.next_due()


async def claim(unit: Unit, token: str) -> Errand | None:
    """Claim a row and gather what carrying it out needs; None when it is gone or needs no carrying out."""
    due = await unit.waiting.claim(token)
    return await errand_of(unit, due) if due else None


async def errand_of(unit: Unit, due: Due) -> Errand:
    """A waiting row with all that carrying it out, or showing it, needs."""
    facts = due.facts
    people = facts.get("people", [])
    circle = await unit.one(Circle, id=facts.get("circle") or facts.get("about") or due.lane)
    session = await unit.one(Session, id=facts["session"]) if "session" in facts else None
    reader = await unit.one(Person, id=due.person_id) if due.person_id else None
    if due.deed == "add" and session:
        people = [person for person in people if session.seat_of(person)]  # they may have left meanwhile
    known = await _addresses(unit, [*people, *([due.person_id] if due.person_id else [])])
    hours = reader.quiet_hours if reader else None
    return Errand(
        due,
        known,
        due.claimed_at,
        reader.language if reader else facts.get("language", "en"),
        channel_id=facts.get("channel") or (session.thread_id if session else None) or _place_of(circle, facts),
        message_id=_message_of(session, facts.get("message")),
        thread_id=session.thread_id if session else None,
        circle_channel_id=circle.channel_id if circle else None,
        circle_name=await unit.words.read(circle.name_id) if circle else "",
        circle_purpose=await unit.words.read(circle.purpose_id) if circle and circle.purpose_id else "",
        threads_of_others=await unit.threads() if due.deed == "thread" and due.claimed_at else frozenset(),
        reader_takes_dms=bool(reader and reader.dms and (not reader.knocked or facts.get("kind") in KNOCKS_AGAIN)),
        quiet_until=hours.until(unit.now) if hours else None,
        unpinged=frozenset([person for person in known if (await unit.people.get(person)).fewer_pings]),
        agreement=await view(unit, circle, None) if circle and facts.get("kind") == "agreement.list" else None,
        share=await _share(unit, circle, due) if circle else None,
        words=unit.words.unwrap(facts["author"], facts["wrapped"]) if "author" in facts else None,
    )


async def done(unit: Unit, token: str, *, made: int | None = None) -> None:
    """It is carried out; `made` is the id of the message or thread that came of it."""
    due = await unit.waiting.get(token)
    if due is None:
        return
    await unit.waiting.done(token)
    session = await unit.one(Session, id=due.facts["session"]) if "session" in due.facts else None
    if due.deed in {"archive", "delete"} and session:
        await drop_notes(unit, session, WRITE_TO)
    if due.deed == "delete" and session:
        await past.lose_its_place(unit, session)
    if made is None:
        return
    if due.deed == "thread" and session:
        session.thread_id = made
    kind, of = due.facts.get("mark") or (None, None)
    if kind == "circle":
        circle = await unit.one(Circle, id=of)
        if circle:
            circle.card_message_id = made
    elif kind == "calling":
        channel = due.facts["channel"]
        if not await openly.said(unit, str(of), due.facts["calling"], channel_id=channel, message_id=made):
            await unit.waiting.write("unsay", due.lane, channel=channel, message=made)
    elif kind == reminders.LINE:
        await reminders.stands(unit, due, made)
    elif kind == debrief_line.LINE:
        await debrief_line.stands(unit, due, str(of), made)
    elif kind == "wave":
        await posted(unit, due, made)
    elif kind == "notice":
        await _mark_notice(unit, str(of), due, made)
    elif kind == "care" and not await unit.one(Offer, token=of):  # asked anew, or answered before a crash was mended
        await take_question_away(unit, str(of), due.facts["channel"], made)
    elif kind == "waiting" and session:
        session.waiting_message_id = made
    elif kind == "invitation" and session:
        session.invitation_id = made
    elif kind == "list" and session:
        session.list_message_id = made


async def postpone(unit: Unit, token: str) -> None:
    """It couldn't be carried out now; it waits twice as long each time, an hour at most."""
    due = await unit.waiting.get(token)
    if due:
        await unit.waiting.postpone(token, min(timedelta(seconds=2 ** min(due.attempts, 12)), LONGEST_WAIT))


async def let_sleep(unit: Unit, errand: Errand) -> None:
    """Its reader has quiet hours now: no DM before they end (D1.11). What waits for others goes on, and so does a look
    of theirs."""
    assert errand.quiet_until is not None
    await unit.waiting.put_off(errand.due.token, errand.quiet_until, errand.claimed_at)


async def rest(unit: Unit, token: str, *, knocked: bool = False) -> None:
    """The note has been announced as far as its person wished; now it waits until they look."""
    due = await unit.waiting.get(token)
    await unit.waiting.rest(token)
    reader = await unit.one(Person, id=due.person_id) if knocked and due else None
    if reader:
        reader.knocked = True


async def anything_waits(unit: Unit, by: Presser) -> bool:
    """Whether something waits for this person that they haven't been shown."""
    person = await unit.people.find(by.discord_id)
    waits = await unit.waiting.of_person(person.id) if person else []
    return any(is_there(unit, due) and not due.shown for due in waits)


def is_there(unit: Unit, due: Due) -> bool:
    """Whether this is a note that its person may read by now; one that was asked for at a later time isn't."""
    return due.deed == "note" and unit.now.timestamp() >= due.facts.get("not_before", 0)


async def _mark_notice(unit: Unit, token: str, due: Due, message_id: int) -> None:
    notice = await unit.one(Notice, token=token)
    if notice:
        notice.message_id = message_id
    else:  # its time was over while it was on its way
        await unit.waiting.write("unsay", due.lane, session=due.facts["session"], message=message_id)


async def _share(unit: Unit, circle: Circle, due: Due) -> Share | None:
    """For one's own eyes, when one is called; computed anew each time it is shown (D5.2)."""
    called = due.person_id and due.facts.get("kind") == "calling.call"
    return await share(unit, circle, due.person_id) if called and due.person_id else None


def _message_of(session: Session | None, named: object) -> int | None:
    """A message by its id, or that of its session by name, as it is known by now."""
    if session and isinstance(named, str):
        of_session = {
            "waiting": session.waiting_message_id,
            "invitation": session.invitation_id,
            "list": session.list_message_id,
        }
        return of_session[named]
    return named if isinstance(named, int) else None


def _place_of(circle: Circle | None, facts: dict[str, Any]) -> int | None:
    """For what follows its circle: where it meets by now."""
    return circle.channel_id if circle and "follows" in facts else None


async def _addresses(unit: Unit, people: list[str]) -> dict[str, int]:
    known = {}
    for person_id in people:
        try:
            known[person_id] = await unit.people.address(person_id)
        except KeyGone:
            continue
    return known

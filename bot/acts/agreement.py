"""The agreement of a circle: read, said yes to, changed line by line, and brought to mind (P1, D1.8)."""

from dataclasses import dataclass

from bot import vault
from bot.acts import Presser
from bot.acts.circle import by_token, find, membership_of, running, running_session
from bot.acts.lines import View, Wording, kept, list_changes, said_yes, show_list, view, wordings
from bot.practice.agreement import STARTER, Agreement, Assent, Line, clean_line
from bot.practice.circle import Circle, Membership, same_name
from bot.practice.refusals import Refusal
from bot.practice.seat import State
from bot.practice.session import Session
from bot.store.unit import Unit


@dataclass(frozen=True)
class Asked:
    """Somebody asked to change the line at `place` of the list, or took that back. `listed`: the thread shows it."""

    place: int
    now: bool
    listed: bool


async def read(unit: Unit, by: Presser, *, named: str | None = None) -> View:
    """The agreement of a circle, for its members. Raises Refusal for others, and as `find` does."""
    circle = await find(unit, by, named)
    return await view(unit, circle, (await membership_of(unit, by, circle)).person_id)


async def of_session(unit: Unit, by: Presser, token: str) -> View:
    """The agreement of the circle in whose session `by` is; `token` is the session's."""
    _, circle, person_id = await _session(unit, by, token)
    return await view(unit, circle, person_id)


async def agreed(unit: Unit, circle_id: str) -> bool:
    """Whether this circle has an agreement."""
    return (await kept(unit, circle_id)).version > 0


async def unanswered(unit: Unit, circle_id: str, person_id: str) -> bool:
    """Whether there is an agreement to which this person hasn't said yes as it is now. It never keeps anybody out."""
    agreement = await kept(unit, circle_id)
    return agreement.version > 0 and not await said_yes(unit, agreement, person_id)


async def assent(unit: Unit, by: Presser, circle_token: str) -> int:
    """Say yes for today to the version that stands; its number is returned. Saying it again changes nothing.

    Raises Refusal when there is no agreement yet.
    """
    circle, person_id = await _member(unit, by, circle_token)
    agreement = await kept(unit, circle.id)
    if agreement.version == 0:
        raise Refusal("agreement.none_yet")
    if not await said_yes(unit, agreement, person_id):
        unit.add(Assent(circle.id, person_id, agreement.version))
    return agreement.version


async def unsure(unit: Unit, by: Presser, circle_token: str) -> None:
    """Not sure yet: a yes said before is taken back, and nothing is kept."""
    circle, person_id = await _member(unit, by, circle_token)
    await _take_yes_back(unit, circle.id, person_id)


async def open_list(unit: Unit, by: Presser, circle_token: str) -> View:
    """Open the list of lines, the first time with those to begin with; the thread of an open session then shows it."""
    circle, person_id = await _member(unit, by, circle_token)
    agreement = await _begun(unit, circle.id)
    if agreement.is_open:
        await show_list(unit, circle)
    return await view(unit, circle, person_id)


async def propose(unit: Unit, by: Presser, circle_token: str, text: str) -> bool:
    """Propose a line, sealed with one's own key until it is adopted. True when the thread of a session shows it.

    Raises Refusal when it is too short or too long (3 to 120 characters), stands there already, or finds no room.
    """
    circle, person_id = await _heard(unit, *await _member(unit, by, circle_token))
    proposed = clean_line(text)
    agreement = await _begun(unit, circle.id)
    written = [words for _, words in (await wordings(unit, agreement)).values() if words]
    if same_name(proposed) in map(same_name, written):
        raise Refusal("agreement.there_already")
    agreement.expect_room(proposed, written)
    agreement.propose(vault.new_token(), person_id, await unit.words.keep(person_id, proposed))
    return await show_list(unit, circle)


async def object(unit: Unit, by: Presser, line_id: str) -> Asked:
    """Ask to change a line, or take that back. It blocks the line, not a person; nobody is told who asked.

    Raises Refusal when the line is gone.
    """
    circle, person_id = await _heard(unit, *await _member_by_line(unit, by, line_id))
    agreement = await kept(unit, circle.id)
    now = agreement.object(person_id, line_id)
    place = [line.id for line in agreement.lines].index(line_id) + 1
    return Asked(place, now, await show_list(unit, circle))


async def close_list(unit: Unit, by: Presser, session_token: str) -> int | None:
    """Close the list; the holder's deed. Returns the new version.

    None when the list has never stood in this thread, or isn't there yet as it is now: nothing is adopted unseen.
    Raises Refusal when `by` doesn't hold the session, no round is open, nothing is open, or no line would be left.
    """
    session, circle, person_id = await _session(unit, by, session_token)
    if session.state is State.CLOSED:
        raise Refusal("session.closed_already")
    session.expect_holder(person_id)
    if session.round is None:
        raise Refusal("agreement.in_a_round")
    agreement = await _begun(unit, circle.id)
    if agreement.is_open and not session.list_message_id:
        if session.list_message_id is None:
            await show_list(unit, circle)
        return None
    if agreement.is_open and await list_changes(unit, session):
        return None
    worded = await wordings(unit, agreement)
    for lost in [line for line in agreement.lines if line.id not in worded]:
        agreement.lines.remove(lost)
        await _drop_words(unit, lost)
    closed = agreement.close_list(unit.now)
    for line in closed.adopted:
        if line.words_id:  # from now on they are the circle's, sealed with its key
            await _drop_words(unit, line)
            line.words_id = await unit.words.keep(f"circle:{circle.id}", worded[line.id][1] or "")
    for line in closed.dropped:
        await _drop_words(unit, line)
    for earlier in await unit.all(Assent, circle_id=circle.id):
        await unit.delete(earlier)
    await show_list(unit, circle)
    return agreement.version


async def remind(unit: Unit, by: Presser, line_id: str) -> bool:
    """Let a line be read to all, with nobody named. True: at the end of this turn; False: when a session begins.

    Raises Refusal when the line isn't in force any more, or one is to be read already.
    """
    circle, person_id = await _heard(unit, *await _member_by_line(unit, by, line_id))
    agreement = await kept(unit, circle.id)
    if not agreement.line(line_id).adopted:
        raise Refusal("agreement.line_gone")
    if agreement.remind_at_opening or await _with_reminder(unit, circle.id):
        raise Refusal("agreement.reminded_already")
    with_turns = [one for one in await running(unit, circle) if not one.slow and one.state is not State.GATHERING]
    if not with_turns:
        agreement.remind_at_opening = line_id
        return False
    here = next((one for one in with_turns if one.seat_of(person_id)), with_turns[0])
    here.reminding_id = line_id
    return True


async def take_reminder(unit: Unit, session: Session) -> Wording | None:
    """The line somebody asked to have read at the end of this turn, once; None when nobody did."""
    line_id, session.reminding_id = session.reminding_id, None
    return await _in_force(unit, session.circle_id, line_id)


async def opening_line(unit: Unit, session: Session) -> Wording | None:
    """The line to read as this session begins: one that somebody asked for, else the one whose turn it is."""
    agreement = await kept(unit, session.circle_id)
    wanted, agreement.remind_at_opening = agreement.remind_at_opening, None
    for earlier in await _with_reminder(unit, session.circle_id):  # it closed before the line could be read
        wanted, earlier.reminding_id = wanted or earlier.reminding_id, None
    in_turn = agreement.line_for(session.number)
    return await _in_force(unit, session.circle_id, wanted) or await _in_force(
        unit, session.circle_id, in_turn.id if in_turn else None
    )


async def let_go(unit: Unit, circle: Circle, person_id: str) -> None:
    """Somebody leaves the circle: their yes goes, what they asked, and their lines that aren't adopted."""
    await _take_yes_back(unit, circle.id, person_id)
    going = (await kept(unit, circle.id)).let_go(person_id)
    for line in going:
        await _drop_words(unit, line)
    session = await running_session(unit, circle)
    if going and session and session.list_message_id is not None:
        await show_list(unit, circle)


async def _begun(unit: Unit, circle_id: str) -> Agreement:
    agreement = await kept(unit, circle_id)
    unit.add(agreement)
    agreement.begin([vault.new_token() for _ in STARTER])
    await unit.flush()
    return agreement


async def _in_force(unit: Unit, circle_id: str, line_id: str | None) -> Wording | None:
    agreement = await kept(unit, circle_id)
    return (await wordings(unit, agreement))[line_id] if line_id in {line.id for line in agreement.adopted} else None


async def _drop_words(unit: Unit, line: Line) -> None:
    if line.words_id:
        await unit.words.drop(line.words_id)


async def _take_yes_back(unit: Unit, circle_id: str, person_id: str) -> None:
    said = await unit.one(Assent, circle_id=circle_id, person_id=person_id)
    if said:
        await unit.delete(said)


async def _with_reminder(unit: Unit, circle_id: str) -> list[Session]:
    """The sessions in which a line waits to be read: one at most."""
    sessions: list[Session] = await unit.all(Session, circle_id=circle_id)
    return [session for session in sessions if session.reminding_id]


async def _member(unit: Unit, by: Presser, circle_token: str) -> tuple[Circle, str]:
    circle = await by_token(unit, circle_token)
    return circle, (await membership_of(unit, by, circle)).person_id


async def _heard(unit: Unit, circle: Circle, person_id: str) -> tuple[Circle, str]:
    """Say no to who is paused and not in the running session: nothing of theirs comes into a thread shut to them."""
    paused = await unit.one(Membership, circle_id=circle.id, person_id=person_id, paused=True)
    if paused and not any(session.seat_of(person_id) for session in await running(unit, circle)):
        raise Refusal("agreement.paused")
    return circle, person_id


async def _member_by_line(unit: Unit, by: Presser, line_id: str) -> tuple[Circle, str]:
    line = await unit.one(Line, id=line_id)
    circle = isinstance(line, Line) and await unit.one(Circle, id=line.circle_id, server_id=unit.server_id)
    if not isinstance(circle, Circle):
        raise Refusal("agreement.line_gone")
    return circle, (await membership_of(unit, by, circle)).person_id


async def _session(unit: Unit, by: Presser, token: str) -> tuple[Session, Circle, str]:
    session = await unit.one(Session, token=token)
    circle = isinstance(session, Session) and await unit.one(Circle, id=session.circle_id, server_id=unit.server_id)
    if not isinstance(session, Session) or not isinstance(circle, Circle):
        raise Refusal("session.gone")
    return session, circle, (await membership_of(unit, by, circle)).person_id

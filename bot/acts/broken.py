"""What becomes of a session when Discord's own things are gone: it tells its holder what it needs (promise 9)."""

from typing import Any

from bot.acts import Presser
from bot.acts.circle import running
from bot.acts.lines import kept, show_list
from bot.acts.session import by_token, expect_member
from bot.acts.telling import common, post_opening, retell
from bot.acts.travel import say_again
from bot.practice.circle import Circle
from bot.practice.refusals import Refusal
from bot.practice.seat import State
from bot.practice.session import Session
from bot.store.rows import Notice
from bot.store.unit import Unit


async def lose_thread(unit: Unit, thread_id: int) -> None:
    """A thread is gone from Discord: its session, if it isn't closed, waits for a new one, and its holder is told."""
    session = await unit.one(Session, thread_id=thread_id)
    if not isinstance(session, Session) or not await unit.one(Circle, id=session.circle_id, server_id=unit.server_id):
        return
    session.thread_id = session.waiting_message_id = session.list_message_id = None
    for notice in await unit.all(Notice, session_id=session.id):
        await unit.delete(notice)
    await _need_thread(unit, session)


async def threads_in_use(unit: Unit) -> list[int]:
    """The threads (Discord ids) of this server's open sessions."""
    circles = await unit.all(Circle, server_id=unit.server_id)
    sessions = [session for circle in circles for session in await running(unit, circle)]
    return [session.thread_id for session in sessions if session.thread_id]


async def lose_channel(unit: Unit, channel_id: int) -> None:
    """A channel is gone from Discord, and all threads in it."""
    for circle in await unit.all(Circle, channel_id=channel_id, server_id=unit.server_id):
        for session in await unit.all(Session, circle_id=circle.id):
            if session.thread_id:
                await lose_thread(unit, session.thread_id)
            session.invitation_id = None


async def get_no_thread(unit: Unit, session_id: str) -> None:
    """The thread couldn't be made: there is no channel to make it in."""
    session = await unit.one(Session, id=session_id)
    if isinstance(session, Session):
        await _need_thread(unit, session)


async def renew_thread(unit: Unit, by: Presser, token: str) -> None:
    """**New thread**: another one, where the session goes on as it stood, with all who came in and haven't stepped out.

    Raises Refusal when `by` neither came in nor holds it, or it has its thread.
    """
    session = await by_token(unit, token)
    person_id = await expect_member(unit, by, session)
    if person_id != session.holder_id:
        session.expect_present(person_id)
    if session.state is State.CLOSED or not session.thread_lost:
        raise Refusal("session.has_thread")
    session.thread_lost = False
    circle = await unit.one(Circle, id=session.circle_id)
    assert isinstance(circle, Circle)
    await unit.waiting.drop_of(session.holder_id, kind="session.thread_gone", session=session.id)
    await post_opening(unit, session, circle)
    for seat in session.seats:
        if not seat.out:  # who stepped out may have left the thread; they come back by themselves
            await unit.waiting.write("add", session.id, session=session.id, people=[seat.person_id])
    await say_again(unit, session)
    await retell(unit, session)
    agreement = await kept(unit, circle.id)
    if agreement.is_open and agreement.lines and session.debrief is None:
        await show_list(unit, circle)


async def lack(unit: Unit, session_id: str, *, lacking: list[str], channel_id: int) -> None:
    """Discord refuses what the session needs: its holder is told once what to give, and where."""
    session = await unit.one(Session, id=session_id)
    if isinstance(session, Session) and session.state is not State.CLOSED:
        await _tell_holder(unit, session, "session.needs", lacking=lacking, where=channel_id)


async def try_again(unit: Unit, by: Presser, token: str) -> None:
    """**Try again**: what was put off in this server is carried out now."""
    session = await by_token(unit, token)
    await unit.waiting.drop_of(await expect_member(unit, by, session), kind="session.needs", session=session.id)
    await unit.waiting.try_again()


async def take_heart(unit: Unit) -> None:
    """Something changed in this server for the better, perhaps: what was put off is tried again."""
    await unit.waiting.try_again()


async def _need_thread(unit: Unit, session: Session) -> None:
    if session.state is not State.CLOSED and not session.thread_lost:
        session.thread_lost = True
        await _tell_holder(unit, session, "session.thread_gone")


async def _tell_holder(unit: Unit, session: Session, kind: str, **facts: Any) -> None:
    told = {"kind": kind, "session": session.id, **facts}
    for due in await unit.waiting.of_person(session.holder_id):
        if told.items() <= due.facts.items():
            return  # each try would say it anew
    await unit.waiting.drop_of(session.holder_id, kind=kind, session=session.id)
    await unit.waiting.write("note", session.holder_id, person=session.holder_id, **{**common(session), **told})

"""The talking piece on its way."""

from datetime import datetime

from bot import vault
from bot.acts import Presser
from bot.acts.session import by_token, expect_member
from bot.acts.telling import arm, hush, tell
from bot.practice import piece
from bot.practice.events import Lead, PiecePassed
from bot.practice.moments import moment_to_tell, nearly_up, slow_end
from bot.practice.refusals import Refusal
from bot.practice.round import Kind
from bot.practice.session import Session
from bot.store.unit import Unit


async def pass_piece(unit: Unit, by: Presser, token: str) -> None:
    """End one's own turn, spoken or passed alike (D1.3), and let the piece go on.

    `token` is the turn's, so that a late press can't end another's. Raises Refusal when the turn is over, isn't this
    person's, or there's a pause.
    """
    session, person_id = await _of_turn(unit, by, token)
    await tell(unit, session, session.pass_piece(token, person_id, unit.now, vault.new_token))


async def come_back_later(unit: Unit, by: Presser, token: str) -> bool:
    """The holder lets the piece go on; it returns to its speaker at the end of the round. `token` is the turn's.

    False when the round was at its end already: then that turn is over.
    """
    session, person_id = await _of_turn(unit, by, token)
    events = piece.come_back_later(session, token, person_id, unit.now, vault.new_token)
    await tell(unit, session, events)
    return any(isinstance(event, PiecePassed) and event.lead is Lead.BACK_LATER for event in events)


async def take_up_again(unit: Unit, by: Presser, token: str) -> None:
    """**I wasn't finished**; `token` is the session's."""
    session = await by_token(unit, token)
    person_id = await expect_member(unit, by, session)
    await tell(unit, session, piece.take_up_again(session, person_id, unit.now, vault.new_token))


async def ask_for_turn(unit: Unit, by: Presser, token: str) -> None:
    """**I'd like a turn**; `token` is the session's."""
    session = await by_token(unit, token)
    person_id = await expect_member(unit, by, session)
    await tell(unit, session, piece.ask_for_turn(session, person_id, unit.now, vault.new_token))


async def take_more_time(unit: Unit, by: Presser, token: str) -> None:
    """**A little more time**: nobody is told; what the circle reads at twice the time comes later."""
    session, person_id = await _of_turn(unit, by, token)
    piece.take_more_time(session, token, person_id)
    await arm(unit, session)
    if session.whisper:
        await _whisper(unit, session, person_id, nearly_up(session))


async def tell_time(unit: Unit, by: Presser, token: str) -> None:
    """**Tell me when my time is nearly up**: this press is what lets us tell them alone (D1.4).

    Raises Refusal when it isn't this person's turn, or its usual time is nearly over already.
    """
    session, person_id = await _of_turn(unit, by, token)
    await _whisper(unit, session, person_id, moment_to_tell(session, token, person_id, unit.now))


async def have_had_turn(unit: Unit, by: Presser, token: str) -> tuple[datetime, bool]:
    """**I've had my turn**, in a slow round: kept nowhere (D1.6). When (UTC) the round is over; whether it is the last.

    Raises Refusal when no slow round is open, or `by` didn't come in.
    """
    session = await by_token(unit, token)
    session.expect_present(await expect_member(unit, by, session))
    if session.round is None or not session.slow:
        raise Refusal("round.no_round")
    return slow_end(session), session.round.kind is Kind.CLOSING


async def _of_turn(unit: Unit, by: Presser, token: str) -> tuple[Session, str]:
    session = await unit.session_of_turn(token)
    if session is None:
        raise Refusal("round.turn_is_over")
    person = await unit.people.meet(by.discord_id, by.language)
    if person.id == session.holder_id or session.seat_of(person.id):
        await expect_member(unit, by, session)  # they may have left the server meanwhile
    return session, person.id


async def _whisper(unit: Unit, session: Session, person_id: str, moment: datetime) -> None:
    await hush(unit, session)
    session.whisper = await unit.waiting.write(
        "whisper",
        f"whisper:{session.id}",
        after=moment - unit.now,
        people=[person_id],
        session=session.id,
        language=(await unit.people.get(person_id)).language,
    )

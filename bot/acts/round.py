"""The talking piece on its way."""

from bot import vault
from bot.acts import Presser
from bot.acts.session import tell, unsay
from bot.practice.refusals import Refusal
from bot.store.unit import Unit


async def pass_piece(unit: Unit, by: Presser, token: str) -> None:
    """End one's own turn, spoken or passed alike (D1.3), and let the piece go on.

    `token` is the turn's, so that a late press can't end another's. Raises Refusal when the turn is over or isn't
    this person's.
    """
    session = await unit.session_of_turn(token)
    if session is None:
        raise Refusal("round.turn_is_over")
    person = await unit.people.meet(by.discord_id, by.language)
    spent = session.round.turn if session.round else None
    events = session.pass_piece(token, person.id, unit.now, vault.new_token)
    await tell(unit, session, events)
    await unsay(unit, session, spent)

"""What is read and asked in the message of a turn or a round, to all."""

from typing import Any

from bot.acts.agreement import opening_line, take_reminder
from bot.acts.circle import take_farewell
from bot.acts.one_thing import take_thing
from bot.acts.prompts import own_words
from bot.practice.circle import Circle
from bot.practice.session import Session
from bot.store.unit import Unit


async def read_aloud(unit: Unit, session: Session, opens_round: bool) -> dict[str, Any]:
    """What is read in a message that comes anyway: a line of the agreement, a farewell and what we said we'd do
    differently as the session begins (P1, P9, P7), and what somebody asked to have read."""
    circle = await unit.one(Circle, id=session.circle_id)
    assert isinstance(circle, Circle)
    begins = opens_round and len(session.rounds) == 1
    meets = begins and not session.debrief  # what a circle reads as it meets isn't for a debrief
    return {
        "agreed": await opening_line(unit, session) if begins else None,
        "farewell": await take_farewell(unit, circle) if meets else None,
        "one_thing": await take_thing(unit, circle) if meets else None,
        "reminder": await take_reminder(unit, session),
    }


async def asked(unit: Unit, session: Session) -> dict[str, Any]:
    """What the round asks, by name; of the circle's own prompts their words too, unless they were taken back."""
    assert session.round is not None
    prompt = session.round.prompt
    return {"prompt": prompt, "own": await own_words(unit, session.circle_id, prompt.split())}

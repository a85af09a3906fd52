"""A sitting of a debrief: a session like any other, with other prompts, of which nothing is kept (D2.1)."""

from datetime import datetime

from bot import vault
from bot.acts.calling import in_turn
from bot.acts.circle import facilitating, running
from bot.acts.prompts import of_part
from bot.acts.telling import common, invitation, post_opening, tell
from bot.practice.circle import Circle, Membership
from bot.practice.debrief import MINUTES, Debrief, DebriefPlan, rounds_of
from bot.practice.prompts import Part
from bot.practice.session import Session
from bot.store.unit import Unit

PARTS = {Debrief.HOT: Part.HOT, Debrief.COLD: Part.COLD}


async def gather(
    unit: Unit, circle: Circle, kind: Debrief, number: int, holder_id: str, *, begins_at: datetime | None = None
) -> Session:
    """Let a circle gather for a sitting: a private thread, its waiting message, then the invitation in the channel.

    `begins_at` (UTC) is the set time of one that was planned: its holder is awaited from then on (P9).
    """
    rounds = rounds_of(kind, await of_part(unit, circle, PARTS[kind]))
    session = Session(
        vault.new_token(), vault.new_token(), circle.id, number, holder_id, len(rounds) - 2, MINUTES[kind], unit.now,
        debrief=kind, prompts="|".join(" ".join(prompts) for prompts in rounds), begins_at=begins_at,
        awaited_since=begins_at,
    )  # fmt: skip
    unit.add(session)
    await post_opening(unit, session, circle)
    await unit.waiting.write("post", session.id, mark=["invitation", session.id], **invitation(session, circle))
    await tell(unit, session, [])
    return session


async def open_ones(unit: Unit, circle: Circle) -> list[Session]:
    """The debriefs of a circle that aren't closed."""
    return [session for session in await running(unit, circle) if session.debrief]


async def open_one(unit: Unit, circle: Circle, kind: Debrief) -> Session | None:
    """The sitting of this kind that isn't closed; None when there is none."""
    return next((session for session in await open_ones(unit, circle) if session.debrief is kind), None)


async def who_holds(unit: Unit, circle: Circle, plan: DebriefPlan) -> str | None:
    """Who holds a sitting that time opens: whoever planned it, else one who facilitates, least recent first."""
    members: list[Membership] = await unit.all(Membership, circle_id=circle.id, paused=False, away=False)
    if plan.holder_id in {member.person_id for member in members}:
        return plan.holder_id
    return next(iter(await in_turn(unit, circle, await facilitating(unit, circle))), None)


async def tell_holder(unit: Unit, session: Session) -> None:
    """Whoever holds a sitting that time has opened is told, alone."""
    assert session.begins_at is not None
    await unit.waiting.write(
        "note", session.holder_id, person=session.holder_id, kind="debrief.you_hold", at=session.begins_at.timestamp(),
        **common(session),
    )  # fmt: skip


async def tell_still_open(unit: Unit, session: Session, at: datetime) -> None:
    """Another was planned for now (UTC), and this one is open: nothing is closed, its holder decides."""
    await unit.waiting.write(
        "note", session.holder_id, person=session.holder_id, kind="debrief.running_still", at=at.timestamp(),
        **common(session),
    )  # fmt: skip

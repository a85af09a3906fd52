"""What the circle reads of a wave: messages that stand as long as they are true, where the circle meets (P7)."""

from typing import Any

from bot import vault
from bot.practice.checkin import CORE
from bot.practice.circle import Circle
from bot.practice.wave import Phase, Wave
from bot.store.unit import Unit
from bot.store.waiting import Due

STANDS = {  # until when a message stands, or is kept up to date, and where its id is kept
    "checkin.due": ("line_id", {Phase.DUE}),
    "checkin.reminder": ("line_id", {Phase.OPEN}),
    "checkin.open": ("message_id", {Phase.OPEN}),
    "checkin.closed": ("message_id", {Phase.CLOSED, Phase.TOLD}),
}
OVER = {Phase.TOLD, Phase.VOID}


async def say_due(unit: Unit, circle: Circle, wave: Wave) -> None:
    """It is due; nobody is named."""
    await post(unit, circle, "checkin.due", wave, for_all=wave.for_all)


async def say_open(unit: Unit, circle: Circle, wave: Wave) -> None:
    """It can be answered."""
    assert wave.closes_at is not None
    await post(unit, circle, "checkin.open", wave, until=wave.closes_at.timestamp(), threshold=wave.threshold)


async def say_small(unit: Unit, circle: Circle) -> None:
    """The open round instead, with the reason (D4.7)."""
    await unit.waiting.write(
        "post", circle.id, kind="checkin.small", threshold=circle.threshold, items=list(CORE), **_of(circle)
    )


async def post(unit: Unit, circle: Circle, kind: str, wave: Wave, **facts: Any) -> None:
    """Let the circle read something of its wave, where it meets by then."""
    mark = ["wave", wave.id] if kind in STANDS else None
    of_wave: dict[str, Any] = {"wave": wave.id, "token": wave.token, "mark": mark}
    await unit.waiting.write("post", lane_of(wave), kind=kind, **following(circle), **of_wave, **facts)


async def edit_closed(unit: Unit, circle: Circle, wave: Wave) -> None:
    """The line with **Answer** says that it is closed, and when the result is read."""
    until = wave.tells_at.timestamp() if wave.tells_at else None
    if wave.message_id:
        await unit.waiting.write(
            "edit", circle.id, kind="checkin.closed", message=wave.message_id, until=until, **_of(circle)
        )


async def unsay_line(unit: Unit, circle: Circle, wave: Wave) -> None:
    """What said for now that it is due, or reminded, is deleted; one that is still on its way goes on arrival."""
    if wave.line_id:
        await unit.waiting.write("unsay", circle.id, channel=circle.channel_id, message=wave.line_id, circle=circle.id)
        wave.line_id = None


async def move(unit: Unit, circle: Circle, *, before: int | None) -> None:
    """The circle meets in another channel: what says that a check-in is due, open or closed stands there from now on.

    `before`: the channel (Discord id) where it stood; None when that is gone. What is on its way, and a result that
    had no place, follows by itself.
    """
    for wave in await unit.all(Wave, circle_id=circle.id):
        for message in (wave.line_id, wave.message_id):
            if message and before and wave.phase not in OVER:
                await unit.waiting.write("unsay", vault.new_token(), channel=before, message=message, circle=circle.id)
        match wave.phase:
            case Phase.DUE if wave.line_id:
                await say_due(unit, circle, wave)
            case Phase.OPEN if wave.message_id:
                await say_open(unit, circle, wave)
            case Phase.CLOSED if wave.message_id and wave.tells_at:
                await post(unit, circle, "checkin.closed", wave, until=wave.tells_at.timestamp())
        wave.line_id = wave.message_id = None
    await unit.waiting.try_again()


async def posted(unit: Unit, due: Due, message_id: int) -> None:
    """A message of a wave stands there now; one whose time was over on the way, and one before it, is deleted."""
    wave, circle = await unit.one(Wave, id=due.facts["wave"]), await unit.one(Circle, id=due.facts["circle"])
    place, phases = STANDS[due.facts["kind"]]
    spent = message_id
    if isinstance(wave, Wave) and wave.phase in phases:
        spent = getattr(wave, place)
        setattr(wave, place, message_id)
    if spent and isinstance(circle, Circle):
        await unit.waiting.write("unsay", due.lane, channel=circle.channel_id, message=spent, circle=circle.id)


def lane_of(wave: Wave) -> str:
    """What can't be said now, as the channel is gone, holds up nothing else of the circle."""
    return f"said {wave.id}"


def following(circle: Circle) -> dict[str, Any]:
    """Said where the circle meets by then."""
    return {"follows": True, "language": circle.language, "circle": circle.id}


def _of(circle: Circle) -> dict[str, Any]:
    return {"channel": circle.channel_id, "language": circle.language, "circle": circle.id}

"""The one line in which a circle is asked openly who holds its coming session: said, taken back, moved (P9)."""

from bot import vault
from bot.practice.calling import Calling
from bot.practice.circle import Circle
from bot.store.unit import Unit


async def say(unit: Unit, circle: Circle, calling: Calling, lane: str) -> None:
    """Let the channel read, without a name, that the next session looks for somebody."""
    await unit.waiting.write(
        "post", lane, kind="calling.open", channel=circle.channel_id, language=circle.language, circle=circle.id,
        calling=calling.token, at=calling.stamp, mark=["calling", circle.id],
    )  # fmt: skip


async def said(unit: Unit, circle_id: str, token: str, *, channel_id: int, message_id: int) -> bool:
    """The line of the calling with this token stands, as this message (Discord ids).

    False when it is to be deleted: while it was on its way somebody said yes, the session opened, or the circle moved.
    """
    calling = await unit.one(Calling, circle_id=circle_id, token=token)
    circle = await unit.one(Circle, id=circle_id)
    if not isinstance(calling, Calling) or not isinstance(circle, Circle) or circle.channel_id != channel_id:
        return False
    if not calling.looks_openly or calling.line_id not in {None, message_id}:
        return False
    calling.line_id = message_id
    return True


async def take_back(unit: Unit, circle: Circle, calling: Calling, lane: str | None = None) -> None:
    """The line is deleted: it stands in the channel where the circle meets."""
    if calling.line_id:
        await unit.waiting.write(
            "unsay", lane or circle.id, circle=circle.id, channel=circle.channel_id, message=calling.line_id
        )
        calling.line_id = None


async def move(unit: Unit, circle: Circle, *, channel_id: int, old_is_gone: bool) -> None:
    """The circle meets in this channel (a Discord id) from now on: a line that is still true stands there."""
    calling = await unit.one(Calling, circle_id=circle.id)
    if isinstance(calling, Calling):
        if old_is_gone:
            calling.line_id = None
        await take_back(unit, circle, calling, vault.new_token())
    circle.channel_id = channel_id
    if isinstance(calling, Calling) and calling.looks_openly and calling.at and unit.now < calling.at:
        await say(unit, circle, calling, vault.new_token())

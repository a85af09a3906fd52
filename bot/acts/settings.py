"""What a circle has set: its language, its time zone, how long threads stay, where it meets."""

from dataclasses import dataclass
from datetime import datetime

from bot import vault
from bot.acts import Presser, debrief, debrief_line, openly, wave, wave_lines
from bot.acts.broken import lose_channel
from bot.acts.circle import by_token, expect_facilitator, find, post_card, running
from bot.acts.schedule import keep_wall_time
from bot.practice.circle import Circle
from bot.practice.refusals import Refusal
from bot.practice.rhythm import Every
from bot.practice.schedule import Schedule
from bot.practice.zone import named_zone
from bot.store.unit import Unit

THREAD_DAYS = (1, 3, 7, 14, 30)


@dataclass(frozen=True)
class Settings:
    """How a circle is set. `thread_days`: after how many days a closed session's thread is deleted.

    `schedule` is the token of its schedule, `meets_next` the moment (UTC) of the next session by it, if there is one.
    """

    token: str
    name: str
    channel_id: int
    language: str
    zone: str
    thread_days: int
    reminders: bool = True
    schedule: str | None = None
    meets_next: datetime | None = None
    every: Every | None = None
    debrief_days: int = 3
    debriefs_count: bool = False


async def look(unit: Unit, by: Presser, *, named: str | None) -> Settings:
    """What is set. Raises Refusal when `by` doesn't facilitate the circle; so do all deeds here."""
    circle = await find(unit, by, named)
    await expect_facilitator(unit, by, circle)
    return await _settings(unit, circle)


async def by_circle(unit: Unit, by: Presser, token: str) -> Settings:
    """The same, of the circle with this token."""
    return await _settings(unit, await _circle(unit, by, token))


async def set_language(unit: Unit, by: Presser, token: str, *, language: str) -> Settings:
    """Choose the language of public messages from now on; the card changes now."""
    circle = await _circle(unit, by, token)
    circle.language = language
    if circle.card_message_id:
        await unit.waiting.write(
            "edit", circle.id, kind="circle.card", channel=circle.channel_id, message=circle.card_message_id,
            language=language, token=circle.token, circle=circle.id,
        )  # fmt: skip
    return await _settings(unit, circle)


async def set_thread_days(unit: Unit, by: Presser, token: str, *, days: int) -> Settings:
    """Choose after how many days a thread is deleted, for sessions that close from now on."""
    circle = await _circle(unit, by, token)
    if days not in THREAD_DAYS:
        raise Refusal("settings.days_range")
    circle.thread_days = days
    return await _settings(unit, circle)


async def set_debrief_days(unit: Unit, by: Presser, token: str, *, days: int) -> Settings:
    """The same for the threads of debriefs (D2.7)."""
    circle = await _circle(unit, by, token)
    if days not in THREAD_DAYS:
        raise Refusal("settings.days_range")
    circle.debrief_days = days
    return await _settings(unit, circle)


async def let_debriefs_count(unit: Unit, by: Presser, token: str, *, wanted: bool) -> Settings:
    """Whether debriefs that are held from now on count for the check-ins, as sessions do (P7)."""
    circle = await _circle(unit, by, token)
    circle.debriefs_count = wanted
    return await _settings(unit, circle)


async def set_zone(unit: Unit, by: Presser, token: str, *, zone: str) -> Settings:
    """Choose the time zone: what is planned stays at its wall time.

    Raises Refusal with the nearest names when there is no such zone.
    """
    circle = await _circle(unit, by, token)
    before, circle.zone = circle.zone, named_zone(zone)
    if circle.zone != before:
        await keep_wall_time(unit, circle)
        await debrief.keep_wall_time(unit, circle)
        await wave.retime(unit, circle)
    return await _settings(unit, circle)


async def move(unit: Unit, by: Presser, token: str, *, channel_id: int, old_is_gone: bool) -> Settings:
    """Meet in another channel from now on: the card is posted there, and the old one deleted if it can be.

    The caller has checked that a circle can meet there. Raises Refusal when it meets there already, or while a session
    is open; not when the old channel is gone, and its threads with it: then that session can have a new thread here.
    """
    circle = await _circle(unit, by, token)
    if circle.channel_id == channel_id:
        raise Refusal("settings.here_already")
    if not old_is_gone and await running(unit, circle):
        raise Refusal("settings.session_open")
    if old_is_gone:
        await lose_channel(unit, circle.channel_id)
    if circle.card_message_id and not old_is_gone:
        # Lanes of their own: a channel that shuts us out holds up nothing in the new one.
        await unit.waiting.write(
            "unsay", vault.new_token(), channel=circle.channel_id, message=circle.card_message_id, circle=circle.id
        )
    before, circle.card_message_id = circle.channel_id, None
    await openly.move(unit, circle, channel_id=channel_id, old_is_gone=old_is_gone)
    await debrief_line.move(unit, circle, old_is_gone=old_is_gone)
    await wave_lines.move(unit, circle, before=None if old_is_gone else before)
    await post_card(unit, circle, vault.new_token())
    return await _settings(unit, circle)


async def _circle(unit: Unit, by: Presser, token: str) -> Circle:
    circle = await by_token(unit, token)
    await expect_facilitator(unit, by, circle)
    return circle


async def _settings(unit: Unit, circle: Circle) -> Settings:
    name = await unit.words.read(circle.name_id)
    schedule = await unit.one(Schedule, circle_id=circle.id)
    coming = schedule.coming(circle.zone) if schedule else None
    planned = schedule and coming
    return Settings(
        circle.token, name, circle.channel_id, circle.language, circle.zone, circle.thread_days, circle.reminders,
        schedule.token if schedule and planned else None, coming.at if coming else None,
        schedule.every if schedule and planned else None, circle.debrief_days, circle.debriefs_count,
    )  # fmt: skip

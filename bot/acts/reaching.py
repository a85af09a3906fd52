"""How one person wants to be reminded: DMs, quiet hours in their own zone, fewer pings (D1.11)."""

from dataclasses import dataclass
from datetime import datetime

from bot.acts import Presser
from bot.practice.quiet import QuietHours, quiet_hours
from bot.practice.refusals import Refusal
from bot.practice.zone import named_zone
from bot.store.unit import Unit


@dataclass(frozen=True)
class Reach:
    """What one person chose in this server. `next_quiet`: from when until when it is quiet next, or now (UTC)."""

    dms: bool = False
    fewer_pings: bool = False
    quiet: QuietHours | None = None
    next_quiet: tuple[datetime, datetime] | None = None


async def look(unit: Unit, by: Presser) -> Reach:
    """What `by` chose; nobody is remembered for looking."""
    person = await unit.people.find(by.discord_id)
    if person is None:
        return Reach()
    hours = person.quiet_hours
    return Reach(person.dms, person.fewer_pings, hours, hours.next(unit.now) if hours else None)


async def keep_quiet(unit: Unit, by: Presser, *, start: str, end: str, zone: str) -> Reach:
    """No DM between these times of the day; what would have come waits until they end.

    Without a `zone` it is the one chosen before, else the server's. Raises Refusal when a time or the zone isn't clear.
    """
    person = await unit.people.find(by.discord_id)
    meant = zone.strip() or (person and person.zone) or (await unit.people.server()).zone
    if not meant:
        raise Refusal("reminders.which_zone")
    hours = quiet_hours(start, end, named_zone(meant))
    (await unit.people.meet(by.discord_id, by.language)).quiet_hours = hours
    return await look(unit, by)


async def end_quiet(unit: Unit, by: Presser) -> Reach:
    """No quiet hours any more; the zone is forgotten with them."""
    person = await unit.people.find(by.discord_id)
    if person:
        person.quiet_hours = None
    return await look(unit, by)


async def ping_less(unit: Unit, by: Presser, *, wanted: bool) -> Reach:
    """Fewer pings, or pings as before."""
    person = await unit.people.meet(by.discord_id, by.language)
    person.fewer_pings = wanted
    return await look(unit, by)

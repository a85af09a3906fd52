"""Circles: drafted, made, found, shown."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot import vault
from bot.acts import Presser
from bot.practice.agreement import Agreement
from bot.practice.circle import Circle, Membership, clean_name, clean_purpose, same_name
from bot.practice.door import Door
from bot.practice.refusals import Refusal
from bot.practice.schedule import Schedule
from bot.practice.seat import State
from bot.practice.session import Session
from bot.store import hashes
from bot.store.rows import CareContact
from bot.store.unit import Unit

DRAFT_LASTS = timedelta(hours=1)


@dataclass(frozen=True)
class Draft:
    """A circle about to be made: what its maker is asked to confirm."""

    token: str
    name: str
    channel_id: int


@dataclass(frozen=True)
class Portrait:
    """What a member may see of a circle. `looks_for_somebody`: nobody facilitates it now.

    `meets_next`: the moment (UTC) of its next session, if one is planned.
    """

    token: str
    name: str
    purpose: str | None
    door: Door
    channel_id: int
    sessions_held: int
    facilitators: list[int]
    session: str | None
    thread_lost: bool
    thread_id: int | None
    holder: int | None
    looks_for_somebody: bool
    agreement_version: int = 0
    agreed_at: datetime | None = None
    meets_next: datetime | None = None


async def draft(unit: Unit, by: Presser, *, name: str, channel_id: int, purpose: str | None) -> Draft:
    """Check what was given for a new circle, and let it wait an hour for the maker's yes (promise 3).

    Raises Refusal when `by` hasn't the facilitator role, or the name or purpose can't be used.
    """
    await _expect_facilitator_role(unit, by)
    plain = clean_name(name)
    reason = clean_purpose(purpose or "")
    await _expect_free(unit, plain)
    person = await unit.people.meet(by.discord_id, by.language)
    token = await unit.waiting.write(
        "forget", "draft", under=person.id, after=DRAFT_LASTS, by=person.id, name=plain, channel=channel_id,
        purpose=reason,
    )  # fmt: skip
    return Draft(token, plain, channel_id)


async def discard(unit: Unit, by: Presser, token: str) -> None:
    """Throw a draft away."""
    await _take_draft(unit, by, token)


async def create(unit: Unit, by: Presser, token: str, *, dms: bool) -> str:
    """Make the drafted circle, with `by` as its first facilitator, and let its card be posted. Returns its name."""
    facts = await _take_draft(unit, by, token)
    await _expect_facilitator_role(unit, by)
    await _expect_free(unit, str(facts["name"]))
    person = await unit.people.meet(by.discord_id, by.language)
    person.dms = dms
    server = await unit.people.server()
    circle_id = vault.new_token()
    owner = f"circle:{circle_id}"
    circle = Circle(
        circle_id,
        vault.new_token(),
        unit.server_id,
        int(facts["channel"]),
        await unit.words.keep(owner, facts["name"]),
        _name_hash(unit, facts["name"]),
        unit.now,
        purpose_id=await unit.words.keep(owner, facts["purpose"]) if facts["purpose"] else None,
        language=server.language or by.language,
        zone=server.zone or "UTC",
    )
    unit.add(circle)
    await unit.flush()
    unit.add(Membership(vault.new_token(), circle_id, person.id, unit.now, facilitates=True, came_at=by.joined_at))
    await post_card(unit, circle, circle_id)
    return str(facts["name"])


async def post_card(unit: Unit, circle: Circle, lane: str) -> None:
    """Let the circle's card be posted where it meets."""
    await unit.waiting.write(
        "post", lane, kind="circle.card", channel=circle.channel_id, language=circle.language, token=circle.token,
        circle=circle.id, mark=["circle", circle.id],
    )  # fmt: skip


async def find(unit: Unit, by: Presser, named: str | None) -> Circle:
    """The circle that was named, or that of this place, or the only one of this person.

    An unknown circle and one that `by` can't see get the same Refusal.
    """
    seen = await _seen_by(unit, by)
    if named:
        wanted = _name_hash(unit, named)
        match = [circle for circle in seen if circle.token == named or circle.name_hash == wanted]
        if not match:
            raise Refusal("circle.unknown")
        return match[0]
    session = await unit.one(Session, thread_id=by.place)
    place = session.circle_id if isinstance(session, Session) else None
    here = [circle for circle in seen if by.place == circle.channel_id or place == circle.id]
    mine = {membership.circle_id for membership in await _memberships(unit, by)}
    for candidates in (here, [circle for circle in seen if circle.id in mine]):
        if len(candidates) == 1:
            return candidates[0]
    raise Refusal("circle.which" if seen else "circle.none_yet")


async def channel_of(unit: Unit, by: Presser, *, named: str | None) -> int:
    """The Discord id of the channel in which the circle meets. Raises Refusal as `find` does."""
    return (await find(unit, by, named)).channel_id


async def named_like(unit: Unit, by: Presser, typed: str) -> list[tuple[str, str]]:
    """Names and tokens of the circles `by` may name, for completion; at most 25."""
    named = [(await unit.words.read(circle.name_id), circle.token) for circle in await _seen_by(unit, by)]
    return sorted((name, token) for name, token in named if same_name(typed) in same_name(name))[:25]


async def membership_of(unit: Unit, by: Presser, circle: Circle) -> Membership:
    """The membership of `by`. Raises Refusal when there is none, or they were away from the server since (D1.12)."""
    found = await row_of(unit, by, circle.id)
    if found is None:
        raise Refusal("circle.members_only")
    if by.came_anew(found.came_at) or found.away:
        raise Refusal("circle.was_away")
    return found


async def present_membership(unit: Unit, by: Presser, circle_id: str) -> Membership | None:
    """The membership of `by`; None also when they were away from the server since."""
    found = await row_of(unit, by, circle_id)
    return None if found is None or by.came_anew(found.came_at) or found.away else found


async def row_of(unit: Unit, by: Presser, circle_id: str) -> Membership | None:
    """The row of `by` in a circle, whether or not they were away since."""
    person = await unit.people.find(by.discord_id)
    found = person and await unit.one(Membership, circle_id=circle_id, person_id=person.id)
    if not isinstance(found, Membership):
        return None
    if not unit.reads_only:
        found.came_at = found.came_at or by.joined_at  # rows of an earlier version don't know it yet
        if by.joined_at and not by.came_anew(found.came_at):
            found.away = False
    return found


async def expect_facilitator(unit: Unit, by: Presser, circle: Circle) -> Membership:
    """The membership of `by`. Raises Refusal when they don't facilitate this circle, or are paused in it."""
    membership = await membership_of(unit, by, circle)
    if not membership.facilitates and not await facilitating(unit, circle):
        raise Refusal("circle.nobody_facilitates")
    membership.expect_facilitator()
    return membership


async def facilitating(unit: Unit, circle: Circle) -> list[Membership]:
    """Those who facilitate this circle now: who is paused, or has left the server, doesn't."""
    found: list[Membership] = await unit.all(
        Membership, circle_id=circle.id, facilitates=True, paused=False, away=False
    )
    return found


async def take_farewell(unit: Unit, circle: Circle) -> str | None:
    """Who would like this opening to say that they handed over (P9): said once, then no more. None when nobody does.

    Somebody who has left since, or can't come in, isn't named.
    """
    person_id, circle.farewell_id = circle.farewell_id, None
    here = person_id and await unit.one(Membership, circle_id=circle.id, person_id=person_id, paused=False, away=False)
    return person_id if here else None


async def show(unit: Unit, by: Presser, *, named: str | None) -> Portrait:
    """What a member may see of their circle."""
    circle = await find(unit, by, named)
    await membership_of(unit, by, circle)
    return await portrait(unit, circle)


async def about(unit: Unit, by: Presser, token: str) -> Portrait:
    """What anybody who can see the card may see of the circle."""
    circle = await by_token(unit, token)
    return await portrait(unit, circle)


async def by_token(unit: Unit, token: str) -> Circle:
    """The circle a card belongs to. Raises Refusal when it is gone."""
    circle = await unit.one(Circle, token=token, server_id=unit.server_id)
    if not isinstance(circle, Circle):
        raise Refusal("circle.gone")
    return circle


async def portrait(unit: Unit, circle: Circle) -> Portrait:
    """A circle as it stands now."""
    running = await running_session(unit, circle)
    holding: list[Membership] = await unit.all(Membership, circle_id=circle.id, facilitates=True, away=False)
    holding.sort(key=lambda membership: membership.joined_at)
    agreement = await unit.one(Agreement, circle_id=circle.id)
    schedule = await unit.one(Schedule, circle_id=circle.id)
    coming = schedule and schedule.coming(circle.zone)
    return Portrait(
        circle.token,
        await unit.words.read(circle.name_id),
        await unit.words.read(circle.purpose_id) if circle.purpose_id else None,
        circle.door,
        circle.channel_id,
        circle.sessions_held,
        [await unit.people.address(membership.person_id) for membership in holding],
        running.token if running else None,
        bool(running and running.thread_lost),
        running.thread_id if running else None,
        await unit.people.known_address(running.holder_id) if running else None,
        not any(membership.acts_as_facilitator for membership in holding),
        agreement.version if agreement else 0,
        agreement.agreed_at if agreement else None,
        coming.at if coming else None,
    )


async def running_session(unit: Unit, circle: Circle) -> Session | None:
    """The session of this circle that isn't closed; debriefs go on beside it."""
    return next((session for session in await running(unit, circle) if session.debrief is None), None)


async def running(unit: Unit, circle: Circle) -> list[Session]:
    """All gatherings of this circle that aren't closed, debriefs too."""
    sessions: list[Session] = await unit.all(Session, circle_id=circle.id)
    return [session for session in sessions if session.state is not State.CLOSED]


async def _take_draft(unit: Unit, by: Presser, token: str) -> dict[str, str]:
    waits = await unit.waiting.get(token)
    person = await unit.people.find(by.discord_id)
    if waits is None or waits.lane != "draft" or person is None or waits.facts["by"] != person.id:
        raise Refusal("circle.draft_gone")
    await unit.waiting.done(token)
    return waits.facts


async def _expect_facilitator_role(unit: Unit, by: Presser) -> None:
    person = await unit.people.find(by.discord_id)
    if person and await unit.one(CareContact, server_id=unit.server_id, person_id=person.id):
        raise Refusal("facilitator.is_care_contact")
    server = await unit.people.server()
    if server.facilitator_role_id is None:
        raise Refusal("circle.no_role_yet")
    if server.facilitator_role_id not in by.roles:
        raise Refusal("circle.role_only", role=f"<@&{server.facilitator_role_id}>")


async def _expect_free(unit: Unit, name: str) -> None:
    if await unit.one(Circle, name_hash=_name_hash(unit, name)):
        raise Refusal("circle.name_taken", name=name)


def _name_hash(unit: Unit, name: str) -> bytes:
    return hashes.circle_name(unit.pepper, unit.server_id, name)


async def _memberships(unit: Unit, by: Presser) -> list[Membership]:
    person = await unit.people.find(by.discord_id)
    found: list[Membership] = await unit.all(Membership, person_id=person.id) if person else []
    return [membership for membership in found if not by.came_anew(membership.came_at)]


async def _seen_by(unit: Unit, by: Presser) -> list[Circle]:
    mine = {membership.circle_id for membership in await _memberships(unit, by)}
    circles: list[Circle] = await unit.all(Circle, server_id=unit.server_id)
    return [circle for circle in circles if circle.id in mine or circle.channel_id in by.channels]

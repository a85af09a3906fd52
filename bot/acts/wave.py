"""One asking of a circle: due, opened, closed by time, told, and what the circle does with it (P7, D4.2, D4.7)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot import vault
from bot.acts import Presser
from bot.acts.calling import in_turn
from bot.acts.circle import facilitating, membership_of
from bot.acts.wave_lines import OVER, edit_closed, following, lane_of, post, say_due, say_open, say_small, unsay_line
from bot.practice.checkin import CORE, REST_BEFORE_TELLING, Band, bands, is_due, told_at
from bot.practice.circle import Circle, Membership
from bot.practice.refusals import Refusal
from bot.practice.wave import LASTS, NEXT_ASKED_AFTER, REMINDED_AFTER, Phase, Wave
from bot.store.answers import AnswersGone
from bot.store.unit import Unit
from bot.store.waiting import Due

WAVES_KEPT = 2
LETTERS = {Band.SEVERAL: "s", Band.QUIET: "q", None: "-"}


@dataclass(frozen=True)
class Opened:
    """A check-in that was opened; `closes_at` is None when there are too few members: then the open round was said."""

    name: str
    channel_id: int
    closes_at: datetime | None = None


async def fall_due(unit: Unit, circle: Circle) -> None:
    """After a held session: if a check-in is due now, the circle reads one line, and one who facilitates is told.

    In a circle that is too small for it the line is the open round, with the reason (D4.7).
    """
    if not is_due(circle.counted):
        return
    for earlier in await _waves(unit, circle, phase=Phase.DUE):
        await _withdraw(unit, circle, earlier)
    if await _too_small(unit, circle):
        await say_small(unit, circle)
        return
    wave = Wave(vault.new_token(), vault.new_token(), circle.id, circle.counted)
    unit.add(wave)
    await unit.flush()
    await say_due(unit, circle, wave)
    await _ask_next(unit, circle, wave, [], first=True)


async def open_wave(unit: Unit, by: Presser, token: str) -> Opened:
    """Open it for 72 hours, for those who said yes to being asked so far. Also when these are too few: that they are
    would show otherwise.

    Raises Refusal when `by` doesn't facilitate and it isn't for all, it was opened or taken back already, or another
    one is open.
    """
    wave = await wave_by_token(unit, token)
    circle = await circle_of(unit, wave)
    membership = await membership_of(unit, by, circle)
    if not membership.acts_as_facilitator and (membership.paused or not wave.for_all):
        raise Refusal("rc.facilitators_open")
    name = await unit.words.read(circle.name_id)
    if wave.phase is Phase.DUE and await _too_small(unit, circle):
        await _withdraw(unit, circle, wave)
        await say_small(unit, circle)
        return Opened(name, circle.channel_id)
    wave.open(circle.waves + 1, circle.threshold, unit.now, await _waves(unit, circle))
    circle.waves = wave.number
    await unit.answers.begin(wave.id, await _counted(unit, wave), wave.items)
    await _drop_notes(unit, circle, wave)
    await unsay_line(unit, circle, wave)
    await say_open(unit, circle, wave)
    await _later(unit, wave, "remind", REMINDED_AFTER)
    await _later(unit, wave, "close", LASTS)
    return Opened(name, circle.channel_id, wave.closes_at)


async def meet(unit: Unit, row: Due) -> None:
    """What a waiting row brings to a wave. The row goes in the same transaction, so that it brings it once.

    `row` as it was before it was claimed: if it had been claimed already, what it says may have been said.
    """
    if await unit.waiting.get(row.token) is None:
        return
    await unit.waiting.done(row.token)
    wave = await unit.one(Wave, id=row.facts["wave"])
    if not isinstance(wave, Wave):
        return
    circle = await circle_of(unit, wave)
    match row.facts["step"], wave.phase:
        case "next", Phase.DUE:
            await _ask_next(unit, circle, wave, row.facts["asked"])
        case "remind", Phase.OPEN if wave.closes_at and unit.now < wave.closes_at:
            await post(unit, circle, "checkin.reminder", wave, until=wave.closes_at.timestamp())
        case "close", Phase.OPEN:
            await _close(unit, circle, wave)
        case "tell", Phase.CLOSED:
            await _tell(unit, circle, wave, row)


async def retime(unit: Unit, circle: Circle) -> None:
    """The circle has another zone: a result that waits is told at ten in the morning there, and the line says so."""
    for wave in await _waves(unit, circle, phase=Phase.CLOSED):
        if wave.closes_at and wave.moment:
            wave.tells_at = told_at(max(wave.closes_at, unit.now - REST_BEFORE_TELLING), circle.zone)
            await unit.waiting.put_off(wave.moment, wave.tells_at, None)
            await edit_closed(unit, circle, wave)


async def void(unit: Unit, wave: Wave) -> None:
    """Its key is gone, as after a restore: it ends without a result, and isn't asked again (promise 9)."""
    circle = await circle_of(unit, wave)
    wave.phase, wave.closes_at = Phase.VOID, None
    await _end(unit, circle, wave)
    await post(unit, circle, "checkin.void", wave)


async def tell_cut_off(unit: Unit) -> None:
    """In a copy of the database that was put back, what was open is void already: its circles are told so, once."""
    for circle in await unit.all(Circle, server_id=unit.server_id):
        for wave in await unit.all(Wave, circle_id=circle.id, phase=Phase.VOID):
            if wave.closes_at:
                await void(unit, wave)


async def wave_by_token(unit: Unit, token: str) -> Wave:
    """The wave a button belongs to. Raises Refusal when it is gone or of another server."""
    wave = await unit.one(Wave, token=token)
    if not isinstance(wave, Wave) or not await unit.one(Circle, id=wave.circle_id, server_id=unit.server_id):
        raise Refusal("rc.gone")
    return wave


async def circle_of(unit: Unit, wave: Wave) -> Circle:
    """The circle that is asked."""
    circle = await unit.one(Circle, id=wave.circle_id)
    assert isinstance(circle, Circle)
    return circle


async def open_one(unit: Unit, circle: Circle) -> Wave | None:
    """The wave of this circle that is open."""
    return next(iter(await _waves(unit, circle, phase=Phase.OPEN)), None)


async def _close(unit: Unit, circle: Circle, wave: Wave) -> None:
    """Read, draw, keep the bands, delete the answers: in one transaction. If it is undone, nobody has seen the draw."""
    try:
        taps = await unit.answers.read(wave.id, await _counted(unit, wave), wave.items)
    except AnswersGone:
        await void(unit, wave)
        return
    found = bands(taps, wave.threshold, unit.draw) or {}
    wave.phase, wave.closes_at = Phase.CLOSED, unit.now
    # As many letters whatever they say, so that the sealed words are of one length.
    told = "".join(LETTERS[found.get(item)] for item in wave.items)
    wave.bands_id = await unit.words.keep(f"circle:{circle.id}", told)
    wave.tells_at = told_at(unit.now, circle.zone)
    await _end(unit, circle, wave)
    wave.moment = await _later(unit, wave, "tell", wave.tells_at - unit.now, says=vault.new_token())


async def _end(unit: Unit, circle: Circle, wave: Wave) -> None:
    await unit.answers.drop(wave.id)
    await _later(unit, wave, "scrub", timedelta())
    await unsay_line(unit, circle, wave)
    await edit_closed(unit, circle, wave)


async def _tell(unit: Unit, circle: Circle, wave: Wave, row: Due) -> None:
    """To the whole circle at once, in one message; whoever facilitates learns nothing earlier and nothing more.

    The message has the token that was chosen at closing: in a database that was put back it is found by it.
    """
    assert wave.bands_id is not None
    told = await unit.words.read(wave.bands_id)
    several = [item for item, letter in zip(wave.items, told, strict=True) if letter == LETTERS[Band.SEVERAL]]
    wave.phase = Phase.TOLD
    facts: dict[str, Any] = {"kind": "checkin.result", "token": wave.token, "several": several}
    if set(told) == {LETTERS[None]}:
        facts = {"kind": "checkin.few", "threshold": wave.threshold, "items": list(CORE)}
    since = min(row.claimed_at, row.due_at or row.claimed_at) if row.claimed_at else None
    await unit.waiting.write_as(row.facts["says"], since, "post", lane_of(wave), **facts, **following(circle))
    ended = [one for one in await _waves(unit, circle) if one.phase in OVER]
    for earlier in sorted(ended, key=lambda one: one.number)[:-WAVES_KEPT]:
        if earlier.bands_id:
            await unit.words.drop(earlier.bands_id)
        await unit.delete(earlier)


async def _ask_next(unit: Unit, circle: Circle, wave: Wave, asked: list[str], *, first: bool = False) -> None:
    """One after the other, once round: whoever facilitates and whose turn it is hears of it in private.

    When all were, or nobody facilitates, and three days have passed, it is for everyone: no one person can keep a
    circle from being asked (P9).
    """
    others = [one for one in await facilitating(unit, circle) if one.person_id not in asked]
    following = (await in_turn(unit, circle, others))[:1]
    for person_id in following:
        await unit.waiting.write(
            "note", person_id, person=person_id, kind="checkin.your_turn", wave=wave.id, token=wave.token,
            circle=circle.id,
        )  # fmt: skip
    if following or first:
        await _later(unit, wave, "next", NEXT_ASKED_AFTER, asked=[*asked, *following])
    else:
        wave.for_all = True
        await unsay_line(unit, circle, wave)
        await say_due(unit, circle, wave)


async def _withdraw(unit: Unit, circle: Circle, wave: Wave) -> None:
    await _drop_notes(unit, circle, wave)
    await unsay_line(unit, circle, wave)
    await unit.delete(wave)


async def _drop_notes(unit: Unit, circle: Circle, wave: Wave) -> None:
    for membership in await unit.all(Membership, circle_id=circle.id):
        await unit.waiting.drop_of(membership.person_id, wave=wave.id)


async def _later(unit: Unit, wave: Wave, step: str, after: timedelta, **facts: Any) -> str:
    """In a lane of its own: no message that can't be sent may keep the answers beyond their time."""
    return await unit.waiting.write("checkin", wave.id, after=after, step=step, wave=wave.id, **facts)


async def _counted(unit: Unit, wave: Wave) -> list[str]:
    """Those (random ids) who said yes before it opened, and neither took it back nor left since."""
    members: list[Membership] = await unit.all(Membership, circle_id=wave.circle_id)
    return [member.person_id for member in members if wave.counts(member.checks_in_from)]


async def _too_small(unit: Unit, circle: Circle) -> bool:
    return len(await unit.all(Membership, circle_id=circle.id)) < circle.threshold


async def _waves(unit: Unit, circle: Circle, **where: Any) -> list[Wave]:
    return await unit.all(Wave, circle_id=circle.id, **where)

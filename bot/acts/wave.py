"""One asking of a circle: due, opened, closed by time, told, and what the circle does with it (P7, D4.2, D4.7)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot import vault
from bot.acts import Presser
from bot.acts.calling import in_turn
from bot.acts.circle import facilitating, membership_of
from bot.practice.checkin import CORE, Band, bands, is_due, told_at
from bot.practice.circle import Circle, Membership
from bot.practice.refusals import Refusal
from bot.practice.wave import LASTS, NEXT_ASKED_AFTER, REMINDED_AFTER, Phase, Wave, clean_thing
from bot.store.answers import AnswersGone
from bot.store.unit import Unit
from bot.store.waiting import Due

WAVES_KEPT = 2
LETTERS = {Band.SEVERAL: "s", Band.QUIET: "q", None: "-"}
LINES = {"checkin.due": Phase.DUE, "checkin.reminder": Phase.OPEN}  # messages that are deleted when that is over


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
    if not is_due(circle.sessions_held):
        return
    for earlier in await _waves(unit, circle, phase=Phase.DUE):
        await _withdraw(unit, circle, earlier)
    if await _too_small(unit, circle):
        await _post(unit, circle, "checkin.small", threshold=circle.threshold, items=list(CORE))
        return
    wave = Wave(vault.new_token(), vault.new_token(), circle.id, circle.sessions_held)
    unit.add(wave)
    await unit.flush()
    await _post(unit, circle, "checkin.due", wave)
    await _ask_next(unit, circle, wave, [])


async def open_wave(unit: Unit, by: Presser, token: str) -> Opened:
    """Open it for 72 hours, for those who said yes to being asked so far. Also when these are too few: that they are
    would show otherwise.

    Raises Refusal when `by` doesn't facilitate, it was opened or taken back already, or another one is open.
    """
    wave = await wave_by_token(unit, token)
    circle = await _circle(unit, wave)
    membership = await membership_of(unit, by, circle)
    if not membership.acts_as_facilitator:
        raise Refusal("rc.facilitators_open")
    name = await unit.words.read(circle.name_id)
    if wave.phase is Phase.DUE and await _too_small(unit, circle):
        await _withdraw(unit, circle, wave)
        await _post(unit, circle, "checkin.small", threshold=circle.threshold, items=list(CORE))
        return Opened(name, circle.channel_id)
    wave.open(circle.waves + 1, circle.threshold, unit.now, await _waves(unit, circle))
    circle.waves = wave.number
    await unit.answers.begin(wave.id, await _counted(unit, wave), wave.items)
    await _drop_notes(unit, circle, wave)
    await _unsay_line(unit, circle, wave)
    await _post(unit, circle, "checkin.open", wave, until=(unit.now + LASTS).timestamp(), threshold=wave.threshold)
    await _later(unit, wave, "remind", REMINDED_AFTER)
    await _later(unit, wave, "close", LASTS)
    return Opened(name, circle.channel_id, wave.closes_at)


async def meet(unit: Unit, token: str) -> None:
    """What the waiting row with this token brings to a wave. The row goes with it, so that it brings it once."""
    due = await unit.waiting.get(token)
    if due is None:
        return
    await unit.waiting.done(token)
    facts = due.facts
    wave = await unit.one(Wave, id=facts["wave"])
    if not isinstance(wave, Wave):
        return
    circle = await _circle(unit, wave)
    match facts["step"], wave.phase:
        case "next", Phase.DUE:
            await _ask_next(unit, circle, wave, facts["asked"])
        case "remind", Phase.OPEN if wave.closes_at and unit.now < wave.closes_at:
            await _post(unit, circle, "checkin.reminder", wave, until=wave.closes_at.timestamp())
        case "close", Phase.OPEN:
            await _close(unit, circle, wave)
        case "tell", Phase.CLOSED:
            await _tell(unit, circle, wave)


async def void(unit: Unit, wave: Wave) -> None:
    """Its key is gone, as after a restore: it ends without a result, and isn't asked again (promise 9)."""
    circle = await _circle(unit, wave)
    wave.phase, wave.closes_at = Phase.VOID, None
    await _end(unit, circle, wave, until=None)
    await _post(unit, circle, "checkin.void")


async def tell_cut_off(unit: Unit) -> None:
    """In a copy of the database that was put back, what was open is void already: its circles are told so, once."""
    for circle in await unit.all(Circle, server_id=unit.server_id):
        for wave in await _waves(unit, circle, phase=Phase.VOID):
            if wave.closes_at:
                await void(unit, wave)


async def posted(unit: Unit, due: Due, message_id: int) -> None:
    """A message of a wave stands there now; a line whose time was over on the way is deleted again."""
    kind, wave = due.facts["kind"], await unit.one(Wave, id=due.facts["wave"])
    if kind in LINES:
        if isinstance(wave, Wave) and wave.phase is LINES[kind]:
            wave.line_id = message_id
        else:
            await unit.waiting.write("unsay", due.lane, channel=due.facts["channel"], message=message_id)
    elif isinstance(wave, Wave):
        wave.message_id = message_id


async def expect_to_write(unit: Unit, by: Presser, token: str) -> str:
    """Whether `by` can write down what we'll do differently. Returns the circle's name.

    Raises Refusal when they don't facilitate, or the result is of long ago.
    """
    return await unit.words.read((await _told_to(unit, by, token)).name_id)


async def write_thing(unit: Unit, by: Presser, token: str, text: str) -> str:
    """Keep one thing we'll do differently, sealed as the circle's, until it is read at the next opening; an earlier one
    goes. Returns it as it will be read. Raises Refusal when it is empty or too long, and as `expect_to_write` does."""
    circle = await _told_to(unit, by, token)
    thing = clean_thing(text)
    await take_thing(unit, circle)
    circle.one_thing_id = await unit.words.keep(f"circle:{circle.id}", thing)
    return thing


async def take_thing(unit: Unit, circle: Circle) -> str | None:
    """What we said we'd do differently, to be read once: from now on it isn't kept. None when there is nothing."""
    if circle.one_thing_id is None:
        return None
    word_id, circle.one_thing_id = circle.one_thing_id, None
    thing = await unit.words.read(word_id)
    await unit.words.drop(word_id)
    return thing


async def wave_by_token(unit: Unit, token: str) -> Wave:
    """The wave a button belongs to. Raises Refusal when it is gone or of another server."""
    wave = await unit.one(Wave, token=token)
    if not isinstance(wave, Wave) or not await unit.one(Circle, id=wave.circle_id, server_id=unit.server_id):
        raise Refusal("rc.gone")
    return wave


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
    wave.phase = Phase.CLOSED
    # As many letters whatever they say, so that the sealed words are of one length.
    told = "".join(LETTERS[found.get(item)] for item in wave.items)
    wave.bands_id = await unit.words.keep(f"circle:{circle.id}", told)
    coming = told_at(unit.now, circle.zone)
    await _end(unit, circle, wave, until=coming.timestamp())
    await _later(unit, wave, "tell", coming - unit.now)


async def _end(unit: Unit, circle: Circle, wave: Wave, *, until: float | None) -> None:
    await unit.answers.drop(wave.id)
    await _later(unit, wave, "scrub", timedelta())
    await _unsay_line(unit, circle, wave)
    if wave.message_id:
        await unit.waiting.write(
            "edit", circle.id, kind="checkin.closed", message=wave.message_id, until=until, **_of(circle)
        )


async def _tell(unit: Unit, circle: Circle, wave: Wave) -> None:
    """To the whole circle at once, in one message; whoever facilitates learns nothing earlier and nothing more."""
    assert wave.bands_id is not None
    told = await unit.words.read(wave.bands_id)
    several = [item for item, letter in zip(wave.items, told, strict=True) if letter == LETTERS[Band.SEVERAL]]
    wave.phase = Phase.TOLD
    if set(told) == {LETTERS[None]}:
        await _post(unit, circle, "checkin.few", threshold=wave.threshold, items=list(CORE))
    else:
        await _post(unit, circle, "checkin.result", token=wave.token, several=several)
    ended = [one for one in await _waves(unit, circle) if one.phase in {Phase.TOLD, Phase.VOID}]
    for earlier in sorted(ended, key=lambda one: one.number)[:-WAVES_KEPT]:
        if earlier.bands_id:
            await unit.words.drop(earlier.bands_id)
        await unit.delete(earlier)


async def _ask_next(unit: Unit, circle: Circle, wave: Wave, asked: list[str]) -> None:
    """One after the other, once round: whoever facilitates and whose turn it is hears of it in private."""
    others = [one for one in await facilitating(unit, circle) if one.person_id not in asked]
    following = (await in_turn(unit, circle, others))[:1]
    for person_id in following:
        await unit.waiting.write(
            "note", person_id, person=person_id, kind="checkin.your_turn", wave=wave.id, token=wave.token,
            circle=circle.id,
        )  # fmt: skip
    if following or not asked:  # where nobody facilitates now, somebody may in three days
        await _later(unit, wave, "next", NEXT_ASKED_AFTER, asked=[*asked, *following])


async def _withdraw(unit: Unit, circle: Circle, wave: Wave) -> None:
    await _drop_notes(unit, circle, wave)
    await _unsay_line(unit, circle, wave)
    await unit.delete(wave)


async def _drop_notes(unit: Unit, circle: Circle, wave: Wave) -> None:
    for membership in await unit.all(Membership, circle_id=circle.id):
        await unit.waiting.drop_of(membership.person_id, wave=wave.id)


async def _unsay_line(unit: Unit, circle: Circle, wave: Wave) -> None:
    if wave.line_id:  # one that is still on its way is deleted on arrival
        await unit.waiting.write("unsay", circle.id, channel=circle.channel_id, message=wave.line_id, circle=circle.id)
        wave.line_id = None


async def _post(unit: Unit, circle: Circle, kind: str, wave: Wave | None = None, **facts: Any) -> None:
    of_wave: dict[str, Any] = {"wave": wave.id, "token": wave.token, "mark": ["wave", wave.id]} if wave else {}
    await unit.waiting.write("post", circle.id, kind=kind, **_of(circle), **of_wave, **facts)


def _of(circle: Circle) -> dict[str, Any]:
    return {"channel": circle.channel_id, "language": circle.language, "circle": circle.id}


async def _later(unit: Unit, wave: Wave, step: str, after: timedelta, **facts: Any) -> None:
    """In a lane of its own: no message that can't be sent may keep the answers beyond their time."""
    await unit.waiting.write("checkin", wave.id, after=after, step=step, wave=wave.id, **facts)


async def _counted(unit: Unit, wave: Wave) -> list[str]:
    """Those (random ids) who said yes before it opened, and neither took it back nor left since."""
    members: list[Membership] = await unit.all(Membership, circle_id=wave.circle_id)
    return [member.person_id for member in members if wave.counts(member.checks_in_from)]


async def _too_small(unit: Unit, circle: Circle) -> bool:
    return len(await unit.all(Membership, circle_id=circle.id)) < circle.threshold


async def _told_to(unit: Unit, by: Presser, token: str) -> Circle:
    wave = await wave_by_token(unit, token)
    circle = await _circle(unit, wave)
    if not (await membership_of(unit, by, circle)).acts_as_facilitator:
        raise Refusal("rc.facilitators_write")
    return circle


async def _waves(unit: Unit, circle: Circle, **where: Any) -> list[Wave]:
    return await unit.all(Wave, circle_id=circle.id, **where)


async def _circle(unit: Unit, wave: Wave) -> Circle:
    circle = await unit.one(Circle, id=wave.circle_id)
    assert isinstance(circle, Circle)
    return circle

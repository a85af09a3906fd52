"""What becomes of a flag, told to whom it concerns and to nobody else: by time, and when somebody can't have it."""

from collections.abc import Sequence
from typing import Any

from bot import vault
from bot.acts.rupture.keeping import (
    Kept,
    added_to,
    allowed,
    lay_before,
    load,
    lying_before,
    save,
    standing,
    take_from,
    written,
)
from bot.practice.rupture.clock import (
    REST_LASTS,
    WORDS_LAST,
    Brought,
    HowIsIt,
    PlanDue,
    Reminded,
    Unanswered,
    WordsGone,
    take_step,
)
from bot.practice.rupture.flag import How, LetGo, MayItPass, NobodyLeft, Offered, Stage
from bot.practice.rupture.words import Lane
from bot.store.rows import Person
from bot.store.unit import Unit

STANDS_DOWN = "stands_down"


async def meet(unit: Unit, moment: str) -> None:
    """Let time bring a flag's next step, once: a moment that isn't the flag's own any more brings nothing."""
    due = await unit.waiting.get(moment)
    kept = await load(unit, due.facts["of"]) if due else None
    if due and kept and kept.flag.moment == moment:
        await bring(unit, kept, take_step(kept.flag, due.facts["step"], unit.now, await allowed(unit, kept.flag)))


async def unreachable(unit: Unit, note: str) -> None:
    """Discord takes no message to this reader: the next person named hears at once, and nobody is told why (D3.4)."""
    due = await unit.waiting.get(note)
    kept = await load(unit, due.facts.get("of", "")) if due else None
    if due and kept and due.facts.get("kind") == "rupture.care" and due.person_id in kept.flag.readers:
        await bring(unit, kept, kept.flag.offer_next(await allowed(unit, kept.flag)))


async def stand_down(unit: Unit, person_id: str) -> None:
    """Somebody isn't all they were any more: soon after, flags for which they don't stand now go on to the next.

    Until then `may_see` keeps these shut. Whoever presses may be party to one: whatever there is, it is one row.
    """
    await unit.waiting.write(STANDS_DOWN, vault.new_token(), under=person_id, of=person_id)


async def move_on(unit: Unit, token: str) -> None:
    """Let go on what lies before the person of this row, if they still don't stand for it."""
    due = await unit.waiting.get(token)
    person_id = due.facts["of"] if due and due.deed == STANDS_DOWN else ""
    for kept in await lying_before(unit, person_id):
        if person_id not in await allowed(unit, kept.flag):
            await give_away(unit, kept, person_id)


async def give_away(unit: Unit, kept: Kept, person_id: str) -> None:
    """It doesn't lie before this person any more, and goes on: to the next named, else to whom its writer agrees."""
    await answered(unit, kept, "rupture.talk_offered")
    rest = await allowed(unit, kept.flag) - {person_id}
    others = rest
    if all(reach.outside for reach in kept.flag.reaches):  # its writer wanted nobody inside, whoever it might be
        others = rest & (await standing(unit, kept.flag.circle_id)).contacts
    asked = sorted(others)
    unit.shuffle(asked)
    await bring(unit, kept, kept.flag.hand_on(person_id, unit.now, rest, asked))


async def bring(unit: Unit, kept: Kept, happened: Sequence[Brought]) -> None:
    """Tell what happened to whom it concerns, and keep what the flag is now."""
    flag = kept.flag
    for event in happened:
        match event:
            case Offered(person, told):
                await lay_before(unit, kept, person)
                await tell(unit, kept, person, "rupture.care", harm=flag.lane is Lane.HARM)
                if told:
                    await tell(unit, kept, flag.by, "rupture.passed", people=[person])
            case LetGo(person, why):
                await take_from(unit, kept.token, person)
                if why:
                    await _tell_it_is_over(unit, kept, person, why)
            case MayItPass(person):
                await tell(unit, kept, flag.by, "rupture.may_pass", people=[person], asks=True)
            case Reminded(person):
                await tell(unit, kept, person, "rupture.remind")
            case PlanDue(person):
                await tell(unit, kept, person, "rupture.plan_due")
            case HowIsIt(by):
                await tell(unit, kept, flag.by, "rupture.how_is_it", people=[by] if by else [], asks=True)
            case NobodyLeft():
                await tell(unit, kept, flag.by, "rupture.nobody_left")
            case Unanswered():
                await tell(unit, kept, flag.by, "rupture.unanswered")
            case WordsGone():
                return await forget(unit, kept)
    await _call_off_talk(unit, kept)
    if flag.stage is Stage.CLOSED:
        await unit.waiting.drop_of(flag.by, of=kept.token, asks=True)
    return await save(unit, kept)


async def _call_off_talk(unit: Unit, kept: Kept) -> None:
    """Where the talk that was asked for isn't wished any more, the other side isn't asked any more either (D3.7)."""
    before = await load(unit, kept.token)
    talk = before.flag.talk if before else None
    asked = await unit.waiting.get(talk) if talk and talk != kept.flag.talk else None
    if asked:
        await unit.waiting.done(asked.token)
        await unit.waiting.drop_of(asked.facts["other"], talk=asked.token)


async def tell(unit: Unit, kept: Kept, person_id: str, kind: str, **facts: Any) -> None:
    """Let a note about a flag wait for one person, unless they were forgotten.

    It names its circle in a way that leaving the circle doesn't undo.
    """
    if not await unit.one(Person, id=person_id):
        return
    await unit.waiting.write(
        "note", person_id, person=person_id, under=kept.flag.by, kind=kind, of=kept.token,
        about=kept.flag.circle_id, **facts,
    )  # fmt: skip


async def _tell_it_is_over(unit: Unit, kept: Kept, person_id: str, why: str) -> None:
    """That it doesn't lie before somebody any more outlives it, so nothing in there leads to it or to its writer."""
    await unit.waiting.write("note", person_id, person=person_id, kind=why, about=kept.flag.circle_id)


async def forget(unit: Unit, kept: Kept) -> None:
    """Thirty days after closing: its words and people go; the kind and the ending stay, without names (D3.5)."""
    flag = kept.flag
    if flag.moment:
        await unit.waiting.done(flag.moment)
    for added in await added_to(unit, flag):
        await unit.waiting.done(added.token)
    await unit.waiting.drop_of(flag.by, of=kept.token)
    await unit.waiting.done(kept.token)
    assert flag.how is not None
    await unit.waiting.write("forget", "rest", after=REST_LASTS - WORDS_LAST, kind_of=flag.lane, how=flag.how)


async def answered(unit: Unit, kept: Kept, kind: str) -> None:
    """What its writer was asked has its answer, or isn't asked any more: the question goes."""
    await unit.waiting.drop_of(kept.flag.by, of=kept.token, kind=kind)


async def pass_on(unit: Unit, person_id: str) -> None:
    """Somebody is being forgotten: what lay before them goes on to the next."""
    for kept in await lying_before(unit, person_id):
        await give_away(unit, kept, person_id)


async def end_all_of(unit: Unit, person_id: str) -> None:
    """What somebody flagged is over and gone, and whoever had it is told; it takes their key to know who that is."""
    for kept in await written(unit, person_id):
        if kept.flag.stage is not Stage.CLOSED:
            await bring(unit, kept, kept.flag.close(How.WITHDRAWN, unit.now))
        await forget(unit, kept)

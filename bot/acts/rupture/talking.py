"""A talk with a companion: only where there is no harm, offered first, then asked of each side apart (D3.7, D3.8)."""

from datetime import timedelta

from bot.acts import Presser
from bot.acts.rupture.keeping import carried_by, load, written_by
from bot.acts.rupture.passing import answered, bring, tell
from bot.practice.refusals import Refusal
from bot.store.unit import Unit
from bot.store.waiting import Due

TALK, OFFERED, NOT, LASTS = "flag_talk", "rupture.talk_offered", "rupture.talk_not", timedelta(days=7)


async def offer(unit: Unit, by: Presser, token: str) -> None:
    """Offer to hold a talk. Nobody but the person who flagged it hears of that.

    Raises Refusal in the harm lane, before `by` acknowledged it, while an offer waits for its answer, or within seven
    days of a no, unless its writer asked for one since.
    """
    kept, person = await carried_by(unit, by, token)
    kept.flag.expect_talk_possible()
    if kept.flag.carer != person:
        raise Refusal("rupture.acknowledge_first")
    kept.flag.expect_talk_may_be_offered(unit.now)
    kept.flag.talk = "offered"
    await bring(unit, kept, [])
    for side in (person, kept.flag.by):
        await unit.waiting.drop_of(side, of=token, kind=NOT)  # of an earlier one; it isn't true any more
    await tell(unit, kept, kept.flag.by, OFFERED, people=[person], asks=True)


async def decline(unit: Unit, by: Presser, token: str) -> None:
    """No talk; nobody asks why, and the other side never hears that there could have been one."""
    kept = await written_by(unit, by, token)
    if kept.flag.talk != "offered":
        raise Refusal("rupture.gone")
    await answered(unit, kept, OFFERED)
    kept.flag.talk, kept.flag.declined_at = None, unit.now
    await bring(unit, kept, [])
    if kept.flag.carer:
        await tell(unit, kept, kept.flag.carer, NOT)


async def wish(unit: Unit, by: Presser, token: str) -> None:
    """Say, as who flagged it, that a talk may be offered again after one's own no; whoever carries it hears so.

    Raises Refusal when there was no such no, or the other side said no less than seven days ago.
    """
    kept = await written_by(unit, by, token)
    kept.flag.wish_for_talk(unit.now)
    await bring(unit, kept, [])
    assert kept.flag.carer is not None
    await unit.waiting.drop_of(kept.flag.carer, of=token, kind=NOT)
    await tell(unit, kept, kept.flag.carer, "rupture.talk_wished")


async def accept(unit: Unit, by: Presser, token: str, *, other: int) -> None:
    """Say yes, and with whom (a Discord id). That person is asked now, in private; they see nothing of the flag.

    Raises Refusal when the offer is gone, or the other is oneself or who would be the companion.
    """
    kept = await written_by(unit, by, token)
    carer = kept.flag.carer
    kept.flag.expect_talk_possible()
    if kept.flag.talk != "offered" or carer is None:
        raise Refusal("rupture.gone")
    if other in {by.discord_id, await unit.people.address(carer)}:
        raise Refusal("rupture.talk_with_other")
    await answered(unit, kept, OFFERED)
    person = await unit.people.meet(other)  # to say no here would tell who has never pressed anything
    talk = await unit.waiting.write(TALK, token, under=kept.flag.by, after=LASTS, of=token, other=person.id)
    kept.flag.talk = talk
    await bring(unit, kept, [])
    await unit.waiting.write(
        "note", person.id, person=person.id, under=kept.flag.by, kind="rupture.talk_asked", talk=talk,
        people=[kept.flag.by, carer], about=kept.flag.circle_id, asks=True,
    )  # fmt: skip


async def answer(unit: Unit, by: Presser, talk: str, *, yes: bool) -> None:
    """The other side's own answer, without a reason. With a yes both sides and the companion hear so.

    Raises Refusal when it was put to somebody else, is answered, or not wished any more.
    """
    due = await _asked(unit, talk)
    person = await unit.people.find(by.discord_id)
    if due is None or person is None or due.facts["other"] != person.id:
        raise Refusal("rupture.talk_gone")
    await unit.waiting.drop_of(person.id, talk=talk)
    if not await _settle(unit, due, yes=yes):
        raise Refusal("rupture.talk_gone")


async def lapse(unit: Unit, talk: str) -> None:
    """Nobody answered in seven days: that is a no like any other."""
    due = await _asked(unit, talk)
    if due:
        await unit.waiting.drop_of(due.facts["other"], talk=talk)
        await _settle(unit, due, yes=False)


async def _asked(unit: Unit, talk: str) -> Due | None:
    due = await unit.waiting.get(talk)
    return due if due and due.deed == TALK else None


async def _settle(unit: Unit, due: Due, *, yes: bool) -> bool:
    await unit.waiting.done(due.token)
    kept = await load(unit, due.facts["of"])
    if kept is None or kept.flag.talk != due.token or kept.flag.carer is None:
        return False
    kept.flag.talk = None
    if not yes:
        kept.flag.refused_at = unit.now
    if yes:
        kept.flag.talks_with = due.facts["other"]
        kept.flag.begin_repair(unit.now)
    await bring(unit, kept, [])
    both = [kept.flag.by, kept.flag.carer]
    for person in both:
        await tell(unit, kept, person, "rupture.talk_both" if yes else NOT, people=_sides(due, both, yes))
    if yes:
        other = due.facts["other"]
        await unit.waiting.write(
            "note", other, person=other, under=kept.flag.by, kind="rupture.talk_both",
            people=_sides(due, both, yes), about=kept.flag.circle_id,
        )  # fmt: skip
    return True


def _sides(due: Due, both: list[str], yes: bool) -> list[str]:
    return [both[0], due.facts["other"], both[1]] if yes else []

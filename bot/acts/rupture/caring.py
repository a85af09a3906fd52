"""What somebody can do with a flag that lies before them: acknowledge, hand on, write, plan, ask how it is (D3.5)."""

from datetime import timedelta

from bot.acts import Presser
from bot.acts.rupture.keeping import Kept, carried_by, load
from bot.acts.rupture.passing import bring, give_away, tell
from bot.practice.refusals import Refusal
from bot.practice.rupture.clock import ask_how_it_is
from bot.practice.rupture.words import LONGEST_WORDS
from bot.store.unit import Unit

LONGEST_CHANGE = 200
PLAN, PLAN_DAYS = "flag_plan", {"week": 7, "fortnight": 14, "month": 28}


async def acknowledge(unit: Unit, by: Presser, token: str, *, words: str) -> None:
    """Say that one has read it, with own words or none. From now on this person alone carries it.

    Raises Refusal when it doesn't lie before `by`, or they did so already.
    """
    kept, person = await carried_by(unit, by, token)
    said = clean(words)
    await bring(unit, kept, kept.flag.acknowledge(person, unit.now))
    for kind in ("rupture.care", "rupture.remind"):  # what they were asked, they have done
        await unit.waiting.drop_of(person, of=token, kind=kind)
    await _say(unit, kept, kept.flag.by, "rupture.read", person, said, named=True)


async def hand_on(unit: Unit, by: Presser, token: str) -> None:
    """Give it away, without a reason, and see it no more. It goes on as the preview said, else as its writer agrees."""
    kept, person = await carried_by(unit, by, token)
    kept.flag.expect_open()
    await give_away(unit, kept, person)


async def write(unit: Unit, by: Presser, token: str, *, words: str) -> None:
    """Write to the person who flagged it; they see who writes. Raises Refusal when there are no words, or too many."""
    kept, person = await carried_by(unit, by, token)
    kept.flag.expect_open()
    await _say(unit, kept, kept.flag.by, "rupture.words", person, _expect_words(words), named=True)


async def ask(unit: Unit, by: Presser, token: str) -> None:
    """Ask the person who flagged it whether it can be closed; only their answer closes it."""
    kept, person = await carried_by(unit, by, token)
    if kept.flag.carer != person:
        raise Refusal("rupture.acknowledge_first")
    if kept.flag.asked_at:
        raise Refusal("rupture.asked_already")
    await bring(unit, kept, ask_how_it_is(kept.flag, person, unit.now))


async def plan(unit: Unit, by: Presser, token: str, *, change: str, days: int) -> None:
    """One change, and a day to look at it again: both are reminded then, in private (D3.7).

    `days` from today: 7, 14 or 28. Raises Refusal when nothing was written, or `by` doesn't carry it.
    """
    kept, person = await carried_by(unit, by, token)
    if kept.flag.carer != person:
        raise Refusal("rupture.acknowledge_first")
    said = change.strip()
    if not said or len(said) > LONGEST_CHANGE or days not in PLAN_DAYS.values():
        raise Refusal("rupture.no_change", most=LONGEST_CHANGE)
    kept.flag.begin_repair(unit.now)
    wrapped = await unit.words.wrap(person, said)
    await unit.waiting.write(
        PLAN, token, under=kept.flag.by, after=timedelta(days=days), of=token, author=person, wrapped=wrapped,
        with_=kept.flag.talks_with,
    )  # fmt: skip
    await bring(unit, kept, [])
    await tell(unit, kept, kept.flag.by, "rupture.planned", author=person, wrapped=wrapped, days=days)


async def remind_of_plan(unit: Unit, token: str) -> None:
    """The day has come: who flagged it, who carries it and who agreed to a talk look at the one change again."""
    due = await unit.waiting.get(token)
    kept = await load(unit, due.facts["of"]) if due and due.deed == PLAN else None
    if due is None or kept is None:
        return
    await unit.waiting.done(token)
    facts = {"author": due.facts["author"], "wrapped": due.facts["wrapped"]}
    for person in dict.fromkeys([kept.flag.by, *([kept.flag.carer] if kept.flag.carer else [])]):
        await tell(unit, kept, person, "rupture.plan_day", **facts)
    if due.facts["with_"]:
        await unit.waiting.write(
            "note", due.facts["with_"], person=due.facts["with_"], under=kept.flag.by, kind="rupture.plan_day",
            about=kept.flag.circle_id, **facts,
        )  # fmt: skip


async def answer_back(unit: Unit, kept: Kept, words: str) -> None:
    """Write, as the person who flagged it, to whoever has it now. Raises Refusal when nobody has it yet."""
    flag = kept.flag
    said = _expect_words(words)
    if not flag.readers:
        raise Refusal("rupture.nobody_reads")
    for reader in [flag.carer] if flag.carer else list(flag.readers):
        await _say(unit, kept, reader, "rupture.words_back", flag.by, said, named=flag.named)


def clean(words: str) -> str:
    """The words as they are kept. Raises Refusal when there are more than 500 characters."""
    said = words.strip()
    if len(said) > LONGEST_WORDS:
        raise Refusal("rupture.too_long", most=LONGEST_WORDS, length=len(said))
    return said


def _expect_words(words: str) -> str:
    said = clean(words)
    if not said:
        raise Refusal("rupture.no_words")
    return said


async def _say(unit: Unit, kept: Kept, to: str, kind: str, author: str, said: str, *, named: bool) -> None:
    wrapped = await unit.words.wrap(author, said) if said else None
    facts = {"author": author, "wrapped": wrapped} if wrapped else {}
    await tell(unit, kept, to, kind, people=[author] if named else [], **facts)

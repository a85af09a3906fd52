"""A flag as its writer or its carer reads it: shown to who may see it, at their own press."""

from dataclasses import dataclass
from datetime import datetime

from bot.acts import Presser
from bot.acts.rupture.keeping import Kept, added_to, before, mine, name_of, seen_by
from bot.practice.rupture.clock import WORDS_LAST, asked_for_by
from bot.practice.rupture.flag import How, Stage
from bot.practice.rupture.words import Lane, Look, Soon, Wish
from bot.store.unit import Unit


@dataclass(frozen=True)
class Shown:
    """A flag before somebody's eyes. People are Discord ids; `writer` is None while their name is held back.

    `mine` is whether the reader wrote it; `carer` who has
    read it, `may_pass_to` whom its writer is asked about, `kept_until` when words and people of a closed one go.
    """

    token: str
    name: str
    lane: Lane
    look: Look
    wish: Wish
    soon: Soon
    stage: Stage
    how: How | None
    words: list[str]
    mine: bool
    writer: int | None
    carer: int | None
    may_pass_to: int | None
    answer_by: datetime
    raised_at: datetime
    asked: bool
    kept_until: datetime | None
    may_wish_for_talk: bool


async def care(unit: Unit, by: Presser) -> list[Shown]:
    """What lies before `by` now, oldest first; for everybody else there is nothing, and it looks alike."""
    return [await _shown(unit, kept, mine=False) for kept in await before(unit, by)]


async def my_own(unit: Unit, by: Presser) -> list[Shown]:
    """What `by` flagged: what is open first, then newest first; a closed one until its words go."""
    newest = (await mine(unit, by))[::-1]
    found = sorted(newest, key=lambda kept: kept.flag.stage is Stage.CLOSED)
    return [await _shown(unit, kept, mine=True) for kept in found]


async def read(unit: Unit, by: Presser, token: str) -> Shown:
    """One flag. Raises Refusal when `by` may not see it, or there is none."""
    kept = await seen_by(unit, by, token)
    person = await unit.people.find(by.discord_id)
    return await _shown(unit, kept, mine=person is not None and person.id == kept.flag.by)


async def _shown(unit: Unit, kept: Kept, *, mine: bool) -> Shown:
    flag = kept.flag
    wrapped = [kept.wrapped] if kept.wrapped else []
    wrapped += [due.facts["wrapped"] for due in await added_to(unit, flag)]
    opened = [unit.words.unwrap(flag.by, one) for one in wrapped]
    return Shown(
        kept.token, await name_of(unit, flag), flag.lane, flag.look, flag.wish, flag.soon, flag.stage, flag.how,
        [words for words in opened if words is not None], mine,
        await unit.people.address(flag.by) if flag.named and not mine else None,
        await unit.people.address(flag.carer) if flag.carer else None,
        await unit.people.known_address(flag.may_pass_to) if flag.may_pass_to else None,
        asked_for_by(flag), flag.raised_at, flag.asked_at is not None,
        flag.closed_at + WORDS_LAST if flag.closed_at else None, flag.may_wish_for_talk(unit.now),
    )  # fmt: skip

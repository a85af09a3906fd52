"""What time brings to a flag (D3.4, D3.5): one step at a time, each once."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.practice.rupture.flag import FIRST, Event, Flag, How, NobodyLeft, Offered, Stage
from bot.practice.rupture.route import LAST_AFTER
from bot.practice.rupture.words import Lane, Soon

REMINDED_AFTER = timedelta(hours=24)
UNANSWERED_AFTER = timedelta(hours=LAST_AFTER) + REMINDED_AFTER
PLAN_AFTER = timedelta(days=7)
ASKED_AFTER = timedelta(days=14)
SILENT_AFTER = timedelta(days=14)
WORDS_LAST = timedelta(days=30)
REST_LASTS = timedelta(days=180)
MOST_OPEN, MOST_A_WEEK, A_WEEK = 3, 5, timedelta(days=7)
NOTICED_AFTER = {Lane.HARM: (60, 600), Lane.FRICTION: (300, 3600)}  # seconds, from and to; drawn once


class Step(StrEnum):
    """A step of the clock."""

    FIRST = FIRST
    REMIND = "remind"
    REACH = "reach"
    UNANSWERED = "unanswered"
    PLAN = "plan"
    ASK = "ask"
    SILENCE = "silence"
    FORGET = "forget"


@dataclass(frozen=True)
class Reminded:
    """Whoever has it is asked for an answer once more."""

    person: str


@dataclass(frozen=True)
class PlanDue:
    """A week after it was read there was no offer of a talk or a plan yet."""

    person: str


@dataclass(frozen=True)
class HowIsIt:
    """The person who flagged it is asked how it is; `by` asked, or the calendar did."""

    by: str | None = None


@dataclass(frozen=True)
class Unanswered:
    """Nobody named has answered in the time they had."""


@dataclass(frozen=True)
class WordsGone:
    """Thirty days after closing: words and people are forgotten, kind and ending stay a while without names."""


Brought = Event | Reminded | PlanDue | HowIsIt | Unanswered | WordsGone


def asked_for_by(flag: Flag) -> datetime:
    """Until when an answer is asked for."""
    return flag.since + (REMINDED_AFTER / 2 if flag.soon is Soon.TODAY else REMINDED_AFTER)


def next_step(flag: Flag) -> tuple[datetime, str]:
    """When the clock brings something next, and what."""
    return min((when, step) for when, step in _coming(flag) if step not in flag.done)


def take_step(flag: Flag, step: str, now: datetime, standing: Collection[str]) -> list[Brought]:
    """Let the clock bring this step, once. `standing` are all who may have it now."""
    flag.done = [*(done for done in flag.done if not done.startswith(Step.ASK)), step]  # older ones can't come again
    match step.partition(":")[0]:
        case Step.FIRST:
            return [*(flag.offer_next(standing) or [NobodyLeft()])]
        case Step.REMIND:
            return [Reminded(reader) for reader in flag.readers]
        case Step.REACH:
            place = int(step.partition(":")[2])
            return [*_reach(flag, flag.reaches[place].person, standing)]
        case Step.UNANSWERED:
            return [Unanswered()]
        case Step.PLAN:
            return [PlanDue(flag.readers[0])] if flag.readers else []
        case Step.ASK:
            return ask_how_it_is(flag, None, now)
        case Step.SILENCE:
            return [*flag.close(How.IN_SILENCE, now)]
        case _:
            return [WordsGone()]


def ask_how_it_is(flag: Flag, by: str | None, now: datetime) -> list[Brought]:
    """Ask the person who flagged it how it is for them; no answer in fourteen days closes it in silence."""
    flag.expect_open()
    flag.asked_at = now
    return [HowIsIt(by)]


def _reach(flag: Flag, person: str, standing: Collection[str]) -> list[Event]:
    if person not in standing or person in {*flag.readers, *flag.had_it}:
        return []
    flag.readers.append(person)
    return [Offered(person, told=True)]


def _coming(flag: Flag) -> Iterator[tuple[datetime, str]]:
    if flag.stage is Stage.CLOSED:
        assert flag.closed_at is not None
        yield flag.closed_at + WORDS_LAST, Step.FORGET
        return
    if flag.stage is Stage.RAISED:
        yield flag.first_at, Step.FIRST
        yield asked_for_by(flag), Step.REMIND
        yield flag.since + UNANSWERED_AFTER, Step.UNANSWERED
        for place, reach in enumerate(flag.reaches):
            if reach.hours:
                yield flag.since + timedelta(hours=reach.hours), f"{Step.REACH}:{place}"
    if flag.stage is Stage.ACKNOWLEDGED:
        yield flag.checked_at + PLAN_AFTER, Step.PLAN
    if flag.asked_at:
        yield flag.asked_at + SILENT_AFTER, Step.SILENCE
    else:
        yield flag.checked_at + ASKED_AFTER, f"{Step.ASK}:{flag.checked_at.timestamp()}"

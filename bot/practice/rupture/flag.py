"""A flag: who may see it, and what becomes of it (D3.3, D3.5). It returns what happened, or refuses."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.practice.refusals import Refusal
from bot.practice.rupture.route import Reach
from bot.practice.rupture.words import Lane, Look, Soon, Wish

TALK_RESTS = timedelta(days=7)  # after a no
FIRST = "first"  # the step of the clock with which somebody hears of it


class Stage(StrEnum):
    """How far it has come."""

    RAISED = "raised"
    ACKNOWLEDGED = "acknowledged"
    IN_REPAIR = "in_repair"
    CLOSED = "closed"


class How(StrEnum):
    """How it was closed; only the person who flagged it can say the first four."""

    MENDED = "mended"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"
    OUTSIDE = "outside"
    IN_SILENCE = "silence"


@dataclass(frozen=True)
class Offered:
    """It lies before this person now; `told` is whether the person who flagged it hears so."""

    person: str
    told: bool = False


@dataclass(frozen=True)
class LetGo:
    """It doesn't lie before this person any more. `why` is the key of what they are told, None for nothing."""

    person: str
    why: str | None = None


@dataclass(frozen=True)
class MayItPass:
    """Nobody named is left; may this person see it? Only a yes of who flagged it shows it to them."""

    person: str


@dataclass(frozen=True)
class NobodyLeft:
    """It lies before nobody, and there is nobody it could go to."""


Event = Offered | LetGo | MayItPass | NobodyLeft


@dataclass(eq=False)
class Flag:
    """A flag. People are random ids; `excluded` are marks by which they are known again even after they were forgotten.

    `since`: when it was raised, or raised again. `first_at`: when the first person hears of it. `readers`: before whom
    it lies now. `had_it`: who gave it away. `done`: what the clock has brought since `since`.
    `checked_at`: when its stage or its writer's answer last changed; `asked_at`: they were asked how it is. `added`:
    rows with words that came later. `talk`: a talk that is offered or asked for; `talks_with`: who agreed to one.
    `declined_at`: its writer wanted none; `refused_at`: the other side didn't.
    """

    by: str
    circle_id: str
    lane: Lane
    look: Look
    wish: Wish
    soon: Soon
    named: bool
    salt: str
    excluded: list[str]
    reaches: list[Reach]
    raised_at: datetime
    since: datetime
    first_at: datetime
    checked_at: datetime
    stage: Stage = Stage.RAISED
    readers: list[str] = field(default_factory=list)
    had_it: list[str] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    may_pass_to: str | None = None
    asked_at: datetime | None = None
    how: How | None = None
    closed_at: datetime | None = None
    added: list[str] = field(default_factory=list)
    talk: str | None = None
    talks_with: str | None = None
    declined_at: datetime | None = None
    refused_at: datetime | None = None
    moment: str | None = None

    @property
    def carer(self) -> str | None:
        """Who has acknowledged it and carries it now."""
        return self.readers[0] if self.readers and self.stage in {Stage.ACKNOWLEDGED, Stage.IN_REPAIR} else None

    def acknowledge(self, person: str, now: datetime) -> list[Event]:
        """Somebody before whom it lies has read it: they carry it alone from now on."""
        self.expect_open()
        if self.carer == person:
            raise Refusal("rupture.read_already")
        others = [reader for reader in self.readers if reader != person]
        self.readers, self.stage = [person], Stage.ACKNOWLEDGED
        self._check(now)
        return [LetGo(other, "rupture.taken_up") for other in others]

    def hand_on(self, person: str, now: datetime, standing: Collection[str], others: list[str]) -> list[Event]:
        """Somebody gives it away, without a reason, and can't see it any more.

        It goes to the next person named in the preview who still may (`standing`); where there is none, one of
        `others` is asked about, in their order.
        """
        self.expect_open()
        if self.carer == person:
            self.stage, self.since, self.done = Stage.RAISED, now, [FIRST]
            self._check(now)
        self.readers.remove(person)
        self.had_it.append(person)
        self.talk = self.talks_with = None
        return [LetGo(person), *self._pass_on(standing, others)]

    def may_pass(self, person: str, *, yes: bool, now: datetime) -> list[Event]:
        """What the person who flagged it says to somebody new seeing it."""
        self.expect_open()
        if self.may_pass_to != person:
            raise Refusal("rupture.gone")
        self.may_pass_to = None
        self._check(now)
        if not yes:
            return [NobodyLeft()]
        self.since, self.done = now, [FIRST]
        self.readers.append(person)
        return [Offered(person)]

    def offer_next(self, standing: Collection[str], *, told: bool = False) -> list[Event]:
        """Let it lie before the next person named who still may see it, beside those who have it."""
        for reach in self.reaches:
            if reach.person in standing and reach.person not in {*self.readers, *self.had_it}:
                self.readers.append(reach.person)
                return [Offered(reach.person, told)]
        return []

    def close(self, how: How, now: datetime) -> list[Event]:
        """It is over. Whoever carried it is told how; whoever had not read it yet only that it is over."""
        self.expect_open()
        why = "rupture.over" if how is How.WITHDRAWN or self.carer is None else f"rupture.closed_{how.value}"
        told = [LetGo(reader, why) for reader in self.readers]
        if self.carer:
            self.reaches = [Reach(self.carer, 0, self._is_outside(self.carer)), *self._others(self.carer)]
        self.readers, self.stage, self.how, self.closed_at = [], Stage.CLOSED, how, now
        self.asked_at = self.may_pass_to = self.talk = self.talks_with = None
        return [*told]

    def reopen(self, now: datetime) -> None:
        """It isn't over after all: whoever carried it last hears first, if they still may (D3.5)."""
        if self.stage is not Stage.CLOSED:
            raise Refusal("rupture.is_open")
        wait = self.first_at - self.since
        self.stage, self.how, self.closed_at = Stage.RAISED, None, None
        self.since, self.first_at, self.done = now, now + wait, []
        self._check(now)

    def go_on(self, now: datetime) -> None:
        """The person who flagged it has said that it isn't over yet."""
        self.expect_open()
        self._check(now)

    def begin_repair(self, now: datetime) -> None:
        """A talk is agreed on, or one change with a date (D3.7)."""
        self.expect_open()
        if self.carer:
            self.stage = Stage.IN_REPAIR
            self._check(now)

    def expect_open(self) -> None:
        """Say no when it is closed."""
        if self.stage is Stage.CLOSED:
            raise Refusal("rupture.is_closed")

    def expect_talk_possible(self) -> None:
        """Say no where nobody may be asked to sit down with a person they fear (D3.8)."""
        self.expect_open()
        if self.lane is Lane.HARM:
            raise Refusal("rupture.no_talk")

    def expect_talk_may_be_offered(self, now: datetime) -> None:
        """Say no while an offer waits for its answer, and for seven days after a no: nobody is pressed (D3.7)."""
        self.expect_talk_possible()
        if self.talk:
            raise Refusal("rupture.talk_asked_already")
        if _is_fresh(self.declined_at, now) or _is_fresh(self.refused_at, now):
            raise Refusal("rupture.talk_not_yet")

    def may_wish_for_talk(self, now: datetime) -> bool:
        """Whether its writer said no to a talk so lately that only they can open the way to another."""
        return self.carer is not None and _is_fresh(self.declined_at, now) and not _is_fresh(self.refused_at, now)

    def wish_for_talk(self, now: datetime) -> None:
        """Its writer would like a talk after all. Only their own no can be lifted, never that of the other side."""
        self.expect_talk_possible()
        if not self.may_wish_for_talk(now):
            raise Refusal("rupture.gone")
        self.declined_at = None

    def _pass_on(self, standing: Collection[str], others: list[str]) -> list[Event]:
        if self.readers:
            return []
        if offered := self.offer_next(standing, told=True):
            return offered
        for person in others:
            if person not in self.had_it:
                self.may_pass_to = person
                return [MayItPass(person)]
        return [NobodyLeft()]

    def _check(self, now: datetime) -> None:
        self.checked_at, self.asked_at = now, None

    def _others(self, person: str) -> list[Reach]:
        return [reach for reach in self.reaches if reach.person != person]

    def _is_outside(self, person: str) -> bool:
        return next((reach.outside for reach in self.reaches if reach.person == person), True)


def _is_fresh(no: datetime | None, now: datetime) -> bool:
    return no is not None and now - no < TALK_RESTS


@dataclass(frozen=True)
class Reader:
    """Somebody who would look at a flag: their mark in it, and whether they still are what they were named as."""

    person: str
    mark: str
    stands: bool


def may_see(flag: Flag, reader: Reader) -> bool:
    """Whether this person may see this flag; the one place where that is decided (promise 5, D3.3)."""
    if reader.mark in flag.excluded:
        return False
    return reader.person == flag.by or (reader.person in flag.readers and reader.stands)

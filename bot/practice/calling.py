"""Calling for somebody who holds the coming session: whoever is next, then the next, and never nobody (P9, D5.6)."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.practice.refusals import Refusal

FIRST_CALL = timedelta(days=3)  # before the session
PATIENCE = timedelta(hours=12)  # with one call
SHORTEST_PATIENCE = timedelta(minutes=10)
CALLS = 2  # a person and session
OPEN_CALL = timedelta(hours=6)  # before the session, to everybody, unnamed
SOON = timedelta(hours=12)  # a session opened by hand this long before its time is the one that was scheduled


@dataclass(frozen=True)
class Called:
    """`person` is asked in private; `again` when it is for the second and last time."""

    person: str
    again: bool


@dataclass(frozen=True)
class CareAsked:
    """Nobody is left to call: the care contacts are asked to find somebody. They don't hold it themselves."""


@dataclass(frozen=True)
class OpenlyCalled:
    """The circle reads one line, without a name, that its next session looks for somebody."""


Call = Called | CareAsked | OpenlyCalled


@dataclass(eq=False)
class Past:
    """Somebody whom the calling has gone past. Why is kept nowhere: a no, no answer and a swap look alike (D5.7)."""

    circle_id: str
    person_id: str
    place: int


@dataclass(eq=False)
class Calling:
    """Who holds the circle's coming session, and who is asked. It ends when that session opens.

    `at` is when it is scheduled (UTC; None: nothing is), known `known_since`. `called_id`: the last who was called and
    hasn't said no, `calls` times, with patience until `until` (None: nobody is left to call after them). `holder_id`
    said yes. `first_id` is called before all others. `swap_by` has asked `swap_with` to hold it instead.
    """

    circle_id: str
    token: str
    number: int
    at: datetime | None = None
    known_since: datetime | None = None
    called_id: str | None = None
    calls: int = 0
    until: datetime | None = None
    holder_id: str | None = None
    first_id: str | None = None
    care_asked: bool = False
    line_said: bool = False
    looked: bool = False
    line_id: int | None = None
    swap_by: str | None = None
    swap_with: str | None = None
    moment: str | None = None
    version: int = 0
    past: list[Past] = field(default_factory=list)

    @property
    def with_whom(self) -> str | None:
        """Whom it is with now: who said yes, else who was called last and hasn't said no."""
        return self.holder_id or self.called_id

    @property
    def gone_past(self) -> list[str]:
        """Whom it has gone past, in that order."""
        return [past.person_id for past in self.past]

    @property
    def open_call_at(self) -> datetime | None:
        """When (UTC) the line to everybody is due: six hours before, or half-way when it was known late."""
        if self.at is None or self.known_since is None:
            return None
        return max(self.at - OPEN_CALL, self.known_since + (self.at - self.known_since) / 2)

    def is_soon(self, now: datetime) -> bool:
        """Whether a session that opens now is the one this calls for."""
        return self.at is None or self.at - now <= SOON

    def expect_ahead(self, now: datetime) -> None:
        """Say no when the session's time has come: it isn't called for any more."""
        if self.at is not None and now >= self.at:
            raise Refusal("calling.over")

    def schedule(self, at: datetime | None, now: datetime, token: str) -> bool:
        """The coming session is at this time (UTC), or at none. False when that is known already.

        Another time is another question, with a token of its own: everybody may be asked anew, a yes stays.
        """
        if at == self.at:
            return False
        if self.at is not None:
            self.token = token
        self.at, self.known_since = at, now
        self.called_id, self.calls, self.until = None, 0, None
        self.care_asked = self.line_said = self.looked = False
        self.swap_by = self.swap_with = None
        self.past.clear()
        return True

    def next_moment(self, now: datetime) -> datetime | None:
        """When (UTC) time brings something next; None when nothing is left to do, or it would come too late."""
        if self.at is None or self.open_call_at is None or now >= self.at:
            return None
        if self.holder_id:
            return None if self.looked else self.open_call_at
        moments = [] if self.line_said else [self.open_call_at]
        if self.until:
            moments.append(self.until)
        elif self.called_id is None and not self.care_asked:
            moments.append(self.at - FIRST_CALL)
        return min(moments, default=None)

    def about_to_reach(self, now: datetime, in_line: list[str]) -> str | None:
        """Who is reached if time brings something now; they are looked up first, as they may have left the server.

        Somebody who said yes is looked up once more, when everybody could still be asked.
        """
        if self.holder_id:
            due = self.next_moment(now)
            return self.holder_id if due and due <= now else None
        return self._whom_to_call(in_line) if self._call_is_due(now) else None

    def time_has_come(self, now: datetime, in_line: list[str]) -> list[Call]:
        """What the time that has come by `now` brings. Who is `in_line` can be asked, in that order.

        After a time in which nobody could be called only one call is made; after the session's time none.
        """
        if self.at is None or self.open_call_at is None or now >= self.at:
            return []
        if self.holder_id:
            self.looked = self.looked or now >= self.open_call_at
            return []
        told: list[Call] = self._call(now, in_line) if self._call_is_due(now) else []
        if now >= self.open_call_at and not self.line_said:
            self.line_said = True
            told.append(OpenlyCalled())
        return told

    def hold(self, person: str, *, instead_of: str | None = None) -> str | None:
        """**I'll hold it**, or in a swap `instead_of` whoever asked. Returns whom it was with before.

        Raises Refusal when somebody else said yes already.
        """
        if self.holder_id == person:
            raise Refusal("calling.you_hold")
        if self.holder_id and self.holder_id != instead_of:
            raise Refusal("calling.somebody_else")
        before, self.holder_id = self.with_whom or instead_of, person
        if instead_of and instead_of != person:
            self._go_past(instead_of)
        self.called_id, self.calls, self.until = None, 0, None
        self.looked = False
        if self.first_id == person:
            self.first_id = None
        return before

    def pass_on(self, person: str, now: datetime) -> None:
        """It isn't with this person any more, nor will it be; if it was, the next one is asked now."""
        self._go_past(person)
        if self.first_id == person:
            self.first_id = None
        if self.swap_by == person:
            self.swap_by = self.swap_with = None
        if person == self.holder_id:
            self.holder_id = None
            self.care_asked = self.line_said = False
            self._ask_now(now)
        elif person == self.called_id:
            self._ask_now(now)

    def decline_swap(self) -> None:
        """Who was asked to swap said no: for this session nobody asks them again, neither somebody else nor Trellis."""
        if self.swap_with:
            self._go_past(self.swap_with)

    def look_again(self, now: datetime) -> None:
        """Somebody more can be asked; if nobody was left, they are asked now."""
        if self.holder_id is None and self.until is None and self.care_asked:
            self.until = now

    def _go_past(self, person: str) -> None:
        if person not in self.gone_past:
            self.past.append(Past(self.circle_id, person, len(self.past)))

    def _ask_now(self, now: datetime) -> None:
        self.called_id, self.calls = None, 0
        self.until = now if self.at and now >= self.at - FIRST_CALL else None

    def _call_is_due(self, now: datetime) -> bool:
        if self.at is None or now >= self.at:
            return False
        if self.until:
            return now >= self.until
        return self.called_id is None and not self.care_asked and now >= self.at - FIRST_CALL

    def _whom_to_call(self, in_line: list[str]) -> str | None:
        if self.called_id in in_line and self.calls < CALLS:
            return self.called_id
        return next(iter(self._rest(in_line)), None)

    def _rest(self, in_line: list[str]) -> list[str]:
        return [person for person in in_line if person not in self.gone_past and person != self.called_id]

    def _call(self, now: datetime, in_line: list[str]) -> list[Call]:
        person = self._whom_to_call(in_line)
        if person is None:  # it stays with whoever was called last
            asked_before, self.care_asked, self.until = self.care_asked, True, None
            return [] if asked_before else [CareAsked()]
        if person != self.called_id:
            if self.called_id:
                self._go_past(self.called_id)
            self.called_id, self.calls = person, 0
        self.calls += 1
        self.until = now + self._patience(now, in_line)
        if self.first_id == person:
            self.first_id = None
        return [Called(person, again=self.calls == CALLS)]

    def _patience(self, now: datetime, in_line: list[str]) -> timedelta:
        """Half a day with one call; when less is left, what is left is shared evenly among the calls to come."""
        assert self.at is not None
        assert self.open_call_at is not None
        end = self.open_call_at if now < self.open_call_at else self.at
        waits = CALLS - self.calls + 1 + CALLS * len(self._rest(in_line))
        return max(min(PATIENCE, (end - now) / waits), SHORTEST_PATIENCE)

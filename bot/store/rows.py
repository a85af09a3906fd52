"""Rows that aren't part of the practice: who people are to the store, what is sealed, what waits."""

from dataclasses import dataclass
from datetime import datetime

from bot.practice.quiet import QuietHours


@dataclass(eq=False)
class House:
    """One row: the mark of the keyring this database belongs to, and a keyed hash to know its pepper by."""

    mark: str
    id: int = 1
    pepper_check: bytes | None = None


@dataclass(eq=False)
class Server:
    """A Discord server and what its admins set up."""

    id: int
    language: str | None = None
    zone: str | None = None
    facilitator_role_id: int | None = None
    help_card_id: str | None = None
    help_checked_at: datetime | None = None


@dataclass(eq=False)
class Person:
    """A person in one server: a random id, a keyed hash to find them by, the Discord id sealed with their own key.

    `dms` is true once they asked for DMs; `knocked` while a DM that something waits hasn't been followed by a look.
    `quiet_from` and `quiet_until` are minutes of the day in their `zone`, all three set or none. `fewer_pings`: nothing
    in public pings them, and of what is due twice only the last comes (D1.11).
    `gone_since`: when (UTC) they were first found to be gone from the server. A row without a Discord id is nobody: it
    stands where somebody who was forgotten held a session, so that it still counts as one person's.
    """

    id: str
    server_id: int
    lookup: bytes
    discord_id: bytes
    language: str = "en"
    dms: bool = False
    knocked: bool = False
    quiet_from: int | None = None
    quiet_until: int | None = None
    zone: str | None = None
    fewer_pings: bool = False

    @property
    def quiet_hours(self) -> QuietHours | None:
        """When no DM of ours may wake them."""
        if self.quiet_from is None or self.quiet_until is None or self.zone is None:
            return None
        return QuietHours(self.quiet_from, self.quiet_until, self.zone)

    @quiet_hours.setter
    def quiet_hours(self, hours: QuietHours | None) -> None:
        """Keep these; with None the zone is forgotten too."""
        self.quiet_from, self.quiet_until, self.zone = (hours.start, hours.end, hours.zone) if hours else (None,) * 3

    gone_since: datetime | None = None

    @property
    def is_nobody(self) -> bool:
        """Whether this stands for somebody who was forgotten."""
        return not self.discord_id


@dataclass(eq=False)
class Sealed:
    """Words somebody handed over, sealed with their owner's key and bound to this row."""

    id: str
    owner: str
    words: bytes


@dataclass(eq=False)
class Waiting:
    """A row that waits until something is true. What it is for is sealed; all rows look alike.

    `due_at` (UTC) is when it is carried out; None means it waits for its person to look. `box` is a keyed hash of the
    person it is for, or noise.
    """

    token: str
    server_id: int
    box: bytes
    body: bytes
    due_at: datetime | None = None
    claimed_at: datetime | None = None
    retry_at: datetime | None = None
    attempts: int = 0


@dataclass(eq=False)
class CareContact:
    """Somebody who accepted to be a care contact of a server."""

    server_id: int
    person_id: str


@dataclass(eq=False)
class Notice:
    """A message in a session's thread that is deleted when its time is over: a turn, a pause, a question to all."""

    token: str
    session_id: str
    kind: str
    message_id: int | None = None


@dataclass(eq=False)
class Mark:
    """Somebody would like another holder next time (D3.9), or who is passed over for it: keyed hashes only.

    `blind` stands for the circle, its coming session and the people; `about` for the circle and the session.
    """

    blind: bytes
    about: bytes


@dataclass(eq=False)
class Never:
    """Somebody would never be paired with a certain other, as two keyed hashes that show neither of them.

    `mark` is made of the circle, the owner and the other, `box` of the circle and the owner (D5.5).
    """

    mark: bytes
    box: bytes

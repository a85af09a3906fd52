"""Rows that aren't part of the practice: who people are to the store, what is sealed, what waits."""

from dataclasses import dataclass
from datetime import datetime


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

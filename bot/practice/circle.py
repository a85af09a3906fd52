"""A standing group, and what it may be called."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime

from bot.practice.buddies import Wish
from bot.practice.door import Door
from bot.practice.refusals import Refusal

LONGEST_NAME = 40
LONGEST_PURPOSE = 200
NAME_SIGNS = frozenset(" '’-.,&!?¡¿·・،؟")
UNSEEN = frozenset("\u115f\u1160\u3164\uffa0")  # letters, to Unicode, that nobody sees
JOINERS = frozenset("\u200c\u200d")  # they belong to the spelling of Persian, Hindi and others


@dataclass(eq=False)
class Circle:
    """A group that meets in one channel. Its name and purpose are sealed words; here only their ids.

    `thread_days`: after how many days the thread of a closed session is deleted. `farewell_id`: who handed over and
    would like the next opening to say so (P9). `reminders`: whether people are reminded of a session that comes.
    `weaves`: its weave is on (D5.1). `draw`: the waiting row of the next draw of buddies (D5.5). `threshold`: how
    many answers a question of a check-in needs before anything is shown; `waves`: how many were opened;
    `one_thing_id`: what we'll do differently, read at the next opening. `debrief_days`: after how many days the thread
    of a closed debrief is deleted; `debriefs_count`: whether debriefs count for the check-ins; `debriefs`: the last
    number that one was given; `debriefs_held` and `debriefs_counted`: all that is kept of those that were.
    """

    id: str
    token: str
    server_id: int
    channel_id: int
    name_id: str
    name_hash: bytes
    created_at: datetime
    purpose_id: str | None = None
    door: Door = Door.ASK
    language: str = "en"
    zone: str = "UTC"
    card_message_id: int | None = None
    thread_days: int = 7
    farewell_id: str | None = None
    reminders: bool = True
    weaves: bool = False
    draw: str | None = None
    sessions_opened: int = 0
    sessions_held: int = 0
    threshold: int = 5
    waves: int = 0
    one_thing_id: str | None = None
    debrief_days: int = 3
    debriefs_count: bool = False
    debriefs: int = 0
    debriefs_held: int = 0
    debriefs_counted: int = 0
    version: int = 0

    @property
    def counted(self) -> int:
        """How many held sessions count for the check-ins (P7): debriefs only while the circle wants it so."""
        return self.sessions_held + self.debriefs_counted


@dataclass(eq=False)
class Membership:
    """A person in a circle. `facilitates` is true only once that person accepted it (promise 3).

    `paused`: they can't come in to sessions for now, and don't act as a facilitator. `willing`: they would like to hold
    a session. `reminded`: they asked to be reminded of sessions in private. `came_at`: when they came into the server,
    as Discord said at the time of joining the circle. `away`: they had left the server when they were looked up;
    nothing is asked of them until they press something again. `weaves`: they said yes to the weave, and are counted in
    it in sessions after the one with the number `weaves_from`. `wish`: they would like a buddy. `checks_in_from`: they
    said yes to anonymous check-ins, from the wave with this number on; None: they aren't asked.
    """

    id: str
    circle_id: str
    person_id: str
    joined_at: datetime
    facilitates: bool = False
    paused: bool = False
    willing: bool = False
    reminded: bool = False
    came_at: datetime | None = None
    away: bool = False
    weaves: bool = False
    weaves_from: int = 0
    wish: Wish | None = None
    checks_in_from: int | None = None

    @property
    def acts_as_facilitator(self) -> bool:
        """Whether they facilitate and nothing keeps them from it."""
        return self.facilitates and not self.paused and not self.away

    def expect_facilitator(self) -> None:
        """Say no when this person doesn't facilitate the circle, or is paused in it."""
        if not self.facilitates:
            raise Refusal("circle.facilitators_only")
        if self.paused:
            raise Refusal("circle.paused")


def clean_name(given: str) -> str:
    """The name as it will be kept: trimmed, single spaces, canonical letters.

    Raises Refusal when it is empty, too long (40 characters), or holds signs that could pose as formatting, a mention
    or another reading direction.
    """
    name = " ".join(unicodedata.normalize("NFC", given).split())
    if not name:
        raise Refusal("circle.name_empty")
    if len(name) > LONGEST_NAME:
        raise Refusal("circle.name_too_long", most=LONGEST_NAME)
    if not all(_is_plain(sign) for sign in name) or not any(sign.isalnum() for sign in name):
        raise Refusal("circle.name_signs")
    return name


def clean_purpose(given: str) -> str:
    """The purpose in one line. Raises Refusal when it is longer than 200 characters."""
    purpose = one_line(given)
    if len(purpose) > LONGEST_PURPOSE:
        raise Refusal("circle.purpose_too_long", most=LONGEST_PURPOSE)
    return purpose


def one_line(given: str) -> str:
    """What somebody wrote, in one line: trimmed, single spaces, canonical letters, no hidden signs."""
    line = " ".join(unicodedata.normalize("NFC", given).split())
    shown = "".join(sign for sign in line if sign in JOINERS or unicodedata.category(sign)[0] != "C")
    return " ".join(shown.split())


def same_name(name: str) -> str:
    """What two names that a reader would take for the same have in common."""
    seen = "".join(sign for sign in name if sign not in JOINERS)
    return unicodedata.normalize("NFKC", seen).casefold()


def _is_plain(sign: str) -> bool:
    if sign in NAME_SIGNS or sign in JOINERS:
        return True
    chooses_a_picture = "VARIATION SELECTOR" in unicodedata.name(sign, "")
    kind = unicodedata.category(sign)
    return kind[0] in "LMN" and kind != "Me" and sign not in UNSEEN and not chooses_a_picture

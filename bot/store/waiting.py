"""Rows that wait: posts, private notes and due moments are one kind of thing, and look alike (house.md).

What waits for a person, or belongs to them, is sealed with their own key besides the server's: once they are forgotten
nothing opens it, in no older copy of the database either (promise 8).
"""

import json
import logging
from collections.abc import Iterable, Set
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import vault
from bot.store import hashes
from bot.store.keyring import SIGN_BYTES, KeyGone, Keyring
from bot.store.rows import Waiting
from bot.store.tables import waiting

log = logging.getLogger("trellis")
_due_at: Column[datetime] = waiting.c.due_at
AT_ONCE = 500  # rows asked for by name in one statement
BLOCK = 4096  # a flag's five hundred characters fit, and every row is as long
STEP = timedelta(microseconds=1)  # keeps rows of one transaction in the order written
ROOM = timedelta(milliseconds=1)  # so that they are all due at once


class Shut(Exception):
    """Whose row this was has been forgotten: no key opens it any more."""


@dataclass(frozen=True)
class Due:
    """A waiting row, opened: what is to be done (`deed`), in which lane, with what."""

    token: str
    server_id: int
    deed: str
    lane: str
    facts: dict[str, Any] = field(default_factory=dict)
    person_id: str | None = None
    shown: bool = False
    due_at: datetime | None = None
    claimed_at: datetime | None = None
    retry_at: datetime | None = None
    attempts: int = 0


class WaitingRows:
    """Writes and opens waiting rows inside one transaction."""

    def __init__(self, rows: AsyncSession, keyring: Keyring, pepper: bytes, server_id: int, now: datetime) -> None:
        self._rows = rows
        self._keyring = keyring
        self._pepper = pepper
        self._server_id = server_id
        self._now = now
        self._written = 0

    async def write(
        self,
        deed: str,
        lane: str,
        /,
        *,
        person: str | None = None,
        under: str | None = None,
        after: timedelta = timedelta(),
        resting: bool = False,
        **facts: Any,
    ) -> str:
        """Let something wait: carried out `after` that time, in the order written within its lane.

        A `resting` row is never carried out; it waits for its person. `under`: whose key seals it, the person's own
        unless somebody else is named. Whoever was forgotten is written nothing. Returns the token of the row.
        """
        token = vault.new_token()
        owner = under or person
        if not self._keyring.owners().issuperset({owner, person} - {None}):
            return token
        box = self._box(person) if person else hashes.noise(self._pepper, token)
        body = {"deed": deed, "lane": lane, "person": person, "facts": facts, "under": owner}
        due_at = None if resting else self._now + after + self._written * STEP
        self._written += 1
        self._rows.add(Waiting(token, self._server_id, box, await self._seal(token, body), due_at))
        return token

    async def write_as(self, token: str, claimed_at: datetime | None, deed: str, lane: str, /, **facts: Any) -> None:
        """Like `write`, under a token that was chosen before. `claimed_at`: since when it may have been carried out."""
        body = {"deed": deed, "lane": lane, "person": None, "facts": facts, "under": None}
        noise = hashes.noise(self._pepper, token)
        self._rows.add(
            Waiting(token, self._server_id, noise, await self._seal(token, body), self._now, claimed_at=claimed_at)
        )

    async def get(self, token: str) -> Due | None:
        """The row with this token in this server, opened; None when it is gone."""
        row = await self._row(token)
        return next(iter(self._opened([row])), None) if row is not None else None

    async def of_person(self, person_id: str) -> list[Due]:
        """Everything that waits for this person, oldest first as far as that is known."""
        found = await self._rows.scalars(select(Waiting).filter_by(box=self._box(person_id)))
        return self._opened(found)

    async def here(self) -> list[Due]:
        """Everything that waits in this server, whatever it waits for."""
        return self._opened(await self._rows.scalars(select(Waiting).filter_by(server_id=self._server_id)))

    async def drop_of(self, person_id: str, **facts: Any) -> None:
        """Let go of what waits for this person with these facts: it has been answered."""
        for due in await self.of_person(person_id):
            if facts.items() <= due.facts.items():
                await self.done(due.token)

    async def rest(self, token: str, *, shown: bool = False) -> None:
        """Now it waits for its person: until they look, or until they answer if it was `shown`."""
        row = await self._row(token)
        if row is not None:
            row.due_at = row.claimed_at = row.retry_at = None
            if shown:
                row.body = await self._seal(token, {**self._body(row), "shown": True})

    async def change(self, token: str, **facts: Any) -> None:
        """What the row with this token says is now this."""
        row = await self._row(token)
        if row is not None:
            row.body = await self._seal(token, {**self._body(row), "facts": facts})

    async def claim(self, token: str) -> Due | None:
        """Mark that we are about to carry it out. The row as it was before is returned, for the look-back."""
        row = await self._row(token)
        if row is None or row.due_at is None:
            return None
        before = next(iter(self._opened([row])), None)
        if before is not None:
            row.claimed_at = row.claimed_at or self._now
        return before

    async def postpone(self, token: str, wait: timedelta) -> None:
        """It could not be carried out; try again after `wait`, in the same place of its lane."""
        row = await self._row(token)
        if row is not None:
            row.attempts += 1
            row.retry_at = self._now + wait

    async def put_off(self, token: str, until: datetime, claimed_at: datetime | None) -> None:
        """It is carried out at `until`, not now. `claimed_at`: since when it may have been carried out already."""
        row = await self._row(token)
        if row is not None:
            row.due_at, row.claimed_at, row.retry_at = until, claimed_at, None

    async def try_again(self) -> None:
        """Put nothing in this server off any longer."""
        put_off = waiting.c.server_id == self._server_id, waiting.c.retry_at.is_not(None)
        for row in await self._rows.scalars(select(Waiting).where(*put_off)):
            row.retry_at = None

    async def done(self, token: str) -> None:
        """It is carried out, or no longer needed."""
        row = await self._row(token)
        if row is not None:
            await self._rows.delete(row)

    async def sweep(self) -> None:
        """Let go of all in this server that no key opens any more, since whose it was has been forgotten."""
        for row in await self._rows.scalars(select(Waiting).filter_by(server_id=self._server_id)):
            try:
                self._body(row)
            except Shut:
                await self._rows.delete(row)
            except (KeyGone, vault.Unopenable):
                continue

    async def next_due(self) -> datetime | None:
        """When the next row of any server that isn't due yet will be."""
        later = select(func.min(_due_at)).where(_due_at > self._now + ROOM)
        return (await self._rows.execute(later)).scalar()

    async def due(self, but: Set[str] = frozenset()) -> list[Due]:
        """All that is due now in any server, in the order it was written; rows put off stand in it too.

        `but`: tokens of rows not to be opened once more. Without a limit: rows of a lane that can't move would fill
        it, and no other lane could.
        """
        found = await self._rows.scalars(select(waiting.c.token).where(_due_at <= self._now + ROOM).order_by(_due_at))
        tokens = [token for token in found if token not in but]
        rows: list[Due] = []
        for start in range(0, len(tokens), AT_ONCE):
            some = waiting.c.token.in_(tokens[start : start + AT_ONCE])
            rows += self._opened(await self._rows.scalars(select(Waiting).where(some).order_by(_due_at)))
        return rows

    def _opened(self, rows: Iterable[Waiting]) -> list[Due]:
        """Those that can be opened; one that can't must not hold up all the others."""
        opened = []
        for row in rows:
            try:
                opened.append(self._open(row))
            except Shut:
                continue
            except (KeyGone, vault.Unopenable):
                log.warning("a waiting row doesn't open; was the keyring's backup put in its place?")
        return opened

    async def _row(self, token: str) -> Waiting | None:
        row = await self._rows.get(Waiting, token)
        return row if row is not None and row.server_id == self._server_id else None

    def _box(self, person_id: str) -> bytes:
        return hashes.box(self._pepper, person_id)

    async def _seal(self, token: str, body: dict[str, Any]) -> bytes:
        outer = await self._keyring.make(f"server:{self._server_id}")
        owner = body["under"] or f"server:{self._server_id}"
        packed = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
        inner = vault.seal(self._keyring.key(owner), packed, f"waiting|{token}")
        return vault.seal_padded(outer, self._keyring.sign(owner) + inner, f"waiting|{token}", block=BLOCK)

    def _body(self, row: Waiting) -> dict[str, Any]:
        return _opened(row, self._keyring)

    @staticmethod
    def person_in(row: Waiting, keyring: Keyring) -> str | None:
        """Whom a row waits for, by our random id; None for nobody, and when it doesn't open."""
        try:
            person: str | None = _opened(row, keyring)["person"]
        except (KeyGone, Shut, vault.Unopenable):
            return None
        return person

    def _open(self, row: Waiting) -> Due:
        body = self._body(row)
        return Due(
            row.token, row.server_id, body["deed"], body["lane"], body["facts"], body["person"],
            body.get("shown", False), row.due_at, row.claimed_at, row.retry_at, row.attempts,
        )  # fmt: skip


def _opened(row: Waiting, keyring: Keyring) -> dict[str, Any]:
    place = f"waiting|{row.token}"
    told = vault.open_padded(keyring.key(f"server:{row.server_id}"), row.body, place)
    owner = keyring.signed_by(told[:SIGN_BYTES])
    if owner is None:
        raise Shut
    body: dict[str, Any] = json.loads(vault.open_sealed(keyring.key(owner), told[SIGN_BYTES:], place))
    return body

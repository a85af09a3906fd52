"""What people wrote, each sealed with its owner's own key (promises 7 and 8)."""

import base64

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import vault
from bot.store.keyring import KeyGone, Keyring
from bot.store.rows import Sealed


class Words:
    """Keeps and gives back words. An owner is a person's random id, `circle:<id>` or `server:<id>`."""

    def __init__(self, rows: AsyncSession, keyring: Keyring) -> None:
        self._rows = rows
        self._keyring = keyring

    async def keep(self, owner: str, text: str) -> str:
        """Seal `text` for its owner and return the id of its row."""
        word_id = vault.new_token()
        key = await self._keyring.make(owner)
        self._rows.add(Sealed(word_id, owner, vault.seal_padded(key, text.encode(), f"sealed|{word_id}", block=64)))
        return word_id

    async def read(self, word_id: str) -> str:
        """Open the words of that row. Raises KeyGone when their owner was forgotten."""
        row = await self._rows.get_one(Sealed, word_id)
        return vault.open_padded(self._keyring.key(row.owner), row.words, f"sealed|{word_id}").decode()

    async def drop(self, word_id: str) -> None:
        """Let go of those words."""
        await self._rows.delete(await self._rows.get_one(Sealed, word_id))

    async def drop_all_of(self, owner: str) -> None:
        """Let go of everything this owner wrote."""
        for row in await self._rows.scalars(select(Sealed).filter_by(owner=owner)):
            await self._rows.delete(row)

    async def wrap(self, owner: str, text: str) -> str:
        """Seal `text` for its owner, to be carried inside a waiting row; it opens as long as its owner has a key."""
        sealed = vault.seal(await self._keyring.make(owner), text.encode(errors="replace"), f"wrapped|{owner}")
        return base64.b64encode(sealed).decode()

    def unwrap(self, owner: str, wrapped: str) -> str | None:
        """What was wrapped for that owner; None when they were forgotten."""
        try:
            return vault.open_sealed(self._keyring.key(owner), base64.b64decode(wrapped), f"wrapped|{owner}").decode()
        except KeyGone:
            return None

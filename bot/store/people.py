"""People in a server: found by a keyed hash, known everywhere else by a random id (promise 7)."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import vault
from bot.store import hashes, tables
from bot.store.keyring import KeyGone, Keyring
from bot.store.rows import Person, Server


class People:
    """Finds and meets the people of one server."""

    def __init__(self, rows: AsyncSession, keyring: Keyring, pepper: bytes, server_id: int) -> None:
        self._rows = rows
        self._keyring = keyring
        self._pepper = pepper
        self._server_id = server_id

    async def server(self) -> Server:
        """This server's row, made when it is first needed."""
        server = await self._rows.get(Server, self._server_id)
        if server is None:
            server = Server(self._server_id)
            self._rows.add(server)
            await self._rows.flush()
        return server

    async def find(self, discord_id: int) -> Person | None:
        """Who this is here, if we ever met."""
        lookup = hashes.lookup(self._pepper, self._server_id, discord_id)
        return (await self._rows.scalars(select(Person).filter_by(lookup=lookup))).one_or_none()

    async def meet(self, discord_id: int, language: str | None = None) -> Person:
        """Who this is here; a row is made at the first meeting. Their key is durable before their row."""
        person = await self.find(discord_id)
        if person is None:
            await self.server()
            person_id = vault.new_token()
            key = await self._keyring.make(person_id)
            sealed = vault.seal(key, discord_id.to_bytes(8, "big"), f"person|{person_id}")
            lookup = hashes.lookup(self._pepper, self._server_id, discord_id)
            person = Person(person_id, self._server_id, lookup, sealed)
            self._rows.add(person)
            await self._rows.flush()
        if language:
            person.language = language
        return person

    async def get(self, person_id: str) -> Person:
        """The person with this random id."""
        return await self._rows.get_one(Person, person_id)

    async def address(self, person_id: str) -> int:
        """The Discord id of a person, opened with their own key. Raises KeyGone when they were forgotten."""
        person = await self._rows.get(Person, person_id)
        if person is None or person.is_nobody:
            raise KeyGone
        return int.from_bytes(
            vault.open_sealed(self._keyring.key(person_id), person.discord_id, f"person|{person_id}"), "big"
        )

    async def known_address(self, person_id: str) -> int | None:
        """The Discord id of a person; None when they were forgotten, as whoever held a session may have been."""
        try:
            return await self.address(person_id)
        except KeyGone:
            return None

    async def nobody(self) -> Person:
        """A new row that stands for somebody who was forgotten: nothing in it is theirs, and nothing leads to them."""
        nobody = Person(vault.new_token(), self._server_id, lookup=vault.new_key(), discord_id=b"")
        self._rows.add(nobody)
        await self._rows.flush()
        return nobody

    async def gone(self) -> frozenset[str]:
        """Who was seen to have left this server (random ids)."""
        left = tables.person.c.gone_since.is_not(None)
        found = select(tables.person.c.id).where(tables.person.c.server_id == self._server_id, left)
        return frozenset(await self._rows.scalars(found))

    async def here(self, after: str = "", most: int | None = None) -> list[Person]:
        """The people of this server, in the order of their random ids, from after one on; `most` at once."""
        found = select(Person).filter_by(server_id=self._server_id).where(tables.person.c.id > after)
        people = await self._rows.scalars(found.order_by(tables.person.c.id).limit(most))
        return [person for person in people if not person.is_nobody]

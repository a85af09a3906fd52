"""Another pepper: everything that is found by a keyed hash is hashed anew, from what the keys open."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import vault
from bot.practice.circle import Circle
from bot.store import hashes
from bot.store.engine import make_engine
from bot.store.keyring import KeyGone, Keyring
from bot.store.people import People
from bot.store.rows import House, Person, Waiting
from bot.store.sealed import Words
from bot.store.waiting import WaitingRows


async def rehash(url: str, keyring: Keyring, pepper: bytes) -> None:
    """Hash everything in the database at `url` with this pepper, in one transaction; `keyring` is open.

    The former pepper isn't needed. Who has no key any more is found no more.
    """
    engine = make_engine(url)
    try:
        async with AsyncSession(engine, expire_on_commit=False) as rows, rows.begin():
            await rehash_rows(rows, keyring, pepper)
    finally:
        await engine.dispose()


async def rehash_rows(rows: AsyncSession, keyring: Keyring, pepper: bytes) -> None:
    """The same, within a transaction."""
    await _rehash_people(rows, keyring, pepper)
    words = Words(rows, keyring)
    for circle in await rows.scalars(select(Circle)):
        circle.name_hash = hashes.circle_name(pepper, circle.server_id, await words.read(circle.name_id))
    for row in await rows.scalars(select(Waiting)):
        person_id = WaitingRows.person_in(row, keyring)
        row.box = hashes.box(pepper, person_id) if person_id else hashes.noise(pepper, row.token)
    (await rows.get_one(House, 1)).pepper_check = hashes.check(pepper)


async def _rehash_people(rows: AsyncSession, keyring: Keyring, pepper: bytes) -> None:
    for person in await rows.scalars(select(Person)):
        try:
            address = await People(rows, keyring, pepper, person.server_id).address(person.id)
            person.lookup = hashes.lookup(pepper, person.server_id, address)
        except (KeyGone, vault.Unopenable):
            person.lookup = vault.new_key()

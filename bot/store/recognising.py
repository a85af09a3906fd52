"""Knowing a database: whether it answers, is up to date, and belongs to this keyring and this pepper."""

from pathlib import Path

from sqlalchemy import inspect, make_url, select
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionInTime
from sqlalchemy.ext.asyncio import AsyncSession

from bot.practice.wave import Phase
from bot.store import hashes, tables
from bot.store.answers import owner_of
from bot.store.engine import make_engine
from bot.store.keyring import AnotherKeyring, Keyring, KeyringFault
from bot.store.migrate import upgrade
from bot.store.rows import House

AWAY = (OSError, TimeoutError, NoConnectionInTime)

_open_waves = select(tables.wave.c.id).where(tables.wave.c.phase == Phase.OPEN)


class SchemaFault(Exception):
    """The database can't be brought up to date; it is as it was."""

    def __str__(self) -> str:
        return "The database can't be brought up to date by this version of Trellis. Nothing in it was changed."


class WrongPepper(KeyringFault):
    """The pepper isn't the one this database was made with: nobody would be found in it."""

    plainly = (
        "TRELLIS_PEPPER isn't the one this database was made with (its keyring is {path}). Nothing was changed. "
        "Put back the .env it was made with, or choose another DATABASE_URL."
    )


class StoreDown(Exception):
    """The database doesn't answer. Nothing was changed by the act that met this."""


async def recognise(rows: AsyncSession, keyring: Keyring, pepper: bytes) -> bytes:
    """Open the keyring that belongs to this database, and let go of keys without an owner.

    Returns the pepper it was made with: this one, or the coming one if a change of it was cut short. Raises
    KeyringFault when the keyring or the pepper is another's, missing, or doesn't open.
    """
    house = await rows.get(House, 1)
    await keyring.open(create=house is None)
    # A new, empty database beside a keyring in use is a wrong address, and sweeping would empty the ring.
    if house.mark != keyring.mark if house else keyring.owners():
        raise AnotherKeyring(keyring.path)
    if house is None:
        rows.add(house := House(keyring.mark))
    known = _pepper_of(house, keyring, pepper)
    owners = [
        *await rows.scalars(select(tables.person.c.id)),
        *[f"circle:{circle}" for circle in await rows.scalars(select(tables.circle.c.id))],
        *[f"server:{server}" for server in await rows.scalars(select(tables.server.c.id))],
        *[f"server:{server}" for server in await rows.scalars(select(tables.waiting.c.server_id).distinct())],
        *[owner_of(wave) for wave in await rows.scalars(_open_waves)],
    ]
    await keyring.sweep(frozenset(owners))
    return known


async def bring_up_to_date(url: str) -> None:
    """Bring the database at `url` to the newest schema.

    Raises StoreDown when it doesn't answer, SchemaFault when it can't be changed.
    """
    await mark_of(url)  # says so if it doesn't answer
    try:
        await upgrade(url)
    except (OperationalError, *AWAY) as down:
        raise StoreDown from down
    except (DBAPIError, RuntimeError) as fault:
        raise SchemaFault from fault


async def pepper_fits(url: str, *peppers: bytes) -> bool:
    """Whether the database at `url` was made with one of these peppers; also if it doesn't know yet."""
    engine = make_engine(url)
    try:
        async with engine.connect() as connection:
            check = (await connection.execute(select(tables.house.c.pepper_check))).scalar()
    except (DBAPIError, *AWAY):  # of an earlier version
        return True
    finally:
        await engine.dispose()
    return check is None or check in map(hashes.check, peppers)


async def mark_of(url: str) -> str | None:
    """The mark of the keyring a database belongs to; None for one that is new. Raises StoreDown."""
    parsed = make_url(url)
    if parsed.drivername.startswith("sqlite") and not Path(parsed.database or "").exists():
        return None  # connecting would make the file
    engine = make_engine(url)
    try:
        async with engine.connect() as connection:
            if not await connection.run_sync(lambda sync: inspect(sync).has_table("house")):
                return None
            return (await connection.execute(select(tables.house.c.mark))).scalar()
    except (DBAPIError, *AWAY) as down:
        raise StoreDown from down
    finally:
        await engine.dispose()


def _pepper_of(house: House, keyring: Keyring, pepper: bytes) -> bytes:
    house.pepper_check = house.pepper_check or hashes.check(pepper)
    for known in (pepper, keyring.coming_pepper):
        if known and hashes.check(known) == house.pepper_check:
            return known
    raise WrongPepper(keyring.path)

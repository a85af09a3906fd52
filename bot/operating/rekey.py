"""`trellis rekey`: another master key, and with `--pepper` another pepper. Cut short anywhere, what is left works."""

import base64
from argparse import Namespace
from pathlib import Path

from bot.app import utcnow
from bot.operating import envfile
from bot.settings import Settings
from bot.store.keyring import Keyring
from bot.store.rekeying import rehash
from bot.store.unit import Store
from bot.vault import new_key

SAYS = """{what}, and .env is changed. Keep a copy of .env away from the database, and destroy older ones:
they open this keyring no more."""
KEY, PEPPER = "TRELLIS_KEY", "TRELLIS_PEPPER"


async def rekey(settings: Settings, options: Namespace) -> str:
    """Make a new master key, and a new pepper if wished. Raises CantBeDone when `.env` can't be changed."""
    folder = Path.cwd()
    for name in (KEY, *([PEPPER] if options.pepper else [])):
        envfile.expect_changeable(folder, name)
    keyring = Keyring(settings.keyring, settings.key)
    store = Store(settings.database_url, keyring, settings.pepper, utcnow)
    try:
        await store.make_ready()
        await _finish_pepper(settings, store, folder)
        await _new_master(keyring, folder)
        if options.pepper:
            await _new_pepper(store, folder)
        await keyring.back_up(utcnow())
    finally:
        await store.close()
    return SAYS.format(what="The master key and the pepper are new" if options.pepper else "The master key is new")


async def _new_master(keyring: Keyring, folder: Path) -> None:
    master = new_key()
    await keyring.wrap_also(master)  # from here on the old key opens it as well as the new one,
    envfile.change(folder, KEY, in_text(master))
    await keyring.settle_on(master)  # until here


async def _new_pepper(store: Store, folder: Path) -> None:
    pepper = new_key()
    await store.keyring.await_pepper(pepper)  # from here on the old one works as well as the new one,
    await rehash(store.url, store.keyring, pepper)
    envfile.change(folder, PEPPER, in_text(pepper))
    await store.keyring.await_pepper(None)  # until here


async def _finish_pepper(settings: Settings, store: Store, folder: Path) -> None:
    """A change of the pepper that was cut short: the settings get the one with which the rows are hashed."""
    if store.pepper != settings.pepper:
        envfile.change(folder, PEPPER, in_text(store.pepper))
    if store.keyring.coming_pepper:
        await store.keyring.await_pepper(None)


def in_text(key: bytes) -> str:
    """A key as it stands in the settings."""
    return base64.urlsafe_b64encode(key).decode()

"""`trellis run`: from settings to a bot that holds the gateway."""

import asyncio
import logging
import signal
import sys
import time
from contextlib import suppress

import discord
from filelock import FileLock, Timeout

from bot import logs
from bot.app import Trellis, utcnow
from bot.operating.lock import lock_of
from bot.settings import Settings
from bot.store.keyring import Keyring, KeyringFault
from bot.store.unit import SchemaFault, SomebodyWasFirst, Store, StoreDown

TRY_AGAIN_AFTER = 10  # seconds, while there is no network
log = logging.getLogger("trellis")


async def start(settings: Settings) -> None:
    """Hold the gateway until stopped. A database that is down is tried again with every press and every minute.

    Raises KeyringFault when the keyring is missing, another one, or doesn't open.
    """
    keyring = Keyring(settings.keyring, settings.key)
    store = Store(settings.database_url, keyring, settings.pepper, utcnow)
    bot = Trellis(store, settings.operator, contact=settings.contact)
    try:
        await bot.store.keyring.open_if_there()
        with suppress(StoreDown, SomebodyWasFirst):
            await bot.store.make_ready()
        async with bot:
            with suppress(NotImplementedError):  # Windows has no such signals
                asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, bot.leave)
            await bot.start(settings.token or "")
    finally:
        await bot.store.close()


async def _started(settings: Settings) -> bool:
    try:
        await start(settings)
    except OSError as away:
        log.warning("Discord can't be reached (%s); it is tried again", type(away).__name__)
        return False
    return True


def run(settings: Settings) -> int:
    """`trellis run`: returns the exit code."""
    logs.begin(settings.log_level)
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # nobody speaks through us
    try:
        with _the_only_one(settings):
            while not asyncio.run(_started(settings)):
                time.sleep(TRY_AGAIN_AFTER)
    except (KeyringFault, SchemaFault) as fault:
        print(fault, file=sys.stderr)
        return 1
    except discord.LoginFailure:
        print("Discord doesn't accept DISCORD_TOKEN. Copy the bot's token anew from the developer portal into .env.",
              file=sys.stderr)  # fmt: skip
        return 1
    except KeyboardInterrupt:
        return 0
    return 0


def _the_only_one(settings: Settings) -> FileLock:
    """One process at a time holds a keyring; a second one stands by until the first is gone."""
    lock = lock_of(settings)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        log.warning("another Trellis runs with this keyring; standing by until it stops")
        lock.acquire()
    return lock

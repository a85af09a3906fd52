"""`trellis restore FILE`: a copy takes the place of what is in the database; the keyring stays as it is today."""

from argparse import Namespace
from pathlib import Path

from bot.acts.privacy.forgetting import finish
from bot.acts.wave import tell_cut_off
from bot.app import utcnow
from bot.operating.lock import CantBeDone
from bot.settings import Settings
from bot.store.copies import NotACopy, copy_in, mark_in
from bot.store.keyring import AnotherKeyring, Keyring
from bot.store.recognising import mark_of
from bot.store.rows import Server
from bot.store.unit import Store

SAYS = """The copy is in place, brought up to date; the keyring is as it was.
Whoever was forgotten since it was made is forgotten in it too. Start with: trellis run"""
NOT_ONE = "{file} isn't a copy that trellis backup made with this version or an earlier one. Nothing was changed."


async def restore(settings: Settings, options: Namespace) -> str:
    """Put the copy back. Raises CantBeDone when the file isn't one, KeyringFault when it belongs to another keyring."""
    file = Path(options.file)
    keyring = Keyring(settings.keyring, settings.key)
    await keyring.open(create=False)
    try:
        if await mark_in(file) != keyring.mark:
            raise AnotherKeyring(settings.keyring)
        await mark_of(settings.database_url)  # says so if it doesn't answer
        await copy_in(file, settings.database_url, keyring, settings.pepper)
    except NotACopy:
        raise CantBeDone(NOT_ONE.format(file=file)) from None
    store = Store(settings.database_url, keyring, settings.pepper, utcnow)
    try:
        async with store.reading(0) as unit:
            servers = [server.id for server in await unit.all(Server)]
        for server_id in servers:
            async with store.unit(server_id) as unit:
                await finish(unit)
                await tell_cut_off(unit)
        await store.keep_safe()
    finally:
        await store.close()
    return SAYS

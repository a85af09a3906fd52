"""`trellis forget --server ID --user ID`: what `/privacy forget` does, for somebody who asks whoever runs the bot."""

from argparse import Namespace

from bot.acts.privacy import forgetting
from bot.app import utcnow
from bot.operating.lock import CantBeDone
from bot.settings import Settings
from bot.store.keyring import Keyring
from bot.store.unit import Store

SAYS = """Forgotten: the key is destroyed, every row is gone, and so is the key in the keyring's backup.
What the circles have to read of it (without a name) is posted at the next start."""
NOBODY = "Nobody with this id is known in this server, so there is nothing to forget."


async def forget(settings: Settings, options: Namespace) -> str:
    """Forget one person in one server. Raises CantBeDone when nothing is kept of them there."""
    store = Store(settings.database_url, Keyring(settings.keyring, settings.key), settings.pepper, utcnow)
    try:
        async with store.unit(options.server) as unit:
            person = await unit.people.find(options.user)
            if person is None:
                raise CantBeDone(NOBODY)
            await forgetting.take_leave(unit, person.id)
        async with store.unit(options.server) as unit:
            await forgetting.forget(unit, person.id)
        await store.keep_safe()
    finally:
        await store.close()
    return SAYS

"""`trellis wipe`: everything goes. The keys first, so that nothing opens any more however far it comes."""

import os
import secrets
import sys
from argparse import Namespace
from pathlib import Path

from bot.operating.lock import CantBeDone
from bot.settings import Settings
from bot.store.copies import drop_everything
from bot.store.durable import settle

WORD = "wipe"
ASKS = f"""This destroys every key and every row, for all servers, for good. Copies you made open nothing afterwards.
Type {WORD} and press Enter to go on: """
SAYS = """Everything is gone: the keyring, its backup, and the rows. Copies of the database open nothing any more.
Still there: .env with the bot's token (delete it, and the bot in Discord's developer portal), copies you made, and what
was written in Discord."""


async def wipe(settings: Settings, options: Namespace) -> str:
    """Destroy the keyring and empty the database, once that was confirmed. Raises CantBeDone when it wasn't."""
    if not options.yes and _typed() != WORD:
        raise CantBeDone("Nothing was changed.")
    keyring = Path(os.path.realpath(settings.keyring))
    for name in (keyring.name, f"{keyring.name}.backup", f"{keyring.name}.new", f"{keyring.name}.backup.new"):
        _destroy(keyring.with_name(name))
    settle(keyring.parent)
    await drop_everything(settings.database_url)
    return SAYS


def _typed() -> str:
    print(ASKS, end="", flush=True)
    return sys.stdin.readline().strip() if sys.stdin else ""


def _destroy(file: Path) -> None:
    """Written over first, for disks on which that helps."""
    if file.exists():
        with open(file, "r+b") as opened:
            opened.write(secrets.token_bytes(file.stat().st_size))
            opened.flush()
            os.fsync(opened.fileno())
        file.unlink()

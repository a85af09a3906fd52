"""Carrying out one of these commands: alone where it changes anything, and with faults as sentences."""

import asyncio
import os
import sys
from argparse import Namespace
from collections.abc import Awaitable, Callable
from contextlib import nullcontext
from pathlib import Path

from bot.operating.backup import back_up
from bot.operating.forget import forget
from bot.operating.lock import CantBeDone, alone
from bot.operating.rekey import rekey
from bot.operating.restore import restore
from bot.operating.wipe import wipe
from bot.settings import Settings, load
from bot.store.keyring import KeyringFault
from bot.store.unit import SchemaFault, StoreDown

Work = Callable[[Settings, Namespace], Awaitable[str]]
WORK: dict[str, Work] = {"backup": back_up, "restore": restore, "forget": forget, "rekey": rekey, "wipe": wipe}
BESIDE_THE_BOT = frozenset({"backup"})


def run(command: str, options: Namespace) -> int:
    """Carry it out and say what was done; the exit code."""
    settings = load(Path.cwd(), os.environ, needs_token=False)
    try:
        with nullcontext() if command in BESIDE_THE_BOT else alone(settings):
            print(asyncio.run(_done(WORK[command], settings, options)))
    except (CantBeDone, KeyringFault, SchemaFault) as fault:
        print(fault, file=sys.stderr)
    except StoreDown:
        print("The database doesn't answer. Is it running, and is DATABASE_URL right?", file=sys.stderr)
    except OSError as refused:
        print(
            f"The disk refuses: {refused.strerror}. Is there room, and may this account write there?", file=sys.stderr
        )
    else:
        return 0
    return 1


async def _done(work: Work, settings: Settings, options: Namespace) -> str:
    return await work(settings, options)

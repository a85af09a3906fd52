"""One process at a time holds a keyring."""

from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from bot.settings import Settings


class CantBeDone(Exception):
    """What whoever runs the bot asked for can't be done; its text is a sentence with its cure."""


def lock_of(settings: Settings) -> FileLock:
    """The lock that goes with the keyring; it goes with its process, however that ends."""
    settings.keyring.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    return FileLock(f"{settings.keyring}.held")


@contextmanager
def alone(settings: Settings) -> Iterator[None]:
    """While no other process holds this keyring. Raises CantBeDone when one does."""
    lock = lock_of(settings)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise CantBeDone("Trellis runs with this keyring. Stop it, try again, and start it afterwards.") from None
    try:
        yield
    finally:
        lock.release()

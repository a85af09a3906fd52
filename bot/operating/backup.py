"""`trellis backup FOLDER`: a copy of the database, while the bot runs or not."""

from argparse import Namespace
from pathlib import Path

from bot.app import utcnow
from bot.operating.lock import CantBeDone
from bot.settings import Settings
from bot.store.copies import NotACopy, copy_out

SAYS = """Copied into {place}, readable by you only.
The keyring is not in it, nor the answers of an open check-in: by itself it opens nothing.
What is forgotten from now on stays shut when you put it back; delete copies you no longer need."""


async def back_up(settings: Settings, options: Namespace) -> str:
    """Copy the database into a new file in the folder. Raises CantBeDone when there is none yet."""
    folder = Path(options.folder)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    place = folder / f"trellis-{utcnow():%Y%m%d-%H%M%S}.copy"
    if place.exists():
        raise CantBeDone("There is a copy of this second already. Nothing was changed.")
    try:
        await copy_out(settings.database_url, place, utcnow())
    except NotACopy:
        raise CantBeDone("There is no database of Trellis at DATABASE_URL yet, so there is nothing to copy.") from None
    return SAYS.format(place=place)

"""Changing one setting in `.env`, and nothing else in it."""

import os
import re
from pathlib import Path

from bot.operating.lock import CantBeDone
from bot.store.durable import replace_whole


def expect_changeable(folder: Path, name: str) -> None:
    """Say no when the setting doesn't stand in `.env`, or the environment beats it."""
    if os.environ.get(name):
        raise CantBeDone(f"{name} comes from the environment, where it can't be changed. Put it into .env first.")
    if len(_line_of(name).findall(_text(folder))) != 1:
        raise CantBeDone(f"{name} doesn't stand once in .env, so it isn't clear what to change. Nothing was changed.")


def change(folder: Path, name: str, value: str) -> None:
    """Write the setting anew; whoever reads sees the old file or the new one, also after a power cut."""
    expect_changeable(folder, name)
    path = Path(os.path.realpath(folder / ".env"))
    replace_whole(path, _line_of(name).sub(lambda found: f"{found[1]}{value}", _text(folder)))


def _text(folder: Path) -> str:
    try:
        return (folder / ".env").read_text("utf-8")
    except FileNotFoundError:
        raise CantBeDone("There is no .env file in this folder. Nothing was changed.") from None


def _line_of(name: str) -> re.Pattern[str]:
    return re.compile(rf"^(\s*(?:export\s+)?{name}\s*=\s*).*$", re.MULTILINE)

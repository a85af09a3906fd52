"""Looking for what must not be there: names, words and user ids in everything the bot left behind (promise 7)."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Find:
    """Something that should not have been found, where, and in which shape."""

    file: str
    what: str
    shape: str


def search(folder: Path, words: Iterable[str], user_ids: Iterable[int]) -> tuple[list[Find], list[tuple[str, int]]]:
    """Search every file in `folder` for the words and ids, as text and as 8-byte integers in both byte orders.

    Returns what was found, and each file searched with its size in bytes.
    """
    shapes = [(word, "text", word.encode()) for word in words]
    for number in user_ids:
        shapes += [
            (str(number), "text", str(number).encode()),
            (str(number), "big-endian", number.to_bytes(8, "big")),
            (str(number), "little-endian", number.to_bytes(8, "little")),
        ]
    found, searched = [], []
    for path in sorted(folder.iterdir()):
        content = path.read_bytes()
        searched.append((path.name, len(content)))
        found += [Find(path.name, what, shape) for what, shape, needle in shapes if needle in content]
    return found, searched

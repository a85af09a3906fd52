"""What was kept, looked at from outside: every row, and the file somebody is given about themselves."""

import sqlite3
from pathlib import Path

from bot.rehearsal.world import Person, World


def rows_of(folder: Path) -> list[str]:
    """Every row of the database there, as a statement that would write it."""
    connection = sqlite3.connect(f"file:{(folder / 'trellis.db').absolute().as_posix()}?mode=ro", uri=True)
    try:
        return [line for line in connection.iterdump() if line.startswith("INSERT")]
    finally:
        connection.close()


def export_of(world: World, person: Person) -> str:
    """The file to read that this person was given last."""
    history = world.garden.history(viewer=person.actor)
    newest = next(message for message in reversed(history) if message.attachments)
    (to_read,) = [one for one in newest.attachments if one.filename.endswith(".txt")]
    return (world.env.backend.cdn.get(to_read.url) or b"").decode()

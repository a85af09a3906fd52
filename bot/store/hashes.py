"""Everything that is found by a keyed hash. Who changes the pepper makes all of these anew (`rekeying.py`), so a hash
that can't be made anew from what is kept is made with a secret of its server instead (`Unit.secret`)."""

from bot import vault
from bot.practice.circle import same_name


def lookup(pepper: bytes, server_id: int, discord_id: int) -> bytes:
    """To find a person by who they are on Discord."""
    return vault.keyed_hash(pepper, "person", server_id, discord_id)


def circle_name(pepper: bytes, server_id: int, name: str) -> bytes:
    """To find a circle by its name, however that is written."""
    return vault.keyed_hash(pepper, "circle", server_id, same_name(name))


def box(pepper: bytes, person_id: str) -> bytes:
    """To find what waits for a person."""
    return vault.keyed_hash(pepper, "box", person_id)


def noise(pepper: bytes, token: str) -> bytes:
    """What stands in place of a box where a row waits for nobody."""
    return vault.keyed_hash(pepper, "noise", token)


def check(pepper: bytes) -> bytes:
    """To know the pepper by that a database was made with."""
    return vault.keyed_hash(pepper, "the check value")

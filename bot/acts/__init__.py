"""What people can do: one file per noun, one async function per deed."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Presser:
    """Who does it: as Discord told us with their press, never looked up.

    `channels` are those of the server this person can see; `place` is the channel or thread of the press.
    """

    discord_id: int
    language: str = "en"
    place: int = 0
    roles: frozenset[int] = frozenset()
    channels: frozenset[int] = field(default=frozenset())
    administers: bool = False

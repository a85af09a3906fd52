"""What people can do: one file per noun, one async function per deed."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Presser:
    """Who does it: as Discord told us with their press; after a press in a DM, as they were looked up in the server.

    `channels` are those of the server this person can see; `place` is the channel or thread of the press. `joined_at`:
    when they came into the server (UTC, by Discord's clock); None outside of it.
    """

    discord_id: int
    language: str = "en"
    place: int = 0
    roles: frozenset[int] = frozenset()
    channels: frozenset[int] = field(default=frozenset())
    administers: bool = False
    joined_at: datetime | None = None

    def came_anew(self, since: datetime | None) -> bool:
        """Whether they left the server, or were removed from it, and came back since `since`, Discord's time too."""
        return bool(since and self.joined_at and self.joined_at > since)

"""How far a share may travel, as its own speaker says (P3): a promise between people, not a lock."""

from enum import StrEnum


class Travel(StrEnum):
    """What may be done with what somebody shared."""

    STAYS = "stays"
    CARRIED = "carried"
    TOLD = "told"

"""What the file of the keyring says."""

import base64
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Self

from bot import vault

FORMAT = 1
CHECK = "keyring: the check value"
PEPPER = "keyring: the coming pepper"


@dataclass(frozen=True)
class Ring:
    """Wrapped keys by owner. `saved_at` is set in the backup only.

    While the master key is changed, `coming` is the same ring wrapped with the coming one; while the pepper is changed,
    `pepper` is the coming one, sealed. So a change that is cut short anywhere leaves a file that opens.
    """

    mark: str
    check: bytes
    wrapped: dict[str, bytes] = field(default_factory=dict)
    saved_at: datetime | None = None
    coming: "Ring | None" = None
    pepper: bytes | None = None

    @classmethod
    def new(cls, master: bytes, mark: str, keys: dict[str, bytes]) -> Self:
        """A ring of these keys, wrapped with `master`."""
        wrapped = {owner: vault.seal(master, key, place_of(owner)) for owner, key in keys.items()}
        return cls(mark, vault.seal(master, mark.encode(), CHECK), wrapped)

    def opened_by(self, master: bytes) -> "Ring | None":
        """This ring, or the coming one, whichever `master` opens; None when it opens neither.

        Raises ValueError when the check value isn't that of its mark.
        """
        for ring in (self, self.coming):
            try:
                if ring and vault.open_sealed(master, ring.check, CHECK) != ring.mark.encode():
                    raise ValueError("another mark")
            except vault.Unopenable:
                continue
            if ring:
                return ring
        return None

    def as_text(self) -> str:
        """As it lies in the file."""
        return json.dumps(self._said(), indent=1)

    def _said(self) -> dict[str, Any]:
        said: dict[str, Any] = {
            "format": FORMAT,
            "mark": self.mark,
            "check": base64.b64encode(self.check).decode(),
            # In the order of their random names: the order in which people came is nobody's business.
            "keys": {owner: base64.b64encode(self.wrapped[owner]).decode() for owner in sorted(self.wrapped)},
        }
        if self.saved_at is not None:
            said["saved_at"] = self.saved_at.astimezone(UTC).isoformat()
        if self.coming is not None:
            said["coming"] = self.coming._said()
        if self.pepper is not None:
            said["pepper"] = base64.b64encode(self.pepper).decode()
        return said

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Raises ValueError, KeyError, TypeError or AttributeError if this isn't a keyring."""
        return cls._from(json.loads(text))

    @classmethod
    def _from(cls, said: dict[str, Any]) -> Self:
        if said["format"] != FORMAT:
            raise ValueError("unknown format")
        saved_at = datetime.fromisoformat(said["saved_at"]).astimezone(UTC) if "saved_at" in said else None
        wrapped = {owner: base64.b64decode(key, validate=True) for owner, key in said["keys"].items()}
        return cls(
            said["mark"] + "",
            base64.b64decode(said["check"], validate=True),
            wrapped,
            saved_at,
            cls._from(said["coming"]) if "coming" in said else None,
            base64.b64decode(said["pepper"], validate=True) if "pepper" in said else None,
        )


def place_of(owner: str) -> str:
    """What an owner's wrapped key is bound to."""
    return f"keyring: the key of {owner}"

"""simcord, told what Discord does otherwise.

It gives everybody the same language, sends each press once, and lets a thread be deleted only by who manages channels,
where Discord asks for Manage Threads.
"""

from collections.abc import Callable
from typing import Any

import simcord
from simcord import interactions

LOCALES = {"en": "en-GB", "es": "es-ES"}
COMPONENT = 3


class Corrected:
    """Stands between simcord and the bot. With `pressed_twice`, the next press is sent twice at once."""

    def __init__(self, env: simcord.Env, language_of: Callable[[int], str]) -> None:
        self.pressed_twice = False
        self._backend = env.backend
        self._language_of = language_of
        self._send_out = env.backend.emit
        self._require = env.backend.require_permissions
        env.backend.emit = self._emit  # type: ignore[method-assign]
        env.backend.require_permissions = self._require_permissions  # type: ignore[method-assign]

    def _require_permissions(self, guild_id: Any, user_id: int, channel_id: int | None, *names: str) -> Any:
        if names == ("manage_channels",) and channel_id and self._backend.get_channel(channel_id).is_thread:
            names = ("manage_threads",)
        return self._require(guild_id, user_id, channel_id, *names)

    def _emit(self, event: str, payload: Any) -> None:
        if event != "INTERACTION_CREATE":
            self._send_out(event, payload)
            return
        self._localise(payload)
        self._send_out(event, payload)
        if self.pressed_twice:
            self.pressed_twice = False
            self._send_out(event, self._once_more(payload))

    def _localise(self, payload: Any) -> None:
        payload["locale"] = LOCALES[self._language_of(int((payload.get("member") or payload)["user"]["id"]))]

    def _once_more(self, payload: Any) -> Any:
        """The same press as a second interaction, before the first is answered."""
        _, again = interactions.base_payload(
            self._backend,
            type=COMPONENT,
            channel_id=int(payload["channel_id"]),
            guild_id=int(payload["guild_id"]),
            user_id=int(payload["member"]["user"]["id"]),
            data=payload["data"],
        )
        again["message"] = payload["message"]
        self._localise(again)
        return again

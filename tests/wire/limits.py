"""Rate limits, told honestly: the headers say what is left, and a bot that does not listen gets 429."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass

from .model import Json

OWN_GLOBAL = ("/interactions/", "/webhooks/")  # outside the bot's global limit


@dataclass
class Window:
    until: float
    left: int


class Limits:
    """`per_route`: "POST /channels/{channel}/messages" -> (requests, seconds). Others get `usual`."""

    def __init__(self) -> None:
        self.usual: tuple[int, float] = (50, 1.0)
        self.everything: tuple[int, float] = (50, 1.0)
        self.per_route: dict[str, tuple[int, float]] = {}
        self.windows: dict[str, Window] = {}
        self.refused: list[str] = []  # requests that got 429

    def take(self, key: str, limit: int, seconds: float) -> Window:
        now = time.time()
        window = self.windows.get(key)
        if window is None or window.until <= now:
            window = self.windows[key] = Window(now + seconds, limit)
        window.left -= 1
        return window

    def check(self, name: str, route: str, major: str) -> tuple[dict[str, str], Json | None]:
        """The headers of the answer, and the body of a refusal if it is one."""
        limit, seconds = self.per_route.get(name, self.usual)
        window = self.take(f"{name} {major}", limit, seconds)
        wait = max(0.0, window.until - time.time())
        headers = {
            "X-RateLimit-Limit": str(limit), "X-RateLimit-Remaining": str(max(0, window.left)),
            "X-RateLimit-Reset": f"{window.until:.3f}", "X-RateLimit-Reset-After": f"{wait:.3f}",
            "X-RateLimit-Bucket": hashlib.md5(name.encode()).hexdigest(), "Via": "1.1 wire",
        }  # fmt: skip
        if window.left < 0:
            return self.refuse(name, headers, wait, everything=False)
        if not route.startswith(OWN_GLOBAL):
            window = self.take("everything", *self.everything)
            if window.left < 0:
                return self.refuse(name, headers, max(0.0, window.until - time.time()), everything=True)
        return headers, None

    def refuse(
        self, name: str, headers: dict[str, str], wait: float, *, everything: bool
    ) -> tuple[dict[str, str], Json]:
        self.refused.append(name)
        headers |= {"Retry-After": str(int(wait) + 1), "X-RateLimit-Scope": "global" if everything else "user"}
        if everything:
            headers["X-RateLimit-Global"] = "true"
        return headers, {"message": "You are being rate limited.", "retry_after": round(wait, 3), "global": everything}

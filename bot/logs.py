"""What is logged: where a fault happened, and of which kind. Never anybody's words, names or ids."""

import logging
import re
import traceback
from typing import Any, TextIO

ROUTE = re.compile(r"https?://\S+|/(?:guilds|channels|users|webhooks|interactions)/\S+")
ID = re.compile(r"\d{15,20}")
TOKEN = re.compile(r"[\w-]{22,}")


class Discreet(logging.Formatter):
    """Leaves out routes, ids and tokens, and of an exception its message, which may hold them."""

    def format(self, record: logging.LogRecord) -> str:
        """The line as it may be kept."""
        line = super().format(record)
        return TOKEN.sub("…", ID.sub("…", ROUTE.sub("(route)", line)))

    def formatException(self, ei: Any) -> str:
        """Where it happened and of which kind it is."""
        kind, _message, where = ei
        return f"{kind.__name__ if kind else '-'}\n{''.join(traceback.format_tb(where))}"


def begin(level: str, stream: TextIO | None = None) -> None:
    """Log from here on at `level` (debug, info, warning, error); libraries only their warnings: what they say below
    that holds parameters."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Discreet("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("trellis").setLevel(level.upper())

"""The one reader of the environment."""

import base64
import binascii
import difflib
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from dotenv import dotenv_values
from platformdirs import user_data_path

KNOWN = {
    "DISCORD_TOKEN": "The bot's token, from Discord's developer portal. Whoever has it is the bot.",
    "OPERATOR": "Who runs this bot, by name: people are told, because the operator could read what is kept.",
    "CONTACT": "How people reach whoever runs this bot, in a few words; they read it in /privacy notice. May be empty.",
    "TRELLIS_KEY": "Wraps everybody's keys. Lost, nothing that people wrote can be read again, by anyone.",
    "TRELLIS_PEPPER": "Finds people without storing their Discord ids. Keep it with the key.",
    "DATABASE_URL": "Where rows are kept: sqlite+aiosqlite:////absolute/path.db or postgresql://...",
    "KEYRING_URL": "The keyring's place (file:///...); else beside the SQLite file or this one, never in a checkout.",
    "LOG_LEVEL": "How much is logged: debug, info, warning or error. Never anybody's words, names or ids.",
}
LEVELS = ("debug", "info", "warning", "error")
KEY_BYTES = 32
NAME_LIKE = re.compile("[A-Z][A-Z_]{2,30}")
PASTED = "A line in .env isn't NAME=value. Put the name of the setting and = before it."


class SettingsFault(Exception):
    """The settings can't be used; `faults` are all the reasons, as sentences with their cure."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Settings:
    """Everything that is chosen outside the code; what can't be used is empty."""

    token: str | None
    operator: str
    key: bytes
    pepper: bytes
    database_url: str
    keyring: Path
    log_level: str
    contact: str = ""


def load(folder: Path, environ: Mapping[str, str], *, needs_token: bool = True) -> Settings:
    """Read `.env` in `folder`; the environment beats it. Raises SettingsFault with every fault at once."""
    settings, faults = read(folder, environ, needs_token=needs_token)
    if faults:
        raise SettingsFault(faults)
    return settings


def read(folder: Path, environ: Mapping[str, str], *, needs_token: bool = True) -> tuple[Settings, list[str]]:
    """The settings as far as they can be used, and every fault in them as a sentence with its cure."""
    faults: list[str] = []
    written = _written(folder, faults)
    faults += [_unknown(name) for name in written if name not in KNOWN]
    faults += [_unknown(name) for name in environ if name.startswith("TRELLIS") and name not in KNOWN]
    given = {name: environ.get(name, written.get(name, "")).strip() for name in KNOWN}
    if not (folder / ".env").exists() and not given["TRELLIS_KEY"]:
        faults.append("There is no .env file in this folder. Make one with: trellis init")
    if needs_token and not given["DISCORD_TOKEN"]:
        faults.append("DISCORD_TOKEN is empty. Copy the bot's token from Discord's developer portal into .env.")
    if not given["OPERATOR"]:
        faults.append("OPERATOR is empty. Write the name of whoever runs this bot; people are told.")
    key, pepper = (_key(name, given[name], faults) for name in ("TRELLIS_KEY", "TRELLIS_PEPPER"))
    level = given["LOG_LEVEL"].lower() or "info"
    if level not in LEVELS:
        faults.append(f"LOG_LEVEL has to be one of {', '.join(LEVELS)}.")
    url = _database(given["DATABASE_URL"], faults)
    keyring = _keyring(given["KEYRING_URL"], url, folder, faults)
    token, operator, contact = given["DISCORD_TOKEN"] or None, given["OPERATOR"], given["CONTACT"]
    return Settings(token, operator, key, pepper, url, keyring, level, contact), faults


def _written(folder: Path, faults: list[str]) -> dict[str, str]:
    try:
        lines = dotenv_values(folder / ".env", interpolate=False)
    except UnicodeDecodeError:
        faults.append("The file .env isn't UTF-8. Save it anew in that encoding.")
        return {}
    if None in lines.values():
        faults.append(PASTED)
    return {name: value for name, value in lines.items() if value is not None}


def default_database_url() -> str:
    """A SQLite file in this account's data folder."""
    return f"sqlite+aiosqlite:///{(user_data_path('trellis') / 'trellis.db').as_posix()}"


def _unknown(name: str) -> str:
    if not NAME_LIKE.fullmatch(name):
        return PASTED  # it isn't shown: it may be a key or a token
    near = difflib.get_close_matches(name, KNOWN, 1)
    return f"{name} isn't a setting of Trellis." + (f" Did you mean {near[0]}?" if near else " Remove it from .env.")


def _key(name: str, value: str, faults: list[str]) -> bytes:
    if not value:
        faults.append(f"{name} is empty. trellis init makes one; a lost key can't be recovered.")
        return b""
    try:
        key = base64.b64decode(value + "=" * (-len(value) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) == KEY_BYTES:
        return key
    faults.append(f"{name} isn't a whole key ({KEY_BYTES} bytes in URL-safe base64). Was it cut when copied?")
    return b""


def _database(value: str, faults: list[str]) -> str:
    url = value or default_database_url()
    scheme, _, rest = url.partition("://")
    drivers = {"sqlite": "sqlite+aiosqlite", "postgres": "postgresql+asyncpg", "postgresql": "postgresql+asyncpg"}
    driver = drivers.get(scheme, scheme)
    if driver not in drivers.values() or not rest:
        faults.append("DATABASE_URL has to begin with sqlite+aiosqlite:// or postgresql://.")
        return ""
    try:
        _ = urlsplit(f"{driver}://{rest}").port
    except ValueError:
        faults.append("The port in DATABASE_URL isn't a number.")
        return ""
    if driver.startswith("sqlite") and (place := Path(rest.removeprefix("/"))).is_dir():
        faults.append(f"DATABASE_URL points to the folder {place}. Give the file in it, such as trellis.db.")
        return ""
    return f"{driver}://{rest}"


def _keyring(value: str, url: str, folder: Path, faults: list[str]) -> Path:
    if value:
        parts = urlsplit(value)
        given = Path(unquote(parts.path))
        if parts.scheme != "file" or not parts.path:
            faults.append("KEYRING_URL has to be a file, as in file:///home/you/trellis.keyring.")
        elif _is_in_checkout(given):
            faults.append("KEYRING_URL lies in a checkout of git, where keys are easily published. Choose another.")
        return given
    database = urlsplit(url)
    if database.scheme.startswith("sqlite"):
        beside = Path(unquote(database.path.removeprefix("/")) + ".keyring").absolute()
    else:
        beside = folder.absolute() / "trellis.keyring"
    if not _is_in_checkout(beside):
        return beside
    # One for each database, so that two on one machine don't meet at one keyring.
    which = hashlib.sha256(f"{database.hostname}:{database.path}".encode()).hexdigest()[:12]
    return user_data_path("trellis") / f"trellis-{which}.keyring"


def _is_in_checkout(path: Path) -> bool:
    return any((parent / ".git").exists() for parent in path.absolute().parents)

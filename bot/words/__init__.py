"""What is said: gettext catalogues with keys as msgid, compiled in memory at start. English is a catalogue too."""

from functools import cache
from pathlib import Path

import polib

HERE = Path(__file__).parent
LANGUAGES = ("en", "es")


def language_of(locale: str) -> str:
    """The catalogue for a locale of Discord's ("es-419" -> "es"); English where there is none."""
    short = locale.split("-")[0].lower()
    return short if short in LANGUAGES else "en"


def say(key: str, language: str, /, **slots: object) -> str:
    """The sentence under `key`, in that language, with its slots filled. Raises KeyError for an unknown key."""
    return catalogue(language)[key].format_map(slots)


@cache
def catalogue(language: str) -> dict[str, str]:
    """All sentences of a language by key."""
    return {entry.msgid: entry.msgstr for entry in polib.pofile(str(HERE / f"{language}.po"), encoding="utf-8")}

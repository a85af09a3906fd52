"""What is said: gettext catalogues with keys as msgid, compiled in memory at start. English is a catalogue too."""

import io
from functools import cache
from gettext import GNUTranslations
from pathlib import Path

import polib

HERE = Path(__file__).parent
LANGUAGES = ("en", "es")


def language_of(locale: str) -> str:
    """The catalogue for a locale of Discord's ("es-419" -> "es"); English where there is none."""
    short = locale.split("-")[0].lower()
    return short if short in LANGUAGES else "en"


def say(key: str, language: str, /, *, count: int | None = None, **slots: object) -> str:
    """The sentence under `key`, in that language, with its slots filled; `count` chooses the plural.

    Raises KeyError for an unknown key.
    """
    words = _translations(language)
    sentence = words.gettext(key) if count is None else words.ngettext(key, key, count)
    if sentence == key:
        raise KeyError(key)
    return sentence.format_map(slots if count is None else {**slots, "count": count})


@cache
def catalogue(language: str) -> polib.POFile:
    """All sentences of a language, as its translators write them."""
    return polib.pofile(str(HERE / f"{language}.po"), encoding="utf-8", wrapwidth=0)


@cache
def _translations(language: str) -> GNUTranslations:
    return GNUTranslations(io.BytesIO(catalogue(language).to_binary()))

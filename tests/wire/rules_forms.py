"""What Discord accepts as a modal, as autocomplete choices and as commands."""

from __future__ import annotations

import re

from . import rules
from .errors import Faults
from .model import SELECTS, Json, walk

LOCALES = {
    "id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl", "no", "pl", "pt-BR",
    "ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th", "zh-CN", "ja", "zh-TW", "ko",
}  # fmt: skip
NAME = re.compile(r"^[-_'\w\u0900-\u097f\u0e00-\u0e7f]{1,32}$")
IN_A_LABEL = {4, 19, 21, 22, 23} | SELECTS


def modal(faults: Faults, body: Json) -> None:
    faults.length(body.get("title"), 1, 45, "title")
    faults.length(body.get("custom_id"), 1, 100, "custom_id")
    parts = body.get("components") or []
    faults.check(1 <= len(parts) <= 5, "components", f"a modal has 1-5 parts, here {len(parts)}")
    for at, part in enumerate(parts):
        here = f"components.{at}"
        if part.get("type") == 18:
            faults.length(part.get("label"), 1, 45, f"{here}.label")
            faults.length(part.get("description"), 0, 100, f"{here}.description")
            child = part.get("component") or {}
            if faults.check(child.get("type") in IN_A_LABEL, f"{here}.component", "cannot stand in a label"):
                field(faults, child, f"{here}.component")
        elif part.get("type") == 10:
            faults.length(part.get("content"), 1, 4000, f"{here}.content")
        elif part.get("type") == 1:
            inside = part.get("components") or []
            faults.check([one.get("type") for one in inside] == [4], here, "a row in a modal holds one text input")
            for child in inside:
                faults.length(child.get("label"), 1, 45, f"{here}.label")
                field(faults, child, f"{here}.components.0")
        else:
            faults.check(False, here, f"type {part.get('type')} cannot stand in a modal")
    rules.unique(faults, list(walk(parts)))


def field(faults: Faults, part: Json, here: str) -> None:
    kind = part["type"]
    faults.check(not part.get("disabled"), f"{here}.disabled", "cannot be used in a modal")
    faults.length(part.get("custom_id"), 1, 100, f"{here}.custom_id")
    found = part.get("options") or []
    if kind == 4:
        low, high = part.get("min_length") or 0, part.get("max_length") or 4000
        faults.check(part.get("style") in (1, 2), f"{here}.style", "must be 1 or 2")
        faults.check(0 <= low <= high and 1 <= high <= 4000, here, f"lengths {low}-{high} do not go together")
        faults.length(part.get("placeholder"), 0, 100, f"{here}.placeholder")
        value = part.get("value") or ""
        faults.check(not value or low <= len(value) <= high, f"{here}.value", f"{len(value)} is not {low}-{high} long")
    elif kind in SELECTS:
        rules.select(faults, part, here)
    elif kind == 21:
        rules.options(faults, found, f"{here}.options", 2, 10)
    elif kind == 22:
        rules.options(faults, found, f"{here}.options", 1, 10)
    if kind in SELECTS | {19, 22} and part.get("min_values") == 0:
        faults.check(part.get("required") is False, f"{here}.min_values", "0 needs required: false")


def choices(faults: Faults, found: list[Json]) -> None:
    faults.check(len(found) <= 25, "choices", f"at most 25, are {len(found)}")
    for at, choice in enumerate(found):
        faults.length(choice.get("name"), 1, 100, f"choices.{at}.name")
        if isinstance(choice.get("value"), str):
            faults.length(choice["value"], 1, 100, f"choices.{at}.value")
        localised(faults, choice, "name", 100, f"choices.{at}")


def commands(faults: Faults, found: list[Json]) -> None:
    for kind, most in ((1, 100), (2, 15), (3, 15)):
        same = [one.get("name") for one in found if one.get("type", 1) == kind]
        faults.check(len(same) <= most, "commands", f"at most {most} of type {kind}")
        faults.check(len(set(same)) == len(same), "commands", "a name is used twice")
    for at, one in enumerate(found):
        here = f"{at}"
        if one.get("type", 1) == 1:
            named(faults, one, here)
            option_list(faults, one.get("options") or [], here, depth=0)
            size = longest(one)
            faults.check(size <= 8000, here, f"the whole command at most 8000, is {size}")
        else:
            faults.length(one.get("name"), 1, 32, f"{here}.name")
            faults.check(not one.get("description"), f"{here}.description", "a menu command has none")
        rights = one.get("default_member_permissions")
        faults.check(rights is None or str(rights).isdigit(), f"{here}.default_member_permissions", "must be digits")
        faults.check(set(one.get("contexts") or []) <= {0, 1, 2}, f"{here}.contexts", "unknown context")
        faults.check(set(one.get("integration_types") or []) <= {0, 1}, f"{here}.integration_types", "unknown type")


def named(faults: Faults, one: Json, here: str) -> None:
    for name in [one.get("name"), *(one.get("name_localizations") or {}).values()]:
        good = isinstance(name, str) and NAME.match(name) and name == name.lower()
        faults.check(good, f"{here}.name", f"{name!r} is not a name: 1-32, lower case, no spaces")
    faults.length(one.get("description"), 1, 100, f"{here}.description")
    localised(faults, one, "name", 32, here)
    localised(faults, one, "description", 100, here)


def localised(faults: Faults, one: Json, key: str, most: int, here: str) -> None:
    for locale, text in (one.get(f"{key}_localizations") or {}).items():
        faults.check(locale in LOCALES, f"{here}.{key}_localizations", f"{locale} is not a locale of Discord")
        faults.length(text, 1, most, f"{here}.{key}_localizations.{locale}")


def option_list(faults: Faults, found: list[Json], here: str, depth: int) -> None:
    faults.check(len(found) <= 25, f"{here}.options", "at most 25")
    kinds = {one.get("type") for one in found}
    faults.check(not (kinds & {1, 2} and kinds - {1, 2}), f"{here}.options", "subcommands and options cannot be mixed")
    needed = [bool(one.get("required")) for one in found]
    faults.check(needed == sorted(needed, reverse=True), f"{here}.options", "required options come first")
    for spelling in {"", *LOCALES}:
        spelled = [(one.get("name_localizations") or {}).get(spelling, one.get("name")) for one in found]
        faults.check(len(set(spelled)) == len(spelled), f"{here}.options", f"a name is used twice {spelling}")
    for at, one in enumerate(found):
        path, kind = f"{here}.options.{at}", one.get("type")
        named(faults, one, path)
        faults.check(kind in range(1, 12), f"{path}.type", "unknown type")
        faults.check(kind != 2 or depth == 0, path, "one level of groups only")
        faults.check(kind != 1 or depth <= 1, path, "subcommands do not nest")
        if kind in (1, 2):
            option_list(faults, one.get("options") or [], path, depth + 1)
        found_choices = one.get("choices") or []
        choices(faults, found_choices)
        faults.check(not (found_choices and one.get("autocomplete")), path, "choices exclude autocomplete")
        faults.check((one.get("max_length") or 6000) <= 6000, f"{path}.max_length", "at most 6000")


def longest(one: Json) -> int:
    """Names, descriptions and values of the whole command, the longest translation counted."""
    size = 0
    for key in ("name", "description"):
        spelled = [one.get(key) or "", *(one.get(f"{key}_localizations") or {}).values()]
        size += max(len(text) for text in spelled)
    size += len(str(one.get("value", "")))
    return size + sum(longest(child) for key in ("options", "choices") for child in one.get(key) or [])

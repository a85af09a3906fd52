"""What Discord accepts as a message: lengths, counts, and how components may be put together."""

from __future__ import annotations

from .errors import Faults
from .model import COMPONENTS_V2, SELECTS, Json, walk

V2_TOP = {1, 9, 10, 12, 13, 14, 17}
V2_INSIDE = V2_TOP - {17}
MOST_COMPONENTS, MOST_TEXT = 40, 4000


def message(faults: Faults, body: Json, files: int) -> bool:
    """Checks a whole message (for an edit: as it will be). Answers whether there is anything in it."""
    flags = body.get("flags") or 0
    content = body.get("content") or ""
    components = body.get("components") or []
    embeds_ = body.get("embeds") or []
    faults.length(content, 0, 2000, "content")
    nonce = body.get("nonce")
    faults.check(nonce is None or len(str(nonce)) <= 25, "nonce", "must be at most 25 long")
    faults.check(files <= 10, "attachments", "at most 10 files")
    embeds(faults, embeds_)
    mentions(faults, body.get("allowed_mentions") or {})
    if flags & COMPONENTS_V2:
        for name in ("content", "embeds", "sticker_ids", "poll"):
            faults.check(not body.get(name), name, "cannot be used with IS_COMPONENTS_V2")
    component_tree(faults, components, v2=bool(flags & COMPONENTS_V2))
    if flags & COMPONENTS_V2:
        return bool(components)
    return bool(content.strip() or embeds_ or files or body.get("sticker_ids") or body.get("poll"))


def mentions(faults: Faults, allowed: Json) -> None:
    parse = allowed.get("parse") or []
    faults.check(set(parse) <= {"users", "roles", "everyone"}, "allowed_mentions.parse", "unknown kind")
    for kind in ("users", "roles"):
        listed = allowed.get(kind) or []
        faults.check(not (kind in parse and listed), f"allowed_mentions.{kind}", f"{kind} are in parse and listed")
        faults.check(len(listed) <= 100, f"allowed_mentions.{kind}", "at most 100")


def embeds(faults: Faults, found: list[Json]) -> None:
    faults.check(len(found) <= 10, "embeds", "at most 10")
    total = 0
    for at, embed in enumerate(found):
        here = f"embeds.{at}"
        parts = [(embed.get("title"), 256, "title"), (embed.get("description"), 4096, "description")]
        parts.append((embed.get("footer", {}).get("text"), 2048, "footer"))
        parts.append((embed.get("author", {}).get("name"), 256, "author"))
        fields = embed.get("fields", [])
        faults.check(len(fields) <= 25, f"{here}.fields", "at most 25")
        for number, one in enumerate(fields):
            faults.length(one.get("name"), 1, 256, f"{here}.fields.{number}.name")
            faults.length(one.get("value"), 1, 1024, f"{here}.fields.{number}.value")
            total += len(str(one.get("name", "")).strip()) + len(str(one.get("value", "")).strip())
        for text, most, name in parts:
            faults.length(text, 0, most, f"{here}.{name}")
            total += len((text or "").strip())
    faults.check(total <= 6000, "embeds", f"all embeds together at most 6000, are {total}")


def component_tree(faults: Faults, components: list[Json], *, v2: bool) -> None:
    everything = list(walk(components))
    if v2:
        faults.check(len(everything) <= MOST_COMPONENTS, "components", f"at most 40 in the tree, are {len(everything)}")
        text = sum(len(part.get("content", "")) for part in everything if part.get("type") == 10)
        faults.check(text <= MOST_TEXT, "components", f"texts together at most 4000, are {text}")
    else:
        faults.check(len(components) <= 5, "components", f"at most 5 rows, are {len(components)}")
    for at, part in enumerate(components):
        here = f"components.{at}"
        allowed = V2_TOP if v2 else {1}
        if faults.check(part.get("type") in allowed, here, f"type {part.get('type')} cannot stand here"):
            one_component(faults, part, here)
    unique(faults, everything)


def unique(faults: Faults, everything: list[Json]) -> None:
    ids = [part["custom_id"] for part in everything if "custom_id" in part]
    for custom_id in sorted({one for one in ids if ids.count(one) > 1}):
        faults.check(False, "components", f"custom_id {custom_id!r} is used twice")
    numbers = [part["id"] for part in everything if part.get("id")]
    faults.check(len(set(numbers)) == len(numbers), "components", "component ids are used twice")


def one_component(faults: Faults, part: Json, here: str) -> None:
    kind = part["type"]
    inside = part.get("components") or []
    if kind == 1:
        row(faults, inside, here)
    elif kind == 9:
        faults.check(1 <= len(inside) <= 3, f"{here}.components", "a section has 1-3 texts")
        for at, child in enumerate(inside):
            faults.check(child.get("type") == 10, f"{here}.components.{at}", "a section holds texts")
            faults.length(child.get("content"), 1, MOST_TEXT, f"{here}.components.{at}.content")
        beside = part.get("accessory") or {}
        if faults.check(beside.get("type") in (2, 11), f"{here}.accessory", "must be a button or a thumbnail"):
            one_component(faults, beside, f"{here}.accessory")
    elif kind == 2:
        button(faults, part, here)
    elif kind == 10:
        faults.length(part.get("content"), 1, MOST_TEXT, f"{here}.content")
    elif kind == 12:
        faults.check(1 <= len(part.get("items", [])) <= 10, f"{here}.items", "must be 1-10")
    elif kind == 13:
        url = str(part.get("file", {}).get("url", ""))
        faults.check(url.startswith("attachment://"), f"{here}.file", "must be attachment://")
    elif kind == 17:
        faults.check(inside, f"{here}.components", "must not be empty")
        for at, child in enumerate(inside):
            if faults.check(child.get("type") in V2_INSIDE, f"{here}.components.{at}", "cannot stand in a container"):
                one_component(faults, child, f"{here}.components.{at}")


def row(faults: Faults, inside: list[Json], here: str) -> None:
    kinds = {part.get("type") for part in inside}
    faults.check(inside, f"{here}.components", "a row must not be empty")
    if kinds & SELECTS:
        faults.check(len(inside) == 1, f"{here}.components", "a select stands alone in its row")
    else:
        faults.check(kinds <= {2}, f"{here}.components", f"types {sorted(map(str, kinds))} cannot stand in a row")
        faults.check(len(inside) <= 5, f"{here}.components", f"at most 5 buttons, are {len(inside)}")
    for at, part in enumerate(inside):
        if part.get("type") == 2:
            button(faults, part, f"{here}.components.{at}")
        elif part.get("type") in SELECTS:
            select(faults, part, f"{here}.components.{at}")


def button(faults: Faults, part: Json, here: str) -> None:
    style = part.get("style")
    faults.check(style in (1, 2, 3, 4, 5, 6), f"{here}.style", "unknown style")
    faults.length(part.get("label"), 0, 80, f"{here}.label")
    named = (part.get("label") or "").strip() or part.get("emoji") or style == 6
    faults.check(named, here, "needs a label or an emoji")
    if style in (1, 2, 3, 4):
        faults.length(part.get("custom_id"), 1, 100, f"{here}.custom_id")
        faults.check("url" not in part, f"{here}.url", "only a link button has a url")
    elif style == 5:
        faults.length(part.get("url"), 1, 512, f"{here}.url")
        faults.check("custom_id" not in part, f"{here}.custom_id", "a link button has none")


def options(faults: Faults, found: list[Json], here: str, low: int, high: int) -> None:
    faults.check(low <= len(found) <= high, here, f"must be {low}-{high} options, are {len(found)}")
    for at, option in enumerate(found):
        faults.length(option.get("label"), 1, 100, f"{here}.{at}.label")
        faults.length(option.get("value"), 1, 100, f"{here}.{at}.value")
        faults.length(option.get("description"), 0, 100, f"{here}.{at}.description")
    values = [option.get("value") for option in found]
    faults.check(len(set(values)) == len(values), here, "option values are used twice")


def select(faults: Faults, part: Json, here: str) -> None:
    faults.length(part.get("custom_id"), 1, 100, f"{here}.custom_id")
    faults.length(part.get("placeholder"), 0, 150, f"{here}.placeholder")
    low, high = part.get("min_values", 1), part.get("max_values", 1)
    faults.check(0 <= low <= 25 and 1 <= high <= 25 and low <= high, here, f"min {low}, max {high} do not go together")
    defaults = len(part.get("default_values") or [])
    if part["type"] == 3:
        found = part.get("options") or []
        options(faults, found, f"{here}.options", 1, 25)
        faults.check(high <= len(found), f"{here}.max_values", f"{high} is more than there are options")
        defaults = sum(bool(option.get("default")) for option in found)
    faults.check(not defaults or low <= defaults <= high, here, "the defaults are not between min and max")

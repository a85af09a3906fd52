"""Turns what a person does - a command, a press, a filled-in form - into the interaction the bot is told about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from .errors import NotPossible
from .model import BUTTON, LABEL, SELECTS, Channel, Form, Json, Message, Role, User
from .permissions import P

if TYPE_CHECKING:
    from .server import Discord

STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER = 3, 4, 5, 6, 7, 8, 9, 10
KINDS: dict[int, tuple[type, ...]] = {
    STRING: (str,), INTEGER: (int,), BOOLEAN: (bool,), USER: (User,), CHANNEL: (Channel,), ROLE: (Role,),
    MENTIONABLE: (User, Role), NUMBER: (int, float),
}  # fmt: skip


def command(discord: Discord, who: User, name: str, where: Channel) -> tuple[Json, list[str]]:
    """The registered command, if this person may use it here, and the path of its subcommands."""
    first, *rest = name.removeprefix("/").split()
    found = next((one for one in discord.commands if one["name"] == first and one["type"] == 1), None)
    if found is None:
        raise NotPossible(f"/{first} is not registered; there are {[one['name'] for one in discord.commands]}")
    contexts = found["contexts"] or ([0, 1] if found.get("dm_permission", True) else [0])
    if (1 if where.is_dm else 0) not in contexts:
        raise NotPossible(f"/{first} is not offered in {where.name}")
    rights = discord.may(who, where)
    needed = found["default_member_permissions"]
    if needed is not None and not where.is_dm:
        wanted = P(int(needed)) or P.ADMINISTRATOR
        if wanted not in rights:
            raise NotPossible(f"{who.name} is not offered /{first}")
    if P.USE_APPLICATION_COMMANDS not in rights or not discord.sees(who, where):
        raise NotPossible(f"{who.name} cannot use commands in {where.name}")
    if where.archived:
        raise NotPossible(f"{where.name} is archived: no commands there")
    return found, rest


def command_data(
    found: Json, path: list[str], given: Mapping[str, object], focused: str = ""
) -> tuple[Json, list[object]]:
    """`data` of the interaction, and the people, roles and channels in it."""
    level, wrap = found, []
    for step in path:
        below = next((one for one in level.get("options", []) if one["name"] == step and one["type"] in (1, 2)), None)
        if below is None:
            raise NotPossible(f"/{found['name']} has no {step}: {[one['name'] for one in level.get('options', [])]}")
        wrap.append(below)
        level = below
    schema: list[Json] = level.get("options", [])
    if any(one["type"] in (1, 2) for one in schema):
        raise NotPossible(f"/{found['name']} cannot be called without a subcommand")
    if strange := set(given) - {one["name"] for one in schema}:
        raise NotPossible(f"/{found['name']} {' '.join(path)} has no option {sorted(strange)}")
    things: list[object] = []
    options: list[Json] = []
    for one in schema:
        if one["name"] in given:
            options.append(option(one, given[one["name"]], things, typing=one["name"] == focused))
        elif one.get("required") and not focused:
            raise NotPossible(f"/{found['name']} {' '.join(path)} needs {one['name']}")
    for one in reversed(wrap):
        options = [{"name": one["name"], "type": one["type"], "options": options}]
    return {"id": found["id"], "name": found["name"], "type": 1, "options": options}, things


def option(schema: Json, value: object, things: list[object], *, typing: bool) -> Json:
    name, kind = schema["name"], schema["type"]
    if typing:
        return {"name": name, "type": kind, "value": value, "focused": True}
    if choices := schema.get("choices"):
        by_name = {spelled: one["value"] for one in choices for spelled in spellings(one)}
        value = by_name.get(str(value), value)
        if value not in [one["value"] for one in choices]:
            raise NotPossible(f"{name}: {value!r} is not one of {sorted(by_name)}")
    if not isinstance(value, KINDS[kind]) or (isinstance(value, bool) and kind != BOOLEAN):
        raise NotPossible(f"{name}: {value!r} cannot be given in an option of type {kind}")
    if isinstance(value, str):
        low, high = schema.get("min_length") or 0, schema.get("max_length") or 6000
        if not low <= len(value) <= high:
            raise NotPossible(f"{name} must be {low}-{high} long")
    if isinstance(value, int | float):
        low, high = schema.get("min_value"), schema.get("max_value")
        if (low is not None and value < low) or (high is not None and value > high):
            raise NotPossible(f"{name}: {value} is not within {low} and {high}")
    if isinstance(value, User | Role | Channel):
        allowed = schema.get("channel_types")
        if isinstance(value, Channel) and allowed and value.type not in allowed:
            raise NotPossible(f"{name}: a channel of type {value.type} is not offered")
        things.append(value)
        value = str(value.id)
    return {"name": name, "type": kind, "value": value}


def spellings(choice: Json) -> list[str]:
    return [choice["name"], *(choice.get("name_localizations") or {}).values()]


def button(message: Message, label: str) -> Json:
    """By its label, or by the end of its custom id (`:spoke`)."""
    found = [one for one in message.buttons if label in (one.get("label"), one.get("custom_id"))]
    found = found or [one for one in message.buttons if label and one.get("custom_id", "").endswith(label)]
    if len(found) != 1:
        raise NotPossible(f"{len(found)} buttons {label!r} under {message!r}")
    if found[0].get("disabled") or "custom_id" not in found[0]:
        raise NotPossible(f"{label!r} is greyed out, or a link")
    return {"custom_id": found[0]["custom_id"], "component_type": BUTTON, "id": found[0]["id"]}


def pick(message: Message, values: list[object], which: str) -> tuple[Json, list[object]]:
    found = [one for one in message.selects if which in ("", one.get("placeholder"), one["custom_id"])]
    if len(found) != 1:
        raise NotPossible(f"{len(found)} selects {which!r} in {message!r}")
    chosen = found[0]
    if chosen.get("disabled"):
        raise NotPossible(f"the select {which!r} is greyed out")
    texts = picked(chosen, values)
    data: Json = {"custom_id": chosen["custom_id"], "component_type": chosen["type"], "values": texts}
    return data | {"id": chosen["id"]}, [one for one in values if not isinstance(one, str)]


def picked(part: Json, values: list[object]) -> list[str]:
    low, high = part.get("min_values", 1), part.get("max_values", 1)
    if part.get("required") is False and not values:
        return []
    if not low <= len(values) <= high:
        raise NotPossible(f"{low}-{high} must be picked, not {len(values)}")
    if part["type"] != 3:
        kinds: dict[int, tuple[type, ...]] = {5: (User,), 6: (Role,), 7: (User, Role), 8: (Channel,)}
        if not all(isinstance(one, kinds[part["type"]]) for one in values):
            raise NotPossible(f"{values} cannot be picked in a select of type {part['type']}")
        return [str(getattr(one, "id", "")) for one in values]
    return [choice(part, one) for one in values]


def choice(part: Json, wanted: object) -> str:
    for one in part.get("options", []):
        if wanted in (one["label"], one["value"]):
            return str(one["value"])
    raise NotPossible(f"{wanted!r} is not among {[one['label'] for one in part.get('options', [])]}")


def filled(form: Form, answers: Mapping[str, object]) -> tuple[Json, list[object]]:
    """A form as it is sent: `answers` by label or custom id; what is left out stays as it was."""
    known = {*form.fields, *(one["custom_id"] for one in form.fields.values())}
    if strange := set(answers) - known:
        raise NotPossible(f"the form {form.title!r} has no {sorted(strange)}; it has {sorted(form.fields)}")
    things: list[object] = []
    parts: list[Json] = []
    for part in form.components:
        if part["type"] == LABEL:
            child = part["component"]
            given = answers.get(part["label"], answers.get(child["custom_id"]))
            parts.append({"type": LABEL, "id": part["id"], "component": one_field(child, part["label"], given, things)})
        elif part["type"] == 1:
            child = part["components"][0]
            given = answers.get(child["label"], answers.get(child["custom_id"]))
            inside = [one_field(child, child["label"], given, things)]
            parts.append({"type": 1, "id": part["id"], "components": inside})
        else:
            parts.append({"type": part["type"], "id": part["id"]})
    return {"custom_id": form.custom_id, "components": parts}, things


def one_field(part: Json, label: str, given: object, things: list[object]) -> Json:
    kind = part["type"]
    body: Json = {"type": kind, "id": part["id"], "custom_id": part["custom_id"]}
    needed = part.get("required", True)
    if kind == 4:
        text = str(part.get("value") or "") if given is None else str(given)
        low, high = part.get("min_length") or (1 if needed else 0), part.get("max_length") or 4000
        if (text or needed) and not low <= len(text) <= high:
            raise NotPossible(f"{label!r} must be {low}-{high} long, {text!r} is {len(text)}")
        return body | {"value": text}
    if kind == 23:
        return body | {"value": bool(part.get("default")) if given is None else bool(given)}
    values = list(given) if isinstance(given, list | tuple) else [] if given is None else [given]
    if kind in SELECTS | {21, 22} and given is None:
        values = [one["value"] for one in part.get("options", []) if one.get("default")]
    if needed and not values:
        raise NotPossible(f"{label!r} must be filled in")
    if kind in SELECTS:
        things += [one for one in values if not isinstance(one, str)]
        return body | {"values": picked(part, values)}
    if kind == 21:
        return body | {"value": choice(part, values[0]) if values else None}
    return body | {"values": [choice(part, one) for one in values]}

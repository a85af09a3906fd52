"""All that is kept of me, as two files: one to read, one for machines."""

import io
import json
from datetime import datetime
from typing import Any

import discord

from bot import ui
from bot.acts.privacy import exporting
from bot.acts.privacy.rooms import Kept
from bot.press import Press, Reply
from bot.words import say
from cogs.privacy.group import group

FORMAT = 1
CHOSEN, REACHED = ("look", "wish", "soon"), ("lane", "stage")  # of a flag: kept as codes, read as words
ONLY_FOR_MACHINES = frozenset({"id", "kind", "knocked"})


@group.command(name="export", description=say("command.privacy.export", "en"))
async def export_all(interaction: discord.Interaction[Any]) -> None:
    """`/privacy export`."""

    async def do(press: Press) -> Reply:
        kept: Kept = await press.look(exporting.export)
        reply = press.reply("privacy.exported")
        reply.files = [
            discord.File(io.BytesIO(text.encode()), filename=press.say("privacy.file", ending=ending))
            for ending, text in (("txt", _to_read(press, kept)), ("json", _for_machines(press, kept)))
        ]
        return reply

    await ui.answer(interaction, do)


def _for_machines(press: Press, kept: Kept) -> str:
    whole = {"format": FORMAT, "server": str(press.server_id), "made_at": press.bot.now(), **kept}
    whole["not_in_here"] = press.say("privacy.not_in_here")
    return json.dumps(whole, indent=1, ensure_ascii=False, default=_plain)


def _to_read(press: Press, kept: Kept) -> str:
    lines = [press.say("privacy.to_read", moment=_plain(press.bot.now())), ""]
    for section in [section for section, rows in kept.items() if rows]:
        lines += [press.say(f"export.{section}"), ""]
        for row in kept[section]:
            shown = [(name, value) for name, value in row.items() if name not in ONLY_FOR_MACHINES]
            lines += [f"- {_label(press, name)}: {_value(press, name, value)}" for name, value in shown] + [""]
    lines += [press.say("privacy.nothing_here"), ""]
    lines += ["- " + press.say(f"export.{section}") for section, rows in kept.items() if not rows] + [""]
    return "\n".join([*lines, press.say("privacy.not_in_here")]) + "\n"


def _label(press: Press, name: str) -> str:
    try:
        return press.say(f"export.value.{name}")
    except KeyError:  # a column that has no words yet must not be left out
        return name.replace("_", " ")


def _value(press: Press, name: str, value: object) -> str:
    if name in CHOSEN:
        return press.say(f"menu.{name}.{value}")
    if name in REACHED:
        return press.say(f"export.{name}.{value}")
    if isinstance(value, bool):
        return press.say("export.value.yes" if value else "export.value.no")
    return "-" if value is None else str(_plain(value))


def _plain(value: object) -> str:
    return f"{value:%Y-%m-%d %H:%M} UTC" if isinstance(value, datetime) else str(value)

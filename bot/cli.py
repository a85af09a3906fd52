"""`trellis`: the commands of whoever runs the bot."""

import argparse
import asyncio
import base64
import getpass
import os
import select
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from bot.settings import KNOWN, Settings, SettingsFault, default_database_url, load
from bot.vault import new_key

if TYPE_CHECKING:
    from collections.abc import Sequence


WAIT_FOR_A_LINE = 1.0  # seconds


def main(arguments: "Sequence[str] | None" = None) -> int:
    """Run one command and return its exit code; faults are sentences, never a traceback."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except SettingsFault as fault:
        print("Trellis can't start yet:", *(f"- {sentence}" for sentence in fault.faults), sep="\n", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="trellis", description="Holds the frame of peer-led healing circles.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    init = commands.add_parser("init", help="write a .env with fresh keys into this folder")
    init.add_argument("--operator", help="the name of whoever runs this bot")
    init.set_defaults(run=_init)
    commands.add_parser("run", help="run the bot").set_defaults(run=_run)
    commands.add_parser("migrate", help="bring the database up to date").set_defaults(run=_migrate)
    commands.add_parser("check", help="look at settings, database, keyring and token").set_defaults(run=_check)
    _add_operating(commands)
    rehearse = commands.add_parser("rehearse", help="play an evening here, offline, with the real bot")
    rehearse.add_argument(
        "--story", choices=("first", "session", "slow", "weeks", "rupture", "debrief"), default="first"
    )
    rehearse.add_argument("--language", choices=("en", "es"), default="en")
    rehearse.add_argument("--keep", type=Path, metavar="DIR", help="keep database, keyring and log there")
    rehearse.add_argument("--quick", action="store_true", help="without pauses")
    rehearse.set_defaults(run=_rehearse)
    return parser


def _add_operating(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    backup = commands.add_parser("backup", help="copy the database, also while the bot runs; never the keyring")
    backup.add_argument("folder", metavar="FOLDER", help="where the copy goes")
    restore = commands.add_parser("restore", help="put a copy back, while the bot doesn't run")
    restore.add_argument("file", metavar="FILE", help="the copy")
    forget = commands.add_parser("forget", help="forget somebody who asked for it, while the bot doesn't run")
    forget.add_argument("--server", type=int, required=True, metavar="ID", help="the server's Discord id")
    forget.add_argument("--user", type=int, required=True, metavar="ID", help="the person's Discord id")
    rekey = commands.add_parser("rekey", help="make a new master key, while the bot doesn't run")
    rekey.add_argument("--pepper", action="store_true", help="and a new pepper")
    wipe = commands.add_parser("wipe", help="destroy every key and every row, for good")
    wipe.add_argument("--yes", action="store_true", help="without asking")
    for name, parser in {"backup": backup, "restore": restore, "forget": forget, "rekey": rekey, "wipe": wipe}.items():
        parser.set_defaults(run=_operate, command=name)


def _settings(*, needs_token: bool = True) -> Settings:
    return load(Path.cwd(), os.environ, needs_token=needs_token)


def _init(options: argparse.Namespace) -> int:
    if Path(".env").exists():
        return _already_there()
    values = {
        "OPERATOR": options.operator or os.environ.get("OPERATOR") or _asked_name(),
        "TRELLIS_KEY": base64.urlsafe_b64encode(new_key()).decode(),
        "TRELLIS_PEPPER": base64.urlsafe_b64encode(new_key()).decode(),
        "DATABASE_URL": default_database_url(),
        "LOG_LEVEL": "info",
    }
    values["OPERATOR"] = _quoted(values["OPERATOR"])
    lines = [f"# {why}\n{'' if name in values else '# ' * (name == 'KEYRING_URL')}{name}={values.get(name, '')}\n"
             for name, why in KNOWN.items()]  # fmt: skip
    try:
        descriptor = os.open(".env", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _already_there()
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write("\n".join(lines))
    print(
        "Wrote .env, readable by you only. Put the bot's token into it, then: trellis check",
        "A lost TRELLIS_KEY can't be recovered: keep a copy of .env somewhere safe, away from the database.",
        "Whoever has both the keys and the database can open everything.",
        sep="\n",
    )
    return 0


def _already_there() -> int:
    print("There is a .env here already; it was left as it is.", file=sys.stderr)
    return 1


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def _asked_name() -> str:
    if sys.stdin and sys.stdin.isatty():
        print("Who runs this bot? (People are told this name.) ", end="", flush=True)
    name = sys.stdin.readline().strip() if _somebody_types() else ""
    if not name:
        name = getpass.getuser()
        print(f"OPERATOR is set to this account's name, {name}. Change it in .env if people know you by another.")
    return " ".join(name.split())


def _somebody_types() -> bool:
    """Whether a line can be expected: from a person, or from a pipe that holds one already."""
    if not sys.stdin or sys.stdin.closed:
        return False
    if sys.stdin.isatty() or os.name == "nt":
        return True
    with suppress(OSError, ValueError):  # what isn't a file to the system can't be waited for
        return bool(select.select([sys.stdin], [], [], WAIT_FOR_A_LINE)[0])
    return True


def _run(_options: argparse.Namespace) -> int:
    from bot.run import run

    return run(_settings())


def _migrate(_options: argparse.Namespace) -> int:
    from bot.store.recognising import SchemaFault, StoreDown, bring_up_to_date

    try:
        asyncio.run(bring_up_to_date(_settings(needs_token=False).database_url))
    except StoreDown:
        print("The database doesn't answer. Is it running, and is DATABASE_URL right?", file=sys.stderr)
        return 1
    except SchemaFault as fault:
        print(fault, file=sys.stderr)
        return 1
    print("The database is up to date.")
    return 0


def _operate(options: argparse.Namespace) -> int:
    from bot.operating.commands import run

    return run(options.command, options)


def _check(_options: argparse.Namespace) -> int:
    from bot.check import report

    return asyncio.run(report(Path.cwd(), os.environ))


def _rehearse(options: argparse.Namespace) -> int:
    from bot.rehearsal.play import main as play

    return play(options)

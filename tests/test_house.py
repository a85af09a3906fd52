"""What keeps the house: a line has one room, and a stranger finds it."""

import ast
import re
import sys
from collections.abc import Iterator

import pytest

from tests.code import ROOT, nodes, sources

LONGEST_FILE = 300
NO_SUCH_ROOMS = {"utils", "helpers", "services", "managers", "core", "common", "misc"}
MAY_STAND_HERE = {"bot", "cogs", "migrations", "tests", "docs", "bench"}
RULE = re.compile(r"\b(?:D\d+\.\d+|P\d+)\b")


def imports_of(tree: ast.Module) -> set[str]:
    found = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    return found | {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}


def test_the_practice_needs_only_the_standard_library() -> None:
    for path, tree in sources().items():
        if path.is_relative_to(ROOT / "bot" / "practice"):
            for name in imports_of(tree):
                first = name.partition(".")[0]
                assert name.startswith("bot.practice") or first in sys.stdlib_module_names, (path.name, name)


@pytest.mark.parametrize("folder", ["bot", "cogs", "migrations", "tests"])
def test_no_file_is_longer_than_one_can_read_at_once(folder: str) -> None:
    for path in (ROOT / folder).rglob("*.py"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE, path.relative_to(ROOT)


def test_every_act_and_every_cog_has_its_test() -> None:
    for room in ("acts", "cogs"):
        code = ROOT / "bot" / room if room == "acts" else ROOT / room
        nouns = {path.stem for path in code.iterdir() if not path.name.startswith(("_", "."))}
        tested = {path.stem.removeprefix("test_") for path in (ROOT / "tests" / room).glob("test_*.py")}
        assert sorted(nouns - tested) == [], room


def test_there_is_no_room_for_what_has_no_name() -> None:
    for path in sources():
        assert NO_SUCH_ROOMS.isdisjoint(path.relative_to(ROOT).with_suffix("").parts), path


def test_no_other_folder_of_code_stands_beside_the_five() -> None:
    folders = {path.parent.name for path in ROOT.glob("*/*.py")}
    assert sorted(folder for folder in folders - MAY_STAND_HERE if not folder.startswith(".")) == []


def test_whatever_is_public_says_what_it_does() -> None:
    for path, tree in sources().items():
        assert ast.get_docstring(tree), path.relative_to(ROOT)
        for node in _public_in(tree):
            assert ast.get_docstring(node), f"{path.relative_to(ROOT)}: {node.name}"


def test_every_rule_named_in_the_code_stands_in_the_practice() -> None:
    practice = (ROOT / "docs" / "practice.md").read_text(encoding="utf-8")
    known = set(RULE.findall(practice))
    for path in sources():
        named = set(RULE.findall(path.read_text(encoding="utf-8")))
        assert sorted(named - known) == [], path.relative_to(ROOT)


def test_nobody_stops_a_view_and_no_item_lives_outside_its_custom_id() -> None:
    for node in nodes():
        if isinstance(node, ast.Attribute):
            assert ast.unparse(node) not in {"discord.ui.button", "discord.ui.select", "self.stop", "view.stop"}


def test_what_is_hashed_with_the_pepper_can_all_be_hashed_anew() -> None:
    """Elsewhere a secret of the server is used (`Unit.secret`), which another pepper leaves as it is."""
    for path, tree in sources().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("keyed_hash"):
                assert "pepper" not in ast.unparse(node.args[0]) or path.stem == "hashes", path.relative_to(ROOT)


def test_every_test_that_the_threat_model_names_is_there() -> None:
    named = set(re.findall(r"`(test_\w+)`", (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")))
    there = {
        found
        for path in (ROOT / "tests").rglob("test_*.py")
        for found in re.findall(r"def (test_\w+)", path.read_text())
    }
    assert sorted(named - there) == []
    assert named


def test_lock_files_name_no_host() -> None:
    for lock in ROOT.glob("*.lock"):
        content = lock.read_text(encoding="utf-8")
        assert "://" not in content
        assert "--hash=sha256:" in content


def test_the_two_commands_are_the_ones_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    for command in re.findall(r"^make (\w+)", ci, re.MULTILINE):
        assert f"make {command}" in readme


def test_the_house_has_a_plan() -> None:
    plan = (ROOT / "docs" / "house.md").read_text(encoding="utf-8")
    rooms = [path for path in sources() if path.is_relative_to(ROOT / "bot") and not path.stem.startswith("__")]
    for path in rooms:
        assert path.stem in plan, f"docs/house.md doesn't say what belongs in {path.relative_to(ROOT)}"


def _public_in(scope: ast.Module | ast.ClassDef) -> Iterator[ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in scope.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from _public_in(node)

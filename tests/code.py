"""The project's own source, as the house tests read it."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@cache
def sources() -> dict[Path, ast.Module]:
    """Every module of the bot and its cogs, parsed."""
    paths = sorted([*ROOT.glob("bot/**/*.py"), *ROOT.glob("cogs/**/*.py")])
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in paths}


def nodes() -> Iterator[ast.AST]:
    """Every node of every module."""
    for tree in sources().values():
        yield from ast.walk(tree)


@cache
def strings() -> frozenset[str]:
    """Every string that stands in the code."""
    found = [node for path, tree in sources().items() if path.parent.name != "tables" for node in ast.walk(tree)]
    return frozenset(node.value for node in found if isinstance(node, ast.Constant) and isinstance(node.value, str))


@cache
def pieces() -> frozenset[str]:
    """What stands between the dots of the strings in the code."""
    return frozenset(piece for text in strings() for piece in text.split("."))


@cache
def identifiers() -> frozenset[str]:
    """Every name in the code: of arguments, keywords, functions and attributes."""
    found = set()
    for node in nodes():
        found |= {
            getattr(node, part) for part in ("arg", "id", "attr", "name") if isinstance(getattr(node, part, None), str)
        }
    return frozenset(found)


@cache
def openings() -> frozenset[str]:
    """How strings with slots begin, up to their first slot."""
    return frozenset(
        node.values[0].value
        for node in nodes()
        if isinstance(node, ast.JoinedStr)
        and isinstance(node.values[0], ast.Constant)
        and isinstance(node.values[0].value, str)
    )

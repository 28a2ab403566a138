"""Reading our own source: files, syntax trees, rooms, addresses."""

import ast
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "onewindow"
NOT_OURS = {".venv", ".git", ".cache", "data", "node_modules", "vendor"}
NOT_SAID = {"migrations", "tests"}


def inside(path: Path) -> str:
    """Return a path as a person would name it: ``tickets/actions/call.py``."""
    base = PACKAGE if path.is_relative_to(PACKAGE) else ROOT
    return path.relative_to(base).as_posix()


@cache
def files(suffix: str, under: Path = PACKAGE) -> tuple[Path, ...]:
    """Return our files with this suffix, wherever they stand."""
    found = sorted(under.rglob(f"*{suffix}"))
    return tuple(path for path in found if not NOT_OURS.intersection(path.parts))


@cache
def code(*, tests: bool = False) -> tuple[Path, ...]:
    """Return the Python files that people wrote for the product, or for its tests."""
    left_out = {"migrations"} if tests else NOT_SAID
    return tuple(path for path in files(".py") if not left_out.intersection(path.parts))


@cache
def tree(path: Path) -> ast.Module:
    """Return a file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def calls(path: Path) -> Iterator[tuple[ast.Call, str]]:
    """Yield the calls of a file, each with the dotted text of what is called."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            yield node, ast.unparse(node.func)


def imports(path: Path) -> set[str]:
    """Return the dotted names that a file imports."""
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@cache
def floors() -> dict[str, int]:
    """Return the floor of each room, counted from the basement: ``{"tickets": 14, ...}``."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    house, basement = (contract["layers"] for contract in contracts["contracts"][:2])
    layers = [*house[:-1], *(f"base.{name}" for name in basement)]
    return {
        room.strip(): len(layers) - height
        for height, layer in enumerate(layers)
        for room in layer.split("|")
    }


def room_of(path: Path) -> str:
    """Return the room that a file belongs to: ``tickets``, ``base.web``."""
    parts = path.relative_to(PACKAGE).parts
    return ".".join(parts[:2]) if parts[0] == "base" else parts[0]


def addresses(
    resolver: URLResolver | None = None, before: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    """Yield every address of the product with its pattern."""
    entries: Iterable[Any] = (resolver or get_resolver()).url_patterns
    for entry in entries:
        here = f"{before}{entry.pattern}"
        if isinstance(entry, URLResolver):
            yield from addresses(entry, here)
        else:
            yield here, entry

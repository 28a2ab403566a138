"""Files and functions stay small enough to be read at once."""

import ast
import re
from pathlib import Path

import pytest

from tests.house.reading import ROOT, files, inside, tree

LONGEST_FILE = {".py": 400, ".html": 200, ".js": 400, ".css": 400}
LONGEST_FUNCTION = 40
ADDRESSES = 60
NO_MACHINES = re.compile(r"/(?:home|root|work|Users)/\w|\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
OURS = ("src", "tests", "benchmarks", "docs", "deploy")


def ours(*suffixes: str) -> list[Path]:
    """Return our files of these kinds, migrations aside."""
    found = [p for part in OURS for suffix in suffixes for p in files(suffix, ROOT / part)]
    return [path for path in found if "migrations" not in path.parts]


def lines_of(function: ast.FunctionDef) -> int:
    """Return how long a function is without its docstring."""
    first = function.body[0]
    is_doc = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    docstring = (first.end_lineno or 0) - first.lineno + 1 if is_doc else 0
    return (function.end_lineno or function.lineno) - function.lineno + 1 - docstring


@pytest.mark.parametrize("suffix", LONGEST_FILE)
def test_no_file_is_too_long(suffix: str) -> None:
    lengths = {inside(path): len(path.read_text().splitlines()) for path in ours(suffix)}
    assert {n: lines for n, lines in lengths.items() if lines > LONGEST_FILE[suffix]} == {}


def test_no_function_is_too_long() -> None:
    found = {}
    for path in ours(".py"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef):
                length = lines_of(node)
                if length > LONGEST_FUNCTION:
                    found[f"{inside(path)}:{node.name}"] = length
    assert found == {}


def test_tables_of_addresses_fit_a_screen() -> None:
    lengths = {inside(path): len(path.read_text().splitlines()) for path in ours("urls.py")}
    assert {name: lines for name, lines in lengths.items() if lines > ADDRESSES} == {}


def test_no_module_is_named_services() -> None:
    """A service is what the hall offers."""
    assert [inside(path) for path in ours("services.py")] == []


def test_nothing_names_a_machine_or_is_left_for_later() -> None:
    texts = ours(".py", ".html", ".js", ".css", ".md", ".txt", ".toml", ".sh", ".service")
    texts += [ROOT / "Makefile", ROOT / "pyproject.toml", *ROOT.glob("*.md")]
    found = {
        inside(path): match[0]
        for path in texts
        if (match := NO_MACHINES.search(path.read_text(encoding="utf-8")))
    }
    assert found == {}

"""Which clause of the regulation is carried by which test.

``python -m tests.regulation`` writes ``docs/regulation.md`` from ``docs/clauses.md`` and from the
marks: ``@pytest.mark.clause("四(一)1", screen="kiosk")`` on an acceptance test.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CLAUSES = ROOT / "docs" / "clauses.md"
TO_COME = ROOT / "tests" / "clauses_to_come.txt"
PAGE = ROOT / "docs" / "regulation.md"
ROW = re.compile(r"^\| ([一二三四五六七八]\S*) \| (.+?) \| (\w+) \|$", re.MULTILINE)
HEAD = """# The regulation in the product

Made by `python -m tests.regulation` from the clauses in [clauses.md](clauses.md) and the marks of
the tests: do not edit. *as far as built*: tests carry a part of the clause, the rest is to come.

| clause | what it asks | room | screens | tests |
|---|---|---|---|---|
"""


@dataclass(frozen=True)
class Mark:
    """A test that carries a clause."""

    clause: str
    screen: str
    test: str


def clauses() -> list[tuple[str, str, str]]:
    """Return the clauses: number, what it asks, room."""
    return ROW.findall(CLAUSES.read_text(encoding="utf-8"))


def to_come() -> list[str]:
    """Return the clauses that are not carried to the end yet."""
    lines = TO_COME.read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def marks() -> list[Mark]:
    """Return every mark of every test, in the order of files and lines."""
    tests = [*ROOT.glob("tests/**/test_*.py"), *ROOT.glob("src/**/tests/test_*.py")]
    return [mark for path in sorted(tests) for mark in _of_file(path)]


def _of_file(path: Path) -> Iterator[Mark]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.FunctionDef):
            continue
        name = f"{path.relative_to(ROOT).as_posix()}::{node.name}"
        for call in node.decorator_list:
            if isinstance(call, ast.Call) and ast.unparse(call.func) == "pytest.mark.clause":
                screen = {word.arg: ast.literal_eval(word.value) for word in call.keywords}
                for number in call.args:
                    yield Mark(ast.literal_eval(number), screen.get("screen", ""), name)


def page() -> str:
    """Return the text of ``docs/regulation.md``."""
    carried, coming = marks(), set(to_come())
    rows = []
    for number, asks, room in clauses():
        here = [mark for mark in carried if mark.clause == number]
        tests = [f"`{mark.test}`" for mark in here]
        if number in coming:
            tests.append("*as far as built*" if here else "to come")
        screens = sorted({mark.screen for mark in here if mark.screen})
        rows.append(
            f"| {number} | {asks} | {room} | {', '.join(screens)} | {'<br>'.join(tests)} |\n"
        )
    return HEAD + "".join(rows)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

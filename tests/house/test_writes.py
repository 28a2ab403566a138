"""Only actions and models write, and they alone open transactions."""

import ast
import re
from pathlib import Path

from tests.house.reading import calls, code, inside

WRITES = re.compile(
    r"^(?:insert|change)$|\.(?:a?save|a?create|a?bulk_create|a?bulk_update|a?get_or_create|a?update_or_create|a?delete)$"
    r"|(?:\.objects\b|\.filter\(|\.all\(|_set\b).*\.(?:update|delete)$"
)
MAY_WRITE = {  # besides actions and models, each for its reason
    "base/action.py": "is what opens the transaction of every verb",
    "base/rows.py": "writes the row that an action gives it",
    "base/web/once.py": "keeps the answer last, in the transaction it opened",
    "base/trail/editing.py": "is the one way for all rooms to change what a hall is made of",
    "base/trail/record.py": "is called by every action, inside its transaction",
    "base/halls/memory.py": "raises the hall's version, inside the action that changes it",
    "base/halls/policies.py": "is the one verb that all rooms share for their settings",
    "base/trail/seal.py": "is the trail's own verb",
    "base/vault/keys.py": "keeps the keys' fingerprint when the database is made",
    "simulator/furnish.py": "is an action of the demonstration, as long as all others together",
    "simulator/past.py": "copies finished days in bulk, which no visitor's verb could",
}
NOT_ROWS = {  # calls that only look like writing rows
    "base/web/looks.py": "cookies",
    "base/web/redraw.py": "a picture",
    "base/web/templatetags/web.py": "a QR code",
}


def is_action(path: Path) -> bool:
    """Say whether a file belongs to those that may write."""
    names = set(Path(inside(path)).parts)
    return bool(names & {"actions", "actions.py", "models", "models.py"})


def others() -> list[Path]:
    """Return the files that may not write."""
    exempt = MAY_WRITE | NOT_ROWS
    return [path for path in code() if not is_action(path) and inside(path) not in exempt]


def test_only_actions_and_models_write() -> None:
    found = [
        f"{inside(path)}:{call.lineno} {name}"
        for path in others()
        for call, name in calls(path)
        if WRITES.search(name)
    ]
    assert found == []


def test_only_actions_open_transactions() -> None:
    found = [
        f"{inside(path)}:{node.lineno}"
        for path in others()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr == "atomic"
    ]
    assert found == []


def test_verbs_are_marked_as_such() -> None:
    """``@action`` knows of the request around it; ``atomic`` alone would not."""
    found = [
        f"{inside(path)}:{verb.lineno} {verb.name}"
        for path in code()
        for verb in ast.walk(ast.parse(path.read_text()))
        if isinstance(verb, ast.FunctionDef)
        for mark in verb.decorator_list
        if isinstance(mark, ast.Attribute) and mark.attr == "atomic"
    ]
    assert found == []


def test_views_and_api_ask_queries() -> None:
    found = [
        f"{inside(path)}:{node.lineno}"
        for path in code()
        if {"views", "views.py", "api", "api.py"} & set(Path(inside(path)).parts)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr in ("objects", "_default_manager")
    ]
    assert found == []

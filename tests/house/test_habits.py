"""Habits that no linter knows: one clock, one stream, no signals, no async, tables in one place."""

import ast
import re

from django.conf import settings
from django.utils.module_loading import import_string

from tests.house.reading import calls, code, files, imports, inside, tree

ONE_CLOCK = re.compile(r"(?:^|\.)(?:datetime\.(?:now|utcnow|today)|date\.today|timezone\.now)$")
OTHER_TIME = {  # what the machine's own clock is right for
    "accounts/lockout.py": "axes counts failures by the machine's clock",
    "simulator/days.py": "the demonstration's shift is worked out from it",
    "simulator/demo.py": "the same",
}
MAY_STREAM = {"base/live/views.py", "base/live/streams.py", "base/web/csv_file.py"}
SIGNALS = {  # Django's own moments, for which there is no other hook
    "base/trail/apps.py": "post_migrate puts the triggers back that an ALTER drops",
    "accounts/apps.py": "the same, for the guard of decision 0016",
}
LINKS = ("ForeignKey", "OneToOneField", "ManyToManyField")


def test_there_is_one_clock() -> None:
    found = [
        f"{inside(path)}:{call.lineno} {name}"
        for path in code()
        if not inside(path).startswith("base/clocks/") and inside(path) not in OTHER_TIME
        for call, name in calls(path)
        if ONE_CLOCK.search(name)
    ]
    assert found == []


def test_only_live_streams() -> None:
    streaming = {
        inside(path)
        for path in code()
        if any(name.endswith(".StreamingHttpResponse") for name in imports(path))
    }
    assert streaming <= MAY_STREAM


def test_no_signals_for_our_own_logic() -> None:
    listening = {
        inside(path)
        for path in code()
        if any("signals" in name.split(".") and "django" in name for name in imports(path))
        or any(name.startswith("django.dispatch") for name in imports(path))
    }
    assert listening <= set(SIGNALS)


def test_nothing_is_async() -> None:
    found = [
        inside(path)
        for path in code()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.AsyncFunctionDef)
    ]
    assert found == []


def test_foreign_keys_name_models_and_not_strings() -> None:
    """By string import-linter would not see them; only the user model may be named so."""
    found = [
        f"{inside(path)}:{call.lineno}"
        for path in files(".py")
        if "models" in inside(path) and "migrations" not in path.parts
        for call, name in calls(path)
        if name.split(".")[-1] in LINKS
        and call.args
        and isinstance(call.args[0], ast.Constant)
        and call.args[0].value != "self"
    ]
    assert found == []


def test_wiring_names_what_exists() -> None:
    for kind, paths in import_string(settings.WIRING).items():
        assert "." in kind
        for path in paths:
            handler = import_string(path)
            assert callable(handler), path
            assert handler.__code__.co_argcount == 2, f"{path} takes the entry and its subject"

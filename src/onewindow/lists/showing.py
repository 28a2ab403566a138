"""How lists and what would become of them are shown: as files, and in words on a page."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from onewindow.base.halls.models import Hall
from onewindow.base.halls.texts import own_name
from onewindow.lists.columns import Column, Language, OneOf, YesNo
from onewindow.lists.models import Line
from onewindow.lists.roles import Roles
from onewindow.lists.tables import TABLES, Listed
from onewindow.lists.tables.table import Table

Row = list[str | int]
NOTHING = "—"
FIELDS = {"condition": "only_if", "serves": "first"}


class Change(NamedTuple):
    """What one thing was, and what it becomes."""

    label: str
    old: str
    new: str


class Shown(NamedTuple):
    """A line of a preview."""

    line: Line
    changes: list[Change]


def rows_of(table: Table, hall: Hall) -> Iterator[Row]:
    """Yield a table as a file has it: its headings, then what is in use."""
    columns = table.columns(hall)
    yield [one.heading() for one in columns]
    for row in table.rows(hall):
        if not table.archived(row):
            yield [one.kind.show(table.cell(row, one)) for one in columns]


def full_book(listed: Listed, hall: Hall) -> Iterator[tuple[str, list[Row]]]:
    """Yield the sheets of a workbook."""
    for table in listed.tables:
        yield str(table.title), list(rows_of(table, hall))


def empty_book(listed: Listed, hall: Hall) -> Iterator[tuple[str, list[Row]]]:
    """Yield the sheets of a workbook to fill in, and one that explains each column."""
    for table in listed.tables:
        yield str(table.title), [[one.heading() for one in table.columns(hall)]]
    head: Row = [_("Sheet"), _("Heading"), _("An example"), _("What stands there"), _("Needed")]
    told = [
        [str(table.title), one.heading(), str(one.example), _about(one), _needed(one)]
        for table in listed.tables
        for one in table.columns(hall)
    ]
    yield _("An example"), [head, *told]  # type: ignore[list-item]  # texts are cells


def _about(column: Column) -> str:
    said = str(column.about)
    if isinstance(column.kind, OneOf):
        words = ", ".join(str(label) for _value, label in column.kind.choices.choices)
        said = f"{said} {_('One of: {words}.').format(words=words)}"
    elif isinstance(column.kind, YesNo) and not said:
        said = _("yes or no")
    return said.strip()


def _needed(column: Column) -> str:
    return _("yes") if column.needed else ""


def shown(lines: Iterable[Line], hall: Hall) -> list[Shown]:
    """Return lines in words, each with what changes."""
    labels = {name: _labels(table, hall) for name, table in TABLES.items()}
    found = []
    for line in lines:
        known = labels.get(line.sheet, {})
        changes = [
            change
            for name, (old, new) in line.changes.items()
            for change in _apart(known, (name,), old, new)
        ]
        found.append(Shown(line, changes))
    return found


def _labels(table: Table, hall: Hall) -> dict[str, Column]:
    found: dict[str, Column] = {}
    for one in table.columns(hall):
        found.setdefault(one.path[0], one)
        found[one.name] = one
    return found


def _apart(known: dict[str, Column], path: tuple[str, ...], old: Any, new: Any) -> Iterator[Change]:
    """Take a change apart into what people read."""
    if path == ("serves",):
        yield Change(str(known["first"].label), _codes(old), _codes(new))
    elif isinstance(old, dict) or isinstance(new, dict):
        before, after = old or {}, new or {}
        for key in dict.fromkeys([*before, *after]):
            if before.get(key) != after.get(key):
                yield from _apart(known, (*path, key), before.get(key), after.get(key))
    else:
        name = ".".join(path)
        column = known.get(name) or known.get(FIELDS.get(name, path[0]))
        yield Change(_label(column, path), _words(column, old), _words(column, new))


def _label(column: Column | None, path: tuple[str, ...]) -> str:
    if column is None:
        return {"asked_if": _("Asked for when the answer is")}.get(path[0], path[-1])
    if column.language and column.path[-1] != path[-1]:
        return f"{column.label} ({own_name(path[-1])})"
    return column.heading()


def _codes(serves: Any) -> str:
    said = [
        f"{code} ({choice})" if choice != 1 else code for code, choice in (serves or {}).items()
    ]
    return ", ".join(said) or NOTHING


def _words(column: Column | None, value: Any) -> str:
    if value in (None, "", [], {}):
        return NOTHING
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if column is not None and isinstance(column.kind, OneOf | Language | Roles):
        return str(column.kind.show(value))
    return str(value)

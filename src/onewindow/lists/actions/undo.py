"""Put back what a list did: as long as nobody has changed it by hand since."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from onewindow.base import clocks
from onewindow.base.action import action
from onewindow.base.halls.memory import changed
from onewindow.base.halls.models import Hall
from onewindow.base.trail.editing import TOPICS
from onewindow.base.trail.record import record
from onewindow.lists.actions.check import TakenAway
from onewindow.lists.actions.write import Moved, change, profiles
from onewindow.lists.checking import Change
from onewindow.lists.columns import Wrong
from onewindow.lists.known import Known
from onewindow.lists.models import Import, Line
from onewindow.lists.states import Did, ImportState
from onewindow.lists.tables import KINDS
from onewindow.lists.tables.table import Table

Problem = dict[str, Any]
SHOWN = 300
BACK = {
    Did.MADE: Did.ARCHIVED,
    Did.CHANGED: Did.CHANGED,
    Did.ARCHIVED: Did.RESTORED,
    Did.RESTORED: Did.ARCHIVED,
}


@dataclass(frozen=True)
class Back:
    """What undoing would do: rows to archive, to bring back, to change; or what is in its way."""

    archive: list[tuple[Table, Any]]
    restore: list[tuple[Table, Any]]
    change: list[Change]
    problems: list[Problem]


def plan_back(brought: Import, hall: Hall) -> Back:
    """Return what undoing would do to the hall as it stands. Nothing is written."""
    back, known = Back([], [], [], []), Known(hall)
    listed = KINDS[brought.kind].for_person(hall, brought.by_id)
    tables = {table.name: table for table in listed.tables}
    there: dict[str, dict[int, Any]] = {}
    for line in brought.lines.order_by("pk"):
        table = tables[line.sheet]
        if line.sheet not in there:
            there[line.sheet] = {row.pk: row for row in table.rows(hall)}
        row = there[line.sheet].get(line.thing_id or 0)
        why = _in_the_way(table, line, row)
        if why:
            back.problems.append({"sheet": "", "row": line.row, "column": line.label, "said": why})
        elif row is not None:
            _put(back, table, line, row, known)
    del back.problems[SHOWN:]
    return back


def _in_the_way(table: Table, line: Line, row: Any) -> str:
    """Say why a line cannot be undone; "" when it can."""
    if row is None:
        return _("It is not there any more.")
    if table.archived(row) != (line.did == Did.ARCHIVED):
        return _("It was archived or brought back by hand since.")
    since = [name for name, (_was, new) in line.changes.items() if table.now(row, name) != new]
    if since:
        return _("It was changed by hand since.")
    try:
        table.may(row, BACK[Did(line.did)], _back(line))
    except Wrong as wrong:
        return wrong.sentence
    no = table.holds(row) if line.did in (Did.MADE, Did.RESTORED) else None
    return str(no) if no is not None and table.after < 2 and not _own(table, no) else ""


def _back(line: Line) -> dict[str, list[Any]]:
    """Return what putting a line back would change; what was new keeps its values."""
    if line.did == Did.MADE:
        return {}
    return {name: [new, was] for name, (was, new) in line.changes.items()}


def _own(table: Table, no: Any) -> bool:
    """Say whether what holds a row is of the list itself: papers of its questions."""
    return table.name == "questions" and no.code == "condition-is-asked"


def _put(back: Back, table: Table, line: Line, row: Any, known: Known) -> None:
    if line.did in (Did.MADE, Did.RESTORED):
        back.archive.append((table, row))
    if line.did == Did.ARCHIVED:
        back.restore.append((table, row))
    if line.did in (Did.CHANGED, Did.RESTORED) and line.changes:
        values = {n: table.value(n, was, known) for n, (was, _new) in line.changes.items()}
        was = Did.CHANGED
        back.change.append(Change(table, line.row, was, row, values, line.changes, line.label))


@action
def put_back(brought: Import, back: Back, version: int) -> None:
    """Put all of it back, in one short transaction. Raise Moved, TakenAway."""
    hall = Hall.objects.select_for_update(no_key=True).get(pk=brought.hall_id)
    if hall.version != version:
        raise Moved
    now = clocks.now()
    change(back.change)
    profiles([one for one in back.change if "serves" in one.values])
    for table, ids in _by_table(back.archive):
        table.model._default_manager.filter(pk__in=ids).update(archived_at=now)
    for table, ids in _by_table(back.restore):
        table.model._default_manager.filter(pk__in=ids).update(archived_at=None)
    entry = record("list.undone", brought, by=brought.by, label=brought.kind, topics=TOPICS)
    if not brought.move(ImportState.UNDONE, undone_entry=entry.pk, seen_at=now):
        raise TakenAway
    changed(hall)


def _by_table(rows: list[tuple[Table, Any]]) -> Iterator[tuple[Table, list[int]]]:
    """Yield the ids of some rows, a table's together, as many as a statement takes."""
    for table in dict.fromkeys(table for table, _row in rows):
        ids = [row.pk for one, row in rows if one is table]
        for start in range(0, len(ids), 500):
            yield table, ids[start : start + 500]


@action
def leave(brought: Import, problems: list[Problem]) -> None:
    """Leave all as it is, and say which rows are in the way."""
    brought.move(ImportState.DONE, problems=problems, seen_at=clocks.now())

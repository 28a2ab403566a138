"""From rows of cells to a plan: what would be new, changed, archived, brought back, or is wrong."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from onewindow.base.halls.models import Hall
from onewindow.base.trail.editing import plain
from onewindow.lists.columns import Cell, Column, Wrong, fold, index
from onewindow.lists.known import Known, padded_as, zeros
from onewindow.lists.reading import Sheet, counter, heading_row
from onewindow.lists.states import Did
from onewindow.lists.tables import Listed
from onewindow.lists.tables.table import IN_USE, Table

SHOWN = 300  # more problems are counted, not told
Merged = Mapping[str, list[tuple[str, int]]]


@dataclass
class Change:
    """What a row of the file does: ``row`` is the thing, not saved yet where it is new."""

    table: Table
    line: int
    did: Did
    row: Any
    values: dict[str, Any]
    changes: dict[str, list[Any]]
    label: str


@dataclass
class Plan:
    """What a file would do. ``problems``: sheet, row, column, sentence."""

    changes: list[Change] = field(default_factory=list)
    problems: list[dict[str, Any]] = field(default_factory=list)
    wrong: int = 0
    notes: list[str] = field(default_factory=list)
    counts: dict[str, dict[str, int]] = field(default_factory=dict)

    def no(self, sheet: str, row: int, column: str, sentence: Any) -> None:
        """Note a problem."""
        self.wrong += 1
        if len(self.problems) < SHOWN:
            told = {"sheet": sheet, "row": row, "column": column, "said": str(sentence)}
            self.problems.append(told)

    @property
    def digest(self) -> str:
        """What tells this plan from another."""
        said = [(c.table.name, c.line, str(c.did), c.label, c.changes) for c in self.changes]
        return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()


def check(listed: Listed, sheets: list[Sheet], merged: Merged, hall: Hall) -> Plan:
    """Return what a file would do to the hall as it stands. Nothing is written."""
    plan, known = Plan(), Known(hall)
    found = {match.table: match for match in _matches(listed, sheets, hall, plan)}
    if not found and not plan.wrong:
        wanted = ", ".join(column.heading() for column in listed.tables[0].keys(hall))
        plan.no(
            "",
            1,
            "",
            _("No row of headings was found. It needs at least: {them}.").format(them=wanted),
        )
    for table in listed.order:
        if table in found:
            _unmerged(found[table], merged, plan)
            _Reading(table, found[table], hall, known, plan).read()
    return plan


@dataclass
class _Match:
    """A sheet, and the table that its headings are of."""

    table: Table
    sheet: Sheet
    head: int
    columns: dict[int, Column]


def _matches(listed: Listed, sheets: list[Sheet], hall: Hall, plan: Plan) -> Iterator[_Match]:
    taken: set[str] = set()
    for sheet in sheets:
        match = _best(listed, sheet, hall)
        if match is None:
            if any(cells for _row, cells in sheet.rows) and len(sheets) > 1:
                plan.notes.append(_("The sheet “{it}” is not read.").format(it=sheet.title))
            continue
        if match.table.name in taken:
            plan.no(sheet.title, match.head, "", _("A second sheet of the same list."))
            continue
        taken.add(match.table.name)
        yield from _whole(match, hall, plan)


def _best(listed: Listed, sheet: Sheet, hall: Hall) -> _Match | None:
    """Return the table whose headings a sheet has: all its keys first, then the most."""
    found = []
    for place, table in enumerate(listed.tables):
        known = index(table.columns(hall), hall.language)
        head = heading_row(sheet, counter(known))
        if head is None:
            continue
        columns = {
            at: known[fold(cell.text)]
            for at, cell in enumerate(head[1])
            if fold(cell.text) in known
        }
        whole = all(key in columns.values() for key in table.keys(hall))
        if len(columns) > 1:
            found.append((whole, len(columns), -place, _Match(table, sheet, head[0], columns)))
    best = max(found, default=None, key=lambda one: one[:3])
    return best[3] if best else None


def _whole(match: _Match, hall: Hall, plan: Plan) -> Iterator[_Match]:
    """Name the headings that are unknown, twice there, or missing."""
    row = dict(match.sheet.rows)[match.head]
    strange = [c.text for at, c in enumerate(row) if c.text and at not in match.columns]
    if strange:
        named = _("Columns that are not known, and not read: {them}.")
        plan.notes.append(named.format(them=", ".join(one[:40] for one in strange)))
    twice = [c.heading() for c, many in Counter(match.columns.values()).items() if many > 1]
    for heading in twice:
        plan.no(match.sheet.title, match.head, heading, _("This column is there twice."))
    missing = [c for c in match.table.keys(hall) if c not in match.columns.values()]
    for column in missing:
        plan.no(match.sheet.title, match.head, column.heading(), _("This column is missing."))
    if not twice and not missing:
        yield match


def _unmerged(match: _Match, merged: Merged, plan: Plan) -> None:
    for where, last in merged.get(match.sheet.title, []):
        if last > match.head:
            sentence = _(
                "The cells {it} are merged: nobody knows which row they belong to. Divide them."
            )
            plan.no(match.sheet.title, last, where, sentence.format(it=where))


class _Reading:
    """Reads one sheet into the plan."""

    def __init__(self, table: Table, match: _Match, hall: Hall, known: Known, plan: Plan) -> None:
        self.table, self.match, self.hall, self.known, self.plan = table, match, hall, known, plan
        self.there = table.index(hall)
        self.seen: dict[Any, int] = {}
        self.counts: Counter[str] = Counter()
        self.lacks = [
            one for one in table.columns(hall) if one.needed and one not in match.columns.values()
        ]

    def read(self) -> None:
        """Read all rows below the headings."""
        for line, cells in self.match.sheet.rows:
            if line > self.match.head and any(cell.text for cell in cells):
                self._row(line, cells)
        touched = {id(row) for row in self.there.values()}
        left = len(touched) - sum(self.counts[name] for name in ("same", *_OF_OLD))
        self.plan.counts[self.table.name] = dict(self.counts) | {"left": max(0, left)}

    def _no(self, line: int, column: Column | None, sentence: Any) -> None:
        where = column.heading() if column else ""
        self.plan.no(self.match.sheet.title, line, where, sentence)

    def _row(self, line: int, cells: list[Cell]) -> None:
        got, good = {}, True
        for at, column in self.match.columns.items():
            try:
                got[column] = self._value(column, cells[at] if at < len(cells) else Cell(""))
            except Wrong as no:
                self._no(line, column, no.sentence)
                good = False
        if not good or not self._is_named(line, got):
            self.counts["wrong"] += 1
            return
        row = self.there.get(self.table.key_of(got, self.hall))
        try:
            self._alone(line, row, got)
            self._settle(line, row, got)
        except Wrong as no:
            self._no(line, no.column or self.table.keys(self.hall)[-1], no.sentence)
            self.counts["wrong"] += 1

    def _value(self, column: Column, cell: Cell) -> Any:
        if cell.sort == "formula":
            said = _(
                "A formula stands here ({it}). Put its value in its place; nothing is worked out."
            )
            raise Wrong(said.format(it=cell.text[:40]))
        if cell.sort == "error":
            raise Wrong(_("The spreadsheet shows an error here ({it}).").format(it=cell.text))
        if cell.sort == "date":
            raise Wrong(
                _(
                    "The spreadsheet has made a date of this. Format the column as text and write "
                    "it again."
                )
            )
        return column.kind.read(cell.text, self.known)

    def _is_named(self, line: int, got: Mapping[Column, Any]) -> bool:
        empty = [key for key in self.table.keys(self.hall) if not got.get(key)]
        for column in empty:
            self._no(line, column, _("This must not be empty."))
        return not empty

    def _alone(self, line: int, row: Any, got: Mapping[Column, Any]) -> None:
        """Refuse a second row of the same thing."""
        mark = ("pk", row.pk) if row is not None else self.table.key_of(got, self.hall)
        if mark in self.seen:
            raise Wrong(
                _("Row {it} of this file speaks of the same already.").format(it=self.seen[mark])
            )
        self.seen[mark] = line

    def _settle(self, line: int, row: Any, got: Mapping[Column, Any]) -> None:
        if row is None:
            self._new(line, got)
        elif not got.get(IN_USE, True):
            self._archived(line, row)
        else:
            self._old(line, row, got)

    def _new(self, line: int, got: Mapping[Column, Any]) -> None:
        self._may_be_new(got)
        row = self.table.blank(self.hall)
        values = self.table.gather(row, got)
        for name in values.keys() - self.table.beside:
            setattr(row, name, values[name])
        changes = {name: [None, plain(value)] for name, value in values.items() if _said(value)}
        self._note(line, Did.MADE, row, values, changes)
        if self.table.referred:
            self.known.add(self.table.referred, row)

    def _may_be_new(self, got: Mapping[Column, Any]) -> None:
        if not got.get(IN_USE, True):
            raise Wrong(self.table.absent)
        code = str(got[self.table.keys(self.hall)[0]])
        padded = padded_as(code, self.there)
        if padded:
            raise Wrong(zeros(code, padded))
        if any(column.name == "number" and got[column] for column in got):
            raise Wrong(
                _("This service has no paper with this number here. Empty it for a new one.")
            )
        lacking = [c.heading() for c in got if c.needed and got[c] in (None, "")]
        lacking += [c.heading() for c in self.lacks]
        if lacking:
            raise Wrong(_("It is new, so it needs also: {them}.").format(them=", ".join(lacking)))

    def _archived(self, line: int, row: Any) -> None:
        if self.table.archived(row):
            self.counts["same"] += 1
            return
        no = self.table.holds(row)
        if no is not None:
            raise Wrong(str(no))
        if self.table.referred:
            self.known.drop(self.table.referred, row)
        self._note(line, Did.ARCHIVED, row, {}, {})

    def _old(self, line: int, row: Any, got: Mapping[Column, Any]) -> None:
        for column, value in got.items():
            if column.needed and value in (None, ""):
                raise Wrong(_("“{it}” must not be empty.").format(it=column.heading()))
        values = self.table.gather(row, got)
        before = {name: self.table.now(row, name) for name in values}
        changes = {
            name: [before[name], plain(value)]
            for name, value in values.items()
            if before[name] != plain(value)
        }
        if self.table.archived(row):
            self._note(line, Did.RESTORED, row, values, changes)
            if self.table.referred:
                self.known.add(self.table.referred, row)
        elif changes:
            self._note(line, Did.CHANGED, row, values, changes)
        else:
            self.counts["same"] += 1

    def _note(
        self, line: int, did: Did, row: Any, values: dict[str, Any], changes: dict[str, list[Any]]
    ) -> None:
        self.table.may(row, did, changes)
        self.counts[did] += 1
        kept = {name: value for name, value in values.items() if name in changes}
        label = self.table.label(row)
        self.plan.changes.append(Change(self.table, line, did, row, kept, changes, label))


_OF_OLD = (Did.CHANGED, Did.ARCHIVED, Did.RESTORED)


def _said(value: Any) -> bool:
    return value not in (None, "", {}, [])

"""Write a checked list: whole, or not at all, and without keeping others from writing.

New rows come in first, a chunk at a time and *archived*, so that nobody sees them. One short
transaction then puts them in use, changes the others, and says so on the trail. Whatever goes
wrong before it, ``take_back`` removes the archived ones again. See docs/decisions/0014.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from onewindow.base import clocks
from onewindow.base.action import action
from onewindow.base.halls.memory import changed
from onewindow.base.halls.models import Hall
from onewindow.base.rows import change_many
from onewindow.base.trail.editing import TOPICS
from onewindow.base.trail.record import record
from onewindow.base.web.refused import Refused
from onewindow.catalogue.actions import spelling_of
from onewindow.catalogue.models import Service
from onewindow.floor.models import Profile
from onewindow.lists.actions.check import TakenAway, go_on
from onewindow.lists.checking import Change, Plan
from onewindow.lists.models import Import, Line
from onewindow.lists.states import Did, ImportState
from onewindow.lists.tables import KINDS
from onewindow.lists.tables.table import Table

A_CHUNK = 100


class Moved(Exception):
    """The hall was changed while the list was checked: check it once more."""


class StillNeeded(Refused):
    """What the list archives is needed since it was checked."""

    sentence = _("Row {row}: {why}")


def stage(brought: Import, plan: Plan) -> None:
    """Bring in what is new, archived. Raise TakenAway, and Moved when a code was taken."""
    marks = {(line.sheet, line.row): line.pk for line in brought.lines.filter(did=Did.MADE)}
    new = [one for one in plan.changes if one.did == Did.MADE]
    now, done = clocks.now(), 0
    for one in new:  # before the first transaction: to spell takes long
        if isinstance(one.row, Service):
            one.row.spelling = spelling_of(one.row)
    for chunk in _chunks(new):
        try:
            _bring_in(chunk, marks, now)
        except IntegrityError as no:
            raise Moved from no
        done += len(chunk)
        go_on(brought, done, len(new))


@action
def _bring_in(chunk: Sequence[Change], marks: dict[tuple[str, int], int], now: datetime) -> None:
    by_table: dict[Table, list[Change]] = defaultdict(list)
    for one in chunk:
        one.row.archived_at = now
        by_table[one.table].append(one)
    for table, ones in by_table.items():
        table.model._default_manager.bulk_create(one.row for one in ones)
        ids = [(marks[table.name, one.line], {"thing_id": one.row.pk}) for one in ones]
        change_many(Line, ids)


@action
def put_in_use(brought: Import, plan: Plan, version: int) -> None:
    """Let a staged list hold: the one moment in which the hall changes.

    Raise Moved when the hall is not at ``version`` any more, StillNeeded, TakenAway.
    """
    hall = Hall.objects.select_for_update(no_key=True).get(pk=brought.hall_id)
    if hall.version != version:
        raise Moved
    now = clocks.now()
    for table in {one.table for one in plan.changes}:
        _wake(brought, table)
    change([one for one in plan.changes if one.did in (Did.CHANGED, Did.RESTORED)])
    for one in plan.changes:
        if one.did == Did.ARCHIVED:
            _still_free(one)
            one.table.model._default_manager.filter(pk=one.row.pk).update(archived_at=now)
    profiles([one for one in plan.changes if "serves" in one.values])
    entry = record(
        "list.imported",
        brought,
        by=brought.by,
        label=brought.kind,
        topics=TOPICS,
        counts=plan.counts,
        digest=plan.digest,
    )
    if not brought.move(ImportState.DONE, entry=entry.pk, written_at=now, seen_at=now):
        raise TakenAway
    changed(hall)


def _wake(brought: Import, table: Table) -> None:
    mine = brought.lines.filter(did=Did.MADE, sheet=table.name).order_by()
    rows = table.model._default_manager.filter(pk__in=mine.values("thing_id"))
    rows.update(archived_at=None)


def change(changes: Iterable[Change]) -> None:
    """Write what changes, of a table and of the same fields together."""
    for one in changes:
        values = {name: value for name, value in one.values.items() if name != "serves"}
        if one.did == Did.RESTORED:
            values["archived_at"] = None
        if isinstance(one.row, Service) and {"name", "keywords"} & values.keys():
            values["spelling"] = spelling_of(_as_it_will_be(one.row, values))
        one.values.update(values)
    by_table: dict[Table, list[tuple[int, dict[str, Any]]]] = defaultdict(list)
    for one in changes:
        own = {name: value for name, value in one.values.items() if name != "serves"}
        by_table[one.table].append((one.row.pk, own))
    for table, rows in by_table.items():
        change_many(table.model, rows)


def _as_it_will_be(row: Service, values: dict[str, Any]) -> Service:
    return Service(name=values.get("name", row.name), keywords=values.get("keywords", row.keywords))


def _still_free(one: Change) -> None:
    no = one.table.holds(one.row)
    if no is not None:
        raise StillNeeded(row=one.line, why=no)


def profiles(changes: Sequence[Change]) -> None:
    """Write what windows serve; lines of archived services stay, as set-up leaves them."""
    if not changes:
        return
    codes = {code for one in changes for code in one.values["serves"]}
    hall = changes[0].row.hall_id
    services = {one.code: one for one in Service.objects.filter(hall=hall, code__in=codes)}
    windows = [one.row.pk for one in changes]
    Profile.objects.filter(window__in=windows, service__archived_at=None).delete()
    old = Profile.objects.filter(window__in=windows, service__code__in=codes)
    old.delete()  # of a service that the same file brings back
    Profile.objects.bulk_create(
        Profile(window=one.row, service=services[code], choice=choice)
        for one in changes
        for code, choice in one.values["serves"].items()
    )


def take_back(brought: Import) -> None:
    """Remove what was staged and never put in use, a chunk at a time."""
    if brought.state == ImportState.DONE:
        return
    listed = KINDS[brought.kind]
    if listed.of_people:
        return  # nobody is staged
    for table in reversed(listed.order):
        mine = brought.lines.filter(did=Did.MADE, sheet=table.name).exclude(thing_id=None)
        for chunk in _chunks(list(mine.values_list("pk", "thing_id"))):
            _remove(table, chunk)


@action
def _remove(table: Table, chunk: Sequence[tuple[int, int]]) -> None:
    things = [thing for _line, thing in chunk]
    rows = table.model._default_manager.filter(pk__in=things).exclude(archived_at=None)
    rows.delete()
    Line.objects.filter(pk__in=[line for line, _thing in chunk]).update(thing_id=None)


def _chunks(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(rows), A_CHUNK):
        yield rows[start : start + A_CHUNK]

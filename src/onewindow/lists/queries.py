"""Lists that were brought and files that were asked for, each of its own hall."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import Count, Model, Q, QuerySet

from onewindow.base import clocks
from onewindow.base.halls.models import Hall
from onewindow.base.web.refused import NotFound
from onewindow.lists.models import File, Import, Line
from onewindow.lists.states import AT_WORK, Did, FileState, ImportState

SHOWN = 10
KEPT = timedelta(days=7)
SILENT = timedelta(minutes=2)


def imports(hall: Hall, kind: str, *, by: int | None = None) -> list[Import]:
    """Return what was brought lately, the newest first; by one person, or by anybody."""
    found = Import.objects.filter(hall=hall, kind=kind).order_by("-pk")
    return list((found.filter(by_id=by) if by else found)[:SHOWN])


def import_of(hall: Hall, pk: int) -> Import:
    """Return something that was brought to this hall. Raise NotFound."""
    found = Import.objects.select_related("hall").filter(hall=hall, pk=pk).first()
    if found is None:
        raise NotFound
    return found


def lines(brought: Import, did: str = "") -> QuerySet[Line]:
    """Return what it does to which thing, in the order of the file."""
    found = brought.lines.order_by("pk")
    return found.filter(did=did) if did else found


def counted(brought: Import) -> dict[tuple[str, str], int]:
    """Return how many lines of each sheet do what."""
    rows = brought.lines.order_by().values_list("sheet", "did").annotate(Count("pk"))
    return {(sheet, did): many for sheet, did, many in rows}


def files(hall: Hall, kind: str) -> list[File]:
    """Return the files that were asked for lately, the newest first."""
    rows = File.objects.select_related("hall").filter(hall=hall, kind=kind)
    return list(rows.order_by("-pk")[: SHOWN // 2])


def file_of(hall: Hall, pk: int) -> File:
    """Return a file of this hall that can be fetched. Raise NotFound."""
    found = File.objects.select_related("hall").filter(hall=hall, pk=pk).first()
    if found is None or found.state != FileState.READY or not found.path.is_file():
        raise NotFound
    return found


def under_way(hall: Hall) -> Import | None:
    """Return what is being written or undone in the hall."""
    states = (ImportState.WRITING, ImportState.UNDOING)
    return Import.objects.filter(hall=hall, state__in=states).first()


def lost_imports() -> QuerySet[Import]:
    """Return what has waited or been silent for minutes: its job or its worker is gone."""
    before = clocks.now() - SILENT
    return Import.objects.filter(state__in=AT_WORK, seen_at__lt=before).order_by("pk")


def lost_files() -> QuerySet[File]:
    """Return files that have waited for minutes."""
    before = clocks.now() - SILENT
    states = (FileState.QUEUED, FileState.RUNNING)
    return File.objects.filter(state__in=states, seen_at__lt=before).order_by("pk")


def old_files() -> QuerySet[File]:
    """Return what was asked for a week ago."""
    return File.objects.filter(asked_at__lt=clocks.now() - KEPT)


def old_imports() -> QuerySet[Import]:
    """Return what was brought a week ago and is at rest: its file is needed no more."""
    old = Import.objects.filter(asked_at__lt=clocks.now() - KEPT)
    return old.exclude(state__in=AT_WORK).order_by("pk")


def touched(thing: str, thing_id: int) -> QuerySet[Line]:
    """Return what lists that were written did to a thing."""
    rows = Line.objects.filter(thing=thing, thing_id=thing_id).exclude(brought__entry=None)
    return rows.select_related("brought")


def entries_of(rows: Iterable[Line]) -> Q:
    """Return what finds the rows of the trail that some lines belong to."""
    marks = [mark for row in rows for mark in (row.brought.entry, row.brought.undone_entry) if mark]
    return Q(pk__in=marks)


def changes_of(row: Model) -> dict[int, dict[str, list[Any]]]:
    """Return what lists changed of a thing, by the row of the trail that says so.

    An import that was undone has two: what it did, and the same the other way round.
    """
    found: dict[int, dict[str, list[Any]]] = {}
    for line in touched(row._meta.label_lower, row.pk):
        found[line.brought.entry or 0] = line.changes
        if line.brought.undone_entry and line.did != Did.MADE:
            back = {name: [new, old] for name, (old, new) in line.changes.items()}
            found[line.brought.undone_entry] = back
    return found

"""The rows of an export, page by page, and what was asked for."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from onewindow.accounts.scope import EVERYTHING, Scope
from onewindow.base import clocks
from onewindow.base.halls.models import Hall
from onewindow.base.web.refused import NotFound
from onewindow.tickets.exports.columns import COLUMNS
from onewindow.tickets.exports.limits import choices, filters
from onewindow.tickets.exports.models import Export
from onewindow.tickets.models import Ticket
from onewindow.tickets.states import ExportState

A_PAGE = 2_000
SHOWN = 20
KEPT = timedelta(days=7)
SILENT = timedelta(minutes=2)


def span(hall: Hall, first: date, last: date, limit: str = "") -> QuerySet[Ticket]:
    """Return the tickets of some business dates, both included."""
    return Ticket.objects.filter(hall=hall, day__gte=first, day__lte=last, **filters(limit))


def pages(hall: Hall, first: date, last: date, limit: str = "") -> Iterator[list[tuple[Any, ...]]]:
    """Yield the tickets' values, a page at a time, by the days and their order.

    Each page is read whole, after the last row of the page before: however slowly somebody
    takes them, nothing stays open in the database.
    """
    day, after = first, 0
    while True:
        rows = span(hall, day, last, limit).filter(Q(day__gt=day) | Q(pk__gt=after))
        page = list(rows.order_by("day", "pk").values_list("day", "pk", *COLUMNS)[:A_PAGE])
        if page:
            yield [row[2:] for row in page]
        if len(page) < A_PAGE:
            return
        day, after = page[-1][:2]


def exports(hall: Hall, scope: Scope = EVERYTHING) -> list[Export]:
    """Return the files that were asked for lately, the newest first."""
    return list(_of(hall, scope).order_by("-pk")[:SHOWN])


def under_way(hall: Hall, first: date, last: date, language: str, limit: str = "") -> Export | None:
    """Return a file of the same tickets that waits or is being made."""
    same = {"first": first, "last": last, "language": language, "limit": limit}
    states = (ExportState.QUEUED, ExportState.RUNNING)
    return Export.objects.filter(hall=hall, state__in=states, **same).first()


def file_of(hall: Hall, pk: int, scope: Scope = EVERYTHING) -> Export:
    """Return a file of this hall that can be fetched. Raise NotFound."""
    found = _of(hall, scope).filter(pk=pk, state=ExportState.READY).first()
    if found is None or not found.path.is_file():
        raise NotFound
    return found


def _of(hall: Hall, scope: Scope) -> QuerySet[Export]:
    """Return the files of a hall, or those that hold a department's tickets alone."""
    rows = Export.objects.filter(hall=hall)
    return rows if scope.is_whole else rows.filter(limit__in=dict(choices(hall, scope)))


def old() -> QuerySet[Export]:
    """Return what was asked for a week ago."""
    return Export.objects.filter(asked_at__lt=clocks.now() - KEPT)


def lost() -> QuerySet[Export]:
    """Return what has waited or been silent for minutes: its job or its worker is gone."""
    before = clocks.now() - SILENT
    silent = Q(seen_at__lt=before) | Q(seen_at=None, asked_at__lt=before)
    states = (ExportState.QUEUED, ExportState.RUNNING)
    return Export.objects.filter(silent, state__in=states).order_by("pk")

"""The history a page at a time: by key, so that the millionth page costs what the first does."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from heapq import merge
from itertools import islice
from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet

from onewindow.accounts.models import Membership, User
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.base.trail.models import Entry
from onewindow.base.web.refused import NotFound

A_PAGE = 50
ROWS_OF_A_FILE = 2_000
PERSON = "accounts.user"

Place = tuple[datetime, int]


def page(
    hall: Hall, asked: Mapping[str, Any], before: Place | None = None, many: int = A_PAGE
) -> list[Entry]:
    """Return entries before a place, the newest first: the hall's, and the installation's.

    Two statements whatever there is, each along the index of a hall's time (or of a thing).
    """
    found = (
        _before(_asked(rows, hall, asked), before)[:many]
        for rows in (Entry.objects.filter(hall=hall.pk), _of_no_hall(hall))
    )
    return [*islice(merge(*found, key=lambda one: (one.at, one.pk), reverse=True), many)]


def pages(hall: Hall, asked: Mapping[str, Any], before: Place) -> Iterator[list[Entry]]:
    """Yield all that was asked for, some thousand at a time; nothing stays open meanwhile."""
    start: Place = before
    while found := page(hall, asked, start, ROWS_OF_A_FILE):
        yield found
        if len(found) < ROWS_OF_A_FILE:
            return
        start = found[-1].at, found[-1].pk


def entry(hall: Hall, number: int) -> Entry:
    """Return one entry that belongs here. Raise NotFound."""
    found = Entry.objects.filter(pk=number, hall=hall.pk).first()
    found = found or _of_no_hall(hall).filter(pk=number).first()
    if found is None:
        raise NotFound
    return found


def exported(hall: Hall, number: int, by: By) -> Entry:
    """Return the entry by which this person took the history along. Raise NotFound."""
    own = Entry.objects.filter(pk=number, hall=hall.pk, kind="trail.exported")
    found = own.filter(by_kind=by.kind, by_id=by.id).first()
    if found is None:
        raise NotFound
    return found


def row_of(entry: Entry) -> Any:
    """Return the thing an entry is about; None when it is gone."""
    try:
        model = apps.get_model(entry.subject)
    except (LookupError, ValueError):
        return None
    return model._base_manager.filter(pk=entry.subject_id).first()


def _of_no_hall(hall: Hall) -> QuerySet[Entry]:
    """Return what belongs to the installation: sign-ins, people, jobs.

    Without people who work in other halls alone: an administrator of a hall reaches its own.
    """
    here = Membership.objects.filter(Q(hall=hall) | Q(hall=None), user=OuterRef("pk"))
    anywhere = Membership.objects.filter(user=OuterRef("pk"))
    others = User.objects.filter(Exists(anywhere), ~Exists(here)).values("pk")
    rows = Entry.objects.filter(hall=None).exclude(subject=PERSON, subject_id__in=others)
    return rows.exclude(by_kind="user", by_id__in=others)


def _before(rows: QuerySet[Entry], place: Place | None) -> QuerySet[Entry]:
    rows = rows.order_by("-at", "-pk")
    if place is None:
        return rows
    at, pk = place
    return rows.filter(Q(at__lt=at) | Q(at=at, pk__lt=pk), at__lte=at)


def _asked(rows: QuerySet[Entry], hall: Hall, asked: Mapping[str, Any]) -> QuerySet[Entry]:
    if asked.get("first"):
        rows = rows.filter(at__gte=_midnight(hall, asked["first"]))
    if asked.get("last"):
        rows = rows.filter(at__lt=_midnight(hall, asked["last"], 1))
    for name, column in (("subject", "subject"), ("id", "subject_id"), ("door", "via")):
        if asked.get(name):
            rows = rows.filter(**{column: asked[name]})
    kind = asked.get("kind", "")
    if kind:
        rows = rows.filter(kind__startswith=kind) if kind.endswith(".") else rows.filter(kind=kind)
    if asked.get("number"):
        rows = rows.filter(label__iexact=asked["number"].strip())
    if asked.get("address"):
        rows = rows.filter(address__startswith=asked["address"].strip())
    return rows.filter(_who(asked["who"].strip())) if asked.get("who") else rows


def _who(typed: str) -> Q:
    people = User.objects.filter(name=typed).values("pk")
    return Q(by_label__iexact=typed) | Q(by_kind="user", by_id__in=people)


def _midnight(hall: Hall, day: str, later: int = 0) -> datetime:
    then = date.fromisoformat(str(day)) + timedelta(days=later)
    return datetime(then.year, then.month, then.day, tzinfo=hall.zone)

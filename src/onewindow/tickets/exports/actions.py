"""Ask for a file, say how far it is, keep it for a week."""

import shutil
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from onewindow.base import clocks
from onewindow.base.action import action
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By, job
from onewindow.base.trail.record import record
from onewindow.base.web.refused import Refused
from onewindow.tickets.exports import queries
from onewindow.tickets.exports.models import Export
from onewindow.tickets.states import ExportState

TRIES = 3
DRAFTS = ".making-"
LEFT = timedelta(days=1)


class SameUnderWay(Refused):
    """One file of the same days is enough."""

    sentence = _("This file is being made already.")


@action
def ask(*, hall: Hall, first: date, last: date, language: str, by: By, limit: str = "") -> Export:
    """Ask for an XLSX of the tickets of some days. The trail's row makes a job begin it."""
    Hall.objects.select_for_update(no_key=True).get(pk=hall.pk)
    if queries.under_way(hall, first, last, language, limit):
        raise SameUnderWay
    made = Export.objects.create(
        hall=hall,
        first=first,
        last=last,
        limit=limit,
        language=language,
        asked_at=clocks.now(),
    )
    _record("export.asked", made, by)
    return made


@action
def streamed(*, hall: Hall, first: date, last: date, by: By, limit: str = "") -> None:
    """Note that somebody takes the tickets of some days with them."""
    days = {"first": first.isoformat(), "last": last.isoformat(), "limit": limit}
    record("export.streamed", hall, by=by, hall=hall.pk, label=hall.slug, **days)


@action
def begin(pk: int) -> Export | None:
    """Take a file that waits; None when another worker has it."""
    found = Export.objects.select_related("hall").filter(pk=pk).first()
    if found is None:
        return None
    total = queries.span(found.hall, found.first, found.last, found.limit).count()
    told = {"done": 0, "total": total, "tries": found.tries + 1, "seen_at": clocks.now()}
    return found if found.move(ExportState.RUNNING, **told) else None


@action
def go_on(export: Export, done: int) -> bool:
    """Say how far it is; False when it was given to another worker meanwhile."""
    mine = Export.objects.filter(pk=export.pk, state=ExportState.RUNNING, tries=export.tries)
    return bool(mine.update(done=done, seen_at=clocks.now()))


@action
def finish(export: Export, done: int) -> None:
    """It can be fetched."""
    if export.move(ExportState.READY, done=done, total=done, ready_at=clocks.now()):
        _record("export.ready", export, job("exports"), rows=done)


@action
def fail(export: Export) -> None:
    """It could not be made; a person may ask again."""
    if export.move(ExportState.FAILED):
        _record("export.failed", export, job("exports"))


@action
def begin_again(export: Export) -> bool:
    """Its worker was killed: it waits again, three times at most."""
    if export.tries >= TRIES:
        fail(export)
        return False
    return export.move(ExportState.QUEUED, seen_at=clocks.now(), done=0)


def purge() -> int:
    """Remove files after a week. Called by the clock."""
    gone = 0
    for export in queries.old():
        with suppress(FileNotFoundError):
            export.path.unlink()
        gone += _forget(export)
    _tidy()
    return gone


def _tidy() -> None:
    """Remove what a worker had begun to write when it was killed."""
    before = (clocks.now() - clocks.shift() - LEFT).timestamp()  # the machine's time, as files have
    for draft in Export(pk=0).path.parent.glob(f"{DRAFTS}*"):
        if draft.stat().st_mtime < before:
            shutil.rmtree(draft, ignore_errors=True)


@action
def _forget(export: Export) -> int:
    return Export.objects.filter(pk=export.pk).delete()[0]


def _record(kind: str, export: Export, by: By, **data: Any) -> None:
    days: dict[str, Any] = {"first": export.first.isoformat(), "last": export.last.isoformat()}
    days["limit"] = export.limit
    record(kind, export, by=by, topics=("export",), label=str(export.pk), **days, **data)

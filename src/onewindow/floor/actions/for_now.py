"""What a window serves for a while: it goes back by itself."""

from datetime import datetime
from typing import Any

from django.db.models import Q

from onewindow.base import clocks
from onewindow.base.action import action
from onewindow.base.halls.memory import changed
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By, job
from onewindow.base.trail.record import record
from onewindow.catalogue.models import Service
from onewindow.floor.models import ForNow, Window
from onewindow.floor.queries import was_closed
from onewindow.floor.states import Choice


@action
def serve_for_now(
    *, window: Window, service: Service, choice: Choice | None, until: datetime | None, by: By
) -> None:
    """Let a window serve a service as this choice, or (None) not at all, for a while.

    Without ``until`` it holds until the hall's day ends. What the window serves anyway is no
    change: that takes an earlier one back.
    """
    lasting = window.profile.filter(service=service).values_list("choice", flat=True).first()
    found = ForNow.objects.filter(window=window, service=service)
    if lasting == choice:
        if not found.delete()[0]:
            return
    else:
        held = {"choice": choice, "since": clocks.now(), "until": until}
        ForNow.objects.update_or_create(window=window, service=service, defaults=held)
    _tell("window.serves_for_now", window, by, service, choice, until)


@action
def as_ever(*, window: Window, by: By) -> None:
    """Let a window serve again what it always serves."""
    if ForNow.objects.filter(window=window).delete()[0]:
        _tell("window.serves_as_ever", window, by)


def run() -> None:
    """End what has lasted its time, in every hall. Safe to run twice at once."""
    by = job("for-now")
    for hall in Hall.objects.filter(archived_at=None):
        _end(hall=hall, by=by)


@action
def _end(*, hall: Hall, by: By) -> None:
    now, today = clocks.now(), hall.today()
    over = Q(until__lte=now) | Q(since__lt=clocks.moment(today, hall.day_starts, hall.zone))
    rows = ForNow.objects.filter(window__hall=hall).select_related("window")
    ended = list(rows if was_closed(hall, today) else rows.filter(over))
    if not ForNow.objects.filter(pk__in=[one.pk for one in ended]).delete()[0]:
        return
    for window in {one.window_id: one.window for one in ended}.values():
        window.hall = hall
        _tell("window.serves_as_ever", window, by)


def _tell(
    kind: str,
    window: Window,
    by: By,
    service: Service | None = None,
    choice: Choice | None = None,
    until: datetime | None = None,
) -> None:
    more: dict[str, Any] = {"service": service.code, "choice": choice} if service else {}
    if until:
        more["until"] = until.isoformat()
    record(kind, window, by=by, topics=(window.topic, "floor"), **more)
    changed(window.hall)

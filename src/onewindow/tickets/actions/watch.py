"""Two alarms of the floor: too many wait in one place; a free window calls nobody while they do."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.utils import formats, timezone

from onewindow.alerts.actions import close_alert, raise_alert
from onewindow.alerts.queries import data_by_cause
from onewindow.alerts.states import Level
from onewindow.base import clocks
from onewindow.base.action import action
from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import policy
from onewindow.base.trail import By, job
from onewindow.catalogue.queries import services
from onewindow.floor.models import Session, Zone
from onewindow.floor.queries import profile_of, windows_serving
from onewindow.floor.rules import WindowPolicy
from onewindow.tickets.estimates import look
from onewindow.tickets.queries import free_sessions

CROWDED, IDLE = "queue.crowded", "window.idle"
Wanted = dict[str, dict[str, Any]]


def run() -> None:
    """Look at every hall. Safe to run twice at once."""
    by = job("watch")
    for hall in Hall.objects.filter(archived_at=None):
        watch(hall=hall, by=by)


@action
def watch(*, hall: Hall, by: By) -> None:
    """Raise what is so, and close what no longer is."""
    rules, waiting = policy(hall, WindowPolicy), look(hall).waiting
    _tell(hall, CROWDED, Level.ACT_NOW, dict(_crowded(hall, rules, waiting)), by)
    idle = dict(_idle(hall, rules, waiting)) if rules.idle_min else {}
    _tell(hall, IDLE, Level.ACT_NOW, idle, by)


def _tell(hall: Hall, kind: str, level: Level, wanted: Wanted, by: By) -> None:
    standing = data_by_cause(hall, kind)
    for cause in standing.keys() - wanted.keys():
        close_alert(hall=hall, cause=cause, by=by)
    for cause, data in wanted.items():
        if standing.get(cause) != data:
            raise_alert(hall=hall, kind=kind, cause=cause, level=level, by=by, **data)


def _crowded(
    hall: Hall, rules: WindowPolicy, waiting: dict[int, int]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Where more wait than the hall wishes: in all of it, and zone by zone."""
    everybody = sum(waiting.values())
    if rules.crowd_hall and everybody >= rules.crowd_hall:
        yield "hall.crowded", {"place": hall.name, "waiting": everybody}
    many: Counter[int] = Counter()
    zones: dict[int, Zone] = {}
    for service in services(hall):
        serving = windows_serving(service)
        if serving and waiting.get(service.pk):
            zone = serving[0].zone
            zones[zone.pk] = zone
            many[zone.pk] += waiting[service.pk]
    for pk, people in many.items():
        if rules.crowd_zone and people >= rules.crowd_zone:
            yield f"zone.{zones[pk].code}.crowded", {"place": zones[pk].name, "waiting": people}


def _idle(
    hall: Hall, rules: WindowPolicy, waiting: dict[int, int]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Windows that could have called somebody for some minutes."""
    long_ago = clocks.now() - timedelta(minutes=rules.idle_min)
    for session, since in free_sessions(hall):
        people = sum(waiting.get(pk, 0) for pk in profile_of(session.window).all)
        if people and since <= long_ago:
            told = {"window": session.window.label, "since": _clock(hall, since)}
            yield _cause(session), told | {"waiting": people}


def _cause(session: Session) -> str:
    return f"window.{session.window.label}.idle"


def _clock(hall: Hall, moment: datetime) -> str:
    return formats.date_format(timezone.localtime(moment, hall.zone), "H:i")

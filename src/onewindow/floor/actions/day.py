"""The hall's day: open it, close it, tell everybody something."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from onewindow.alerts.actions import close_alert, raise_alert
from onewindow.alerts.states import Level
from onewindow.base import clocks
from onewindow.base.action import action
from onewindow.base.halls import memory
from onewindow.base.halls.models import Hall
from onewindow.base.halls.text import Spoken
from onewindow.base.trail import By, job
from onewindow.base.trail.record import record
from onewindow.base.web.refused import BadInput, Refused
from onewindow.floor.models import Announcement, HallDay
from onewindow.floor.queries import unopened_since

TOPICS = ("hall", "floor")
UNOPENED = "hall.unopened"  # the alert's kind, and its cause


class ReopenedWhy(Refused):
    """A hall that was closed opens again for a reason."""

    sentence = _("Please say why the hall opens again.")
    status = 422


@action
def open_hall(*, hall: Hall, by: By, reason: str = "") -> HallDay:
    """Open the hall for today's business date; an open one stays as it is.

    One that was closed today opens again, with the reason. Raise ReopenedWhy.
    """
    day, again = _day(hall), reason.strip()[:200]
    if day.opened_at is not None and day.closed_at is None:
        return day
    if day.closed_at is None:
        again = ""
    elif not again:
        raise ReopenedWhy
    day.opened_at, day.closed_at = day.opened_at or clocks.now(), None
    day.reopened_because = again
    day.save(update_fields=["opened_at", "closed_at", "reopened_because"])
    memory.changed(hall)  # kiosks give numbers again
    said: dict[str, Any] = {"reason": again} if again else {}
    record("hall.opened", day, by=by, label=day.day.isoformat(), topics=TOPICS, **said)
    close_alert(hall=hall, cause=UNOPENED, by=by)
    return day


def watch_opening() -> None:
    """Look whether every hall was opened when its hours began. Safe to run twice at once."""
    by = job("opening")
    for hall in Hall.objects.filter(archived_at=None):
        remind_to_open(hall=hall, by=by)


@action
def remind_to_open(*, hall: Hall, by: By) -> None:
    """Raise an alert when the hours have begun and nobody opened the hall; the clock opens none."""
    since = unopened_since(hall)
    if since is None:
        close_alert(hall=hall, cause=UNOPENED, by=by)
        return
    raise_alert(
        hall=hall,
        kind=UNOPENED,
        cause=UNOPENED,
        level=Level.ACT_NOW,
        by=by,
        since=f"{since:%H:%M}",
    )


@action
def close_hall(*, hall: Hall, by: By) -> HallDay:
    """Close the hall for today. Who still waits, the room above settles first."""
    day = _day(hall)
    if day.closed_at is None:
        day.closed_at = clocks.now()
        day.save(update_fields=["closed_at"])
        memory.changed(hall)  # and give none from now on
        record("hall.closed", day, by=by, label=day.day.isoformat(), topics=TOPICS)
    return day


def _day(hall: Hall) -> HallDay:
    """Return today's row, locked; made if this is its first use."""
    rows = HallDay.objects.select_for_update(no_key=True)
    return rows.get_or_create(hall=hall, day=hall.today())[0]


@action
def announce(
    *,
    hall: Hall,
    text: Spoken,
    by: By,
    since: datetime | None = None,
    until: datetime | None = None,
) -> Announcement:
    """Tell everybody something, on displays and pages, from now or ``since`` on."""
    said = {language: words.strip() for language, words in text.items() if words.strip()}
    if not said:
        raise BadInput(problem=_("An announcement needs words."))
    announcement = Announcement.objects.create(
        hall=hall, text=said, since=since or clocks.now(), until=until
    )
    memory.changed(hall)  # every page tells it from memory
    record("hall.announced", announcement, by=by, topics=("hall",))
    return announcement

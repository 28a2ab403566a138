"""The hall's day: open it, close it, tell everybody something."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from onewindow.base import clocks
from onewindow.base.action import action
from onewindow.base.halls import memory
from onewindow.base.halls.models import Hall
from onewindow.base.halls.text import Spoken
from onewindow.base.trail import By
from onewindow.base.trail.record import record
from onewindow.base.web.refused import BadInput
from onewindow.floor.models import Announcement, HallDay

TOPICS = ("hall", "floor")


@action
def open_hall(*, hall: Hall, by: By) -> HallDay:
    """Open the hall for today's business date; an open one stays as it is, a closed one reopens."""
    day = _day(hall)
    if day.opened_at is not None and day.closed_at is None:
        return day
    day.opened_at, day.closed_at = day.opened_at or clocks.now(), None
    day.save(update_fields=["opened_at", "closed_at"])
    memory.changed(hall)  # kiosks give numbers again
    record("hall.opened", day, by=by, label=day.day.isoformat(), topics=TOPICS)
    return day


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
    record("hall.announced", announcement, by=by, topics=("hall",))
    return announcement

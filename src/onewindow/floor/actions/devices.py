"""The alarm of a device that is seen no more while the hall is open; it ends by itself."""

from django.utils import formats, timezone

from onewindow.alerts.actions import close_alert, raise_alert
from onewindow.alerts.queries import data_by_cause
from onewindow.alerts.states import Level
from onewindow.base.action import action
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By, job
from onewindow.floor.queries import offline

KIND = "device.offline"


def run() -> None:
    """Look at every hall. Safe to run twice at once."""
    by = job("devices")
    for hall in Hall.objects.filter(archived_at=None):
        watch(hall=hall, by=by)


@action
def watch(*, hall: Hall, by: By) -> None:
    """Raise one alert for each device that is offline, and close those of devices that are back."""
    standing, silent = data_by_cause(hall, KIND), {d.topic: d for d in offline(hall)}
    for cause in standing.keys() - silent.keys():
        close_alert(hall=hall, cause=cause, by=by)
    for cause in silent.keys() - standing.keys():
        device = silent[cause]
        since = formats.date_format(timezone.localtime(device.seen_at, hall.zone), "H:i")
        raise_alert(
            hall=hall,
            kind=KIND,
            cause=cause,
            level=Level.ACT_NOW,
            subject=device,
            by=by,
            device=device.name,
            id=device.pk,
            since=since,
        )

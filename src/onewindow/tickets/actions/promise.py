"""The alarm of the promise: a wait that is too long, and a window that would shorten it."""

import math
from collections.abc import Iterable

from onewindow.alerts.actions import close_alert, raise_alert
from onewindow.alerts.queries import data_by_cause
from onewindow.alerts.states import Level
from onewindow.base.action import action
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By, job
from onewindow.tickets.promise import late

KIND = "group.late"


def run() -> None:
    """Look at every hall. Safe to run twice at once."""
    by = job("promise")
    for hall in Hall.objects.filter(archived_at=None):
        watch(hall=hall, by=by)


@action
def watch(*, hall: Hall, by: By) -> None:
    """Raise one alert for each group that is late, and close those of groups that no longer are."""
    standing = data_by_cause(hall, KIND)
    wanted = {
        _cause(one.group.code): {
            "group": one.group.name,
            "minutes": math.ceil(one.wait_s / 60),
            "promised": one.promised_min,
            "windows": one.windows,
            "window": one.windows[0],
        }
        for one in late(hall, _groups(standing))
    }
    for cause in standing.keys() - wanted.keys():
        close_alert(hall=hall, cause=cause, by=by)
    for cause, data in wanted.items():
        stood = standing.get(cause)
        if stood != data:
            others = stood is not None and stood["windows"] != data["windows"]
            raise_alert(
                hall=hall, kind=KIND, cause=cause, level=Level.ACT_NOW, by=by, anew=others, **data
            )


def _cause(group: str) -> str:
    return f"group.{group}.late"


def _groups(causes: Iterable[str]) -> set[str]:
    return {cause.split(".")[1] for cause in causes}

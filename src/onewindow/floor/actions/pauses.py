"""The alarm of a pause that is over: it rises by steps, and ends when the window goes on."""

from datetime import datetime, timedelta

from django.utils import formats, timezone

from onewindow.alerts.actions import close_alert, raise_alert
from onewindow.alerts.queries import data_by_cause
from onewindow.alerts.states import Level
from onewindow.base import clocks
from onewindow.base.action import action
from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import policy
from onewindow.base.trail import By, job
from onewindow.floor.models import Session
from onewindow.floor.queries import live_sessions
from onewindow.floor.rules import WindowPolicy

KIND = "pause.over"


def run() -> None:
    """Look at every hall. Safe to run twice at once."""
    by = job("pauses")
    for hall in Hall.objects.filter(archived_at=None):
        watch(hall=hall, by=by)


@action
def watch(*, hall: Hall, by: By) -> None:
    """Raise one alert for each window whose pause is over, and close those of windows at work."""
    rules, now = policy(hall, WindowPolicy), clocks.now()
    told, urgent = (timedelta(minutes=many) for many in (rules.over_today_min, rules.over_now_min))
    over = {_cause(one): one for one in live_sessions(hall) if one.is_overdue}
    over = {cause: one for cause, one in over.items() if now - _end(one) >= told}
    for cause in data_by_cause(hall, KIND).keys() - over.keys():
        close_alert(hall=hall, cause=cause, by=by)
    for cause, session in over.items():
        raise_alert(
            hall=hall,
            kind=KIND,
            cause=cause,
            level=Level.ACT_NOW if now - _end(session) >= urgent else Level.TODAY,
            subject=session.window,
            by=by,
            window=session.window.label,
            reason=session.pause_reason,
            back=formats.date_format(timezone.localtime(_end(session), hall.zone), "H:i"),
        )


def _end(session: Session) -> datetime:
    return session.until or clocks.now()


def _cause(session: Session) -> str:
    return f"window.{session.window.label}.pause-over"

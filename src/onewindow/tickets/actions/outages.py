"""After an outage: who was at a window goes on, was served meanwhile, or has gone."""

from typing import Any

from onewindow.alerts.actions import close_alert, raise_alert
from onewindow.alerts.queries import data_by_cause
from onewindow.alerts.states import Level
from onewindow.base import clocks
from onewindow.base.action import action
from onewindow.base.halls.models import Hall
from onewindow.base.ticks.models import Outage
from onewindow.base.trail import By, job
from onewindow.base.trail.models import Entry
from onewindow.base.trail.record import record
from onewindow.tickets.actions.call import fresh, topics
from onewindow.tickets.actions.serve import finish, release
from onewindow.tickets.models import Interruption, NotNow, Ticket
from onewindow.tickets.outages import interrupted
from onewindow.tickets.states import AT_WINDOW, AfterOutage, State

KIND = "hall.outage"  # the alert's kind, and its cause


def on_outage(_entry: Entry, outage: Outage) -> None:
    """The product is back: keep who was at a window, and tell each hall that had somebody there."""
    by = job("outage")
    for hall in Hall.objects.filter(archived_at=None):
        stood = Ticket.objects.filter(hall=hall, state__in=AT_WINDOW)
        rows = [Interruption(outage=outage, ticket=one) for one in stood]
        if rows:
            Interruption.objects.bulk_create(rows)
            _tell(hall, outage, by)


def watch() -> None:
    """Close the alerts of outages after which all went on. Safe to run twice at once."""
    for hall in Hall.objects.filter(archived_at=None):
        if data_by_cause(hall, KIND) and not interrupted(hall).exists():
            close_alert(hall=hall, cause=KIND, by=job("outage"))


@action
def settle_interruption(*, interruption: Interruption, how: AfterOutage, by: By) -> None:
    """Say what became of somebody who was at a window; a second time is no harm."""
    rows = Interruption.objects.filter(pk=interruption.pk, settled_at=None)
    if not rows.update(settled_at=clocks.now(), how=how):
        return
    ticket = fresh(interruption.ticket)
    if ticket.state not in AT_WINDOW:
        raise NotNow(ticket)
    record("outage.settled", ticket, by=by, topics=topics(ticket), how=how)
    if how == AfterOutage.SERVED:
        finish(ticket=ticket, by=by)
    elif how == AfterOutage.GONE:
        _close(ticket, by)
    if not interrupted(ticket.hall).exists():
        close_alert(hall=ticket.hall, cause=KIND, by=by)


def _close(ticket: Ticket, by: By) -> None:
    now, woken = clocks.now(), topics(ticket)
    release(ticket, by=by)
    ticket.move(State.CLOSED, ended_at=now, until=None, **ticket.spent(now))
    record("ticket.closed", ticket, by=by, topics=woken, offered="")


def _tell(hall: Hall, outage: Outage, by: By) -> None:
    zone = hall.zone
    told: dict[str, Any] = {
        "since": f"{outage.began_at.astimezone(zone):%H:%M}",
        "until": f"{outage.ended_at.astimezone(zone):%H:%M}",
    }
    raise_alert(hall=hall, kind=KIND, cause=KIND, level=Level.ACT_NOW, by=by, anew=True, **told)

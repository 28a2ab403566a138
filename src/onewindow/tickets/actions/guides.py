"""A visitor who needs help: the guides know while they wait, and fetch whom no voice calls."""

from collections.abc import Iterable
from typing import Any

from onewindow.accounts.states import Role
from onewindow.alerts.actions import close_alert, raise_alert
from onewindow.alerts.states import Level
from onewindow.base.trail import job
from onewindow.base.trail.models import Entry
from onewindow.tickets.models import Ticket
from onewindow.tickets.states import AT_WINDOW, FETCHED, State


def on_ticket(_entry: Entry, ticket: Ticket) -> None:
    """Whatever happened to a ticket: let the guides' alert of its visit say what holds now."""
    tell_of([ticket])


def tell_of(tickets: Iterable[Ticket]) -> None:
    """Bring the alerts of visits up to date; of who needs no help there is none."""
    for ticket in tickets:
        if ticket.visit.needs:
            _tell(ticket)


def _tell(ticket: Ticket) -> None:
    """Raise, change or close the one alert of this visit."""
    visit, by = ticket.visit, job("guides")
    told: dict[str, Any] = {
        "hall": ticket.hall,
        "cause": f"visit.{visit.pk}.needs",
        "owner_role": Role.GUIDE,
        "subject": visit,
        "number": visit.number,
        "needs": visit.needs,
        "by": by,
    }
    if ticket.state == State.CALLED and ticket.window and FETCHED.intersection(visit.needs):
        window = ticket.window.label
        raise_alert(kind="visitor.fetch", level=Level.ACT_NOW, window=window, **told)
    elif ticket.state not in AT_WINDOW and visit.tickets.filter(state=State.WAITING).exists():
        raise_alert(kind="visitor.needs", level=Level.GOOD_TO_KNOW, **told)
    else:
        close_alert(hall=ticket.hall, cause=told["cause"], by=by)

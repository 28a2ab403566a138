"""Closing at the end of the day: who still waits, then the hall."""

from django.utils.translation import gettext_lazy as _

from onewindow.base import clocks
from onewindow.base.action import action
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.base.trail.record import record
from onewindow.base.web.refused import Refused
from onewindow.floor import actions as floor
from onewindow.tickets import queries
from onewindow.tickets.actions.call import fresh, topics
from onewindow.tickets.models import NotNow, Ticket
from onewindow.tickets.states import AT_WINDOW, State


class OfferMissing(Refused):
    """Who is not served today was offered something; that is written down."""

    sentence = _("Please say what {number} was offered.")
    status = 422


@action
def close_ticket(*, ticket: Ticket, by: By, offered: str) -> Ticket:
    """At closing time: somebody who waits is not served today; what they were offered is kept."""
    if not offered.strip():
        raise OfferMissing(number=ticket.number)
    ticket = fresh(ticket)
    if ticket.state not in (State.WAITING, State.PARKED, State.MISSED):
        raise NotNow(number=ticket.number, state=State(ticket.state).label)
    now = clocks.now()
    said = offered.strip()[:200]
    ticket.move(State.CLOSED, ended_at=now, until=None, outcome_note=said, **ticket.spent(now))
    record("ticket.closed", ticket, by=by, topics=topics(ticket), offered=said)
    return ticket


@action
def close_hall(*, hall: Hall, by: By, offered: str = "") -> int:
    """Close the hall for today; who still waits is closed with it, and what all were offered kept.

    Return how many that were. Whoever is at a window is served to the end.
    """
    left = [one for one in queries.open_tickets(hall) if one.state not in AT_WINDOW]
    for ticket in left:
        close_ticket(ticket=ticket, by=by, offered=offered)
    floor.close_hall(hall=hall, by=by)
    return len(left)

"""Closing at the end of the day: who still waits, then the hall."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from onewindow.base import clocks
from onewindow.base.action import action
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.base.trail.record import record
from onewindow.base.web.refused import Refused
from onewindow.floor import actions as floor
from onewindow.tickets.actions import guides, promise
from onewindow.tickets.actions.call import fresh, topics
from onewindow.tickets.models import NotNow, Ticket, move_all
from onewindow.tickets.states import State

LEAVING = (State.WAITING, State.PARKED, State.MISSED, State.COMING)  # open, and at no window


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
    if ticket.state not in LEAVING:
        raise NotNow(ticket)
    now = clocks.now()
    said = offered.strip()[:200]
    ticket.move(State.CLOSED, ended_at=now, until=None, outcome_note=said, **ticket.spent(now))
    record("ticket.closed", ticket, by=by, topics=topics(ticket), offered=said)
    return ticket


@action
def close_hall(*, hall: Hall, by: By, offered: str = "") -> int:
    """Close the hall for today; who still waits is closed with it, and what all were offered kept.

    Return how many that were. Whoever is at a window is served to the end. The whole hall may wait
    and nobody else writes meanwhile, so this is done in bulk, with one row on the trail.
    """
    left = _lock_all(hall)
    said = offered.strip()[:200]
    if left and not said:
        raise OfferMissing(number=left[0].number)
    if left:
        now = clocks.now()
        over: dict[str, Any] = {"ended_at": now, "until": None, "phone_index": ""}
        move_all(left, State.CLOSED, now, outcome_note=said, **over)
        told: dict[str, Any] = {"offered": said, "numbers": [one.number for one in left]}
        record("tickets.closed", hall, hall=hall.pk, by=by, topics=("ticket",), **told)
        guides.tell_of(left)
    floor.close_hall(hall=hall, by=by)
    promise.watch(hall=hall, by=by)
    return len(left)


def _lock_all(hall: Hall) -> list[Ticket]:
    """Return the tickets that may be closed, locked in one order."""
    rows = Ticket.objects.filter(hall=hall, state__in=LEAVING).select_related("visit")
    found = list(rows.order_by("pk").select_for_update(of=("self",), no_key=True))
    for ticket in found:
        ticket.hall = hall
    return found

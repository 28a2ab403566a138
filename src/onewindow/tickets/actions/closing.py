"""Closing: a window without a visitor, a ticket at the end of the day, the hall."""

from django.utils.translation import gettext_lazy as _

from onewindow.accounts.models import User
from onewindow.base import clocks
from onewindow.base.action import action
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.base.trail.record import record
from onewindow.base.web.refused import Refused
from onewindow.floor import actions as floor
from onewindow.floor.models import Session, Window
from onewindow.tickets import queries
from onewindow.tickets.actions.call import fresh, topics
from onewindow.tickets.models import NotNow, Ticket
from onewindow.tickets.states import AT_WINDOW, State


class VisitorAtWindow(Refused):
    """A window closes only when its visitor has gone."""

    sentence = _("Window {window} is still with a visitor. Finish, move or set aside first.")


class OfferMissing(Refused):
    """Who is not served today was offered something; that is written down."""

    sentence = _("Please say what {number} was offered.")
    status = 422


@action
def open_window(*, window: Window, by: By, user: User | None = None) -> Session:
    """Open a window for a person. Who still has a visitor at another one finishes there first."""

    def leaving(session: Session) -> None:
        if queries.is_busy(session.window):
            raise VisitorAtWindow(window=session.window.label)
        if session.window_id != window.pk:
            _set_free(session.window)

    return floor.open_window(window=window, by=by, user=user, leaving=leaving)


@action
def close_window(*, window: Window, by: By) -> Session:
    """Close a window without a visitor; who was kept for it waits for every window again."""
    floor.lock(window, paused=True)
    if queries.is_busy(window):
        raise VisitorAtWindow(window=window.label)
    _set_free(window)
    return floor.close_window(window=window, by=by)


def _set_free(window: Window) -> None:
    """Who was kept for a window that closes waits for every window again."""
    kept = Ticket.objects.filter(hall_id=window.hall_id, state=State.WAITING, only_window=window)
    kept.update(only_window=None)


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

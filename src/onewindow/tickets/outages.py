"""Who was at a window when the product went away, and whether that is settled."""

from datetime import timedelta

from django.db.models import F, QuerySet

from onewindow.base import clocks
from onewindow.base.halls.models import Hall
from onewindow.base.ticks.models import Outage
from onewindow.base.ticks.queries import seconds_away
from onewindow.base.web.refused import NotFound
from onewindow.tickets.models import Interruption, Ticket
from onewindow.tickets.states import AT_WINDOW

SHOWN_FOR = timedelta(hours=24)


def interrupted(hall: Hall) -> QuerySet[Interruption]:
    """Who was at a window then, has not moved on since, and nobody has said what became of them."""
    rows = Interruption.objects.filter(
        settled_at=None,
        ticket__hall=hall,
        ticket__state__in=AT_WINDOW,
        ticket__changed_at__lte=F("outage__ended_at"),
    )
    about = "outage", "ticket__visit", "ticket__service", "ticket__window", "ticket__user"
    return rows.select_related(*about).order_by("pk")


def interruption(hall: Hall, pk: int) -> Interruption:
    """Return one that is not settled. Raise NotFound."""
    found = interrupted(hall).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def was_interrupted(ticket: Ticket | None) -> bool:
    """Say whether nobody has said yet what became of this visitor. No query on a quiet day."""
    if ticket is None or not seconds_away(ticket.changed_at, clocks.now()):
        return False
    return interrupted(ticket.hall).filter(ticket=ticket).exists()


def last_outage() -> Outage | None:
    """Return the last outage of this day; None when there was none."""
    since = clocks.now() - SHOWN_FOR
    return Outage.objects.filter(ended_at__gte=since).order_by("-ended_at").first()

"""Who has taken a number from afar, and whether the hall gives one now."""

from datetime import datetime

from onewindow.base import clocks
from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import policy
from onewindow.catalogue.models import Service
from onewindow.floor.queries import takes
from onewindow.tickets import remote_rules
from onewindow.tickets.estimates import look
from onewindow.tickets.models import Ticket, Visit
from onewindow.tickets.queries import Tickets, whole
from onewindow.tickets.remote_rules import RemotePolicy
from onewindow.tickets.slots import plain_code
from onewindow.tickets.states import OPEN, Channel, State


def coming(hall: Hall) -> Tickets:
    """Who is on the way to the hall, the place that is kept the shortest first."""
    rows = Ticket.objects.filter(hall=hall, state=State.COMING)
    return whole(rows).order_by("until", "pk")


def coming_of(visit: Visit) -> list[Ticket]:
    """Return the tickets of a visit whose visitor is on the way."""
    return list(whole(visit.tickets.filter(state=State.COMING)))


def kept_until(hall: Hall, service: Service) -> datetime | None:
    """Return until when a place would be kept for who sets out now; None where none is given."""
    rules, now = policy(hall, RemotePolicy), clocks.now()
    if not remote_rules.is_given(now.astimezone(hall.zone).time(), rules):
        return None
    if not takes(hall, now, scope=f"service.{service.code}"):
        return None
    p50_s, _p80_s = look(hall).wait(service.pk, now)
    return remote_rules.kept_until(now, p50_s, rules)


def ticket_by_code(hall: Hall, typed: str) -> Ticket | None:
    """Return today's open ticket from afar that a code belongs to, come or not."""
    rows = Ticket.objects.filter(hall=hall, day=hall.today(), state__in=OPEN)
    afar = whole(rows.filter(visit__channel=Channel.REMOTE)).order_by("pk")
    by_token = {ticket.visit.token: ticket for ticket in afar}
    return by_token.get(remote_rules.token_of(plain_code(typed), by_token))

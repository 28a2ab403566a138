"""The queue rules as they hold for a kind of window, and for a service: from memory.

What a service says comes before what its window's kind says, and both before the hall's rules.
"""

from dataclasses import replace
from typing import Any

from onewindow.base.halls.memory import remembered
from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import policy
from onewindow.catalogue.models import Service
from onewindow.floor.models import Window
from onewindow.tickets.models import RuleException, Ticket
from onewindow.tickets.rules import TicketPolicy

FIGURES = (
    "wait_target_min",
    "recalls",
    "miss_after_recalls",
    "come_back_min",
    "park_min",
    "wrap_up_s",
    "auto_call_s",
)


def rules_at(window: Window) -> TicketPolicy:
    """Return the rules of a window."""
    return _rules(window.hall, window.kind, 0)


def rules_of(service: Service, hall: Hall) -> TicketPolicy:
    """Return the rules of a service."""
    return _rules(hall, "", service.pk)


def rules_for(ticket: Ticket) -> TicketPolicy:
    """Return the rules of a ticket: those of its service, and of the window where it is."""
    return _rules(ticket.hall, ticket.window.kind if ticket.window else "", ticket.service_id)


@remembered
def _rules(hall: Hall, kind: str, service: int) -> TicketPolicy:
    own = _exceptions(hall)
    more = own.get(("kind", kind), {}) | own.get(("service", service), {})
    return replace(policy(hall, TicketPolicy), **more)


@remembered
def _exceptions(hall: Hall) -> dict[tuple[str, str | int], dict[str, Any]]:
    found: dict[tuple[str, str | int], dict[str, Any]] = {}
    for one in RuleException.objects.filter(hall=hall, archived_at=None):
        key = ("service", one.service_id) if one.service_id else ("kind", one.kind)
        given = {name: getattr(one, name) for name in FIGURES}
        found[key] = {name: value for name, value in given.items() if value is not None}
    return found

"""What the staff's pages put together from the rooms below."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from onewindow.accounts.models import Device, Membership, User
from onewindow.accounts.states import Role
from onewindow.base import clocks
from onewindow.base.deadlines.queries import opening_today
from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import policy
from onewindow.catalogue.models import Service
from onewindow.catalogue.queries import services
from onewindow.floor.models import Session, Window
from onewindow.floor.queries import (
    announcements,
    checks,
    day_of,
    left_papers,
    live_sessions,
    windows,
    windows_serving,
)
from onewindow.floor.states import Moment
from onewindow.printing.queries import printer_devices
from onewindow.printing.states import TROUBLE
from onewindow.tickets import kept, queries
from onewindow.tickets.estimates import Estimate, estimates, look
from onewindow.tickets.here import papers, services_of
from onewindow.tickets.models import Ticket
from onewindow.tickets.rules import TicketPolicy, mark
from onewindow.tickets.states import Priority, State

LINES = 20
PAPERS = 6  # that a slip names


@dataclass(frozen=True)
class WindowNow:
    """A window with who stands there and whom they serve; ``staff`` could be put there."""

    window: Window
    session: Session | None
    ticket: Ticket | None
    waiting: int
    staff: list[User]


@dataclass(frozen=True)
class Queue:
    """A service with its queue, and how its wait stands against the hall's promise."""

    service: Service
    wait: Estimate
    mark: str
    is_twice: bool  # more than twice what was promised
    windows: int


def window_choices(hall: Hall, clerks: Sequence[Membership] = ()) -> list[WindowNow]:
    """Return every window with its state; as many queries for two as for forty."""
    sessions = {session.window_id: session for session in live_sessions(hall)}
    tickets = {ticket.window_id: ticket for ticket in queries.called_now(hall)}
    waits = estimates(hall)
    return [
        WindowNow(
            window=window,
            session=sessions.get(window.pk),
            ticket=tickets.get(window.pk),
            waiting=sum(waits[one.pk].waiting for one in services_of(window) if one.pk in waits),
            staff=_who_may(clerks, window),
        )
        for window in windows(hall)
    ]


def waits(hall: Hall) -> list[Queue]:
    """Return the services that somebody waits for, the longest wait first."""
    now, settings = estimates(hall), policy(hall, TicketPolicy)
    stand = {one.window_id for one in live_sessions(hall) if one.calls}
    found = [
        Queue(
            service,
            now[service.pk],
            mark(now[service.pk].p80_s, settings),
            now[service.pk].p80_s > 2 * 60 * settings.wait_target_min,
            _open_for(service, stand),
        )
        for service in services(hall)
        if service.pk in now and now[service.pk].waiting
    ]
    return sorted(found, key=lambda line: -line.wait.p80_s)


def free_clerks(hall: Hall) -> list[Membership]:
    """Return the clerks who stand nowhere, in the order of their numbers."""
    busy = [session.user_id for session in live_sessions(hall) if session.user_id]
    here = Membership.objects.filter(Q(hall=hall) | Q(hall=None), role=Role.CLERK)
    free = here.filter(user__is_active=True).exclude(user__in=busy)
    return list(free.select_related("user").order_by("user__staff_number"))


def board(hall: Hall) -> dict[str, Any]:
    """Return all that the duty board shows; a fixed number of queries."""
    today = hall.today()
    return {
        "windows": window_choices(hall, free_clerks(hall)),
        "waits": waits(hall),
        "target": policy(hall, TicketPolicy).wait_target_min,
        "kept": kept.yesterday(hall),
        "before_turn": list(queries.out_of_order(hall, today)[:LINES]),
        "no_shows": list(queries.no_shows(hall, today)[:LINES]),
        "missed": list(queries.missed(hall)[:LINES]),
        "waiting": queries.waiting(hall).count(),
        "day": day_of(hall),
    }


def before_opening(hall: Hall) -> dict[str, Any]:
    """Return what the duty manager sees to before the hall opens; a fixed number of queries."""
    choices = window_choices(hall)
    open_from = {one.window.pk for one in choices if one.session}
    return {
        "day": day_of(hall),
        "hours": opening_today(hall, clocks.now()),
        "printers": [(one, _trouble(one)) for one in printer_devices(hall)],
        "empty": [one.window for one in choices if one.window.pk not in open_from],
        "open_windows": len(open_from),
        "announcements": announcements(hall),
        "checks": checks(hall, Moment.BEFORE),
        "papers": list(left_papers(hall)),
    }


def slip(ticket: Ticket) -> dict[str, Any]:
    """Return what a ticket on paper says beside its number."""
    seen, hall = look(ticket.hall), ticket.hall
    waits = ticket.state == State.WAITING
    ahead = seen.ahead(ticket.service_id, ticket.due) if waits else 0
    serving = windows_serving(ticket.service)
    return {
        "ticket": ticket,
        "zone": ticket.only_window.zone if ticket.only_window else serving and serving[0].zone,
        "wait": Estimate(0, *seen.wait(ticket.service_id, ticket.due), ahead) if waits else None,
        "materials": papers(ticket)[:PAPERS],
        "discreet": ticket.visit.priority != Priority.P4,
        "rules": policy(hall, TicketPolicy),
    }


def _trouble(printer: Device) -> str:
    """Return in words what a printer lacks; "" while nothing is known against it."""
    known = getattr(printer, "as_printer", None)
    bad = known is not None and known.condition in TROUBLE
    return str(known.get_condition_display()) if known and bad else ""


def _who_may(clerks: Sequence[Membership], window: Window) -> list[User]:
    """Whoever belongs to a department works at its windows and at those of none."""
    anywhere = (None, window.department_id)
    found = (
        one.user for one in clerks if not window.department_id or one.department_id in anywhere
    )
    return list(dict.fromkeys(found))


def _open_for(service: Service, stand: set[int]) -> int:
    return sum(window.pk in stand for window in windows_serving(service))

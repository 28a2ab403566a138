"""What the staff's pages put together from the rooms below."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from onewindow.accounts.models import Device
from onewindow.base import clocks
from onewindow.base.deadlines.queries import opening_today
from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import policy
from onewindow.floor.models import Session, Window
from onewindow.floor.queries import (
    announcements,
    checks,
    day_of,
    left_papers,
    live_sessions,
    profile_of,
    windows,
    windows_serving,
)
from onewindow.floor.states import Moment, SessionState
from onewindow.printing.queries import printer_devices
from onewindow.printing.states import TROUBLE
from onewindow.tickets import queries
from onewindow.tickets.estimates import Estimate, look
from onewindow.tickets.here import papers
from onewindow.tickets.models import Ticket
from onewindow.tickets.rules import TicketPolicy
from onewindow.tickets.states import Priority, State

PAPERS = 6  # that a slip names


@dataclass(frozen=True)
class WindowNow:
    """A window with who stands there and whom they serve."""

    window: Window
    session: Session | None
    ticket: Ticket | None
    waiting: int

    @property
    def state(self) -> str:
        """How it stands, in one word of the code; ``desks.duty.LOOKS`` says it in words."""
        if self.session is None:
            return "closed"
        if self.ticket:
            return self._with_visitor(self.ticket)
        if self.session.state == SessionState.PAUSED:
            return "over" if self.session.is_overdue else "paused"
        if self.session.wraps_up():
            return "wrap-up"
        return "idle" if self.waiting else "free"

    @property
    def since(self) -> datetime | None:
        """Since when its visitor is served, or on the way."""
        return (self.ticket.started_at or self.ticket.called_at) if self.ticket else None

    @property
    def target_min(self) -> int:
        """How long the service of its visitor should take."""
        return self.ticket.service.target_minutes * self.ticket.files if self.ticket else 0

    def _with_visitor(self, ticket: Ticket) -> str:
        if ticket.state == State.CALLED:
            return "called"
        spent_s = clocks.seconds(self.since, clocks.now())
        return "long" if spent_s > self.target_min * 60 else "serving"


def window_choices(hall: Hall, sessions: Sequence[Session] | None = None) -> list[WindowNow]:
    """Return every window with its state; as many queries for two as for forty."""
    live = live_sessions(hall) if sessions is None else sessions
    there = {session.window_id: session for session in live}
    tickets = {ticket.window_id: ticket for ticket in queries.called_now(hall)}
    waiting = look(hall).waiting
    return [
        WindowNow(
            window=window,
            session=there.get(window.pk),
            ticket=tickets.get(window.pk),
            waiting=sum(waiting.get(pk, 0) for pk in profile_of(window).all),
        )
        for window in windows(hall)
    ]


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

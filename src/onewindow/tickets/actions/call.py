"""Calling: the next one, a given one, once more."""

import math
from datetime import timedelta
from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from onewindow.alerts.queries import be_calm
from onewindow.base import clocks
from onewindow.base.action import action
from onewindow.base.halls.memory import remembered
from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import policy
from onewindow.base.rows import Kept, change
from onewindow.base.ticks.queries import seconds_away
from onewindow.base.trail import By
from onewindow.base.trail.record import record
from onewindow.base.web.refused import Refused
from onewindow.floor import actions as floor
from onewindow.floor.models import Session, Window
from onewindow.floor.queries import window_by_label
from onewindow.tickets import queries, rules
from onewindow.tickets.exceptions import rules_for
from onewindow.tickets.models import NotNow, Ticket, Visit
from onewindow.tickets.rules import TicketPolicy
from onewindow.tickets.states import OutOfOrder, Priority, State


class WindowBusy(Refused):
    """A window holds one ticket at a time."""

    sentence = _("Window {window} is still with a {visitor}. Finish that visit first.")


class VisitElsewhere(Refused):
    """A visit is at one window at a time."""

    sentence = _("Number {number} is at another window now.")


class ReasonMissing(Refused):
    """Calling before the turn needs a reason."""

    sentence = _("Calling someone before their turn needs a reason.")
    status = 422


class NameMissing(Refused):
    """An order needs the name of who gave it."""

    sentence = _("Please name who ordered it.")
    status = 422


class RecallTooSoon(Refused):
    """The visitor needs time to walk."""

    sentence = _("Please wait {seconds} more seconds before calling again.")


class NoMoreRecalls(Refused):
    """The hall limits how often one number is called."""

    sentence = _("Number {number} was called {times} times. Mark it as missed.")


@action
def call_next(*, window: Window, by: By) -> Ticket | None:
    """Call the ticket that is due next at this window; None when nobody waits."""
    be_calm(window.hall)
    ticket = _call_due(floor.lock(window), by=by)
    if ticket is None and queries.is_busy(window):
        raise WindowBusy(window=window.label)
    return ticket


@action
def call_by_itself(*, window: Window, by: By) -> Ticket | None:
    """Call who is due next at a window that was free for as long as the hall wishes.

    None where it is not so, or no longer: nobody pressed anything, so nothing is refused.
    """
    be_calm(window.hall)
    session = floor.lock(window, paused=True)
    at = queries.calls_itself_at(session)
    if at is None or clocks.now() < at or queries.is_busy(window):
        return None
    return _call_due(session, by=by, by_itself=True)


def _call_due(session: Session, *, by: By, **told: bool) -> Ticket | None:
    window = session.window
    ticket = _due_next(window)
    if ticket:
        bring_to(ticket, session, State.CALLED)
        about: dict[str, Any] = {"window": window.label, **told}
        record("ticket.called", ticket, by=by, topics=topics(ticket), **about)
    return ticket


@action
def call(
    *, window: Window, ticket: Ticket, reason: OutOfOrder | str, by: By, ordered_by: str = ""
) -> Ticket:
    """Call a given waiting ticket. Unless it is due next anyway, that needs a reason."""
    be_calm(window.hall)
    session = free_window(window)
    ticket = fresh(ticket)
    if ticket.state != State.WAITING:
        raise NotNow(ticket)
    first = queries.waiting_for(window).first()
    if first is not None and first.pk == ticket.pk:
        reason = ordered_by = ""
    elif reason not in OutOfOrder.values:
        raise ReasonMissing
    elif reason == OutOfOrder.ORDER and not ordered_by.strip():
        raise NameMissing
    bring_to(ticket, session, State.CALLED, out_of_order=reason, out_of_order_by=ordered_by)
    record(
        "ticket.called_given",
        ticket,
        by=by,
        topics=topics(ticket),
        window=window.label,
        reason=str(reason),
        ordered_by=ordered_by,
    )
    return ticket


@action
def recall(*, ticket: Ticket, by: By) -> Ticket:
    """Call a called visitor once more: at most three times, with time to walk between."""
    be_calm(ticket.hall)
    ticket = fresh(ticket)
    if ticket.state != State.CALLED:
        raise NotNow(ticket)
    settings = rules_for(ticket)
    if ticket.recalls >= settings.recalls:
        raise NoMoreRecalls(number=ticket.number, times=ticket.recalls + 1)
    wait = recall_in(ticket, settings)
    if wait > 0:
        raise RecallTooSoon(seconds=wait)
    ticket.recalls += 1
    ticket.recalled_at = clocks.now()
    ticket.save(update_fields=["recalls", "recalled_at"])
    record("ticket.recalled", ticket, by=by, topics=topics(ticket))
    return ticket


def recall_in(ticket: Ticket, settings: TicketPolicy) -> int:
    """Return in how many seconds this ticket may be called again; 0 when now."""
    gap = timedelta(seconds=settings.recall_gap_s + walking_s(ticket))
    now = clocks.now()
    last = ticket.recalled_at or ticket.called_at or now
    left = gap - (now - last) + timedelta(seconds=seconds_away(last, now))
    return max(0, math.ceil(left.total_seconds()))


def walking_s(ticket: Ticket) -> int:
    """Return the seconds that one walks to the ticket's window."""
    return ticket.window.zone.walking_s if ticket.window else 0


def free_window(window: Window) -> Session:
    """Lock the window's session. Raise WindowNotOpen, or WindowBusy when it has a visitor."""
    session = floor.lock(window)
    if queries.is_busy(window):
        raise WindowBusy(window=window.label)
    return session


def fresh(ticket: Ticket) -> Ticket:
    """Return the ticket as it stands now with its session, locked together with its visit."""
    rows = Ticket.objects.select_related("visit", "session")
    locked = rows.select_for_update(of=("self", "visit"), no_key=True).get(pk=ticket.pk)
    return queries.with_plan(locked, ticket.hall)


def bring_to(ticket: Ticket, session: Session, state: State, **changes: object) -> None:
    """Bring a ticket and its visit to the window of a session, as called or as served.

    Raise WindowBusy where the window has a visit (the database knows: ``Visit.at`` is unique),
    VisitElsewhere where the visit has a window.
    """
    now = clocks.now()
    try:
        came = change(Visit, ticket.visit_id, {"at": None}, {"at": session.window_id})
    except IntegrityError as taken:
        raise WindowBusy(window=session.window.label) from taken
    if not came:
        raise VisitElsewhere(number=ticket.number)
    spent = ticket.spent(now)
    if state == State.CALLED:
        changes |= {"called_at": now, "recalled_at": None, "recalls": 0}
        if ticket.called_at is None and ticket.told_p80_s is not None:
            changes |= {"late_s": spent.get("waiting_s", ticket.waiting_s) - ticket.told_p80_s}
    else:
        changes |= {"started_at": ticket.started_at or now}
    ticket.move(
        state,
        window=session.window,
        session=session,
        user_id=session.user_id,
        only_window=None,
        until=None,
        **spent,
        **changes,
    )
    ticket.visit.at = session.window
    floor.visitor_comes(session)


def topics(ticket: Ticket) -> tuple[str, ...]:
    """The screens that a change of this ticket wakes."""
    window = (ticket.window.topic,) if ticket.window else ()
    return ("ticket", ticket.visit.topic, *window)


def _due_next(window: Window) -> Ticket | None:
    """Take hold of who is due next; rows that another window holds now are passed by."""
    settings = policy(window.hall, TicketPolicy)
    ticket = _first(window, second=not settings.first_choice_first)
    if ticket is None and settings.first_choice_first:
        ticket = _first(window)
    if ticket is None or ticket.visit.priority != Priority.P1:
        return ticket
    if rules.too_many_p1(queries.last_classes(window, 2), settings):
        return _first(window, not_p1=True) or ticket
    return ticket


def _first(window: Window, *, second: bool = True, not_p1: bool = False) -> Ticket | None:
    """Lock the first who may be called, together with the visit."""
    found = _line(window.hall, window.label, second, not_p1).first()
    return queries.with_plan(found, window.hall) if found else None


@remembered
def _line(hall: Hall, label: str, second: bool, not_p1: bool) -> Kept[Ticket]:
    """Return the question of whom to call next, for as long as the hall stands as it is."""
    rows = queries.waiting_for(window_by_label(hall, label), second=second)
    if not_p1:
        rows = rows.exclude(visit__priority=Priority.P1)
    locked = rows.select_for_update(of=("self", "visit"), no_key=True, skip_locked=True)
    return Kept(locked[:1])

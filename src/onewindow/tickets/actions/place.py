"""Where a ticket stands meanwhile: set aside, moved, missed, back again, gone."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from onewindow.base import clocks
from onewindow.base.action import action
from onewindow.base.halls.policies import policy
from onewindow.base.trail import By
from onewindow.base.trail.record import record
from onewindow.base.web.refused import Refused
from onewindow.catalogue.models import Service
from onewindow.floor import actions as floor
from onewindow.floor.models import Session, Window
from onewindow.floor.queries import session_at
from onewindow.tickets import queries
from onewindow.tickets.actions.call import bring_to, free_window, fresh, topics
from onewindow.tickets.actions.serve import release
from onewindow.tickets.exceptions import rules_for
from onewindow.tickets.models import NotNow, Ticket
from onewindow.tickets.rules import TicketPolicy
from onewindow.tickets.states import State, TransferTo

ONE_STEP = timedelta(microseconds=1)


class RecallFirst(Refused):
    """Nobody is missed before they were called again."""

    sentence = _("Call {number} again before marking it as missed.")


class TooLateToComeBack(Refused):
    """The time to come back is over, or the day is."""

    sentence = _("The time for {number} to come back is over. Please take a new number.")


class WhereTo(Refused):
    """A move names a service or a window."""

    sentence = _("Please say to which service or window.")
    status = 422


class BroughtBackWhy(Refused):
    """Bringing back needs a reason."""

    sentence = _("Please say why {number} is brought back.")
    status = 422


@action
def park(*, ticket: Ticket, by: By, minutes: int | None = None) -> Ticket:
    """Set a visitor aside while they fill in a form; the place is kept."""
    ticket = fresh(ticket)
    if ticket.state != State.SERVING:
        raise NotNow(ticket)
    now = clocks.now()
    span = timedelta(minutes=minutes or rules_for(ticket).park_min)
    woken = topics(ticket)
    release(ticket, by=by)
    ticket.move(State.PARKED, until=now + span, **ticket.spent(now))
    record("ticket.parked", ticket, by=by, topics=woken)
    return ticket


@action
def later(*, ticket: Ticket, by: By, minutes: int | None = None) -> Ticket:
    """A waiting visitor needs more time: set aside, and back in the old place by itself."""
    ticket = fresh(ticket)
    if ticket.state != State.WAITING:
        raise NotNow(ticket)
    now = clocks.now()
    span = timedelta(minutes=minutes or policy(ticket.hall, TicketPolicy).later_min)
    ticket.move(State.PARKED, until=now + span, **ticket.spent(now))
    record("ticket.asked_for_time", ticket, by=by, topics=topics(ticket))
    return ticket


@action
def resume(*, ticket: Ticket, by: By, window: Window | None = None) -> Ticket:
    """Go on with a visitor set aside: at the same window at once, at another one by a call."""
    window = window or ticket.window
    if window is None:
        raise WhereTo
    session = free_window(window)
    ticket = fresh(ticket)
    if ticket.state != State.PARKED:
        raise NotNow(ticket)
    same = ticket.window_id == window.pk
    bring_to(ticket, session, State.SERVING if same else State.CALLED)
    record("ticket.resumed", ticket, by=by, topics=topics(ticket), window=window.label)
    return ticket


@action
def fetch(*, ticket: Ticket, by: By) -> Ticket:
    """A guide brings somebody who was set aside: called where they were, if that window is free;
    else they wait in their old place.
    """
    session = _free_session(ticket.window)
    ticket = fresh(ticket)
    if ticket.state != State.PARKED:
        raise NotNow(ticket)
    if session:
        bring_to(ticket, session, State.CALLED)
        label = session.window.label
        record("ticket.resumed", ticket, by=by, topics=topics(ticket), window=label)
    else:
        now = clocks.now()
        ticket.move(State.WAITING, until=None, **ticket.spent(now))
        record("ticket.waits_again", ticket, by=by, topics=topics(ticket))
    return ticket


def _free_session(window: Window | None) -> Session | None:
    """Lock the session of a window that could call somebody now; None when it could not."""
    standing = session_at(window) if window else None
    if window is None or standing is None or not standing.calls or queries.is_busy(window):
        return None
    return floor.lock(window)


@action
def transfer(
    *,
    ticket: Ticket,
    by: By,
    service: Service | None = None,
    window: Window | None = None,
    place: TransferTo = TransferTo.AGE,
    come_back: bool = False,
) -> Ticket:
    """Move a visitor to another service or window; the joining time is kept.

    With ``come_back`` the ticket waits for this window again once it is finished there.
    """
    if service is None and window is None:
        raise WhereTo
    if window is not None:
        floor.lock(window, paused=True)  # it cannot close before the visitor waits for it
    ticket = fresh(ticket)
    if ticket.state != State.SERVING:
        raise NotNow(ticket)
    now, here, woken = clocks.now(), ticket.window, topics(ticket)
    target = service or ticket.service
    release(ticket, by=by)
    ticket.move(
        State.WAITING,
        service=target,
        only_window=window,
        return_to=here if come_back else None,
        due=_due_at(ticket, target, place),
        moved_because="" if place == TransferTo.AGE else f"transfer_{place}",
        **ticket.spent(now),
    )
    record(
        "ticket.transferred",
        ticket,
        by=by,
        topics=(*woken, *([window.topic] if window else [])),
        service=target.code,
        window=window.label if window else "",
        place=place,
    )
    return ticket


@action
def miss(*, ticket: Ticket, by: By) -> Ticket:
    """Nobody came: missed, with half an hour to come back; the second time a no-show."""
    ticket = fresh(ticket)
    if ticket.state != State.CALLED:
        raise NotNow(ticket)
    settings = rules_for(ticket)
    if ticket.recalls < settings.miss_after_recalls:
        raise RecallFirst(number=ticket.number)
    now, woken = clocks.now(), topics(ticket)
    again = ticket.misses > 0
    release(ticket, by=by)
    ticket.move(
        State.NO_SHOW if again else State.MISSED,
        misses=ticket.misses + 1,
        until=None if again else now + timedelta(minutes=settings.come_back_min),
        ended_at=now if again else None,
        **ticket.spent(now),
    )
    record("ticket.no_show" if again else "ticket.missed", ticket, by=by, topics=woken)
    return ticket


@action
def come_back(*, ticket: Ticket, by: By) -> Ticket:
    """A missed visitor is here again: behind the next three of the service."""
    ticket = fresh(ticket)
    if ticket.state != State.MISSED:
        raise NotNow(ticket)
    if ticket.has_run_out(clocks.now()):
        raise TooLateToComeBack(number=ticket.number)
    _join_again(ticket, "came_back")
    record("ticket.came_back", ticket, by=by, topics=topics(ticket))
    return ticket


@action
def bring_back(*, ticket: Ticket, by: By, reason: str) -> Ticket:
    """Guide or duty manager brings a no-show back on the same day, with a reason."""
    if not reason.strip():
        raise BroughtBackWhy(number=ticket.number)
    ticket = fresh(ticket)
    if ticket.state != State.NO_SHOW:
        raise NotNow(ticket)
    if ticket.day != ticket.hall.today():
        raise TooLateToComeBack(number=ticket.number)
    _join_again(ticket, "brought_back")
    record("ticket.brought_back", ticket, by=by, topics=topics(ticket), reason=reason.strip()[:200])
    return ticket


@action
def leave(*, ticket: Ticket, by: By) -> Ticket:
    """The visitor does not wish to go on."""
    ticket = fresh(ticket)
    now, woken = clocks.now(), topics(ticket)
    at_window = ticket.state == State.CALLED
    ticket.move(State.LEFT, ended_at=now, until=None, **ticket.spent(now))
    if at_window:
        release(ticket, by=by)
    record("ticket.left", ticket, by=by, topics=woken)
    return ticket


def _join_again(ticket: Ticket, why: str) -> None:
    now = clocks.now()
    ticket.move(
        State.WAITING,
        due=_behind_next(ticket),
        moved_because=why,
        until=None,
        ended_at=None,
        changed_at=now,
    )


def _behind_next(ticket: Ticket) -> datetime:
    """Return the due time behind the next three of the service; a miss betters no place."""
    many = policy(ticket.hall, TicketPolicy).come_back_behind
    dues = queries.in_line(ticket.hall, ticket.service_id)
    ahead = list(dues.values_list("due", flat=True)[:many])
    return max(ahead[-1] + ONE_STEP, ticket.due) if ahead else ticket.due


def _due_at(ticket: Ticket, service: Service, place: TransferTo) -> datetime:
    """Return the due time of a moved ticket: by age it keeps its own."""
    if place == TransferTo.AGE:
        return ticket.due
    dues = queries.in_line(ticket.hall, service.pk).values_list("due", flat=True)
    if place == TransferTo.FRONT:
        first = dues.first()
        return min(first - ONE_STEP, ticket.due) if first else ticket.due
    last = dues.last()
    return max(last + ONE_STEP, clocks.now()) if last else clocks.now()

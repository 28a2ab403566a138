"""What time alone does to tickets: places that run out, and the change of the business date."""

from collections.abc import Callable
from contextlib import suppress

from django.db.models import QuerySet

from onewindow.base import clocks
from onewindow.base.action import action
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By, job
from onewindow.base.trail.record import record
from onewindow.floor import actions as floor
from onewindow.floor.models import Session
from onewindow.floor.states import SessionState
from onewindow.tickets.actions.call import fresh, topics
from onewindow.tickets.actions.serve import release
from onewindow.tickets.models import Ticket
from onewindow.tickets.states import AT_WINDOW, OPEN, State

GIVEN_UP = (State.MISSED, State.COMING)
AT_ONCE = 500  # so that no transaction is long


def run() -> int:
    """Sweep every hall; return how many tickets were moved. Safe to run twice at once."""
    by = job("sweep")
    return sum(_sweep(hall, by) for hall in Hall.objects.filter(archived_at=None))


def _sweep(hall: Hall, by: By) -> int:
    now = clocks.now()
    # "Not today or later" and by due, so that SQLite finds who is open by the queue's index: by
    # "before today" or in order of keys it would read all tickets there have ever been.
    rows = Ticket.objects.filter(hall=hall, state__in=OPEN)
    old = rows.exclude(day__gte=hall.today(now)).order_by("due")
    over = Ticket.objects.filter(hall=hall, until__lt=now)
    moved = _each(old, _close_by_date, by)
    moved += _each(over.filter(state=State.PARKED).order_by("until"), _back_in_line, by)
    gone = over.filter(state__in=GIVEN_UP)
    moved += _each(gone.order_by("until"), _give_up, by)
    _begin_pauses(hall, by)
    _close_sessions_of_yesterday(hall, by)
    _free_from_closed_windows(hall)
    return moved


def _each(rows: QuerySet[Ticket], act: Callable[[Ticket, By], bool], by: By) -> int:
    return sum(act(ticket, by) for ticket in rows[:AT_ONCE])


@action
def _back_in_line(ticket: Ticket, by: By) -> bool:
    """The time of a parked ticket has passed: it waits again in its old place."""
    ticket = fresh(ticket)
    now = clocks.now()
    if ticket.state != State.PARKED or not ticket.has_run_out(now):
        return False
    ticket.move(State.WAITING, until=None, **ticket.spent(now))
    record("ticket.waits_again", ticket, by=by, topics=topics(ticket))
    return True


@action
def _give_up(ticket: Ticket, by: By) -> bool:
    """Half an hour after a miss, or not come while the place was kept: a no-show."""
    ticket = fresh(ticket)
    now = clocks.now()
    if ticket.state not in GIVEN_UP or not ticket.has_run_out(now):
        return False
    ticket.move(State.NO_SHOW, until=None, ended_at=now, changed_at=now)
    record("ticket.no_show", ticket, by=by, topics=topics(ticket))
    return True


@action
def _close_by_date(ticket: Ticket, by: By) -> bool:
    """A new business date: what is still open of an older one is closed, and marked so."""
    ticket = fresh(ticket)
    if not ticket.is_open:
        return False
    now, woken = clocks.now(), topics(ticket)
    if ticket.state in AT_WINDOW:
        release(ticket, by=by)
    ticket.move(State.CLOSED, by_date=True, ended_at=now, changed_at=now, until=None)
    record("ticket.closed_by_date", ticket, by=by, topics=woken)
    return True


def _begin_pauses(hall: Hall, by: By) -> None:
    """A pause waits no longer than for the visitor and the papers, however these ended."""
    live = Session.objects.filter(hall=hall, state=SessionState.OPEN, window__visit_here=None)
    waits = live.filter(pause_asked_at__isnull=False).select_related("window__hall", "window__zone")
    for session in waits:
        if not session.wraps_up():
            with suppress(floor.WindowNotOpen):  # it was closed this instant
                floor.begin_pause(window=session.window, by=by)


def _close_sessions_of_yesterday(hall: Hall, by: By) -> None:
    """Nobody stands at a window over night."""
    live = Session.objects.filter(hall=hall).exclude(state=SessionState.CLOSED)
    for session in live.select_related("window__hall", "window__zone"):
        if hall.today(session.opened_at) < hall.today():
            floor.close_window(window=session.window, by=by)


@action
def _free_from_closed_windows(hall: Hall) -> None:
    """Nobody waits for a window alone at which nobody stands, however it was closed."""
    kept = Ticket.objects.filter(hall=hall, state=State.WAITING, only_window__isnull=False)
    live = Session.objects.filter(hall=hall).exclude(state=SessionState.CLOSED)
    kept.exclude(only_window__in=live.values("window")).update(only_window=None)

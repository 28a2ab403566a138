"""Reads of the queue that have a name."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime, timedelta

from django.db.models import Exists, F, Max, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from onewindow.base.halls.models import Hall
from onewindow.base.web.refused import NotFound
from onewindow.catalogue.models import Service
from onewindow.catalogue.queries import service_by_id
from onewindow.floor.models import Session, Window
from onewindow.floor.queries import live_sessions, profile_of, window_by_id
from onewindow.tickets.exceptions import rules_at
from onewindow.tickets.models import Help, Ticket, Visit
from onewindow.tickets.states import AT_WINDOW, OPEN, State

NAMED_AT_MOST = 50
Tickets = QuerySet[Ticket]


def whole(tickets: Tickets) -> Tickets:
    """Tickets with all that a page or an answer shows of them."""
    return tickets.select_related("visit", "service__group", "window__zone")


def waiting(hall: Hall) -> Tickets:
    """Who waits in the hall, in the order of due."""
    return Ticket.objects.filter(hall=hall, state=State.WAITING).order_by("due", "pk")


def in_line(hall: Hall, service_id: int) -> Tickets:
    """Who waits for a service in the order of due, without those whose appointment is to come."""
    return waiting(hall).filter(service_id=service_id).exclude(booked_for=F("due"))


def waiting_for(window: Window, *, second: bool = True) -> Tickets:
    """Who may be called at a window, in the order of due: those of its profile whose visit is at no
    window now, and those kept for it. Without ``second`` only its first choices.
    """
    first, others = profile_of(window)
    served = [*first, *others] if second else first
    here = Q(only_window=None, service_id__in=served) | Q(only_window=window)
    rows = Ticket.objects.filter(here, hall_id=window.hall_id, state=State.WAITING)
    # As an expression, because SQLite would begin with the index of ``at``: with all who have gone.
    rows = rows.alias(elsewhere=Coalesce("visit__at_id", 0)).filter(elsewhere=0)
    return rows.select_related("visit").order_by("due", "pk")


def passed_by(ticket: Ticket) -> Tickets:
    """Who came before a called ticket, could be called at its window then, and still waits."""
    if ticket.window is None or ticket.called_at is None:
        return Ticket.objects.none()
    then = {"joined_at__lt": ticket.joined_at, "changed_at__lte": ticket.called_at}
    return waiting_for(ticket.window).filter(**then).order_by("joined_at", "pk")


def at_window(window: Window) -> Ticket | None:
    """Return the ticket that is called or served at a window; None when there is none."""
    return whole(
        Ticket.objects.filter(window=window, visit__at=window, state__in=AT_WINDOW)
    ).first()


def is_busy(window: Window) -> bool:
    """Say whether somebody is called or served at a window. One look into the unique index."""
    return Visit.objects.filter(at=window).exists()


def free_sessions(hall: Hall) -> list[tuple[Session, datetime]]:
    """Return who stands at a free window that calls, and since when it could have called somebody.

    That is since the last visitor went or, later, since somebody waits for it. Four queries.
    """
    busy = set(Visit.objects.filter(hall=hall, at__isnull=False).values_list("at_id", flat=True))
    free = [one for one in live_sessions(hall) if one.calls and one.window_id not in busy]
    if not free:
        return []
    last = dict(
        Ticket.objects.filter(session__in=[one.pk for one in free])
        .values_list("session")
        .annotate(at=Max("changed_at"))
    )
    waits = dict(waiting(hall).order_by().values_list("service").annotate(at=Min("changed_at")))
    found = []
    for session in free:
        came = [waits[pk] for pk in profile_of(session.window).all if pk in waits]
        if came and not session.wraps_up():
            gone = last.get(session.pk) or session.opened_at
            found.append((session, max(gone, session.at_work_since, min(came))))
    return found


def calls_itself_at(session: Session) -> datetime | None:
    """Return when a window calls by itself, if it stays free; None where it does not.

    So many seconds as the hall wishes after the last visitor and the papers or, later, since
    somebody waits for it. Two queries where the hall wishes it, else none.
    """
    seconds = rules_at(session.window).auto_call_s
    if not seconds or session.holds_back or not session.calls:
        return None
    came = waiting_for(session.window).order_by().aggregate(at=Min("changed_at"))["at"]
    if came is None:
        return None
    gone = Ticket.objects.filter(session=session.pk).aggregate(at=Max("changed_at"))["at"]
    since = (came, gone, session.wrap_up_until, session.at_work_since)
    return max(one for one in since if one) + timedelta(seconds=seconds)


def parked_at(window: Window) -> Tickets:
    """Who was set aside at a window, and those of its services who asked for more time."""
    first, second = profile_of(window)
    mine = Q(window=window) | Q(window=None, service_id__in=[*first, *second])
    rows = Ticket.objects.filter(mine, hall_id=window.hall_id, state=State.PARKED)
    return whole(rows).order_by("changed_at")


def missed_for(window: Window) -> Tickets:
    """Who did not come to this window and may still come back."""
    rows = Ticket.objects.filter(hall_id=window.hall_id, window=window, state=State.MISSED)
    return whole(rows).order_by("changed_at")


def last_classes(window: Window, many: int) -> list[str]:
    """Return the classes of the last tickets called at a window, newest first."""
    rows = Ticket.objects.filter(window=window, called_at__isnull=False).order_by("-called_at")
    return list(rows.values_list("visit__priority", flat=True)[:many])


def open_tickets(hall: Hall, day: date | None = None) -> Tickets:
    """Every ticket of the hall that may still be served."""
    rows = Ticket.objects.filter(hall=hall, state__in=OPEN)
    return whole(rows.filter(day=day) if day else rows).order_by("due", "pk")


def of_day(hall: Hall, day: date) -> Tickets:
    """All tickets of a business date, oldest first."""
    return whole(Ticket.objects.filter(hall=hall, day=day)).order_by("pk")


def ticket_of(hall: Hall, given: str | int) -> Ticket:
    """Return a ticket of this hall by its id, or by its number of today.

    Raise NotFound when there is none: another hall's ticket is none.
    """
    rows = Ticket.objects.filter(hall=hall).select_related("visit")
    text = str(given)
    if text.isascii() and text.isdigit() and len(text) < 19:
        found = rows.filter(pk=int(text)).first()
    else:
        found = rows.filter(visit__number=text.upper(), day=hall.today()).order_by("-pk").first()
    if found is None:
        raise NotFound
    return with_plan(found, hall)


def with_plan(ticket: Ticket, hall: Hall) -> Ticket:
    """Give a ticket its hall, service and window from memory, where the process knows them."""
    ticket.hall = hall
    with suppress(NotFound):  # archived meanwhile: then the row itself is asked
        ticket.service = service_by_id(hall, ticket.service_id)
    if ticket.window_id:
        with suppress(NotFound):
            ticket.window = window_by_id(hall, ticket.window_id)
    return ticket


def visit_by_token(token: str) -> Visit:
    """Return the visit that a phone page's address names. Raise NotFound when there is none."""
    known = token.isascii() and token.isalnum()  # PostgreSQL cannot even be asked for a NUL
    visits = Visit.objects.select_related("hall__organisation")
    visit = visits.filter(token=token).first() if known else None
    if visit is None:
        raise NotFound
    return visit


def visit_of(hall: Hall, pk: int) -> Visit:
    """Return a visit of this hall by its id. Raise NotFound."""
    visit = Visit.objects.filter(hall=hall, pk=pk).first()
    if visit is None:
        raise NotFound
    return visit


def tickets_of(visit: Visit) -> list[Ticket]:
    """Return all tickets of a visit: those still open first, then by joining.

    Each says whether help was given to it (``was_helped``): so few are asked about more.
    """
    helped = Exists(Help.objects.filter(ticket=OuterRef("pk")))
    rows = whole(Ticket.objects.filter(visit=visit)).annotate(was_helped=helped).order_by("pk")
    return sorted(rows, key=lambda ticket: not ticket.is_open)


def called_now(hall: Hall) -> Tickets:
    """Who is called or served now, newest call first."""
    rows = Ticket.objects.filter(hall=hall, state__in=AT_WINDOW)
    return whole(rows).order_by("-called_at")


def passed_over(ticket: Ticket) -> bool:
    """Say whether an urgent case was taken before this waiting ticket's turn."""
    if ticket.state != State.WAITING:
        return False
    return (
        Ticket.objects.filter(
            hall_id=ticket.hall_id,
            service_id=ticket.service_id,
            day=ticket.day,
            called_at__gt=ticket.joined_at,
            due__gt=ticket.due,
        )
        .exclude(out_of_order="")
        .exists()
    )


def out_of_order(hall: Hall, day: date) -> Tickets:
    """The day's calls before their turn, newest first: the fairness report."""
    rows = Ticket.objects.filter(hall=hall, day=day).exclude(out_of_order="")
    return whole(rows).order_by("-called_at")


def held_for(service: Service) -> int:
    """Return how many hold a number for a service and have not been served."""
    return Ticket.objects.filter(hall=service.hall_id, service=service, state__in=OPEN).count()


def kept_for(window: Window) -> int:
    """Return how many wait for one window alone, or are to go back to it."""
    mine = Q(only_window=window) | Q(return_to=window)
    return Ticket.objects.filter(mine, hall=window.hall_id, state__in=OPEN).count()


def no_shows(hall: Hall, day: date) -> Tickets:
    """Who did not come on a day, the newest first: a guide may bring them back."""
    rows = Ticket.objects.filter(hall=hall, day=day, state=State.NO_SHOW)
    return whole(rows).order_by("-changed_at")


def missed(hall: Hall) -> Tickets:
    """Who missed their call and may still come back, the newest first."""
    rows = Ticket.objects.filter(hall=hall, state=State.MISSED)
    return whole(rows).order_by("-changed_at")


def set_aside_in(hall: Hall) -> Tickets:
    """Who was set aside anywhere in the hall, the longest first."""
    rows = Ticket.objects.filter(hall=hall, state=State.PARKED)
    return whole(rows).order_by("changed_at")


def tickets_named(hall: Hall, ids: Iterable[str]) -> list[Ticket]:
    """Return these tickets of the hall in the order they were drawn. Raise NotFound."""
    known = [int(one) for one in ids if one.isascii() and one.isdigit() and len(one) < 19]
    found = list(whole(Ticket.objects.filter(hall=hall, pk__in=known[:NAMED_AT_MOST])))
    if not found:
        raise NotFound
    return sorted((with_plan(one, hall) for one in found), key=lambda one: one.pk)


def ended_since(hall: Hall, moment: datetime) -> Tickets:
    """Who was at a window and has gone since a moment, the newest first."""
    rows = Ticket.objects.filter(hall=hall, ended_at__gte=moment, called_at__isnull=False)
    return whole(rows).order_by("-ended_at")


def find(hall: Hall, number: str) -> Tickets:
    """Return today's tickets of a number, the newest first."""
    rows = Ticket.objects.filter(hall=hall, day=hall.today(), visit__number=number.upper())
    return whole(rows).order_by("-pk")

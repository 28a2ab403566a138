"""What visitors' pages ask of the rooms below, put together: no rows of our own."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from onewindow.accounts.models import Device
from onewindow.base import clocks
from onewindow.base.deadlines.queries import closes_at
from onewindow.base.halls.memory import remembered
from onewindow.base.halls.models import Hall
from onewindow.base.trail.models import Entry
from onewindow.base.web.refused import NotFound
from onewindow.catalogue.models import Condition, Group, Material, Service
from onewindow.catalogue.queries import (
    materials_for,
    questions_for,
    service_by_id,
    services_by_group,
)
from onewindow.floor.models import Spot, Zone
from onewindow.floor.queries import profile_of, windows, windows_serving
from onewindow.floor.states import WindowKind
from onewindow.printing.queries import jobs_of, prints_on
from onewindow.printing.states import State as Printed
from onewindow.public.turn import why_called, why_waiting
from onewindow.tickets.estimates import Estimate, Look, estimates, look
from onewindow.tickets.models import Ticket, Visit
from onewindow.tickets.queries import (
    passed_by,
    passed_over,
    tickets_of,
    visit_by_token,
    waiting,
)
from onewindow.tickets.remote_rules import code_of
from onewindow.tickets.states import AT_WINDOW, State

NOBODY = Estimate(0, 0, 0)
IN_LINE = (State.WAITING, State.COMING)
AFAR = "afar"  # who takes a number from afar stands so on the trail
PRINTS_WITHIN = timedelta(seconds=8)  # after that a visitor is told to note the number


@dataclass(frozen=True)
class Offer:
    """A service as somebody meets it now."""

    service: Service
    wait: Estimate


@dataclass(frozen=True)
class GroupNow:
    """A group with who waits in it, and the longest of its waits.

    Where nobody waits for the group itself its windows may still be busy: ``wait.ahead`` says so.
    """

    group: Group
    waiting: int
    wait: Estimate


@dataclass(frozen=True)
class Question:
    """A yes/no question, and what was answered so far."""

    condition: Condition
    answer: bool | None


@dataclass(frozen=True)
class Place:
    """A ticket as its visitor sees it: how many are ahead, and the wait they make."""

    ticket: Ticket
    ahead: int
    wait: Estimate
    materials: list[Material]
    zones: tuple[Zone, ...]
    passed: bool
    why: str  # why one waits, or is called now
    was_helped: bool
    code: str  # what who comes from afar types at the kiosk


def offers(hall: Hall, services: tuple[Service, ...] | list[Service]) -> list[Offer]:
    """Return services with their present waits."""
    now = estimates(hall)
    return [Offer(service, now.get(service.pk, NOBODY)) for service in services]


def groups_now(hall: Hall) -> list[GroupNow]:
    """Return the groups of the hall with their present waits."""
    now = estimates(hall)
    lines = []
    for group, services in services_by_group(hall):
        waits = [now[service.pk] for service in services if service.pk in now]
        crowded = [wait for wait in waits if wait.waiting] or waits
        longest = max(crowded, key=lambda wait: wait.p80_s, default=NOBODY)
        lines.append(GroupNow(group, sum(wait.waiting for wait in waits), longest))
    return lines


@remembered
def information(hall: Hall) -> Service | None:
    """Return the service of the information desk: for who is not sure where to go."""
    for window in windows(hall):
        if window.kind == WindowKind.INFORMATION and profile_of(window).first:
            return service_by_id(hall, profile_of(window).first[0])
    return None


@remembered
def _zones(hall: Hall) -> dict[int, tuple[Zone, ...]]:
    """The zones of each service's first-choice windows, or of any where none has it first."""
    found: dict[int, tuple[Zone, ...]] = {}
    for _group, services in services_by_group(hall):
        for service in services:
            serving = windows_serving(service)
            first = [w for w in serving if service.pk in profile_of(w).first] or list(serving)
            found[service.pk] = tuple({window.zone_id: window.zone for window in first}.values())
    return found


def zones_of(hall: Hall, service: Service) -> tuple[Zone, ...]:
    """Return where one waits for a service."""
    return _zones(hall).get(service.pk, ())


def papers(service: Service, answers: dict[str, bool]) -> dict[str, Any]:
    """Return the papers to bring and the questions that decide about them."""
    return {
        "materials": materials_for(service, answers),
        "answered": answers,
        "questions": [Question(one, answers.get(one.code)) for one in questions_for(service)],
    }


def after_closing(hall: Hall, wait: Estimate) -> datetime | None:
    """Return the closing time when the wait is likely to pass it; else None."""
    now = clocks.now()
    closes = closes_at(hall, now)
    return closes if closes and now + timedelta(seconds=wait.p80_s) > closes else None


def printing(visit: Visit, kiosk: Device) -> str:
    """Return what became of a visit's newest paper: ``printing``, ``printed``, ``failed``, or
    nothing where the kiosk prints on no printer of the network.
    """
    if kiosk.pk not in prints_on(visit.hall):
        return ""
    newest = max((ticket.pk for ticket in tickets_of(visit)), default=0)
    asked = jobs_of("ticket", newest).first()
    if asked is None:
        return ""
    if asked.state == Printed.SENT:
        return "printed"
    soon = clocks.now() - asked.made_at < PRINTS_WITHIN
    return "printing" if asked.state == Printed.QUEUED and soon else "failed"


def places(visit: Visit, hall: Hall) -> list[Place]:
    """Return the tickets of a visit, what happens now first."""
    seen = look(hall)
    found = []
    for ticket in tickets_of(visit):
        ahead = seen.ahead(ticket.service_id, ticket.due) if ticket.state in IN_LINE else 0
        wait = seen.wait(ticket.service_id, ticket.due)
        service = _remembered(hall, ticket)
        found.append(
            Place(
                ticket=ticket,
                ahead=ahead,
                wait=Estimate(ahead, *wait, ahead=ahead),
                materials=materials_for(service, ticket.answers) if ticket.is_open else [],
                zones=_zones_of_ticket(hall, ticket),
                passed=passed_over(ticket),
                why=_why(ticket, ahead, seen),
                was_helped=ticket.was_helped,  # type: ignore[attr-defined]  # tickets_of says it
                code=code_of(visit.token) if ticket.state == State.COMING else "",
            )
        )
    return sorted(found, key=lambda place: _urgency(place.ticket))


def _why(ticket: Ticket, ahead: int, seen: Look) -> str:
    if ticket.state == State.WAITING:
        return why_waiting(ticket, ahead, _later(ticket, seen) if ahead else [])
    if ticket.state == State.CALLED:
        return why_called(ticket, came_first=not passed_by(ticket).exists())
    return ""


def _later(ticket: Ticket, seen: Look) -> list[Ticket]:
    """Who came after a waiting ticket and is due before it, at the windows that serve it."""
    line = seen.lines.get(ticket.service_id)
    shared = line.serves if line else {ticket.service_id}
    rows = waiting(ticket.hall).filter(
        service_id__in=shared, due__lt=ticket.due, joined_at__gt=ticket.joined_at
    )
    return list(rows.select_related("visit"))


def _remembered(hall: Hall, ticket: Ticket) -> Service:
    """The service with its papers from memory; one no longer offered comes from the ticket."""
    offered = {s.pk: s for _group, services in services_by_group(hall) for s in services}
    return offered.get(ticket.service_id, ticket.service)


def _zones_of_ticket(hall: Hall, ticket: Ticket) -> tuple[Zone, ...]:
    if ticket.window is not None and ticket.state in AT_WINDOW:
        return (ticket.window.zone,)
    return _zones(hall).get(ticket.service_id, ())


def _urgency(ticket: Ticket) -> int:
    order = (
        State.CALLED,
        State.SERVING,
        State.MISSED,
        State.WAITING,
        State.COMING,
        State.PARKED,
    )
    return order.index(State(ticket.state)) if ticket.state in order else len(order)


def spot_of(hall: Hall, code: str) -> Spot | None:
    """Return the QR spot of this hall with a code."""
    known = code.isascii() and code.isalnum()  # PostgreSQL cannot even be asked for a NUL
    return (
        hall.spots.select_related("zone").filter(code=code, archived_at=None).first()
        if known
        else None
    )


def taken_lately(spot: Spot, address: str, since: datetime) -> list[datetime]:
    """Return when an address took numbers at a spot: from the trail, so for all processes alike."""
    rows = Entry.objects.filter(
        hall=spot.hall_id,
        at__gt=since,
        kind="ticket.taken",
        by_kind="visitor",
        by_label=spot.code,
        address=address,
    )
    return list(rows.values_list("at", flat=True))


def taken_from_afar(hall: Hall, address: str, since: datetime) -> list[datetime]:
    """Return when an address took numbers from afar."""
    mine = {"kind": "ticket.taken", "by_kind": "visitor", "by_label": AFAR, "address": address}
    rows = Entry.objects.filter(hall=hall.pk, at__gt=since, **mine)
    return list(rows.values_list("at", flat=True))


def booked_lately(hall: Hall, address: str, since: datetime) -> list[datetime]:
    """Return when an address booked appointments of a hall."""
    mine = {"kind": "appointment.booked", "by_kind": "visitor", "address": address}
    rows = Entry.objects.filter(hall=hall.pk, at__gt=since, **mine)
    return list(rows.values_list("at", flat=True))


def open_visit(hall: Hall, token: str) -> Visit | None:
    """Return the visit of a token while it is of this hall and of today, and still open."""
    try:
        visit = visit_by_token(token)
    except NotFound:
        return None
    today = visit.hall_id == hall.pk and visit.day == hall.today()
    return visit if today and any(one.is_open for one in tickets_of(visit)) else None


def ticket_in(visit: Visit, pk: int) -> Ticket | None:
    """Return a ticket of this visit."""
    return next((ticket for ticket in tickets_of(visit) if ticket.pk == pk), None)

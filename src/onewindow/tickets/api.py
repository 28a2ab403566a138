"""The ticket API: each operation resolves, calls one action, answers."""

from collections.abc import Callable
from datetime import date

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from onewindow.accounts.access import Can
from onewindow.accounts.keys import needs_key
from onewindow.accounts.requests import Entered
from onewindow.base.web.answers import answer
from onewindow.base.web.once import once
from onewindow.base.web.refused import BadInput
from onewindow.catalogue.queries import service_by_code
from onewindow.floor import answers as floor
from onewindow.floor.queries import member_who_serves, window_by_label
from onewindow.floor.schemas import Problem, SessionOut, WindowIn
from onewindow.floor.states import PauseReason
from onewindow.tickets import actions, answers, queries, schemas
from onewindow.tickets.actions.appointments import book, check_in
from onewindow.tickets.actions.remote import take_from_afar
from onewindow.tickets.appointments import UnknownAppointment, appointment_by_code, free_slots
from onewindow.tickets.estimates import look
from onewindow.tickets.models import Ticket
from onewindow.tickets.states import Channel, Priority, State

router = Router(tags=["tickets"])
PAGE = 100
DONE_WITH = {200: schemas.TicketOut, 401: Problem, 403: Problem}
NOT_HERE = {404: Problem, 409: Problem, 422: Problem}
CHANGED = {200: SessionOut} | NOT_HERE
ONE = DONE_WITH | NOT_HERE
BOOKED = {201: schemas.AppointmentOut} | NOT_HERE
NEW = {201: schemas.TicketOut} | {k: v for k, v in ONE.items() if k != 200}


def _ticket(request: Entered, ticket: Ticket, status: int = 200) -> HttpResponse:
    return answer(status, answers.ticket(ticket, request.hall))


@router.post("/halls/{hall}/tickets", response=NEW, summary="Take a number")
@needs_key(Can.TAKE)
@once
def take(request: Entered, hall: str, body: schemas.TakeIn) -> HttpResponse:
    """Draw a number; with ``visit`` add a service to a visit that is there.

    ``appointment`` is the code of one for this ``service``: whoever has it checks in. With
    ``channel`` *remote* the hall's rules for numbers from afar hold, and ``phone`` is required.
    """
    if body.appointment:
        return _ticket(request, _check_in(request, body), 201)
    if body.channel == Channel.REMOTE and not body.visit:
        return _ticket(request, _take_from_afar(request, body), 201)
    ticket = actions.take(
        hall=request.hall,
        service=service_by_code(request.hall, body.service),
        by=request.by,
        channel=body.channel,
        priority=Priority(body.priority),
        needs=[str(need) for need in body.needs],
        answers=body.answers,
        phone=body.phone,
        language=body.language,
        visit=queries.visit_of(request.hall, body.visit) if body.visit else None,
    )
    return _ticket(request, ticket, 201)


def _take_from_afar(request: Entered, body: schemas.TakeIn) -> Ticket:
    return take_from_afar(
        hall=request.hall,
        service=service_by_code(request.hall, body.service),
        phone=body.phone,
        by=request.by,
        priority=Priority(body.priority),
        needs=[str(need) for need in body.needs],
        answers=body.answers,
        language=body.language,
    )


def _check_in(request: Entered, body: schemas.TakeIn) -> Ticket:
    found = appointment_by_code(request.hall, body.appointment)
    if found.service.code != body.service:
        raise UnknownAppointment(code=body.appointment)
    return check_in(
        appointment=found,
        by=request.by,
        priority=Priority(body.priority),
        needs=[str(need) for need in body.needs],
    )


@router.get("/halls/{hall}/slots", response={200: schemas.SlotsOut} | NOT_HERE)
@needs_key(Can.TAKE)
def slots(request: Entered, hall: str, service: str = "", day: date | None = None) -> HttpResponse:
    """The times of a day, by default today, that are still to come, and how many may book each."""
    found = service_by_code(request.hall, service)
    times = free_slots(request.hall, found, day or request.hall.today())
    return answer(200, {"items": [answers.slot(one, request.hall) for one in times]})


@router.post("/halls/{hall}/appointments", response=BOOKED, summary="Book an appointment")
@needs_key(Can.TAKE)
@once
def book_appointment(request: Entered, hall: str, body: schemas.BookIn) -> HttpResponse:
    """Book one of the ``slots`` for a person: one a day for a service and a phone number."""
    made = book(
        hall=request.hall,
        service=service_by_code(request.hall, body.service),
        starts_at=body.starts_at,
        phone=body.phone,
        name=body.name,
        language=body.language,
        answers=body.answers,
        by=request.by,
    )
    return answer(201, answers.appointment(made, request.hall))


@router.get("/halls/{hall}/tickets", response={200: schemas.TicketsOut} | NOT_HERE)
@needs_key(Can.SEE_QUEUE)
def tickets(
    request: Entered, hall: str, state: State | None = None, day: date | None = None, page: int = 1
) -> HttpResponse:
    """The tickets of a business date, by default today's: a hundred on a page."""
    if not 1 <= page <= 1_000_000:
        raise BadInput(problem=_("There is no such page."))
    rows = queries.of_day(request.hall, day or request.hall.today())
    if state:
        rows = rows.filter(state=state)
    found = list(rows[(page - 1) * PAGE : page * PAGE + 1])
    seen = look(request.hall)
    items = [answers.ticket(one, request.hall, seen) for one in found[:PAGE]]
    return answer(200, {"items": items, "next": page + 1 if len(found) > PAGE else None})


@router.get("/halls/{hall}/queue", response={200: schemas.QueueOut} | NOT_HERE)
@needs_key(Can.SEE_QUEUE)
def queue(request: Entered, hall: str) -> HttpResponse:
    """Who waits in the order of due, who is called and served, and what it will take."""
    return answer(200, answers.queue(request.hall))


@router.post("/halls/{hall}/windows/{label}/open", response=CHANGED, summary="Open a window")
@needs_key(Can.RUN_WINDOWS)
@once
def open_window(
    request: Entered, hall: str, label: str, body: WindowIn | None = None
) -> HttpResponse:
    """Open a window, or go on after a pause; a person who stands elsewhere is moved here."""
    staff = body.staff if body else None
    session = actions.open_window(
        window=window_by_label(request.hall, label),
        user=member_who_serves(request.hall, staff) if staff else None,
        by=request.by,
    )
    return answer(200, floor.session(session, request.hall))


@router.post("/halls/{hall}/windows/{label}/pause", response=CHANGED, summary="Pause a window")
@needs_key(Can.RUN_WINDOWS)
@once
def pause_window(
    request: Entered, hall: str, label: str, body: WindowIn | None = None
) -> HttpResponse:
    """Pause a window: after the visitor who is there, else at once; nobody new is called.

    ``reason``: break, meal, paperwork, help, training, equipment; else it counts as other. Until
    the visitor has gone the ``state`` is still open; the pause then lasts as long as it would now.
    """
    body = body or WindowIn()
    known = body.reason in PauseReason.values
    session = actions.pause_window(
        window=window_by_label(request.hall, label),
        reason=PauseReason(body.reason) if known else PauseReason.OTHER,
        words="" if known else body.reason,
        until=body.until,
        by=request.by,
    )
    return answer(200, floor.session(session, request.hall))


@router.post("/halls/{hall}/windows/{label}/close", response=CHANGED, summary="Close a window")
@needs_key(Can.RUN_WINDOWS)
@once
def close_window(request: Entered, hall: str, label: str) -> HttpResponse:
    """Close a window whose visitor has gone."""
    window = window_by_label(request.hall, label)
    session = actions.close_window(window=window, by=request.by)
    return answer(200, floor.session(session, request.hall))


@router.post("/halls/{hall}/windows/{label}/call-next", response=ONE | {204: None})
@needs_key(Can.SERVE)
@once
def call_next(request: Entered, hall: str, label: str) -> HttpResponse:
    """Call who is due next at this window; 204 when nobody waits."""
    window = window_by_label(request.hall, label)
    ticket = actions.call_next(window=window, by=request.by)
    return _ticket(request, ticket) if ticket else answer(204)


@router.post("/halls/{hall}/windows/{label}/call", response=ONE)
@needs_key(Can.SERVE)
@once
def call(request: Entered, hall: str, label: str, body: schemas.CallIn) -> HttpResponse:
    """Call a given ticket, with the reason where it is not due next."""
    ticket = actions.call(
        window=window_by_label(request.hall, label),
        ticket=queries.ticket_of(request.hall, body.ticket),
        reason=body.reason or "",
        ordered_by=body.ordered_by,
        by=request.by,
    )
    return _ticket(request, ticket)


@router.post("/halls/{hall}/windows/{label}/walk-in", response=NEW)
@needs_key(Can.SERVE)
@once
def walk_in(request: Entered, hall: str, label: str, body: schemas.WalkInIn) -> HttpResponse:
    """Serve someone who has no number."""
    ticket = actions.walk_in(
        window=window_by_label(request.hall, label),
        service=service_by_code(request.hall, body.service),
        by=request.by,
    )
    return _ticket(request, ticket, 201)


@router.get("/tickets/{ticket_id}", response=ONE)
@needs_key(Can.SEE_QUEUE)
def ticket(request: Entered, ticket_id: int) -> HttpResponse:
    """One ticket."""
    return _ticket(request, queries.ticket_of(request.hall, ticket_id))


@router.post("/tickets/{ticket_id}/finish", response=ONE)
@needs_key(Can.SERVE)
@once
def finish(request: Entered, ticket_id: int, body: schemas.FinishIn | None = None) -> HttpResponse:
    """End the service with its outcome."""
    body = body or schemas.FinishIn()
    for code in body.services:
        service_by_code(request.hall, code)
    done = actions.finish(
        ticket=queries.ticket_of(request.hall, ticket_id),
        by=request.by,
        outcome=body.outcome,
        services=body.services,
        files=body.files,
        note=body.note,
    )
    return _ticket(request, done)


@router.post("/tickets/{ticket_id}/resume", response=ONE)
@needs_key(Can.SERVE)
@once
def resume(request: Entered, ticket_id: int, body: schemas.ResumeIn | None = None) -> HttpResponse:
    """Go on with a visitor who was set aside."""
    window = window_by_label(request.hall, body.window) if body and body.window else None
    ticket = queries.ticket_of(request.hall, ticket_id)
    return _ticket(request, actions.resume(ticket=ticket, by=request.by, window=window))


@router.post("/tickets/{ticket_id}/transfer", response=ONE)
@needs_key(Can.SERVE)
@once
def transfer(request: Entered, ticket_id: int, body: schemas.TransferIn) -> HttpResponse:
    """Move a visitor to another service or window."""
    moved = actions.transfer(
        ticket=queries.ticket_of(request.hall, ticket_id),
        by=request.by,
        service=service_by_code(request.hall, body.service) if body.service else None,
        window=window_by_label(request.hall, body.window) if body.window else None,
        place=body.place,
        come_back=body.come_back,
    )
    return _ticket(request, moved)


def _plain(verb: Callable[..., Ticket], path: str, *can: Can) -> None:
    """Add an operation that takes a ticket and nothing else."""

    @router.post(
        f"/tickets/{{ticket_id}}/{path}",
        response=ONE,
        summary=path.replace("-", " ").capitalize(),
        operation_id=f"ticket_{verb.__name__}",
        description=verb.__doc__,
    )
    @needs_key(*can)
    @once
    def act(request: Entered, ticket_id: int) -> HttpResponse:
        found = queries.ticket_of(request.hall, ticket_id)
        return _ticket(request, verb(ticket=found, by=request.by))


_plain(actions.recall, "recall", Can.SERVE)
_plain(actions.start, "start", Can.SERVE)
_plain(actions.miss, "miss", Can.SERVE)
_plain(actions.park, "park", Can.SERVE)
_plain(actions.leave, "leave", Can.SERVE, Can.TAKE)
_plain(actions.come_back, "come-back", Can.SERVE, Can.TAKE, Can.BRING_BACK)

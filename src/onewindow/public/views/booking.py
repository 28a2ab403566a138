"""Appointments on the hall's public pages: book, change, cancel, and check in on the spot."""

from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from onewindow.accounts.requests import Entered
from onewindow.base import clocks
from onewindow.base.halls.policies import policy
from onewindow.base.halls.text import tag
from onewindow.base.web.once import once
from onewindow.base.web.refused import NotFound
from onewindow.catalogue.models import Service
from onewindow.catalogue.queries import service_by_code, services_by_group
from onewindow.public import forms, queries
from onewindow.public.arrivals import arrived_from_afar
from onewindow.public.rules import PhonePolicy, TooManyBookings, seconds_to_wait
from onewindow.public.views.doors import for_everybody
from onewindow.public.views.site import found_spot, holding
from onewindow.tickets import appointments
from onewindow.tickets.actions import appointments as actions
from onewindow.tickets.models import Appointment
from onewindow.tickets.slots import AppointmentPolicy, may_change
from onewindow.tickets.states import AppointmentState

BOOKED = "ow_appointment"
BOOKED_FOR = 14 * 24 * 3600


@for_everybody
def offered(request: Entered) -> HttpResponse:
    """The services that one may book a time of."""
    bookable = set(appointments.bookable(request.hall))
    grouped = [
        (group, [one for one in members if one in bookable])
        for group, members in services_by_group(request.hall)
    ]
    shown = {"grouped": [line for line in grouped if line[1]]}
    return render(request, "public/site/appointments.html", shown)


@for_everybody
def choose(request: Entered, code: str) -> HttpResponse:
    """The days and times of a service, and who books."""
    found = _bookable(request, code)
    papers = queries.papers(found, forms.answers(request.GET, found))
    shown = _times(request, found) | papers | {"form": forms.BookForm(), "service": found}
    return render(request, "public/site/book.html", shown)


@for_everybody
@once
@require_POST
def book(request: Entered, code: str) -> HttpResponse:
    """Book the time; this browser knows it from then on."""
    found = _bookable(request, code)
    asked = forms.BookForm(request.POST).checked()
    _within_rate(request)
    made = actions.book(
        hall=request.hall,
        service=found,
        starts_at=asked["at"],
        phone=asked["phone"],
        name=asked["name"],
        language=tag(),
        answers=forms.answers(request.POST, found),
        by=request.by,
    )
    answer = redirect("public:appointment", request.hall.slug, made.token)
    answer.set_cookie(BOOKED, made.token, max_age=BOOKED_FOR, httponly=True, samesite="Lax")
    return answer


@for_everybody
def mine(request: Entered, token: str) -> HttpResponse:
    """One's own appointment: the code, the papers, and how to give it back."""
    found = appointments.appointment_by_token(request.hall, token)
    rules = policy(request.hall, AppointmentPolicy)
    booked = found.state == AppointmentState.BOOKED
    shown = queries.papers(found.service, found.answers) | {
        "appointment": found,
        "zones": queries.zones_of(request.hall, found.service),
        "rules": rules,
        "booked": booked,
        "may_change": booked and may_change(found.starts_at, clocks.now(), rules),
    }
    return render(request, "public/site/appointment.html", shown)


@for_everybody
@once
def change(request: Entered, token: str) -> HttpResponse:
    """Choose another time; a POST takes it."""
    found = appointments.appointment_by_token(request.hall, token)
    if request.method == "POST":
        at = forms.ChangeForm(request.POST).checked()["at"]
        actions.change(appointment=found, starts_at=at, by=request.by)
        return redirect("public:appointment", request.hall.slug, token)
    shown = _times(request, found.service) | {"appointment": found, "service": found.service}
    return render(request, "public/site/change.html", shown)


@for_everybody
@once
@require_POST
def cancel(request: Entered, token: str) -> HttpResponse:
    """Give the time back."""
    found = appointments.appointment_by_token(request.hall, token)
    actions.cancel(appointment=found, by=request.by)
    return redirect("public:appointment", request.hall.slug, token)


@for_everybody
def arrived(request: Entered, spot: str) -> HttpResponse:
    """Who scans a code in the hall may check in; this browser's own appointment is at hand."""
    shown = {"spot": found_spot(request, spot), "appointment": _known(request)}
    return render(request, "public/site/arrived.html", shown)


@for_everybody
@once
@require_POST
def check_in(request: Entered, spot: str) -> HttpResponse:
    """Check in by phone, which only the code of a place in the hall allows."""
    found_spot(request, spot)
    code = request.POST.get("code", "")[:40]
    drawn = arrived_from_afar(request.hall, code, request.by)
    if drawn is None:
        found = appointments.appointment_by_code(request.hall, code)
        drawn = actions.check_in(appointment=found, by=request.by)
    return holding(drawn)


def _bookable(request: Entered, code: str) -> Service:
    found = service_by_code(request.hall, code)
    if not appointments.takes_bookings(found):
        raise NotFound
    return found


def _times(request: Entered, service: Service) -> dict[str, object]:
    """Return the days, the one that was asked for or the first with a free time, and its times."""
    hall = request.hall
    days = appointments.days(hall, service)
    asked = [day for day in days if day.isoformat() == request.GET.get("day")]
    times: list[appointments.Slot] = []
    chosen: date | None = None
    for chosen in asked or days:
        times = appointments.free_slots(hall, service, chosen)
        if any(slot.free for slot in times):
            break
    return {"days": days, "chosen": chosen, "times": times}


def _within_rate(request: Entered) -> None:
    """Refuse an address that books and books."""
    now, settings = clocks.now(), policy(request.hall, PhonePolicy)
    since = now - timedelta(minutes=settings.within_min)
    booked = queries.booked_lately(request.hall, request.by.address, since)
    seconds = seconds_to_wait(booked, now, settings)
    if seconds:
        raise TooManyBookings(seconds)


def _known(request: Entered) -> Appointment | None:
    """The appointment of today that this browser has booked here, while it may be used."""
    try:
        found = appointments.appointment_by_token(request.hall, request.COOKIES.get(BOOKED, ""))
    except NotFound:
        return None
    usable = found.state == AppointmentState.BOOKED and found.day == request.hall.today()
    return found if usable else None

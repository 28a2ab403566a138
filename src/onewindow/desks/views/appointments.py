"""The day's appointments for guide and clerk: find one by code or phone, check it in."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from onewindow.accounts.access import Can, needs
from onewindow.accounts.requests import Signed
from onewindow.base.web.once import once
from onewindow.tickets import appointments as booked
from onewindow.tickets.actions import appointments as actions

SHOWN = 200


@needs(Can.TAKE)
@require_GET
def page(request: Signed) -> HttpResponse:
    """Who comes today, and when; or whose code or phone number this is."""
    hall, typed = request.hall, request.GET.get("typed", "").strip()[:40]
    found = booked.appointments_of(hall, hall.today(), typed)
    shown = {"typed": typed, "found": list(found[:SHOWN])}
    return render(request, "desks/appointments.html", shown)


@needs(Can.TAKE)
@once
@require_POST
def check_in(request: Signed, code: str) -> HttpResponse:
    """Somebody has come: the number, on paper."""
    found = booked.appointment_by_code(request.hall, code)
    ticket = actions.check_in(appointment=found, by=request.by)
    return redirect("desks:print", request.hall.slug, ticket.pk)

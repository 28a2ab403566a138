"""The desk and its strip: one window, one person, one visitor at a time."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from onewindow.accounts import window_pc
from onewindow.accounts.access import Can, needs
from onewindow.accounts.actions.wishes import set_keys
from onewindow.accounts.devices import device_token
from onewindow.accounts.requests import Signed
from onewindow.base.web.once import once
from onewindow.desks import forms
from onewindow.desks.queries import WindowNow, slip, window_choices
from onewindow.floor.models import Session
from onewindow.floor.queries import session_of, window_by_id, window_by_label
from onewindow.printing.queries import jobs_of, printer_devices
from onewindow.printing.states import Why
from onewindow.tickets import actions
from onewindow.tickets.actions.papers import PAPER, print_ticket_on
from onewindow.tickets.here import beside, here
from onewindow.tickets.outages import was_interrupted
from onewindow.tickets.queries import ticket_of
from onewindow.tickets.views.panels import shown


@needs(Can.SERVE)
@require_GET
def desk(request: Signed) -> HttpResponse:
    """My window; without one, the choice of it."""
    session, pc = _session(request), window_pc.device(request)
    if session is None and pc and window_pc.who_waits(request, pc):
        return redirect("desks:window_pc", device_token(pc))  # another person took over
    if session is None:
        return render(request, "desks/choose.html", {"choices": _choices(request)})
    now = here(session)
    panels = shown(request, now) | {"beside": beside(session)}
    panels |= {"interrupted": was_interrupted(now.ticket), "pc": pc and device_token(pc)}
    return render(request, "desks/desk.html", panels)


@needs(Can.SERVE)
@require_GET
def strip(request: Signed) -> HttpResponse:
    """The same beside the department's own program: narrow, one click each."""
    session = _session(request)
    if session is None:
        return redirect("desks:desk", request.hall.slug)
    aside = beside(session)
    now = here(session)
    panels = shown(request, now)
    panels |= {"beside": aside, "parked": aside.parked, "look": "strip"}
    panels["interrupted"] = was_interrupted(now.ticket)
    return render(request, "desks/strip.html", panels)


@needs(Can.SERVE)
@once
@require_POST
def open_window(request: Signed) -> HttpResponse:
    """Open a window for myself; where I stood before is closed."""
    window = window_by_label(request.hall, request.POST.get("window", ""))
    actions.open_window(window=window, user=request.user, by=request.by)
    return redirect("desks:desk", request.hall.slug)


@needs(Can.SERVE)
@once
@require_POST
def keys(request: Signed) -> HttpResponse:
    """Turn space and Enter on or off."""
    set_keys(user=request.user, on=request.POST.get("on") == "1")
    return redirect("desks:desk", request.hall.slug)


@needs(Can.TAKE)
@require_GET
def print_ticket(request: Signed, ticket: int) -> HttpResponse:
    """A ticket on paper, again."""
    found = ticket_of(request.hall, ticket)
    path = reverse("public:phone", args=[found.visit.token])
    phone = f"{settings.PUBLIC_URL}{path}" if settings.PUBLIC_URL else ""
    shown = slip(found) | {"address": phone, "printers": list(printer_devices(request.hall))}
    again = jobs_of(PAPER, found.pk).exists()
    return render(request, "desks/print.html", shown | {"whys": Why.choices if again else ()})


@needs(Can.TAKE)
@once
@require_POST
def print_on(request: Signed, ticket: int) -> HttpResponse:
    """A ticket on paper, by a printer of the hall; once more with the reason."""
    found, form = ticket_of(request.hall, ticket), forms.PrintForm(request.hall, request.POST)
    print_ticket_on(ticket=found, by=request.by, **form.checked())
    messages.success(request, _("{number} is on its way to the printer.").format(number=found))
    return redirect("desks:print", request.hall.slug, found.pk)


def _choices(request: Signed) -> list[WindowNow]:
    """Return the windows at which this person may stand."""
    everywhere = window_choices(request.hall)
    return [one for one in everywhere if request.scope.covers(one.window.department_id)]


def _session(request: Signed) -> Session | None:
    session = session_of(request.user)
    if session is None or session.hall_id != request.hall.pk:
        return None
    session.window = window_by_id(request.hall, session.window_id)
    return session

"""The alerts of a hall: a panel for the board, and what one does with an alert."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from onewindow.accounts.access import Can, needs
from onewindow.accounts.requests import Entered
from onewindow.alerts import actions, queries
from onewindow.alerts.forms import EmergencyForm, SnoozeForm
from onewindow.alerts.states import ICONS, EmergencyKind
from onewindow.base.web.once import once


@needs(Can.ANSWER_ALERTS, Can.BRING_BACK)
@require_GET
def panel(request: Entered) -> HttpResponse:
    """Show what needs somebody: as a panel when a page asks for it, else as a page."""
    page = "panel.html" if request.headers.get("HX-Request") else "page.html"
    return render(request, f"alerts/{page}")


@needs(Can.ANSWER_ALERTS, Can.BRING_BACK)
@once
@require_POST
def take(request: Entered, alert: int) -> HttpResponse:
    """I take this."""
    actions.take_over(alert=queries.alert_of(request.hall, alert, request.can), by=request.by)
    return _back(request)


@needs(Can.ANSWER_ALERTS, Can.BRING_BACK)
@once
@require_POST
def settle(request: Entered, alert: int) -> HttpResponse:
    """It is done."""
    actions.settle(alert=queries.alert_of(request.hall, alert, request.can), by=request.by)
    return _back(request)


@needs(Can.ANSWER_ALERTS, Can.BRING_BACK)
@once
@require_POST
def snooze(request: Entered, alert: int) -> HttpResponse:
    """Not now, and why."""
    found = queries.alert_of(request.hall, alert, request.can)
    form = SnoozeForm(request.POST)
    if not form.is_valid():
        raise actions.ReasonMissing
    actions.snooze(alert=found, by=request.by, **form.cleaned_data)
    return _back(request)


@needs(Can.EMERGENCY)
@once
def emergency(request: Entered) -> HttpResponse:
    """Turn every screen to a message: what happens is said before it is asked for."""
    form = EmergencyForm(request.hall, request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.declare_emergency(hall=request.hall, by=request.by, **form.cleaned_data)
        return redirect("alerts:emergency", request.hall.slug)
    chosen = form["kind"].value() if form.is_bound else ""
    kinds = [
        (kind, ICONS[kind], form if kind == chosen else EmergencyForm(request.hall))
        for kind in EmergencyKind
    ]
    status = 422 if form.is_bound else 200
    return render(request, "alerts/emergency.html", {"kinds": kinds}, status=status)


@needs(Can.EMERGENCY)
@once
@require_POST
def all_clear(request: Entered) -> HttpResponse:
    """Give the screens back to the day."""
    actions.end_emergency(hall=request.hall, by=request.by)
    return redirect("alerts:emergency", request.hall.slug)


@needs(Can.SEE_HALL)
@require_GET
def band(request: Entered) -> HttpResponse:
    """What stands above every page of the staff while there is an emergency."""
    return render(request, "alerts/_band.html")


def _back(request: Entered) -> HttpResponse:
    return HttpResponseRedirect(reverse("alerts:panel", args=[request.hall.slug]), status=303)

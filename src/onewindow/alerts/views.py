"""The alerts of a hall: a panel for the board, and what one does with an alert."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from onewindow.accounts.access import Can, needs
from onewindow.accounts.requests import Entered
from onewindow.alerts import actions, queries
from onewindow.alerts.forms import SnoozeForm
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


def _back(request: Entered) -> HttpResponse:
    return HttpResponseRedirect(reverse("alerts:panel", args=[request.hall.slug]), status=303)

"""The guide desk in its first form: take for somebody, find a ticket, bring back who missed."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from onewindow.accounts.access import Can, needs
from onewindow.accounts.requests import Signed
from onewindow.base.web.once import once
from onewindow.catalogue.queries import service_by_code
from onewindow.desks import forms
from onewindow.tickets import actions
from onewindow.tickets.queries import find, missed, no_shows, ticket_of
from onewindow.tickets.states import Channel, State

SHOWN = 20


@needs(Can.BRING_BACK)
@require_GET
def page(request: Signed) -> HttpResponse:
    """Find a number of today; without one, those who missed theirs."""
    hall, typed = request.hall, request.GET.get("number", "").strip()[:8]
    shown = {
        "typed": typed,
        "found": find(hall, typed) if typed else [],
        "missed": list(missed(hall)[:SHOWN]),
        "no_shows": list(no_shows(hall, hall.today())[:SHOWN]),
        "form": forms.TakeForm(hall),
    }
    return render(request, "desks/guide.html", shown)


@needs(Can.BRING_BACK)
@once
@require_POST
def take(request: Signed) -> HttpResponse:
    """Draw a number for somebody; its paper comes next."""
    asked = forms.TakeForm(request.hall, request.POST).checked()
    ticket = actions.take(
        hall=request.hall,
        service=service_by_code(request.hall, asked["service"]),
        by=request.by,
        channel=Channel.GUIDE,
        priority=asked["priority"],
        needs=asked["needs"],
    )
    return redirect("desks:print", request.hall.slug, ticket.pk)


@needs(Can.BRING_BACK)
@once
@require_POST
def back(request: Signed, ticket: int) -> HttpResponse:
    """Let somebody who missed their call wait again; a no-show with a reason."""
    found = ticket_of(request.hall, ticket)
    if found.state == State.MISSED:
        actions.come_back(ticket=found, by=request.by)
    else:
        reason = forms.WhyForm(request.hall, request.POST).checked()["reason"]
        actions.bring_back(ticket=found, reason=reason, by=request.by)
    return redirect("desks:guide", request.hall.slug)

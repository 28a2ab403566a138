"""Closing the hall: nobody who still waits is forgotten, nothing stays behind unnoted."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from onewindow.accounts.access import Can, needs
from onewindow.accounts.requests import Signed
from onewindow.alerts.queries import open_alerts
from onewindow.base.halls.words import WORDS
from onewindow.base.web.once import once
from onewindow.desks import forms
from onewindow.floor.queries import checks, day_of, left_papers, live_sessions
from onewindow.floor.states import Moment
from onewindow.tickets import actions
from onewindow.tickets.figures import figures
from onewindow.tickets.queries import open_tickets, ticket_of
from onewindow.tickets.states import AT_WINDOW


@needs(Can.CLOSE_HALL)
@require_GET
def page(request: Signed) -> HttpResponse:
    """Who still waits or is served, what stays here, the round, and today in five figures."""
    hall = request.hall
    tickets = list(open_tickets(hall))
    shown = {
        "left": [one for one in tickets if one.state not in AT_WINDOW],
        "served": [one for one in tickets if one.state in AT_WINDOW],
        "sessions": live_sessions(hall),
        "day": day_of(hall),
        "checks": checks(hall, Moment.AFTER),
        "papers": list(left_papers(hall)),
        "alerts": open_alerts(hall),
        "figures": figures(hall, hall.today()),
    }
    return render(request, "desks/close.html", shown)


@needs(Can.CLOSE_HALL)
@once
@require_POST
def ticket(request: Signed, ticket: int) -> HttpResponse:
    """One visitor is not served today; what they were offered is kept."""
    found = ticket_of(request.hall, ticket)
    actions.close_ticket(ticket=found, by=request.by, offered=_offered(request))
    return redirect("desks:close", request.hall.slug)


@needs(Can.CLOSE_HALL)
@once
@require_POST
def close_hall(request: Signed) -> HttpResponse:
    """Close the hall, and with it whoever still waits."""
    many = actions.close_hall(hall=request.hall, by=request.by, offered=_offered(request))
    messages.success(
        request,
        ngettext(
            "The hall is closed. {many} {visitor} was not served.",
            "The hall is closed. {many} {visitors} were not served.",
            many,
        ).format_map({**WORDS, "many": many}),
    )
    return redirect("desks:close", request.hall.slug)


def _offered(request: Signed) -> str:
    given = forms.OfferForm(request.hall, request.POST).checked()
    return str(given["offered"])

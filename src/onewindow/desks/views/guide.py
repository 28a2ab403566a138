"""The guide desk: take for somebody or for a group, find, bring back, fetch, papers beforehand."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from onewindow.accounts.access import Can, needs
from onewindow.accounts.requests import Signed
from onewindow.base.web.once import once
from onewindow.catalogue.queries import service_by_code, services_by_group
from onewindow.desks import forms
from onewindow.desks.found import looked_up, papers_of
from onewindow.desks.queries import slip
from onewindow.floor.doors import my_department
from onewindow.printing.queries import printer_devices
from onewindow.tickets import actions
from onewindow.tickets.actions.papers import print_ticket_on
from onewindow.tickets.actions.remote import arrive
from onewindow.tickets.models import Ticket
from onewindow.tickets.queries import missed, no_shows, set_aside_in, ticket_of, tickets_named
from onewindow.tickets.remote import coming
from onewindow.tickets.states import Channel, State

SHOWN = 20
TYPED_AT_MOST = 200  # a scanned address


@needs(Can.BRING_BACK)
@require_GET
def page(request: Signed) -> HttpResponse:
    """Find a number or an appointment; without one, those who missed theirs or are set aside."""
    hall, typed = request.hall, request.GET.get("number", "").strip()[:TYPED_AT_MOST]
    shown = {
        "typed": typed,
        "found": looked_up(hall, typed),
        "missed": list(missed(hall)[:SHOWN]),
        "no_shows": list(no_shows(hall, hall.today())[:SHOWN]),
        "parked": list(set_aside_in(hall)[:SHOWN]),
        "coming": list(coming(hall)[:SHOWN]),
        "form": forms.TakeForm(hall, initial={"service": request.GET.get("service", "")}),
    }
    return render(request, "desks/guide.html", shown)


@needs(Can.BRING_BACK)
@once
@require_POST
def take(request: Signed) -> HttpResponse:
    """Draw numbers for somebody, or for people who came together; their papers come next."""
    form = forms.TakeForm(request.hall, request.POST)
    asked = form.checked()
    chosen = [service_by_code(request.hall, code) for code in form.codes]
    taken = actions.take_group(
        hall=request.hall,
        services=chosen,
        people=asked["people"],
        files=asked["how_many"],
        by=request.by,
        channel=Channel.GUIDE,
        priority=asked["priority"],
        needs=asked["needs"],
        answers=papers_of(chosen[0], request.POST).answered,
    )
    if len(taken) == 1:
        return redirect("desks:print", request.hall.slug, taken[0].pk)
    return redirect("desks:guide_group", request.hall.slug, _named(taken))


@needs(Can.TAKE)
@require_GET
def group(request: Signed, tickets: str) -> HttpResponse:
    """The numbers of people who came together, to print them all."""
    found = tickets_named(request.hall, tickets.split("-"))
    shown = {
        "slips": [slip(one) for one in found],
        "printers": list(printer_devices(request.hall)),
        "named": tickets,
    }
    return render(request, "desks/group.html", shown)


@needs(Can.TAKE)
@once
@require_POST
def print_group(request: Signed, tickets: str) -> HttpResponse:
    """Print the numbers of a group on a printer of the hall."""
    asked = forms.PrintForm(request.hall, request.POST).checked()
    for one in tickets_named(request.hall, tickets.split("-")):
        print_ticket_on(ticket=one, by=request.by, **asked)
    messages.success(request, _("The tickets are on their way to the printer."))
    return redirect("desks:guide_group", request.hall.slug, tickets)


@needs(Can.BRING_BACK)
@once
@require_POST
def back(request: Signed, ticket: int) -> HttpResponse:
    """Let somebody wait who has come from afar or missed their call; a no-show with a reason."""
    found = ticket_of(request.hall, ticket)
    my_department(request, found.service.department_id)
    if found.state == State.COMING:
        arrive(ticket=found, by=request.by)
    elif found.state == State.MISSED:
        actions.come_back(ticket=found, by=request.by)
    else:
        reason = forms.WhyForm(request.hall, request.POST).checked()["reason"]
        actions.bring_back(ticket=found, reason=reason, by=request.by)
    return redirect("desks:guide", request.hall.slug)


@needs(Can.BRING_BACK)
@once
@require_POST
def fetch(request: Signed, ticket: int) -> HttpResponse:
    """Bring somebody who was set aside to their window, or back into their place."""
    here = ticket_of(request.hall, ticket)
    my_department(request, here.service.department_id)
    found = actions.fetch(ticket=here, by=request.by)
    if found.state == State.CALLED and found.window:
        said = _("Bring {number} to window {window} now.").format(
            number=found.number, window=found.window.label
        )
    else:
        said = _("{number} waits again in the old place.").format(number=found.number)
    messages.success(request, said)
    return redirect("desks:guide", request.hall.slug)


@needs(Can.BRING_BACK)
@require_GET
def papers(request: Signed) -> HttpResponse:
    """Look through the papers of a service with somebody, before a number is taken."""
    hall, code = request.hall, request.GET.get("service", "")
    shown: dict[str, object] = {"offered": services_by_group(hall), "code": code}
    if code:
        service = service_by_code(hall, code)
        path = reverse("public:service", args=[hall.slug, code])
        answers = {name: value for name, value in request.GET.items() if name.startswith("q-")}
        shown |= {
            "service": service,
            "papers": papers_of(service, request.GET),
            "answers": answers,
            "public_address": f"{settings.PUBLIC_URL}{path}" if settings.PUBLIC_URL else "",
        }
    return render(request, "desks/guide_papers.html", shown)


def _named(taken: list[Ticket]) -> str:
    return "-".join(str(one.pk) for one in taken)
